package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.proof.Check;
import dev.kept.core.proof.Verdict;
import dev.kept.core.proof.rights.RightsChecks;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Deadline.Alarm;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.Identity;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.RefusalGround;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.access.Unpacked;
import dev.kept.server.command.Company;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.stores.postgres.session.FaultPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests from receipt to answer on a real database. */
class RequestsTest {

    private static final Actor OFFICER = Actor.staff("officer", "Olga Officer", "looked at it");

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

    @Test
    void an_erasure_is_asked_for_proven_carried_out_and_answered() {
        List<String> before = bakery.rows();
        StoredRequest proven = bakery.proven(Ask.of(Kind.ERASURE), " ANNA@example.org");
        assertThat(proven.request().stage()).isInstanceOf(Stage.Proven.class);
        assertThat(bakery.rows()).isEqualTo(before);

        bakery.step();

        StoredRequest answered = bakery.again(proven);
        assertThat(answered.request().stage().word()).isEqualTo("answered");
        assertThat(bakery.rows())
                .isEqualTo(before.stream()
                        .filter(row -> !row.toLowerCase(Locale.ROOT).contains("anna")
                                && !row.contains("Mill Lane")
                                && !row.contains("/bread"))
                        .toList());
        assertThat(bakery.letter(LetterKind.DONE).address()).isEqualTo("Anna@example.org");
        assertThat(bakery.details.stores(answered.id()))
                .extracting(Details.StorePart::state)
                .containsExactly(Details.StoreState.DONE);
        assertThat(bakery.complaints()).isEmpty();
    }

    @Test
    void the_link_goes_to_the_address_on_file_and_never_to_the_one_typed() {
        bakery.ask(Ask.of(Kind.ACCESS), "anna@EXAMPLE.org", Visits.secret());
        bakery.step();

        assertThat(bakery.letters()).extracting(Bakery.Sent::address).containsExactly("Anna@example.org");
    }

    @Test
    void nobody_is_written_to_whom_no_store_knows() {
        StoredRequest stored = bakery.ask(Ask.of(Kind.ACCESS), "stranger@example.org", Visits.secret());
        bakery.step();

        assertThat(bakery.letters()).isEmpty();
        assertThat(bakery.again(stored).request().stage()).isEqualTo(new Stage.Received());
    }

    @Test
    void a_link_is_good_once_and_in_the_browser_that_asked() {
        String browser = Visits.secret();
        StoredRequest stored = bakery.ask(Ask.of(Kind.ACCESS), "anna@example.org", browser);
        bakery.step();
        String token = bakery.letter(LetterKind.PROOF_LINK).token();

        assertThat(bakery.desk.look(token, Visits.secret())).isEmpty();
        assertThat(bakery.desk.open(token, Visits.secret())).isEmpty();
        assertThat(bakery.desk.look(token, browser)).isPresent();
        assertThat(bakery.again(stored).request().stage()).isEqualTo(new Stage.Received());
        assertThat(bakery.desk.open(token, browser)).isPresent();
        assertThat(bakery.desk.open(token, browser)).isEmpty();
    }

    @Test
    void two_processes_that_look_for_her_at_once_send_one_link_and_it_is_good() {
        String browser = Visits.secret();
        StoredRequest stored = bakery.ask(Ask.of(Kind.ACCESS), "anna@example.org", browser);
        Workplace place = Workplace.of(bakery.home());
        Addressing addressing = new Addressing(bakery.home().state(), bakery.requests, bakery.telling);
        addressing.address(stored, place);
        String token = bakery.letter(LetterKind.PROOF_LINK).token();

        addressing.address(stored, place);

        assertThat(Company.rows(bakery.company().state(), "select count(*)::text from kept.request_proof"))
                .containsExactly("1");
        assertThat(bakery.desk.open(token, browser)).isPresent();
    }

    @Test
    void a_link_is_good_for_a_short_time() {
        String browser = Visits.secret();
        bakery.ask(Ask.of(Kind.ACCESS), "anna@example.org", browser);
        bakery.step();
        bakery.turn(Proofs.LASTS.plusSeconds(1));

        assertThat(bakery.desk.open(bakery.letter(LetterKind.PROOF_LINK).token(), browser))
                .isEmpty();
    }

    @Test
    void a_code_is_tried_a_few_times_and_no_more_however_many_links_there_are() {
        String browser = Visits.secret();
        StoredRequest stored = bakery.ask(Ask.of(Kind.ACCESS), "anna@example.org", browser);
        bakery.step();
        for (int i = 0; i < 3; i++) {
            assertThat(bakery.desk.code(stored.id(), "0000-0000", browser)).isInstanceOf(Desk.Code.Wrong.class);
        }
        bakery.desk.askLink(stored.number(), "anna@example.org", browser);
        bakery.step();
        String code = bakery.letter(LetterKind.PROOF_LINK).code();
        for (int i = 0; i < 2; i++) {
            assertThat(bakery.desk.code(stored.id(), "0000-0000", browser)).isInstanceOf(Desk.Code.Wrong.class);
        }

        assertThat(bakery.desk.code(stored.id(), code, browser)).isInstanceOf(Desk.Code.Wrong.class);
        bakery.turn(Proofs.TRIES_WITHIN.plus(Proofs.LASTS));
        assertThat(bakery.desk.code(stored.id(), code, browser))
                .as("too old by then")
                .isInstanceOf(Desk.Code.Wrong.class);
    }

    @Test
    void a_code_is_read_as_people_type_it() {
        String browser = Visits.secret();
        StoredRequest stored = bakery.ask(Ask.of(Kind.ACCESS), "anna@example.org", browser);
        bakery.step();
        String code = bakery.letter(LetterKind.PROOF_LINK).code();
        assertThat(bakery.desk.code(stored.id(), code, Visits.secret()))
                .as("elsewhere")
                .isInstanceOf(Desk.Code.Wrong.class);

        assertThat(bakery.desk.code(stored.id(), code.toLowerCase(Locale.ROOT).replace('-', ' '), browser))
                .isInstanceOf(Desk.Code.Right.class);
    }

    @Test
    void a_link_for_a_request_is_sent_to_nobody_else() {
        StoredRequest stored = bakery.ask(Ask.of(Kind.ACCESS), "anna@example.org", Visits.secret());
        bakery.step();
        int before = bakery.letters().size();

        bakery.desk.askLink(stored.number(), "ben@example.org", Visits.secret());
        bakery.desk.askLink("0000-0000", "anna@example.org", Visits.secret());
        bakery.step();

        assertThat(bakery.letters()).hasSize(before);
    }

    @Test
    void an_access_request_ends_in_a_package_for_who_proves_again_and_can_be_renewed() throws IOException {
        String browser = Visits.secret();
        StoredRequest asked = bakery.ask(Ask.of(Kind.ACCESS), "anna@example.org", browser);
        bakery.step();
        bakery.desk.open(bakery.letter(LetterKind.PROOF_LINK).token(), browser).orElseThrow();
        bakery.step();
        StoredRequest answered = bakery.again(asked);
        assertThat(answered.request().stage().word()).isEqualTo("answered");
        assertThat(bakery.letter(LetterKind.READY).address()).isEqualTo("Anna@example.org");

        assertThat(bakery.desk.download(answered, Visits.secret())).isEmpty();
        byte[] zip =
                bakery.desk.download(answered, browser).orElseThrow().content().readAllBytes();
        assertThat(zip).startsWith('P', 'K');
        bakery.turn(Visits.PROVEN.plusSeconds(1));
        assertThat(bakery.desk.download(answered, browser))
                .as("proven too long ago")
                .isEmpty();

        bakery.turn(Duration.ofDays(32));
        assertThat(bakery.desk.current(answered)).isEmpty();
        assertThat(bakery.desk.renew(answered, browser)).as("not proven now").isFalse();
        bakery.desk.askLink(answered.number(), "anna@example.org", browser);
        bakery.step();
        bakery.desk.open(bakery.letter(LetterKind.PROOF_LINK).token(), browser).orElseThrow();
        assertThat(bakery.desk.renew(answered, browser)).isTrue();
        bakery.step();
        assertThat(bakery.desk.download(answered, browser)).isPresent();
    }

    @Test
    void what_she_takes_along_is_what_consent_and_contract_have_of_her() throws IOException {
        String browser = Visits.secret();
        StoredRequest asked = bakery.ask(Ask.of(Kind.PORTABILITY), "anna@example.org", browser);
        bakery.step();
        bakery.desk.open(bakery.letter(LetterKind.PROOF_LINK).token(), browser).orElseThrow();
        bakery.step();

        Path zip = folder.resolve("hers.zip");
        Files.write(
                zip,
                bakery.desk
                        .download(bakery.again(asked), browser)
                        .orElseThrow()
                        .content()
                        .readAllBytes());

        assertThat(Unpacked.of(zip).all())
                .contains("Anna@example.org", "Mill Lane 1")
                .as("pages looked at for the shop's safety, on legitimate interests; and others'")
                .doesNotContain("/bread", "Ben Cole", "Hill Road");
        assertThat(Company.rows(
                        bakery.company().state(),
                        "select entry::jsonb ->> 'extent' from kept.journal where kind = 'access'"))
                .containsExactly("portable");
    }

    @Test
    void erasures_that_wait_go_together_and_each_is_answered() {
        String browser = Visits.secret();
        StoredRequest anna = bakery.ask(Ask.of(Kind.ERASURE), "anna@example.org", browser);
        StoredRequest ben = bakery.ask(Ask.of(Kind.ERASURE), "ben@example.org", browser);
        bakery.step();
        bakery.letters().stream()
                .map(Bakery.Sent::token)
                .toList()
                .forEach(token -> bakery.desk.open(token, browser).orElseThrow());
        bakery.step();

        for (StoredRequest stored : List.of(anna, ben)) {
            assertThat(bakery.again(stored).request().stage().word()).isEqualTo("answered");
        }
        assertThat(bakery.rows()).isEmpty();
        assertThat(bakery.details.stores(anna.id()).getFirst().run())
                .as("one run for both")
                .isEqualTo(bakery.details.stores(ben.id()).getFirst().run());
    }

    @Test
    void the_same_asked_again_by_the_same_person_is_answered_once() {
        StoredRequest first = bakery.proven(new Ask(Kind.OBJECTION, List.of("safety")), "anna@example.org");
        StoredRequest other = bakery.proven(new Ask(Kind.OBJECTION, List.of("safety")), "ben@example.org");
        bakery.turn(Duration.ofMinutes(1));
        StoredRequest again = bakery.proven(new Ask(Kind.OBJECTION, List.of("safety")), "anna@example.org");
        bakery.step();

        assertThat(bakery.again(again).request().stage()).isInstanceOfSatisfying(Stage.Joined.class, joined -> {
            assertThat(joined.into()).isEqualTo(first.id());
            assertThat(joined.identity()).isPresent();
        });
        assertThat(bakery.again(first).request().stage()).isInstanceOf(Stage.InReview.class);
        assertThat(bakery.again(other).request().stage()).as("somebody else's").isInstanceOf(Stage.InReview.class);
    }

    @Test
    void an_erasure_is_not_done_by_saying_so() {
        StoredRequest stored = bakery.proven(Ask.of(Kind.ERASURE), "anna@example.org");

        assertThatThrownBy(() -> bakery.staff.answer(stored, "It is all gone.", OFFICER))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void whom_no_mail_reaches_staff_are_told_to_write_to() {
        bakery.company().database("shop").execute("insert into customers (full_name, opened) values ('Zoe', now())");
        StoredRequest proven = staffProven(Ask.of(Kind.ACCESS), "", Map.of("customer", "3"));
        bakery.step();

        assertThat(bakery.again(proven).request().stage().word()).isEqualTo("answered");
        assertThat(bakery.desk.messages().of(proven.id()))
                .anyMatch(message -> message.internal() && message.text().contains("by post"));
    }

    @Test
    void what_was_typed_by_somebody_else_says_nothing_once_staff_have_proven_who_asks() {
        StoredRequest stored =
                bakery.ask(new Ask(Kind.WITHDRAWAL, List.of("newsletter")), "ben@example.org", Visits.secret());
        bakery.step();
        assertThat(bakery.details.addressOnFile(stored.id())).contains("ben@example.org");

        StoredRequest proven = staffProven(stored, Map.of("customer", "1"));

        assertThat(bakery.home().state().facts("shop").persons())
                .flatExtracting(fact -> fact.keys())
                .contains(List.of("1"), List.of("anna@example.org"))
                .doesNotContain(List.of("2"), List.of("ben@example.org"));
        assertThat(bakery.details.addressOnFile(proven.id())).contains("Anna@example.org");
    }

    @Test
    void nobody_is_proven_whom_no_store_knows() {
        assertThatThrownBy(() -> staffProven(Ask.of(Kind.ERASURE), "", Map.of("email", "ana@example.org")))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void an_address_that_is_looked_up_while_somebody_proves_overwrites_nothing() {
        StoredRequest stored = bakery.ask(Ask.of(Kind.ERASURE), "ben@example.org", Visits.secret());
        StoredRequest proven = staffProven(stored, Map.of("customer", "1"));
        Workplace place = Workplace.of(bakery.home());

        new Addressing(bakery.home().state(), bakery.requests, bakery.telling).address(stored, place);

        assertThat(bakery.details.persons(proven.id()).toString())
                .contains("anna")
                .doesNotContain("ben");
        bakery.step();
        assertThat(bakery.again(proven).request().stage().word()).isEqualTo("answered");
        assertThat(bakery.rows()).anyMatch(row -> row.contains("Ben Cole")).noneMatch(row -> row.contains("Anna"));
    }

    @Test
    void what_is_reopened_hands_out_nothing_of_before() {
        String browser = Visits.secret();
        StoredRequest asked = bakery.ask(Ask.of(Kind.ACCESS), "anna@example.org", browser);
        bakery.step();
        bakery.desk.open(bakery.letter(LetterKind.PROOF_LINK).token(), browser).orElseThrow();
        bakery.step();
        assertThat(bakery.desk.download(bakery.again(asked), browser)).isPresent();

        StoredRequest reopened = bakery.staff.reopen(bakery.again(asked), OFFICER);

        assertThat(bakery.desk.download(reopened, browser)).isEmpty();
        assertThat(bakery.desk.current(reopened)).isEmpty();
        assertThat(bakery.details.persons(asked.id())).isEmpty();
    }

    @Test
    void one_on_hold_is_to_be_looked_at_again_from_the_day_on_that_was_said_last() {
        Inbox inbox = new Inbox(bakery.home().state(), bakery.requests.terms());
        StoredRequest stored = bakery.ask(Ask.of(Kind.ACCESS), "anna@example.org", Visits.secret());
        bakery.staff.hold(stored, bakery.today().plusDays(1), "a court asks", OFFICER);
        bakery.staff.release(bakery.again(stored), OFFICER);
        bakery.staff.hold(bakery.again(stored), bakery.today().plusDays(3), "a court asks", OFFICER);
        bakery.turn(Duration.ofDays(2));
        assertThat(inbox.toReview()).isZero();

        bakery.turn(Duration.ofDays(1));
        assertThat(inbox.toReview()).isOne();

        bakery.staff.release(bakery.again(stored), OFFICER);
        assertThat(inbox.toReview()).isZero();
    }

    @Test
    void a_question_that_is_open_for_long_is_counted_until_it_is_answered() {
        Inbox inbox = new Inbox(bakery.home().state(), bakery.requests.terms());
        StoredRequest stored = bakery.ask(Ask.of(Kind.ACCESS), "anna@example.org", Visits.secret());
        bakery.staff.askBack(stored, Stage.Question.IDENTITY, "Who are you?", OFFICER);
        bakery.turn(Duration.ofDays(Inbox.OPEN_LONG_DAYS - 1));
        assertThat(inbox.askedLongAgo()).isZero();

        bakery.turn(Duration.ofDays(1));
        assertThat(inbox.askedLongAgo()).isOne();

        bakery.staff.clarify(bakery.again(stored), OFFICER);
        bakery.staff.askBack(bakery.again(stored), Stage.Question.IDENTITY, "Who are you?", OFFICER);
        assertThat(inbox.askedLongAgo()).isZero();
    }

    @Test
    void a_held_withdrawal_takes_effect_with_the_proof_all_the_same() {
        String browser = Visits.secret();
        StoredRequest asked = bakery.ask(new Ask(Kind.WITHDRAWAL, List.of("newsletter")), "anna@example.org", browser);
        bakery.step();
        bakery.staff.hold(bakery.again(asked), LocalDate.of(2030, 1, 1), "looks odd", OFFICER);

        bakery.desk.open(bakery.letter(LetterKind.PROOF_LINK).token(), browser).orElseThrow();

        assertThat(bakery.home().state().facts("shop").persons()).isNotEmpty();
        bakery.staff.release(bakery.again(asked), OFFICER);
        bakery.step();
        assertThat(bakery.again(asked).request().stage().word()).isEqualTo("answered");
    }

    private StoredRequest staffProven(Ask ask, String typed, Map<String, String> by) {
        return staffProven(
                bakery.staff.enter(ask, new Typed("", typed, "", Map.of()), "en", bakery.now(), OFFICER), by);
    }

    private StoredRequest staffProven(StoredRequest stored, Map<String, String> by) {
        Lookup.Known known = Lookup.byNames(Workplace.of(bakery.home()).stores(), new Named(1, by));
        return bakery.staff.prove(
                bakery.again(stored),
                Identity.Way.CALLED_BACK,
                known,
                Actor.staff("officer", "Olga Officer", "called back at the number on file"));
    }

    @Test
    void restricted_data_survives_an_erasure_and_a_sweep_and_ends_only_after_she_was_told() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.RESTRICTION), "anna@example.org");
        bakery.step();
        StoredRequest restricted = bakery.again(proven);
        assertThat(restricted.request().stage().word()).isEqualTo("answered");
        bakery.letter(LetterKind.RESTRICTED);
        assertThat(bakery.home().state().facts("shop").persons()).isNotEmpty();

        assertThatThrownBy(() -> bakery.staff.liftRestriction(
                        restricted, LocalDate.of(2020, 1, 1), "settled", Hears.LETTER, OFFICER))
                .isInstanceOf(NotAllowed.class);
        LocalDate day = bakery.today().plusDays(8);
        bakery.staff.liftRestriction(restricted, day, "settled", Hears.LETTER, OFFICER);
        bakery.letter(LetterKind.RESTRICTION_ENDS);
        UUID mail = bakery.mailed(restricted, LetterKind.RESTRICTION_ENDS);
        bakery.keepTime();
        assertThat(bakery.home().state().facts("shop").persons()).isNotEmpty();
        bakery.turn(Duration.ofDays(1));
        bakery.became(mail, "sent");
        bakery.turn(Duration.ofDays(6));
        bakery.keepTime();
        assertThat(bakery.home().state().facts("shop").persons())
                .as("the day has not come")
                .isNotEmpty();
        bakery.turn(Duration.ofDays(1));
        bakery.keepTime();
        assertThat(bakery.home().state().facts("shop").persons()).isEmpty();
    }

    private List<String> entries(String event) {
        return Company.rows(
                bakery.company().state(),
                "select entry from kept.journal where entry::jsonb ->> 'event' = '" + event + "' order by seq");
    }

    @Test
    void a_withdrawal_takes_effect_with_the_proof_and_is_written_into_the_shop() {
        List<String> before = bakery.rows();
        StoredRequest proven = bakery.proven(new Ask(Kind.WITHDRAWAL, List.of("newsletter")), "anna@example.org");
        assertThat(proven.request().stage()).isInstanceOf(Stage.CarryingOut.class);
        assertThat(bakery.home().state().facts("shop").persons())
                .as("before any store is asked")
                .isNotEmpty();

        bakery.step();

        assertThat(bakery.again(proven).request().stage().word()).isEqualTo("answered");
        bakery.letter(LetterKind.STOPPED);
        assertThat(bakery.rows())
                .as("her subscription is gone, and nothing else")
                .isEqualTo(before.stream()
                        .filter(row -> !row.startsWith("subscribers(anna"))
                        .toList());
    }

    @Test
    void an_objection_restricts_the_use_until_somebody_has_weighed_it() {
        StoredRequest proven = bakery.proven(new Ask(Kind.OBJECTION, List.of("safety")), "anna@example.org");
        bakery.step();
        StoredRequest reviewed = bakery.again(proven);
        assertThat(reviewed.request().stage()).isInstanceOf(Stage.InReview.class);
        assertThat(bakery.home().state().facts("shop").persons())
                .extracting(fact -> fact.what().getClass().getSimpleName())
                .containsOnly("Objected");

        assertThatThrownBy(() -> bakery.staff.approve(reviewed, OFFICER))
                .isInstanceOf(NotAllowed.class)
                .hasMessageContaining("why");
        bakery.staff.uphold(reviewed, "Nothing was ever stolen.", OFFICER);
        bakery.step();
        assertThat(bakery.desk.messages().of(reviewed.id()))
                .filteredOn(message -> !message.internal())
                .extracting(Messages.Message::text)
                .containsExactly("Nothing was ever stolen.");

        assertThat(bakery.again(proven).request().stage().word()).isEqualTo("answered");
        assertThat(bakery.rows()).noneMatch(row -> row.contains("/bread")).anyMatch(row -> row.contains("/cake"));
    }

    @Test
    void an_objection_that_is_overridden_restricts_nothing_any_more() {
        StoredRequest proven = bakery.proven(new Ask(Kind.OBJECTION, List.of("safety")), "anna@example.org");
        bakery.step();

        bakery.staff.refuse(
                bakery.again(proven), RefusalGround.COMPELLING_GROUNDS, "A break-in is being looked into.", OFFICER);

        assertThat(bakery.home().state().facts("shop").persons()).isEmpty();
        assertThat(bakery.rows()).anyMatch(row -> row.contains("/bread"));
    }

    @Test
    void a_marketing_objection_ends_every_marketing_use_it_names_at_once() {
        StoredRequest proven =
                bakery.proven(new Ask(Kind.MARKETING_OBJECTION, List.of("newsletter", "offers")), "anna@example.org");
        bakery.step();

        assertThat(bakery.again(proven).request().stage().word()).isEqualTo("answered");
        assertThat(bakery.home().state().facts("shop").persons())
                .as("the objection stands for what the shop's own columns cannot say")
                .extracting(fact -> fact.what().toString())
                .contains("Ended[use=offers]");
    }

    @Test
    void a_store_that_fails_is_failing_and_the_request_is_not_answered() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.ERASURE), "anna@example.org");
        bakery.company().database("shop").execute("alter table orders rename column ship_to to sent_to");
        bakery.step();

        StoredRequest failed = bakery.again(proven);
        assertThat(failed.request().stage()).isInstanceOf(Stage.Failed.class);
        assertThat(bakery.details.stores(failed.id()).getFirst().state()).isEqualTo(Details.StoreState.FAILED);
        assertThat(bakery.complaints())
                .isNotEmpty()
                .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("anna"));

        bakery.company().database("shop").execute("alter table orders rename column sent_to to ship_to");
        bakery.turn(Duration.ofHours(1));
        bakery.step();
        assertThat(bakery.again(proven).request().stage().word()).isEqualTo("answered");
    }

    @Test
    void staff_prove_with_what_they_checked_and_refuse_with_a_ground() {
        StoredRequest entered = bakery.staff.enter(
                Ask.of(Kind.RECTIFICATION),
                new Typed("Anna Berg", "", "my name is Anna Hill", Map.of()),
                "de",
                bakery.now().minus(Duration.ofDays(2)),
                OFFICER);
        Workplace place = Workplace.of(bakery.home());
        Lookup.Known anna = Lookup.byNames(place.stores(), new Named(1, Map.of("customer", "1")));
        StoredRequest proven = bakery.staff.prove(
                entered,
                Identity.Way.CALLED_BACK,
                anna,
                Actor.staff("officer", "Olga Officer", "called back at the number on file"));
        bakery.step();
        StoredRequest reviewed = bakery.again(proven);
        assertThat(reviewed.request().stage()).isInstanceOf(Stage.InReview.class);
        assertThat(bakery.letter(LetterKind.RECEIVED).language()).isEqualTo("de");
        assertThatThrownBy(() -> bakery.staff.refuse(reviewed, RefusalGround.LEGAL_OBLIGATION, "no", OFFICER))
                .isInstanceOf(NotAllowed.class);

        StoredRequest refused =
                bakery.staff.refuse(reviewed, RefusalGround.ACCURATE, "Your passport says Berg.", OFFICER);

        assertThat(refused.request().stage().word()).isEqualTo("refused");
        assertThat(bakery.letter(LetterKind.REFUSED).values()).containsKeys("ground", "reason", "complaint");
    }

    @Test
    void a_correction_changes_her_rows_and_nobody_elses() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.RECTIFICATION), "anna@example.org");
        bakery.step();
        StoredRequest reviewed = bakery.again(proven);
        Workplace place = Workplace.of(bakery.home());
        Rectifying rectifying = new Rectifying(bakery.home().state(), FaultPoints.NONE);

        Rectifying.Rectified done = rectifying.correct(
                reviewed,
                place.store("shop").orElseThrow(),
                "set: {customers: {full_name: Anna Hill}}",
                false,
                OFFICER);

        assertThat(done.problems()).isEmpty();
        assertThat(bakery.rows()).anyMatch(row -> row.contains("Anna Hill")).anyMatch(row -> row.contains("Ben Cole"));
        StoredRequest answered = bakery.staff.answer(reviewed, "Your name is right now.", OFFICER);
        assertThat(answered.request().stage().word()).isEqualTo("answered");
    }

    @Test
    void whoever_is_late_finds_the_request_changed() {
        StoredRequest stored = bakery.ask(Ask.of(Kind.ERASURE), "anna@example.org", Visits.secret());
        bakery.requests.happen(stored, new Event.Withdraw(), Actor.PERSON, List.of());

        assertThatThrownBy(() -> bakery.requests.happen(stored, new Event.Expire(), Actor.KEPT, List.of()))
                .isInstanceOf(Changed.class);
    }

    @Test
    void a_request_is_read_back_as_it_stands() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.ACCESS), "anna@example.org");

        assertThat(bakery.again(proven).request()).isEqualTo(proven.request());
        assertThat(bakery.requests.byNumber(proven.number().toLowerCase(Locale.ROOT)))
                .map(StoredRequest::id)
                .contains(proven.id());
    }

    @Test
    void what_nobody_proves_is_over_after_a_while() {
        StoredRequest stored = bakery.ask(Ask.of(Kind.ERASURE), "anna@example.org", Visits.secret());
        bakery.step();
        bakery.turn(Duration.ofDays(15));
        bakery.keepTime();

        assertThat(bakery.again(stored).request().stage()).isEqualTo(new Stage.Expired());
    }

    @Test
    void the_ledger_hears_of_kinds_roles_and_days_and_of_no_name() {
        bakery.proven(Ask.of(Kind.ERASURE), "anna@example.org");
        bakery.step();

        List<String> entries =
                Company.rows(bakery.company().state(), "select kind || entry from kept.journal order by seq");
        assertThat(entries).anyMatch(entry -> entry.startsWith("request") && entry.contains("\"answer\""));
        assertThat(String.join("\n", entries).toLowerCase(Locale.ROOT))
                .doesNotContain("anna")
                .doesNotContain("mill lane")
                .doesNotContain("example.org");
    }

    @Test
    void a_late_request_is_overdue_once_in_the_ledger() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.RECTIFICATION), "anna@example.org");
        bakery.step();
        bakery.turn(Duration.ofDays(40));
        bakery.keepTime();
        bakery.keepTime();

        List<String> entries =
                Company.rows(bakery.company().state(), "select entry from kept.journal where entry like '%overdue%'");
        assertThat(entries).hasSize(1);
        assertThat(new Inbox(bakery.home().state(), bakery.requests.terms())
                        .page(Inbox.Filter.OPEN, Optional.empty(), 10))
                .extracting(Inbox.Row::id, Inbox.Row::alarm)
                .containsExactly(Tuple.tuple(proven.id(), Alarm.OVERDUE));
        assertThat(new Inbox(bakery.home().state(), bakery.requests.terms()).open())
                .as("what the metric says")
                .containsEntry(Alarm.OVERDUE, 1L);
        assertThat(RightsChecks.of(
                        bakery.requests.notice(),
                        Figures.of(bakery.home().state(), bakery.requests.terms(), bakery.now())))
                .filteredOn(check -> check.verdict().kind() == Verdict.Kind.BROKEN)
                .extracting(Check::path)
                .containsExactly("rights.answered-within", "rights.correct");
    }
}
