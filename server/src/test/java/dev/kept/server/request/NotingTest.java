package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.RefusalGround;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits to be weighed, and what is restricted, stands in the shop's own columns meanwhile, and is taken back afterwards. */
class NotingTest {

    private static final String COLUMNS = """
            alter table customers add column objected_at timestamptz, add column restricted_at timestamptz;
            """;

    @TempDir
    private Path folder;

    private Bakery bakery;

    @BeforeEach
    void open() throws IOException {
        bakery = bakery(COLUMNS);
    }

    private Bakery bakery(String more) throws IOException {
        return new Bakery(folder, "", more, NotingTest::noting);
    }

    static String noting(String map) {
        return map.replace(
                        "person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}",
                        "person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}, restricted: restricted_at}}")
                .replace(
                        "events: {account.opened: opened}",
                        "events: {account.opened: opened}\n  facts: {safety: {objected: objected_at}}");
    }

    @AfterEach
    void close() {
        bakery.close();
    }

    private String says(String column, String name) {
        return bakery.company()
                .rows(
                        "shop",
                        "select coalesce((" + column
                                + " at time zone 'UTC')::text, 'nothing') from customers where full_name like '" + name
                                + "%'")
                .getFirst();
    }

    private StoredRequest objects() {
        StoredRequest proven = bakery.proven(new Ask(Kind.OBJECTION, List.of("safety")), "anna@example.org");
        bakery.step();
        return bakery.again(proven);
    }

    private void refuse(StoredRequest request) {
        bakery.staff.refuse(
                bakery.again(request),
                RefusalGround.COMPELLING_GROUNDS,
                "The shop has to be safe.",
                Actor.staff("officer", "Mara", "weighed"));
        bakery.step();
    }

    private List<String> entries() {
        return bakery.home().state().journal().latest("note", 100).stream()
                .map(entry -> entry.json())
                .toList();
    }

    @Test
    void an_objection_stands_in_the_shop_before_anybody_has_weighed_it_and_for_her_alone() {
        StoredRequest request = objects();

        assertThat(request.request().stage().word()).isEqualTo("in-review");
        assertThat(says("objected_at", "Anna")).isNotEqualTo("nothing");
        assertThat(says("objected_at", "Ben")).isEqualTo("nothing");
        assertThat(says("restricted_at", "Anna")).isEqualTo("nothing");
        assertThat(entries())
                .singleElement()
                .asString()
                .contains("\"event\":\"noted\"", "\"customers.objected_at\":1", "\"store\":\"shop\"")
                .doesNotContain("anna");
        bakery.step();
        assertThat(entries()).hasSize(1);
    }

    @Test
    void one_that_is_overridden_is_taken_back() {
        StoredRequest request = objects();

        refuse(request);

        assertThat(says("objected_at", "Anna")).isEqualTo("nothing");
        assertThat(entries()).first().asString().contains("taken-back");
    }

    @Test
    void one_that_is_upheld_stays_and_is_nobody_s_task() {
        StoredRequest request = objects();
        String noted = says("objected_at", "Anna");

        bakery.staff.uphold(bakery.again(request), "so it is", Actor.staff("officer", "Mara", "upheld"));
        bakery.step();

        assertThat(bakery.again(request).request().stage().word()).isEqualTo("answered");
        assertThat(says("objected_at", "Anna")).isEqualTo(noted);
        assertThat(bakery.company().rows("shop", "select page from visits order by id"))
                .containsExactly("/cake");
    }

    @Test
    void one_that_she_takes_back_is_taken_back_in_the_shop() {
        StoredRequest request = objects();

        bakery.desk.withdraw(bakery.again(request));
        bakery.step();

        assertThat(says("objected_at", "Anna")).isEqualTo("nothing");
    }

    @Test
    void what_the_shop_itself_noted_before_stays_whatever_is_decided() {
        bakery.company()
                .database("shop")
                .execute("update customers set objected_at = '2020-01-01T00:00:00Z' where id = 1");
        StoredRequest request = objects();
        assertThat(says("objected_at", "Anna")).startsWith("2020-01-01");

        refuse(request);

        assertThat(says("objected_at", "Anna")).startsWith("2020-01-01");
    }

    @Test
    void what_the_shop_refuses_is_said_to_staff_and_holds_nothing_up() {
        bakery.company().database("shop").execute("""
                create function no() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
                create trigger no before update on customers for each row execute function no();
                """);

        StoredRequest request = objects();

        assertThat(request.request().stage().word()).isEqualTo("in-review");
        assertThat(bakery.desk.messages().of(request.id()))
                .filteredOn(Messages.Message::internal)
                .extracting(Messages.Message::text)
                .anyMatch(text -> text.contains("note the objection to `safety` in `objected_at` of `customers`"));
        assertThat(entries())
                .singleElement()
                .asString()
                .contains("\"by-hand\":[\"customers.objected_at\"]", "\"rows\":{}")
                .doesNotContain("anna");
        refuse(request);
        assertThat(bakery.again(request).request().stage().word()).isEqualTo("refused");
        assertThat(bakery.desk.messages().of(request.id()))
                .extracting(Messages.Message::text)
                .anyMatch(text -> text.contains("take back the objection to `safety` in `objected_at` of `customers`"));
    }

    @Test
    void a_column_that_speaks_of_another_use_too_is_left_to_people() throws IOException {
        bakery.close();
        bakery = new Bakery(
                folder,
                "",
                COLUMNS,
                map -> noting(map)
                        .replace(
                                "facts: {safety: {objected: objected_at}}",
                                "facts: {safety: {objected: objected_at}, offers: {objected: objected_at}}"));

        StoredRequest request = objects();

        assertThat(says("objected_at", "Anna")).isEqualTo("nothing");
        assertThat(bakery.desk.messages().of(request.id()))
                .extracting(Messages.Message::text)
                .anyMatch(text -> text.contains("speaks of other uses"));

        refuse(request);

        assertThat(bakery.desk.messages().of(request.id()))
                .as("who noted it has to take it back")
                .filteredOn(Messages.Message::internal)
                .extracting(Messages.Message::text)
                .anyMatch(text -> text.contains("take back the objection to `safety` in `objected_at` of `customers`"));
    }

    @Test
    void killed_anywhere_it_is_noted_once_and_the_request_goes_on() {
        for (Point point : List.of(Point.ROWS_LOCKED, Point.COMMITTED)) {
            StoredRequest proven = bakery.proven(new Ask(Kind.OBJECTION, List.of("safety")), "anna@example.org");
            int before = entries().size();
            FaultPoints once = new FaultPoints() {
                private boolean killed;

                @Override
                public void reached(Point reached) {
                    if (reached == point && !killed) {
                        killed = true;
                        throw new IllegalStateException("killed at " + point);
                    }
                }
            };
            Work work = new Work(bakery.home().state(), bakery.requests, bakery.telling, once);
            for (int i = 0; i < 3; i++) {
                work.step(bakery.home(), complaint -> {});
            }
            bakery.turn(Duration.ofMinutes(2));
            bakery.step();

            assertThat(says("objected_at", "Anna")).as(point.toString()).isNotEqualTo("nothing");
            assertThat(entries()).as(point.toString()).hasSize(before + 1);
            assertThat(entries().getFirst()).contains("\"customers.objected_at\":1");
            refuse(proven);
            assertThat(says("objected_at", "Anna")).as(point.toString()).isEqualTo("nothing");
        }
    }

    @Test
    void two_processes_at_once_note_it_once() throws Exception {
        StoredRequest proven = bakery.proven(new Ask(Kind.OBJECTION, List.of("safety")), "anna@example.org");
        bakery.work.step(bakery.home(), complaint -> {});
        try (ExecutorService processes = Executors.newFixedThreadPool(2)) {
            List<Callable<Integer>> both = Collections.nCopies(
                    2,
                    () -> new Work(bakery.home().state(), bakery.requests, bakery.telling, FaultPoints.NONE)
                            .step(bakery.home(), complaint -> {}));
            for (var done : processes.invokeAll(both)) {
                done.get();
            }
        }
        bakery.turn(Duration.ofMinutes(2));
        bakery.step();

        assertThat(says("objected_at", "Anna")).isNotEqualTo("nothing");
        refuse(proven);
        assertThat(says("objected_at", "Anna")).isEqualTo("nothing");
    }

    @Test
    void a_restriction_stands_in_the_shop_until_it_is_lifted() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.RESTRICTION), "anna@example.org");
        bakery.step();
        assertThat(bakery.again(proven).request().stage().word()).isEqualTo("answered");
        assertThat(says("restricted_at", "Anna")).isNotEqualTo("nothing");
        assertThat(says("restricted_at", "Ben")).isEqualTo("nothing");
        assertThat(says("objected_at", "Anna")).isEqualTo("nothing");

        bakery.staff.liftRestriction(
                bakery.again(proven),
                bakery.today().plusDays(6),
                "It is settled.",
                Hears.LETTER,
                Actor.staff("officer", "Mara", "lifts"));
        UUID mail = bakery.mailed(bakery.again(proven), LetterKind.RESTRICTION_ENDS);
        bakery.became(mail, "sent");
        bakery.step();
        assertThat(says("restricted_at", "Anna")).isNotEqualTo("nothing");
        bakery.turn(Duration.ofDays(6));
        bakery.keepTime();
        bakery.step();
        assertThat(says("restricted_at", "Anna")).isEqualTo("nothing");

        bakery.became(mail, "undeliverable");
        bakery.keepTime();
        bakery.turn(Duration.ofMinutes(2));
        bakery.step();
        assertThat(says("restricted_at", "Anna"))
                .as("the letter came back: it binds again")
                .isNotEqualTo("nothing");
        assertThat(says("restricted_at", "Ben")).isEqualTo("nothing");
    }
}
