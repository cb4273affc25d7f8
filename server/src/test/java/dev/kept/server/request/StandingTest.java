package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.RefusalGround;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.command.Company;
import dev.kept.server.inform.Informed;
import dev.kept.server.inform.Told;
import dev.kept.server.state.StateChange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was done of a request and stands is answered, so that she and recipients hear of it: no other end leaves it behind. */
class StandingTest {

    private static final Actor OFFICER = Actor.staff("officer", "Olga Officer", "looked at it");

    @TempDir
    private Path folder;

    private Bakery bakery;

    @BeforeEach
    void open() throws IOException {
        bakery = new Bakery(folder, "requests: {by-hand: {crm: see to the contact in the CRM}}\n");
    }

    @AfterEach
    void close() {
        bakery.close();
    }

    /** Done in the shop, and not yet where Kept does not reach. */
    private StoredRequest waitsForHands(Ask ask) {
        StoredRequest proven = bakery.proven(ask, "anna@example.org");
        bakery.step();
        StoredRequest failed = bakery.again(proven);
        assertThat(failed.request().stage()).isInstanceOf(Stage.Failed.class);
        return failed;
    }

    /** Nothing was done of it anywhere. */
    private StoredRequest failed(Ask ask) {
        StoredRequest proven = bakery.proven(ask, "anna@example.org");
        bakery.company().database("shop").execute("alter table orders rename column ship_to to sent_to");
        bakery.step();
        bakery.company().database("shop").execute("alter table orders rename column sent_to to ship_to");
        StoredRequest failed = bakery.again(proven);
        assertThat(failed.request().stage()).isInstanceOf(Stage.Failed.class);
        return failed;
    }

    private void refused(StoredRequest stored) {
        bakery.staff.refuse(bakery.again(stored), RefusalGround.UNFOUNDED_OR_EXCESSIVE, "asked too often", OFFICER);
    }

    private List<String> facts() {
        return rows("select what from kept.person_fact where request is not null group by what order by what");
    }

    private List<String> told(StoredRequest request) {
        return new Informed(bakery.home().state())
                .of(request.id()).stream().map(Told::recipient).sorted().toList();
    }

    private List<String> rows(String sql) {
        return Company.rows(bakery.company().state(), sql);
    }

    private void onlyAnswered(ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOf(NotAllowed.class).hasMessageContaining("answered");
    }

    @Test
    void an_erasure_of_which_something_is_done_is_answered_and_recipients_hear_of_it() {
        StoredRequest failed = waitsForHands(Ask.of(Kind.ERASURE));
        assertThat(bakery.rows()).noneMatch(row -> row.contains("Anna"));

        onlyAnswered(() -> refused(failed));
        onlyAnswered(() -> bakery.desk.withdraw(bakery.again(failed)));
        assertThat(bakery.desk.withdrawable(failed)).isFalse();
        bakery.staff.hold(bakery.again(failed), bakery.today().plusDays(3), "a court asks", OFFICER);
        onlyAnswered(() -> refused(failed));
        onlyAnswered(() -> bakery.desk.withdraw(bakery.again(failed)));
        bakery.staff.release(bakery.again(failed), OFFICER);
        assertThat(told(failed)).isEmpty();

        bakery.staff.answerInPart(bakery.again(failed), "The CRM is not ours any more.", OFFICER);
        bakery.step();

        assertThat(bakery.again(failed).request().stage().word()).isEqualTo("answered");
        assertThat(told(failed)).containsExactly("carrier", "mailer");
        bakery.letter(LetterKind.DONE);
    }

    @Test
    void one_that_is_done_in_part_is_not_joined_with_another() {
        StoredRequest first = waitsForHands(Ask.of(Kind.RESTRICTION));
        bakery.turn(Duration.ofSeconds(1));
        StoredRequest second = bakery.proven(Ask.of(Kind.RESTRICTION), "anna@example.org");

        onlyAnswered(() -> bakery.staff.join(bakery.again(first), second, OFFICER));

        assertThat(facts()).containsExactly("restricted");
        bakery.step();
        assertThat(bakery.again(second).request().stage()).isInstanceOf(Stage.Joined.class);
        assertThat(facts()).containsExactly("restricted");
    }

    @Test
    void an_erasure_of_which_nothing_is_done_is_refused_and_taken_back_and_told_to_nobody() {
        StoredRequest refused = failed(Ask.of(Kind.ERASURE));
        refused(refused);
        StoredRequest withdrawn = failed(Ask.of(Kind.ERASURE));
        assertThat(bakery.desk.withdrawable(withdrawn)).isTrue();
        bakery.desk.withdraw(withdrawn);
        StoredRequest inPart = failed(Ask.of(Kind.ERASURE));
        bakery.staff.answerInPart(inPart, "Nothing could be done.", OFFICER);
        bakery.step();

        assertThat(List.of(refused, withdrawn, inPart))
                .extracting(stored -> bakery.again(stored).request().stage().word())
                .containsExactly("refused", "withdrawn", "answered");
        assertThat(told(refused)).isEmpty();
        assertThat(told(withdrawn)).isEmpty();
        assertThat(told(inPart)).as("nothing of hers is gone").isEmpty();
    }

    @Test
    void what_is_only_read_may_be_refused_and_taken_back_while_hands_are_waited_for() {
        refused(waitsForHands(Ask.of(Kind.ACCESS)));
        StoredRequest failed = waitsForHands(Ask.of(Kind.ACCESS));
        assertThat(bakery.desk.withdraw(failed).request().stage()).isInstanceOf(Stage.Withdrawn.class);
    }

    @Test
    void what_took_effect_with_the_proof_is_not_taken_back_or_refused() {
        StoredRequest failed = failed(new Ask(Kind.WITHDRAWAL, List.of("newsletter")));
        assertThat(facts()).containsExactly("ended");

        onlyAnswered(() -> refused(failed));
        onlyAnswered(() -> bakery.desk.withdraw(failed));
    }

    @Test
    void a_restriction_that_waits_for_hands_ends_in_no_other_way_than_that_she_is_told() {
        StoredRequest failed = waitsForHands(Ask.of(Kind.RESTRICTION));
        assertThat(facts()).containsExactly("restricted");
        onlyAnswered(() -> refused(failed));
        onlyAnswered(() -> bakery.desk.withdraw(bakery.again(failed)));

        StoredRequest answered = bakery.staff.answerInPart(failed, "The CRM is not ours any more.", OFFICER);
        bakery.step();
        assertThat(facts()).containsExactly("restricted");
        bakery.staff.liftRestriction(answered, bakery.today().plusDays(1), "settled", Hears.OTHERWISE, OFFICER);
        bakery.turn(Duration.ofDays(1));
        bakery.keepTime();

        assertThat(facts()).isEmpty();
    }

    private StoredRequest restricted() {
        StoredRequest failed = waitsForHands(Ask.of(Kind.RESTRICTION));
        bakery.staff.doneByHand(failed, "crm", OFFICER);
        bakery.step();
        StoredRequest answered = bakery.again(failed);
        assertThat(answered.request().stage().word()).isEqualTo("answered");
        return answered;
    }

    @Test
    void a_restriction_that_binds_or_has_ended_is_not_begun_anew_and_nobody_takes_it_back() {
        StoredRequest restricted = restricted();

        assertThatThrownBy(() -> bakery.staff.reopen(restricted, OFFICER))
                .isInstanceOf(NotAllowed.class)
                .hasMessageContaining("a request of its own");
        assertThatThrownBy(() -> bakery.desk.withdraw(bakery.again(restricted))).isInstanceOf(NotAllowed.class);
        assertThat(facts()).containsExactly("restricted");

        bakery.staff.liftRestriction(restricted, bakery.today().plusDays(1), "settled", Hears.OTHERWISE, OFFICER);
        bakery.turn(Duration.ofDays(1));
        bakery.keepTime();
        bakery.step();
        assertThat(facts()).isEmpty();
        assertThatThrownBy(() -> bakery.staff.reopen(bakery.again(restricted), OFFICER))
                .as("the letter that told of it may still come back")
                .isInstanceOf(NotAllowed.class);

        StoredRequest another = bakery.proven(Ask.of(Kind.RESTRICTION), "anna@example.org");
        bakery.step();
        assertThat(bakery.again(another).request().open()).isTrue();
        assertThat(facts()).containsExactly("restricted");
    }

    @Test
    void nothing_begins_anew_before_recipients_were_told_of_what_was_done() {
        StoredRequest failed = waitsForHands(Ask.of(Kind.ERASURE));
        StoredRequest answered = bakery.staff.answerInPart(failed, "The CRM is not ours any more.", OFFICER);

        assertThatThrownBy(() -> bakery.staff.reopen(answered, OFFICER))
                .isInstanceOf(NotAllowed.class)
                .hasMessageContaining("told");

        bakery.step();
        assertThat(told(answered)).containsExactly("carrier", "mailer");
        assertThat(bakery.staff.reopen(answered, OFFICER).request().open()).isTrue();
    }

    @Test
    void an_objection_does_not_begin_anew_before_it_was_taken_back_in_the_stores() {
        StoredRequest proven = bakery.proven(new Ask(Kind.OBJECTION, List.of("safety")), "anna@example.org");
        bakery.step();
        bakery.desk.withdraw(bakery.again(proven));

        assertThatThrownBy(() -> bakery.staff.reopen(bakery.again(proven), OFFICER))
                .isInstanceOf(NotAllowed.class);

        bakery.step();
        assertThat(bakery.staff.reopen(bakery.again(proven), OFFICER).request().open())
                .isTrue();
    }

    @Test
    void nothing_is_done_by_hand_for_a_request_that_was_refused() {
        StoredRequest failed = failed(Ask.of(Kind.ERASURE));
        refused(failed);

        assertThatThrownBy(() -> bakery.staff.doneByHand(bakery.again(failed), "crm", OFFICER))
                .isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> bakery.staff.doneByHand(failed, "crm", OFFICER))
                .isInstanceOf(Changed.class);
    }

    @Test
    void what_is_done_by_hand_after_an_answer_in_part_keeps_recipients_from_nothing() {
        StoredRequest failed = waitsForHands(Ask.of(Kind.ERASURE));
        StoredRequest answered = bakery.staff.answerInPart(failed, "The CRM takes longer.", OFFICER);
        bakery.staff.doneByHand(answered, "crm", OFFICER);
        bakery.step();

        assertThat(told(answered)).containsExactly("carrier", "mailer");
        assertThat(bakery.details.stores(answered.id()))
                .extracting(Details.StorePart::state)
                .containsOnly(Details.StoreState.DONE);
    }

    @Test
    @Timeout(60)
    void who_refuses_while_another_says_that_it_was_done_by_hand_is_turned_away() throws Exception {
        StoredRequest failed = failed(Ask.of(Kind.ERASURE));
        List<Object> outcomes = Collections.synchronizedList(new ArrayList<>());
        List<Thread> staff = new ArrayList<>();
        bakery.home().state().database().useTransaction(handle -> {
            handle.execute("select from kept.request where id = ? for update", failed.id());
            staff.add(Thread.ofVirtual().start(() -> {
                try {
                    refused(failed);
                    outcomes.add("refused");
                } catch (RuntimeException e) {
                    outcomes.add(e.getClass());
                }
            }));
            while (rows("select 'waits' from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                    .isEmpty()) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos()); // it has begun
            }
            handle.execute("update kept.request_store set state = 'done' where store = 'crm'");
        });
        for (Thread one : staff) {
            one.join();
        }

        assertThat(outcomes).containsExactly(NotAllowed.class);
        assertThat(bakery.again(failed).request().stage()).isInstanceOf(Stage.Failed.class);
    }

    private StoredRequest ofNobody() {
        return bakery.desk.signedIn(
                Ask.of(Kind.ERASURE),
                "en",
                new Lookup.Known(Map.of(), Optional.empty()),
                Visits.secret(),
                StateChange.of("update kept.request set tries = tries where false"));
    }

    @Test
    void two_of_whom_nothing_is_known_are_not_the_same_person() {
        StoredRequest one = ofNobody();
        StoredRequest other = ofNobody();

        assertThatThrownBy(() -> bakery.staff.join(one, other, OFFICER)).isInstanceOf(NotAllowed.class);
    }
}
