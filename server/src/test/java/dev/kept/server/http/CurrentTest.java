package dev.kept.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.api.Dairy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written into kept.yaml while the server runs is taken up by jobs within a minute. */
class CurrentTest {

    @TempDir
    private Path folder;

    private Dairy dairy;

    @BeforeEach
    void open() throws IOException {
        dairy = new Dairy(folder, "");
    }

    @AfterEach
    void close() {
        dairy.close();
    }

    private void write(String more) throws IOException {
        Path kept = folder.resolve("kept.yaml");
        Files.writeString(kept, Files.readString(kept) + more);
    }

    private static Object endpoints(Current current) {
        return current.home().settings().subscriptions().subscriptions().keySet();
    }

    @Test
    void an_endpoint_that_is_named_while_the_server_runs_is_told_of_what_happens() throws IOException {
        Current current = new Current(dairy.home);
        assertThat(endpoints(current)).hasToString("[]");
        write("subscriptions: {pager: {webhook: https://hooks.dairy.example/kept, secrets: [\"${PAGER}\"]}}\n");
        assertThat(endpoints(current)).as("read a moment ago").hasToString("[]");

        dairy.pass(Current.FRESH);

        assertThat(endpoints(current)).hasToString("[pager]");
    }

    @Test
    void what_cannot_be_obeyed_just_now_changes_nothing() throws IOException {
        Current current = new Current(dairy.home);
        write("subscriptions: {pager: {webhook: https://hooks.dairy.example/kept, secrets: [\"${PAGER}\"]}}\n");
        dairy.pass(Current.FRESH);
        assertThat(endpoints(current)).hasToString("[pager]");

        write("nonsense: [\n");
        dairy.pass(Duration.ofMinutes(2));

        assertThat(endpoints(current)).hasToString("[pager]");
    }
}
