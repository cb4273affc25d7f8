package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.configuration.Home;
import dev.kept.server.request.Messages.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links to those who ask while not every store answers. */
class AddressingTest {

    @TempDir
    private Path folder;

    private Bakery bakery;

    @BeforeEach
    void open() throws IOException {
        bakery = new Bakery(folder, "");
    }

    @AfterEach
    void close() {
        bakery.close();
    }

    private StoredRequest asked() {
        return bakery.ask(Ask.of(Kind.ERASURE), "anna@example.org", Visits.secret());
    }

    private void silent() {
        bakery.company().database("shop").execute("alter table orders rename column ship_to to sent_to");
    }

    private void answers() {
        bakery.company().database("shop").execute("alter table orders rename column sent_to to ship_to");
    }

    private List<Message> notes(StoredRequest stored) {
        return bakery.desk.messages().of(stored.id());
    }

    private long withoutLink() {
        return new Inbox(bakery.home().state(), bakery.requests.terms()).withoutLink();
    }

    /** For hours, as a server does. */
    private void goOn(Duration time) {
        for (int i = 0; i < time.toMinutes(); i++) {
            bakery.turn(Duration.ofMinutes(1));
            bakery.step();
        }
    }

    @Test
    void whom_no_link_could_be_sent_is_sent_one_within_minutes_after_the_store_answers() {
        silent();
        StoredRequest asked = asked();
        goOn(Duration.ofHours(9));
        assertThat(bakery.letters()).isEmpty();

        answers();
        goOn(Duration.ofMinutes(6));

        assertThat(bakery.letters()).extracting(Bakery.Sent::kind).containsExactly(LetterKind.PROOF_LINK);
        assertThat(Lookup.frozen(bakery.home().state(), asked.id()).get("shop"))
                .containsOnlyKeys("customer", "subscriber");
    }

    @Test
    void staff_see_who_waits_for_a_link_and_are_told_of_each_once() {
        silent();
        StoredRequest asked = asked();
        assertThat(withoutLink()).isZero();

        goOn(Duration.ofHours(1));

        assertThat(withoutLink()).isEqualTo(1);
        assertThat(notes(asked)).singleElement().satisfies(note -> {
            assertThat(note.internal()).isTrue();
            assertThat(note.text())
                    .contains("No link could be sent yet", "[shop]")
                    .satisfies(text -> assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain("anna"));
        });
        assertThat(new Inbox(bakery.home().state(), bakery.requests.terms())
                        .page(Inbox.Filter.OPEN, Optional.empty(), 9))
                .singleElement()
                .satisfies(row -> assertThat(row.tries()).isGreaterThan(9));
        answers();
        goOn(Duration.ofMinutes(6));
        assertThat(withoutLink()).isZero();
    }

    @Test
    void two_processes_that_look_at_once_tell_staff_once() throws Exception {
        silent();
        StoredRequest asked = asked();
        CyclicBarrier both = new CyclicBarrier(2);
        try (ExecutorService processes = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> looks =
                    List.of(processes.submit(() -> lookedBeside(both)), processes.submit(() -> lookedBeside(both)));
            for (Future<Integer> look : looks) {
                look.get();
            }
        }

        assertThat(notes(asked)).hasSize(1);
    }

    private int lookedBeside(CyclicBarrier both) throws Exception {
        Home mine = bakery.home().again();
        both.await();
        return new Office(mine).sendLinks(mine, line -> {});
    }

    @Test
    void a_store_that_was_restored_is_looked_into_for_nobody_until_it_is_clean() {
        bakery.home().state().restores().declare("shop", "", List.of());
        StoredRequest asked = asked();
        goOn(Duration.ofMinutes(30));
        assertThat(bakery.letters()).isEmpty();
        assertThat(Lookup.frozen(bakery.home().state(), asked.id())).isEmpty();

        bakery.home()
                .state()
                .restores()
                .clean(bakery.home().state().restores().isolated("shop").orElseThrow(), List.of());
        goOn(Duration.ofMinutes(6));

        assertThat(bakery.letter(LetterKind.PROOF_LINK).request()).isEqualTo(asked.id());
    }

    @Test
    void who_could_not_prove_anything_is_not_late() {
        silent();
        StoredRequest asked = asked();
        bakery.step();
        bakery.turn(Duration.ofDays(15));
        bakery.keepTime();
        assertThat(bakery.again(asked).request().stage()).isEqualTo(new Stage.Received());

        answers();
        bakery.step();
        bakery.keepTime();
        assertThat(bakery.again(asked).request().stage())
                .as("while her link is good")
                .isEqualTo(new Stage.Received());

        bakery.turn(Proofs.LASTS.plusSeconds(1));
        bakery.keepTime();
        assertThat(bakery.again(asked).request().stage()).isEqualTo(new Stage.Expired());
    }

    @Test
    void links_are_sent_apart_from_what_may_take_an_hour() {
        StoredRequest erased = bakery.proven(Ask.of(Kind.ERASURE), "anna@example.org");
        StoredRequest waits = bakery.ask(Ask.of(Kind.ACCESS), "ben@example.org", Visits.secret());

        bakery.work.links(bakery.home(), bakery.complaints()::add);

        assertThat(bakery.letter(LetterKind.PROOF_LINK).request()).isEqualTo(waits.id());
        assertThat(bakery.work.linksDue()).isFalse();
        assertThat(bakery.again(erased).request().stage()).isInstanceOf(Stage.Proven.class);
        assertThat(bakery.work.restDue()).isTrue();
        bakery.work.rest(bakery.home(), bakery.complaints()::add);
        assertThat(bakery.again(erased).request().stage()).isNotInstanceOf(Stage.Proven.class);
    }
}
