package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.answer.Answers;
import dev.kept.server.command.Company;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A package that is made anew while its request begins anew is nobody's. */
class RenewalTest {

    private static final Actor OFFICER = Actor.staff("officer", "Olga Officer", "looked at it");

    @TempDir
    private Path folder;

    private Bakery bakery;
    private String browser = "";

    @BeforeEach
    void open() throws IOException {
        bakery = new Bakery(folder, "");
    }

    @AfterEach
    void close() {
        bakery.close();
    }

    /** Answered, and the answer has expired; proven anew in a browser. */
    private StoredRequest expired() {
        browser = Visits.secret();
        StoredRequest asked = bakery.ask(Ask.of(Kind.ACCESS), "anna@example.org", browser);
        bakery.step();
        prove();
        bakery.step();
        bakery.turn(Duration.ofDays(32));
        bakery.desk.askLink(asked.number(), "anna@example.org", browser);
        bakery.step();
        prove();
        return bakery.again(asked);
    }

    private void prove() {
        bakery.desk.open(bakery.letter(LetterKind.PROOF_LINK).token(), browser).orElseThrow();
    }

    private List<String> rows(String sql) {
        return Company.rows(bakery.company().state(), sql);
    }

    private List<String> there() {
        return rows("select 'there' from kept.answer where state = 'there'");
    }

    @Test
    void one_that_is_whole_when_the_request_has_begun_anew_is_handed_to_nobody() {
        StoredRequest expired = expired();
        new Answers(bakery.home().state()).expire();
        assertThat(bakery.desk.renew(expired, browser)).isTrue();
        bakery.staff.reopen(expired, OFFICER);
        bakery.step(); // who she is is looked up anew
        bakery.posts();

        HandingOut handing = new HandingOut(bakery.home().state(), bakery.requests, bakery.telling);
        assertThatThrownBy(() -> handing.renew(expired, Workplace.of(bakery.home())))
                .isInstanceOf(Changed.class);

        assertThat(there()).isEmpty();
        assertThat(rows("select 'key' from kept.answer_key")).isEmpty();
        assertThat(rows("select kind from kept.mail")).doesNotContain("ready");
    }

    @Test
    void one_that_is_wanted_after_the_request_has_begun_anew_is_not_made_and_her_link_goes_out() {
        StoredRequest expired = expired();
        int before = bakery.letters().size();
        bakery.staff.reopen(expired, OFFICER);

        assertThat(bakery.desk.renew(expired, browser)).isFalse();

        bakery.step();
        assertThat(bakery.letters()).hasSize(before + 1);
        assertThat(bakery.letters().getLast().kind()).isEqualTo(LetterKind.PROOF_LINK);
    }

    @Test
    @Timeout(60)
    void one_that_comes_to_be_there_while_the_request_begins_anew_is_gone_with_it() throws Exception {
        StoredRequest expired = expired();
        Thread[] reopening = new Thread[1];
        bakery.home().state().database().useTransaction(handle -> {
            handle.execute("select from kept.request where id = ? for update", expired.id());
            reopening[0] = Thread.ofVirtual().start(() -> bakery.staff.reopen(expired, OFFICER));
            while (rows("select 'waits' from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                    .isEmpty()) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos()); // it has begun
            }
            handle.execute(
                    "insert into kept.answer (id, request, state, made_at, ends_at, about) select gen_random_uuid(), ?, 'there', now(),"
                            + " now() + interval '90 days', ''",
                    expired.id());
        });
        reopening[0].join();

        assertThat(bakery.again(expired).request().open()).isTrue();
        assertThat(there()).isEmpty();
    }
}
