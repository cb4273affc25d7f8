package dev.kept.stores.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL refuses to run as root, and containers are often root. Skipped where this is an ordinary user. */
class RunningAsRootTest {

    /** Other users may not be able to reach the build directory. */
    @TempDir
    static Path binaries;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path folder;

    @BeforeEach
    void require_root() throws IOException {
        assumeTrue(Layout.uid() == 0);
        Files.setPosixFilePermissions(binaries, PosixFilePermissions.fromString("rwx--x--x"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void namespace_leaves_the_files_with_root() throws IOException {
        assumeTrue(ServerAccount.Probe.ofSystem().works(List.of("unshare", "--user", "true")));
        EmbeddedPostgres.open(kept(), options()).close();
        assertThat(Layout.ownerOf(data())).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"setpriv", "runuser", "sudo", "su"})
    void nobody_runs_the_server_where_there_are_no_namespaces(String tool) throws IOException {
        ServerAccount.Probe system = ServerAccount.Probe.ofSystem();
        ServerAccount.Probe only = words -> words.getFirst().equals(tool) && system.works(words);
        assumeTrue(ServerAccount.waysToBecome(ServerAccount.NOBODY).stream()
                .anyMatch(prefix -> only.works(ServerAccount.concat(prefix, List.of("true")))));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(kept(), options(), only)) {
            postgres.createDatabase("kept");
            assertThat(Files.getOwner(data()).getName()).isEqualTo(ServerAccount.NOBODY);
            assertThat(Files.getOwner(kept().resolve("database").resolve("password"))
                            .getName())
                    .isEqualTo("root");
        }
        assertThat(data().resolve(PostmasterFile.NAME)).doesNotExist();
        try (EmbeddedPostgres again = EmbeddedPostgres.open(kept(), options())) {
            assertThat(again.hasRoom()).isTrue();
            assertThat(Files.getOwner(data()).getName()).isEqualTo(ServerAccount.NOBODY);
        }
    }

    @Test
    void root_without_any_tool_is_refused() {
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.open(kept(), options(), words -> false))
                .withMessageContaining("does not run as root")
                .satisfies(e -> assertThat(e.tryLine()).isEqualTo("run the command as a user who is not root"));
    }

    @Test
    void directory_that_nobody_can_reach_is_refused() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        ServerAccount.Probe system = ServerAccount.Probe.ofSystem();
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.open(
                        kept(), options(), words -> !words.getFirst().equals("unshare") && system.works(words)))
                .withMessageContaining("cannot reach `%s`", kept());
        assertThat(data()).doesNotExist();
    }

    private static EmbeddedOptions options() {
        return TestCluster.options().withBinaries(binaries);
    }

    private Path kept() {
        return folder.resolve(".kept");
    }

    private Path data() {
        return kept().resolve("database").resolve("data");
    }
}
