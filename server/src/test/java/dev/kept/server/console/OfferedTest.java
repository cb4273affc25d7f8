package dev.kept.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.request.Lookup;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Visits;
import dev.kept.server.signin.Role;
import dev.kept.server.state.StateChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What staff are offered about a request is what can be done about it. */
class OfferedTest {

    @TempDir
    private Path folder;

    private Mill mill;
    private Browser officer;

    @BeforeEach
    void open() throws IOException {
        mill = Mill.withAddress(folder);
        officer = mill.staff("Olga", Role.OFFICER);
    }

    @AfterEach
    void close() {
        mill.close();
    }

    private void work() {
        for (int i = 0; i < 3 && mill.office().due(); i++) {
            mill.office().work(mill.home, mill.complaints::add);
        }
    }

    private String stage(StoredRequest request) {
        return mill.office()
                .requests()
                .find(request.id())
                .orElseThrow()
                .request()
                .stage()
                .word();
    }

    @Test
    void of_an_erasure_that_is_done_in_part_only_an_answer() {
        StoredRequest request = mill.planted(Kind.ERASURE);
        work();
        String page = "/console/requests/" + request.number();
        assertThat(officer.get(page).body()).contains("<summary>Refuse", "<summary>Join");
        officer.post(page + "/approve");
        work();
        assertThat(stage(request)).isEqualTo("failed");

        assertThat(officer.get(page).body())
                .contains("<summary>Answer although a store failed")
                .doesNotContain("<summary>Refuse", "<summary>Join");
        assertThat(officer.post(page + "/refuse", "ground", "unfounded-or-excessive", "text", "no")
                        .body())
                .contains("it can only be answered");
        officer.post(page + "/answer-in-part", "text", "The CRM is not ours any more.");
        assertThat(stage(request)).isEqualTo("answered");
    }

    @Test
    void of_somebody_whom_no_store_knows_an_answer_in_words() {
        StoredRequest request = new dev.kept.server.request.Desk(
                        mill.home.state(), mill.office().requests())
                .signedIn(
                        Ask.of(Kind.ERASURE),
                        "en",
                        new Lookup.Known(Map.of(), Optional.empty()),
                        Visits.secret(),
                        StateChange.of("update kept.request set tries = tries where false"));
        work();
        String page = "/console/requests/" + request.number();

        assertThat(officer.get(page).body())
                .contains("Given to a person: nothing held", "<summary>Answer in words", "No store knows the person.")
                .doesNotContain("<summary>Approve");
        officer.post(page + "/answer", "text", "We hold nothing of you.");

        assertThat(stage(request)).isEqualTo("answered");
        assertThat(mill.complaints).isEmpty();
    }

    @Test
    void of_a_restriction_that_binds_its_end_and_no_new_beginning() {
        StoredRequest request = mill.planted(Kind.RESTRICTION);
        work();
        String page = "/console/requests/" + request.number();
        officer.get(page);
        officer.post(page + "/approve");
        work();
        officer.get(page);
        officer.post(page + "/by-hand", "store", "crm");
        work();
        assertThat(stage(request)).isEqualTo("answered");

        assertThat(officer.get(page).body())
                .contains("<summary>End the restriction")
                .doesNotContain("<summary>Reopen");
    }
}
