package dev.kept.stores.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** With real processes: who starts the server, who uses it, who stops it, whoever dies meanwhile. */
class SharedServerTest {

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path folder;

    @AfterEach
    void stop_what_a_failed_test_left() throws IOException {
        if (Files.isDirectory(data())) {
            PostmasterFile.read(data())
                    .filter(PostmasterFile::isAlive)
                    .flatMap(file -> ProcessHandle.of(file.processId()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void processes_share_one_server_and_the_last_one_stops_it() throws Exception {
        try (UserProcess first = UserProcess.start(kept());
                UserProcess second = UserProcess.start(kept())) {
            UserProcess.Opened one = first.awaitOpened();
            UserProcess.Opened other = second.awaitOpened();
            assertThat(other).isEqualTo(one);

            first.finish();
            assertThat(isRunning()).isTrue();
            second.finish();
            assertThat(isRunning()).isFalse();
            assertThat(data().resolve(PostmasterFile.NAME)).doesNotExist();
        }
    }

    @Test
    void uses_within_one_process_count_each() {
        EmbeddedPostgres first = open();
        EmbeddedPostgres second = open();
        assertThat(second.jdbcUrl("postgres")).isEqualTo(first.jdbcUrl("postgres"));
        first.close();
        first.close();
        assertThat(isRunning()).isTrue();
        second.close();
        assertThat(isRunning()).isFalse();
    }

    @Test
    void killed_user_does_not_keep_the_server_running() throws Exception {
        try (UserProcess killed = UserProcess.start(kept());
                UserProcess last = UserProcess.start(kept())) {
            killed.awaitOpened();
            last.awaitOpened();
            killed.kill();
            last.finish();
            assertThat(isRunning()).isFalse();
        }
    }

    @Test
    void server_survives_its_killed_users_and_the_next_one_takes_it_over() throws Exception {
        UserProcess.Opened left;
        try (UserProcess killed = UserProcess.start(kept())) {
            left = killed.awaitOpened();
        }
        assertThat(isRunning()).isTrue();
        try (EmbeddedPostgres next = open()) {
            assertThat(next.jdbcUrl("shared")).contains(":" + left.port() + "/");
        }
        assertThat(isRunning()).isFalse();
        assertThat(kept().resolve("database").resolve("users")).isEmptyDirectory();
    }

    @Test
    void terminated_user_stops_the_server_on_its_way_out() throws Exception {
        try (UserProcess user = UserProcess.start(kept())) {
            user.awaitOpened();
            user.terminate();
            assertThat(isRunning()).isFalse();
        }
    }

    @Test
    void server_has_a_session_of_its_own() throws Exception {
        try (EmbeddedPostgres postgres = open()) {
            PostmasterFile file = PostmasterFile.read(data()).orElseThrow();
            Command.Outcome outcome = Command.run(
                    List.of("ps", "-o", "pgid=", "-p", Long.toString(file.processId())),
                    folder,
                    Duration.ofSeconds(10));
            assertThat(outcome.output().strip()).isEqualTo(Long.toString(file.processId()));
            assertThat(postgres.user()).isEqualTo("kept");
        }
    }

    @Test
    void killed_server_is_started_again_with_what_was_committed() throws Exception {
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.open(kept(), TestCluster.options().withDurability(Durability.FULL))) {
            execute(postgres, "CREATE TABLE promise (kept boolean); INSERT INTO promise VALUES (true)");
            String url = postgres.jdbcUrl("postgres");
            PostmasterFile.read(data())
                    .flatMap(file -> ProcessHandle.of(file.processId()))
                    .ifPresent(ProcessHandle::destroyForcibly);
            postgres.ensureRunning();
            assertThat(postgres.jdbcUrl("postgres")).isEqualTo(url);
            assertThat(new Login(port(), postgres.password()).ask("SELECT kept FROM promise"))
                    .isEqualTo("t");
        }
        assertThat(isRunning()).isFalse();
    }

    @Test
    void pid_file_of_a_dead_server_is_not_believed() throws Exception {
        open().close();
        for (long number : new long[] {ProcessHandle.current().pid(), 1, 4_000_000}) {
            writePidFile(Long.toString(number), data().toString());
            open().close();
        }
        Files.writeString(data().resolve(PostmasterFile.NAME), "");
        open().close();
        assertThat(isRunning()).isFalse();
    }

    @Test
    void copied_directory_gets_a_server_of_its_own() throws Exception {
        try (EmbeddedPostgres original = open()) {
            execute(original, "CHECKPOINT");
            Path copy = folder.resolve("copy");
            Command.run(List.of("cp", "-a", kept().toString(), copy.toString()), folder, Duration.ofMinutes(1));
            try (EmbeddedPostgres other = EmbeddedPostgres.open(copy, TestCluster.options())) {
                assertThat(other.jdbcUrl("postgres")).isNotEqualTo(original.jdbcUrl("postgres"));
            }
            assertThat(isRunning()).isTrue();
        }
    }

    @Test
    void path_with_spaces_quotes_and_foreign_letters_works() throws Exception {
        try (UserProcess user = UserProcess.start(folder, "awkward")) {
            assertThat(user.awaitOpened().data()).contains(UserProcess.AWKWARD_NAME);
            user.finish();
        }
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

    private int port() throws IOException {
        return PostmasterFile.read(data()).orElseThrow().port();
    }

    private boolean isRunning() {
        try {
            return PostmasterFile.read(data()).filter(PostmasterFile::isAlive).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private void writePidFile(String number, String data) throws IOException {
        Files.writeString(
                data().resolve(PostmasterFile.NAME),
                String.join("\n", number, data, "1700000000", "5432", "", "127.0.0.1", "1 2", "ready   ", ""));
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.dataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
