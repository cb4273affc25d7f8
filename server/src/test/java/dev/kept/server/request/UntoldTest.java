package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.kept.core.letter.LetterKind;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Extension;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.command.Company;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An extension, and the end of a restriction, count only when the person was told in time: whatever becomes of the letter, and whenever that is known. */
class UntoldTest {

    private static final Actor OFFICER = Actor.staff("officer", "Olga Officer", "looked at it");
    private static final Actor BY_POST = Actor.staff("officer", "Olga Officer", "a letter by post, on Monday");

    private static final String LIFT_OF_BEFORE =
            "with request as (insert into kept.request (id, number, kind, uses, language, channel, first_received_at, received_at,"
                    + " stage, proven, reading, due_on) values (gen_random_uuid(), gen_random_uuid()::text, 'restriction', '{}', 'en',"
                    + " 'form', now(), now(), 'answered', true, 'stopped', current_date) returning id)"
                    + " insert into kept.request_lift (request, told_at, on_day, lifted_at) select id, now(), current_date + 5, %s from request";

    private final GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    @TempDir
    private Path folder;

    private Bakery bakery;

    @BeforeEach
    void open() throws IOException {
        bakery = new Bakery(folder, "");
        server.start();
    }

    @AfterEach
    void close() {
        server.stop();
        bakery.close();
    }

    private StoredRequest restricted() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.RESTRICTION), "anna@example.org");
        bakery.step();
        return bakery.again(proven);
    }

    private StoredRequest reviewed() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.RECTIFICATION), "anna@example.org");
        bakery.step();
        return bakery.again(proven);
    }

    /** Says when a restriction ends, by a letter that waits. */
    private UUID ends(StoredRequest restricted, int days) {
        bakery.staff.liftRestriction(restricted, bakery.today().plusDays(days), "settled", Hears.LETTER, OFFICER);
        return bakery.mailed(restricted, LetterKind.RESTRICTION_ENDS);
    }

    private StoredRequest extend(StoredRequest stored, Hears hears) {
        return bakery.staff.extend(
                stored,
                Extension.Reason.COMPLEXITY,
                2,
                "many stores",
                hears,
                hears == Hears.LETTER ? OFFICER : BY_POST);
    }

    private boolean binds() {
        return !bakery.home().state().facts("shop").persons().isEmpty();
    }

    private boolean settled(StoredRequest stored) {
        return !rows("select 'yes' from kept.request where settled_at is not null and id = '" + stored.id() + "'")
                .isEmpty();
    }

    private List<String> rows(String sql) {
        return Company.rows(bakery.company().state(), sql);
    }

    private List<String> entries(String event) {
        return rows("select entry from kept.journal where entry::jsonb ->> 'event' = '" + event + "' order by seq");
    }

    private List<String> notes(StoredRequest stored, String part) {
        return bakery.desk.messages().of(stored.id()).stream()
                .filter(Messages.Message::internal)
                .map(Messages.Message::text)
                .filter(text -> text.contains(part))
                .toList();
    }

    private List<String> letters(String kind) {
        return rows("select state || coalesce(' ' || reason, '') from kept.mail where kind = '" + kind
                + "' order by made_at");
    }

    private void goTo(LocalDate day) {
        Instant noon = day.atTime(12, 0).atZone(bakery.requests.terms().zone()).toInstant();
        bakery.turn(Duration.between(bakery.now(), noon));
    }

    @Test
    void a_letter_that_tells_of_an_end_has_the_time_to_come_back_and_to_be_known_of() {
        StoredRequest restricted = restricted();

        assertThatThrownBy(() -> ends(restricted, 5))
                .isInstanceOf(NotAllowed.class)
                .hasMessageContaining("on " + bakery.today().plusDays(6) + " at the earliest");
        assertThatThrownBy(() -> ends(restricted, 301))
                .isInstanceOf(NotAllowed.class)
                .hasMessageContaining("on " + bakery.today().plusDays(300) + " at the latest");
        assertThat(letters("restriction-ends")).isEmpty();
        ends(restricted, 300);
    }

    @Test
    void a_restriction_ends_five_days_after_its_letter_was_taken_and_not_before_the_day() {
        StoredRequest restricted = restricted();
        LocalDate day = bakery.today().plusDays(6);
        UUID mail = ends(restricted, 6);
        goTo(day.minusDays(1));
        bakery.became(mail, "sent");
        goTo(day.plusDays(3));
        bakery.keepTime();
        assertThat(binds()).as("it may still come back").isTrue();
        assertThat(settled(restricted)).isFalse();

        goTo(day.plusDays(4));
        bakery.keepTime();
        bakery.keepTime();

        assertThat(binds()).isFalse();
        assertThat(settled(restricted)).isTrue();
        assertThat(entries("restriction-lifted")).hasSize(1);
    }

    @Test
    void one_that_has_ended_binds_again_where_the_letter_comes_back_after_all() {
        StoredRequest restricted = restricted();
        UUID mail = ends(restricted, 6);
        bakery.became(mail, "sent");
        bakery.turn(Duration.ofDays(6));
        bakery.keepTime();
        assertThat(binds()).isFalse();

        bakery.became(mail, "undeliverable");
        bakery.keepTime();
        bakery.keepTime();

        assertThat(binds()).isTrue();
        assertThat(settled(restricted)).isFalse();
        assertThat(entries("restriction-put-back")).hasSize(1);
        assertThat(notes(restricted, "had ended already, and binds again")).hasSize(1);
        bakery.turn(Duration.ofDays(10));
        bakery.keepTime();
        assertThat(binds()).as("nothing says any more that it ends").isTrue();
        bakery.staff.liftRestriction(restricted, bakery.today().plusDays(1), "settled", Hears.OTHERWISE, BY_POST);
        bakery.turn(Duration.ofDays(1));
        bakery.keepTime();
        assertThat(binds()).isFalse();
        assertThat(entries("restriction-ends").getLast())
                .contains("\"told\":\"otherwise\"")
                .doesNotContain("Olga", "by post");
    }

    @Test
    void one_of_somebody_who_is_forgotten_stays_ended_and_staff_read_so() {
        StoredRequest restricted = restricted();
        UUID mail = ends(restricted, 6);
        bakery.became(mail, "sent");
        bakery.turn(Duration.ofDays(6));
        bakery.keepTime();
        bakery.company().state().execute("delete from kept.request_person");

        bakery.became(mail, "undeliverable");
        bakery.keepTime();

        assertThat(binds()).isFalse();
        assertThat(settled(restricted)).isTrue();
        assertThat(entries("restriction-lifted-untold")).hasSize(1);
        assertThat(notes(restricted, "has ended already, and Kept no longer knows"))
                .hasSize(1);
    }

    @Test
    void one_goes_on_where_the_letter_comes_back_before_the_day() {
        StoredRequest restricted = restricted();
        UUID mail = ends(restricted, 6);
        bakery.became(mail, "sent");
        bakery.became(mail, "undeliverable");
        bakery.turn(Duration.ofDays(8));
        bakery.keepTime();
        bakery.keepTime();

        assertThat(binds()).isTrue();
        assertThat(notes(restricted, "The restriction goes on")).hasSize(1);
        assertThat(entries("restriction-goes-on")).hasSize(1);
        assertThatThrownBy(() ->
                        bakery.staff.liftRestriction(restricted, bakery.today(), "settled", Hears.OTHERWISE, BY_POST))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void the_letter_of_an_end_is_not_sent_once_the_day_has_come_and_the_restriction_goes_on() {
        StoredRequest restricted = restricted();
        bakery.posts();
        bakery.staff.liftRestriction(restricted, bakery.today().plusDays(6), "settled", Hears.LETTER, OFFICER);
        LocalDate day = bakery.today().plusDays(6);
        goTo(day);
        bakery.send(server.getSmtp().getPort());
        assertThat(letters("restriction-ends")).containsExactly("given-up too-late");
        assertThat(server.getReceivedMessages()).isEmpty();

        bakery.keepTime();
        goTo(day.plusDays(10));
        bakery.keepTime();

        assertThat(binds()).isTrue();
        assertThat(notes(restricted, "The restriction goes on")).hasSize(1);
    }

    @Test
    void one_that_leaves_on_the_eve_is_sent_and_ends_the_restriction_in_its_time() {
        StoredRequest restricted = restricted();
        bakery.posts();
        LocalDate day = bakery.today().plusDays(6);
        bakery.staff.liftRestriction(restricted, day, "settled", Hears.LETTER, OFFICER);
        goTo(day.minusDays(1));
        bakery.send(server.getSmtp().getPort());
        assertThat(letters("restriction-ends")).containsExactly("sent");
        goTo(day);
        bakery.keepTime();
        assertThat(binds()).isTrue();
        goTo(day.plusDays(4));
        bakery.keepTime();
        assertThat(binds()).isFalse();
    }

    @Test
    void a_letter_that_a_mail_server_took_only_when_the_day_had_come_told_nothing_before() {
        StoredRequest restricted = restricted();
        bakery.posts();
        LocalDate day = bakery.today().plusDays(6);
        bakery.staff.liftRestriction(restricted, day, "settled", Hears.LETTER, OFFICER);
        UUID mail = UUID.fromString(rows("select id::text from kept.mail where kind = 'restriction-ends'")
                .getFirst());
        goTo(day);
        bakery.became(mail, "sent");
        bakery.keepTime();
        goTo(day.plusDays(20));
        bakery.keepTime();

        assertThat(binds()).isTrue();
        assertThat(notes(restricted, "left when it was too late")).hasSize(1);
        assertThat(entries("restriction-goes-on")).hasSize(1);
    }

    @Test
    void what_comes_back_of_an_end_that_was_said_before_does_not_undo_the_one_that_stands() {
        StoredRequest restricted = restricted();
        UUID first = ends(restricted, 7);
        bakery.became(first, "undeliverable");
        bakery.keepTime();
        bakery.turn(Duration.ofDays(1));
        UUID second = ends(restricted, 6);
        bakery.became(second, "sent");
        bakery.company().state().execute("update kept.mail set staff_told = false where id = '" + first + "'");

        bakery.turn(Duration.ofDays(6));
        bakery.keepTime();

        assertThat(binds()).isFalse();
        assertThat(entries("restriction-goes-on")).hasSize(1);
    }

    @Test
    void an_extension_of_which_she_could_not_be_told_does_not_count_until_staff_tell_her_otherwise() {
        StoredRequest reviewed = reviewed();
        LocalDate first = due(reviewed);
        extend(reviewed, Hears.LETTER);
        UUID mail = bakery.mailed(reviewed, LetterKind.EXTENDED);
        bakery.keepTime();
        assertThat(bakery.again(reviewed).request().extension()).isPresent();

        bakery.turn(Duration.ofHours(1));
        bakery.became(mail, "undeliverable");
        bakery.keepTime();
        bakery.keepTime();

        StoredRequest fallen = bakery.again(reviewed);
        assertThat(fallen.request().extension()).isEmpty();
        assertThat(fallen.request().stage()).isInstanceOf(Stage.InReview.class);
        assertThat(due(fallen)).isEqualTo(first);
        assertThat(entries("untold")).hasSize(1);
        assertThat(notes(reviewed, "The time is not extended")).hasSize(1);

        bakery.turn(Duration.ofHours(1));
        int before = bakery.letters().size();
        StoredRequest told = extend(fallen, Hears.OTHERWISE);
        assertThat(bakery.letters()).as("no letter to the address that is dead").hasSize(before);
        assertThat(notes(reviewed, "told of the extension otherwise")).hasSize(1);
        bakery.company().state().execute("update kept.mail set staff_told = false");
        bakery.keepTime();
        assertThat(bakery.again(told).request().extension()).isPresent();
        assertThat(entries("untold")).hasSize(1);
        assertThat(entries("extend").getLast()).doesNotContain("Olga", "by post");
    }

    private LocalDate due(StoredRequest stored) {
        return stored.request().deadline(bakery.requests.terms(), bakery.now()).due();
    }

    @Test
    void who_has_no_address_can_be_told_otherwise_and_not_after_the_month() {
        StoredRequest reviewed = reviewed();
        bakery.company().state().execute("delete from kept.request_on_file");
        assertThatThrownBy(() -> extend(reviewed, Hears.LETTER)).isInstanceOf(NotAllowed.class);
        assertThat(extend(reviewed, Hears.OTHERWISE).request().extension()).isPresent();

        StoredRequest other = bakery.proven(Ask.of(Kind.RECTIFICATION), "ben@example.org");
        bakery.step();
        bakery.turn(Duration.ofDays(40));
        assertThatThrownBy(() -> extend(bakery.again(other), Hears.OTHERWISE)).isInstanceOf(NotAllowed.class);
    }

    @Test
    void the_letter_of_an_extension_is_not_sent_after_the_month_and_the_time_is_not_extended() {
        StoredRequest reviewed = reviewed();
        LocalDate first = due(reviewed);
        bakery.posts();
        goTo(first.minusDays(1));
        extend(reviewed, Hears.LETTER);
        goTo(first.plusDays(1));
        bakery.send(server.getSmtp().getPort());
        assertThat(letters("extended")).containsExactly("given-up too-late");
        assertThat(server.getReceivedMessages()).isEmpty();

        bakery.keepTime();

        assertThat(bakery.again(reviewed).request().extension()).isEmpty();
        assertThat(due(bakery.again(reviewed))).isEqualTo(first);
        assertThat(entries("untold")).hasSize(1);
    }

    @Test
    void one_that_is_sent_on_the_last_day_of_the_month_counts() {
        StoredRequest reviewed = reviewed();
        LocalDate first = due(reviewed);
        bakery.posts();
        goTo(first.minusDays(1));
        extend(reviewed, Hears.LETTER);
        goTo(first);
        bakery.send(server.getSmtp().getPort());
        goTo(first.plusDays(1));
        bakery.send(server.getSmtp().getPort());
        bakery.keepTime();

        assertThat(letters("extended")).containsExactly("sent");
        assertThat(bakery.again(reviewed).request().extension()).isPresent();
    }

    @Test
    void what_comes_back_of_an_extension_before_it_began_anew_does_not_undo_the_one_that_stands() {
        StoredRequest asked = bakery.staff.enter(
                Ask.of(Kind.QUESTION),
                new Typed("Mara", "mara@example.org", "why?", Map.of()),
                "en",
                bakery.now(),
                OFFICER);
        StoredRequest extended = extend(asked, Hears.LETTER);
        UUID old = bakery.mailed(extended, LetterKind.EXTENDED);
        bakery.became(old, "sent");
        StoredRequest answered = bakery.staff.answer(extended, "because", OFFICER);
        bakery.turn(Duration.ofDays(1));
        StoredRequest anew = extend(bakery.staff.reopen(answered, OFFICER), Hears.LETTER);

        bakery.became(old, "undeliverable");
        bakery.keepTime();

        assertThat(bakery.again(anew).request().extension()).isPresent();
        assertThat(notes(anew, "The letter `extended` did not reach")).hasSize(1);
    }

    @Test
    void one_letter_that_cannot_be_seen_to_holds_up_neither_the_others_nor_what_time_brings() {
        StoredRequest broken = reviewed();
        extend(broken, Hears.LETTER);
        bakery.became(bakery.mailed(broken, LetterKind.EXTENDED), "undeliverable");
        StoredRequest restricted = bakery.proven(Ask.of(Kind.RESTRICTION), "ben@example.org");
        bakery.step();
        bakery.turn(Duration.ofHours(1));
        UUID mail = ends(bakery.again(restricted), 6);
        bakery.became(mail, "sent");
        StoredRequest other = bakery.proven(Ask.of(Kind.RECTIFICATION), "ben@example.org");
        bakery.step();
        extend(bakery.again(other), Hears.LETTER);
        bakery.became(bakery.mailed(other, LetterKind.EXTENDED), "undeliverable");
        bakery.company()
                .state()
                .execute("update kept.request_event set data = '{\"event\": \"unheard-of\"}' where request = '"
                        + broken.id() + "'");

        bakery.turn(Duration.ofDays(6));
        assertThatThrownBy(() -> bakery.keepTime()).isInstanceOf(RuntimeException.class);

        assertThat(bakery.again(other).request().extension()).isEmpty();
        assertThat(entries("restriction-lifted")).hasSize(1);
        assertThat(notes(other, "did not reach")).hasSize(1);
    }

    @Test
    void the_end_is_said_once_and_of_no_request_that_has_changed_meanwhile() {
        StoredRequest restricted = restricted();
        ends(restricted, 6);
        assertThatThrownBy(() -> ends(restricted, 6)).isInstanceOf(NotAllowed.class);
        bakery.company()
                .state()
                .execute("delete from kept.request_lift; update kept.request set version = version + 1");

        assertThatThrownBy(() -> ends(restricted, 6)).isInstanceOf(Changed.class);

        assertThat(rows("select 'there' from kept.request_lift")).isEmpty();
    }

    @Test
    @Timeout(60)
    void two_who_say_it_at_the_same_time_are_told_apart() throws Exception {
        StoredRequest restricted = restricted();
        LocalDate day = bakery.today().plusDays(6);
        List<Object> outcomes = Collections.synchronizedList(new ArrayList<>());
        List<Thread> staff = new ArrayList<>();
        bakery.home().state().database().useTransaction(handle -> {
            handle.execute("select from kept.request where id = ? for update", restricted.id());
            staff.addAll(IntStream.range(0, 2)
                    .mapToObj(i -> Thread.ofVirtual().start(() -> {
                        try {
                            bakery.staff.liftRestriction(restricted, day, "settled", Hears.LETTER, OFFICER);
                            outcomes.add("said");
                        } catch (RuntimeException e) {
                            outcomes.add(e.getClass());
                        }
                    }))
                    .toList());
            while (rows("select 'waits' from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                            .size()
                    < 2) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos()); // both have begun
            }
        });
        for (Thread one : staff) {
            one.join();
        }

        assertThat(outcomes).containsExactlyInAnyOrder("said", NotAllowed.class);
        assertThat(entries("restriction-ends")).hasSize(1);
    }

    @Test
    void a_request_that_is_open_is_lifted_by_nothing() {
        StoredRequest restricted = restricted();
        bakery.company().state().execute("update kept.request set stage = 'failed'");
        bakery.company()
                .state()
                .execute("insert into kept.request_lift (request, told_at, on_day, otherwise) values ('"
                        + restricted.id() + "', now(), date '2020-01-01', true)");

        bakery.keepTime();

        assertThat(entries("restriction-lifted")).isEmpty();
        assertThat(binds()).isTrue();
    }

    @Test
    void letters_that_had_come_back_before_staff_heard_of_such_undo_nothing() {
        try (TestDatabase database = TestCluster.shared().freshDatabase()) {
            Flyway.configure()
                    .dataSource(database.dataSource())
                    .schemas("kept")
                    .defaultSchema("kept")
                    .locations("classpath:dev/kept/server/state")
                    .target("19")
                    .load()
                    .migrate();
            for (String lifted : List.of("null", "now()")) {
                database.execute(LIFT_OF_BEFORE.formatted(lifted));
            }
            database.execute(
                    "insert into kept.mail (id, kind, request, state, made_at, due_at, ends_at, done_at, tag, commitment)"
                            + " select gen_random_uuid(), kind, request, state, now(), now(), now() + interval '20 days', now(),"
                            + " convert_to(kind || state || coalesce(request::text, ''), 'UTF8'), ''"
                            + " from unnest(array['undeliverable', 'given-up', 'sent', 'waiting']) state,"
                            + " (select 'extended' kind, null::uuid request union all select 'restriction-ends', request from kept.request_lift)");
            State.open(database.jdbcUrl(), database.user(), database.password(), InstantSource.system())
                    .close();

            assertThat(Company.rows(
                            database,
                            "select kind || case when lift.lifted_at is null then ' open' else ' lifted' end || ' ' || state"
                                    + " from kept.mail left join kept.request_lift lift on lift.request = mail.request"
                                    + " where staff_told order by 1"))
                    .containsExactly(
                            "extended open given-up",
                            "extended open undeliverable",
                            "restriction-ends lifted given-up",
                            "restriction-ends lifted undeliverable");
            assertThat(Company.rows(
                            database,
                            "select kind || ' ' || state from kept.mail where ends_at < now() + interval '6 days'"))
                    .as("tells nothing any more when the day has come")
                    .containsExactly("restriction-ends waiting");
        }
    }
}
