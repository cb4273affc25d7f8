package dev.kept.server.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rights.request.Stage;
import dev.kept.server.http.Visitor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of what was done in part already nothing is taken back, and nothing of the kind is offered. */
class DoneInPartTest {

    @TempDir
    private Path folder;

    private Harbour harbour;
    private Visitor anna;

    @BeforeEach
    void open() throws IOException {
        harbour = new Harbour(folder, "requests: {by-hand: {crm: delete the contact in the CRM}}\n");
        anna = harbour.visitor();
    }

    @AfterEach
    void close() {
        harbour.close();
    }

    private void proven(String kind) throws Exception {
        anna.get("/privacy/en/ask/" + kind);
        anna.send("/privacy/en/ask/" + kind, "address", Harbour.ANNA);
        harbour.step();
        anna.get(harbour.lastLetter().link());
        anna.send(anna.path());
    }

    @Test
    void an_erasure_that_has_begun_goes_on() throws Exception {
        proven("erasure");
        String request = anna.path();
        assertThat(anna.get(request).body()).contains("Confirmed", "Take the request back");

        harbour.step();

        assertThat(anna.get(request).body()).contains("We are at work on it").doesNotContain("Take the request back");
        assertThat(anna.get(request + "/withdraw").body()).contains("not possible any more");
        assertThat(anna.send(request + "/withdraw").body()).contains("not possible any more");
        assertThat(harbour.at(anna).request().stage()).isInstanceOf(Stage.Failed.class);
    }

    @Test
    void what_is_only_read_is_taken_back_while_hands_are_waited_for() throws Exception {
        proven("access");
        String request = anna.path();
        harbour.step();
        assertThat(harbour.at(anna).request().stage()).isInstanceOf(Stage.Failed.class);

        assertThat(anna.get(request).body()).contains("Take the request back");
        anna.get(request + "/withdraw");
        assertThat(anna.send(request + "/withdraw").body()).contains("Taken back");
    }
}
