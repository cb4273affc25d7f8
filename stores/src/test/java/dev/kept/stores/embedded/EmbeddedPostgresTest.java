package dev.kept.stores.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    /** Initialised once, for the tests that leave it as it is. */
    @TempDir(cleanup = CleanupMode.ALWAYS)
    static Path shared;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path folder;

    @Test
    void only_the_owner_reads_the_password() throws IOException {
        try (EmbeddedPostgres postgres = openShared()) {
            Path file = shared().resolve("database").resolve("password");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared())))
                    .isEqualTo("rwx------");
            assertThat(postgres.password()).hasToString("[redacted]");
            assertThat(postgres.password().reveal()).hasSize(43);
        }
    }

    @Test
    void nothing_in_the_directory_is_committed_by_accident() throws IOException {
        openShared().close();
        assertThat(shared().resolve(".gitignore")).hasContent("*");
    }

    @Test
    void wrong_password_is_refused() throws IOException {
        try (EmbeddedPostgres postgres = openShared()) {
            int port = PostmasterFile.read(sharedData()).orElseThrow().port();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> new Login(port, Password.random()).ask("SELECT 1"))
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            assertThat(postgres.version()).isEqualTo(Release.CARRIED.version());
        }
    }

    @Test
    void server_is_reached_through_loopback_only_and_is_durable_by_default() throws Exception {
        EmbeddedOptions options = EmbeddedOptions.defaults()
                .withBinaries(TestCluster.options().binaries().orElseThrow());
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(shared(), options)) {
            Login login =
                    new Login(PostmasterFile.read(sharedData()).orElseThrow().port(), postgres.password());
            assertThat(login.ask("SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(login.ask("SHOW unix_socket_directories")).isEmpty();
            assertThat(login.ask("SHOW fsync")).isEqualTo("on");
            assertThat(login.ask("SHOW synchronous_commit")).isEqualTo("on");
            assertThat(login.ask("SHOW data_checksums")).isEqualTo("on");
            assertThat(login.ask("SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(login.ask("SELECT lower('ÄÖŞ')")).isEqualTo("äöş");
        }
    }

    @Test
    void failed_statement_leaves_no_value_in_the_log() throws Exception {
        try (EmbeddedPostgres postgres = openShared();
                var connection = postgres.dataSource("postgres").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE person (email text UNIQUE); INSERT INTO person VALUES ('ada@example.org')");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("INSERT INTO person VALUES ('ada@example.org')"));
            assertThat(Files.readString(shared().resolve("database").resolve("server.log")))
                    .doesNotContain("ada@example.org");
        }
    }

    @Test
    void database_is_created_once_whatever_its_name() throws SQLException {
        String name = "kept \"own\" ünï; --";
        try (EmbeddedPostgres postgres = openShared()) {
            postgres.createDatabase(name);
            postgres.createDatabase(name);
            try (var connection = postgres.dataSource(name).getConnection()) {
                assertThat(connection.getCatalog()).isEqualTo(name);
            }
            try (var connection = DriverManager.getConnection(
                    postgres.jdbcUrl(name), postgres.user(), postgres.password().reveal())) {
                assertThat(connection.getCatalog()).isEqualTo(name);
            }
            assertThatIllegalArgumentException().isThrownBy(() -> postgres.createDatabase("x".repeat(64)));
        }
    }

    @Test
    void nothing_is_started_on_a_full_disk() {
        EmbeddedOptions full = TestCluster.options().withFreeSpace(path -> EmbeddedPostgres.LEAST_FREE_BYTES - 1);
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.open(kept(), full))
                .withMessage("less than 512 MB are free on the disk of `%s`", kept());
        assertThat(data()).doesNotExist();
    }

    @Test
    void disk_that_fills_is_noticed_between_transactions() {
        AtomicLong free = new AtomicLong(Long.MAX_VALUE);
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.open(shared(), TestCluster.options().withFreeSpace(path -> free.get()))) {
            assertThat(postgres.hasRoom()).isTrue();
            free.set(0);
            assertThat(postgres.hasRoom()).isFalse();
            assertThatExceptionOfType(EmbeddedPostgresException.class).isThrownBy(postgres::requireRoom);
        }
    }

    @Test
    void directory_of_another_user_is_refused() throws IOException {
        Path foreign = foreignDirectory();
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.open(foreign, TestCluster.options()))
                .withMessageContaining("`%s` belongs to the user `", foreign)
                .satisfies(e -> assertThat(e.tryLine()).isNotBlank());
        assertThat(foreign.resolve("database")).doesNotExist();
    }

    /** Only root can give a directory away; everybody else finds one of root's. */
    private Path foreignDirectory() throws IOException {
        if (Layout.uid() != 0) {
            return Path.of("/");
        }
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.setAttribute(foreign, "unix:uid", 65_534);
        return foreign;
    }

    @Test
    void path_that_the_tools_cannot_take_is_refused() {
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.open(folder.resolve("$(touch x)"), TestCluster.options()))
                .withMessageContaining("contains a `$`");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void file_in_the_way_is_told() throws IOException {
        Files.createFile(kept());
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(this::open)
                .withMessageContaining("cannot be used");
    }

    @Test
    void data_of_another_major_version_is_refused() throws IOException {
        open().close();
        Files.writeString(data().resolve("PG_VERSION"), "15\n");
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(this::open)
                .withMessageContaining("was made by postgresql 15");
    }

    @Test
    void server_that_does_not_start_says_why_and_leaves_nothing_behind() throws IOException {
        open().close();
        Files.writeString(data().resolve("postgresql.auto.conf"), "no_such_setting = 'on'\n");
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(this::open)
                .withMessageContaining("does not start")
                .satisfies(e -> assertThat(e.serverLog())
                        .anySatisfy(line -> assertThat(line).contains("no_such_setting")));
        assertThat(data().resolve(PostmasterFile.NAME)).doesNotExist();
        assertThat(kept().resolve("database").resolve("users")).isEmptyDirectory();
    }

    @Test
    void what_a_killed_initialisation_left_is_swept() throws IOException {
        Layout layout = Layout.prepare(shared());
        Files.createDirectories(layout.database().resolve("data.new-1").resolve("base"));
        Files.writeString(layout.database().resolve("data.new-password"), "old");
        openShared().close();
        try (var files = Files.list(layout.database())) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("data.new"));
        }
    }

    @Test
    void closed_handle_refuses_to_serve() {
        EmbeddedPostgres postgres = openShared();
        postgres.close();
        assertThatIllegalStateException().isThrownBy(() -> postgres.jdbcUrl("postgres"));
        assertThatIllegalStateException().isThrownBy(postgres::ensureRunning);
    }

    private static EmbeddedPostgres openShared() {
        return EmbeddedPostgres.open(shared(), TestCluster.options());
    }

    private static Path shared() {
        return shared.resolve(".kept");
    }

    private static Path sharedData() {
        return shared().resolve("database").resolve("data");
    }

    private EmbeddedPostgres open() {
        return EmbeddedPostgres.open(kept(), TestCluster.options());
    }

    private Path kept() {
        return folder.resolve(".kept");
    }

    private Path data() {
        return kept().resolve("database").resolve("data");
    }
}
