package dev.kept.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.server.failure.CannotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The file of passwords, as PostgreSQL's manual describes it. */
@DisabledOnOs(OS.WINDOWS)
class PasswordFileTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void a_file() throws IOException {
        file = Files.createFile(
                folder.resolve("passwords"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private Optional<String> found(String lines, String... asked) throws IOException {
        Files.writeString(file, lines);
        return PasswordFile.find(file, List.of(asked));
    }

    @Test
    void the_first_line_that_fits_counts_and_a_star_fits_everything() throws IOException {
        String lines =
                "# db:5432:shop:keeper:comment\nother:*:*:*:no\ndb:*:shop:keeper:one\n*:*:*:keeper:two\nshort:line\n";
        assertThat(found(lines, "db", "5432", "shop", "keeper")).contains("one");
        assertThat(found(lines, "db", "5432", "crm", "keeper")).contains("two");
        assertThat(found(lines, "db", "5432", "crm", "anna")).isEmpty();
    }

    @Test
    void backslashes_take_colons_and_themselves_and_a_password_may_have_colons() throws IOException {
        assertThat(found("\\:\\:1:*:sh\\\\op:*:a\\:b\\\\c:d", "::1", "5432", "sh\\op", "x"))
                .contains("a:b\\c:d");
        assertThat(found("\\*:*:*:*:secret", "db", "1", "d", "u")).isEmpty();
        assertThat(found("\\*:*:*:*:secret", "*", "1", "d", "u")).contains("secret");
    }

    @Test
    void a_file_that_others_may_read_is_refused_without_its_contents() throws IOException {
        Files.writeString(file, "*:*:*:*:s3cret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> PasswordFile.find(file, List.of("db", "1", "d", "u")))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("others than its owner may read")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void a_file_that_is_not_there_is_said() {
        Environment environment =
                new Environment(Map.of("PGPASSFILE", folder.resolve("none").toString()));
        assertThatThrownBy(() -> DatabaseAddress.of("jdbc:postgresql://db/shop", environment))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void the_nearest_password_counts_variable_then_address_then_file() throws IOException {
        Files.writeString(file, "*:*:*:*:filed");
        String url = "jdbc:postgresql://db/shop?user=keeper&passfile=" + file;
        assertThat(DatabaseAddress.of("${U}", new Environment(Map.of("U", url, "U_PASSWORD", "said")))
                        .password())
                .contains("said");
        assertThat(DatabaseAddress.of("${U}", new Environment(Map.of("U", url))).password())
                .contains("filed");
        assertThat(DatabaseAddress.of(
                                "jdbc:postgresql://db/shop?user=keeper&password=here",
                                new Environment(Map.of("PGPASSFILE", file.toString())))
                        .password())
                .isEmpty();
        assertThat(DatabaseAddress.of(
                                "jdbc:postgresql://db/shop", new Environment(Map.of("PGPASSFILE", file.toString())))
                        .password())
                .contains("filed");
    }
}
