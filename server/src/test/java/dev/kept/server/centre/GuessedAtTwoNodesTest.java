package dev.kept.server.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rights.request.Stage;
import dev.kept.server.http.Visitor;
import dev.kept.server.request.Proofs;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who guesses at a code at two Kept processes, by turns or at once, has no more tries than at one. */
class GuessedAtTwoNodesTest {

    private static final String WRONG = "This code is not right";

    @TempDir
    private Path folder;

    private Harbour harbour;
    private Harbour.Node other;
    private Visitor here;
    private Visitor there;
    private String path;
    private String right;

    /** Somebody asked in Anna's name, and has a window of her browser at each process. */
    @BeforeEach
    void open() throws Exception {
        harbour = new Harbour(folder);
        other = harbour.another();
        here = harbour.visitor();
        here.get("/privacy/en/ask/access");
        here.send("/privacy/en/ask/access", "address", Harbour.ANNA);
        path = here.path();
        there = here.at(other.port());
        harbour.step();
        right = harbour.lastLetter().code();
    }

    @AfterEach
    void close() {
        other.close();
        harbour.close();
    }

    private String tried(Visitor window, String code) throws IOException, InterruptedException {
        HttpResponse<String> page = window.send(path + "/code", "code", code);
        return page.body();
    }

    private void guessByTurns(int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            assertThat(tried(i % 2 == 0 ? here : there, "0000-000" + i)).contains(WRONG);
        }
    }

    private Stage stage() {
        return harbour.requests
                .byNumber(path.replaceFirst(".*/", ""))
                .orElseThrow()
                .request()
                .stage();
    }

    private int counted() {
        return Integer.parseInt(
                harbour.rows("select sum(tries) from kept.request_proof").getFirst());
    }

    @Test
    void tries_at_both_are_counted_together_and_then_the_right_code_is_refused_at_both() throws Exception {
        guessByTurns(Proofs.MOST_TRIES);

        assertThat(tried(there, right)).contains(WRONG);
        assertThat(tried(here, right)).contains(WRONG);
        assertThat(stage()).isInstanceOf(Stage.Received.class);
        assertThat(counted()).isEqualTo(Proofs.MOST_TRIES);
    }

    @Test
    void the_last_try_is_good_at_either() throws Exception {
        guessByTurns(Proofs.MOST_TRIES - 1);

        assertThat(tried(there, right)).contains("Confirmed");
        assertThat(stage()).isInstanceOf(Stage.Proven.class);
    }

    @Test
    void many_tries_at_once_at_both_are_no_more_than_few() throws Exception {
        List<Callable<String>> guesses = new ArrayList<>();
        for (int i = 0; i < 4 * Proofs.MOST_TRIES; i++) {
            Visitor window = here.at(i % 2 == 0 ? harbour.port() : other.port());
            String code = "0000-00" + (10 + i);
            guesses.add(() -> tried(window, code));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> guess : threads.invokeAll(guesses)) {
                assertThat(guess.get()).contains(WRONG);
            }
        }

        assertThat(counted()).isEqualTo(Proofs.MOST_TRIES);
        assertThat(tried(here, right)).contains(WRONG);
        assertThat(tried(there, right)).contains(WRONG);
        assertThat(stage()).isInstanceOf(Stage.Received.class);
        assertThat(harbour.complaints()).isEmpty();
    }
}
