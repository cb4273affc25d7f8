package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.TableName;
import dev.kept.core.letter.LetterKind;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait are carried out together, and each gets a part of its own. */
class TogetherTest {

    @TempDir
    private Path folder;

    private Bakery bakery;

    @BeforeEach
    void open() throws IOException {
        bakery = new Bakery(folder, "");
        bakery.company()
                .database("shop")
                .execute(
                        "insert into customers (full_name, email, opened) values ('Cleo Dean', 'cleo@example.org', now() - interval '9 days')");
    }

    @AfterEach
    void close() {
        bakery.close();
    }

    /** Asked and proven, and not carried out yet. */
    private List<StoredRequest> waiting(String... addresses) {
        return waiting(Ask.of(Kind.ERASURE), addresses);
    }

    private List<StoredRequest> waiting(Ask ask, String... addresses) {
        return bakery.waiting(ask, addresses);
    }

    @Test
    void one_run_erases_all_who_wait_and_each_request_is_answered() {
        List<StoredRequest> asked = waiting("anna@example.org", "cleo@example.org");

        bakery.step();

        assertThat(asked)
                .allMatch(request ->
                        bakery.again(request).request().stage().word().equals("answered"));
        assertThat(bakery.rows().toString())
                .doesNotContainIgnoringCase("anna@")
                .doesNotContain("Mill Lane", "Cleo")
                .contains("Ben Cole", "Hill Road");
        assertThat(runs()).containsExactly("erase 2");
        assertThat(asked.stream().flatMap(request -> bakery.details.stores(request.id()).stream()))
                .hasSize(2)
                .allMatch(part ->
                        part.state() == Details.StoreState.DONE && part.run().isPresent());
    }

    private List<String> runs() {
        return bakery.home()
                .state()
                .database()
                .withHandle(handle -> handle.createQuery(
                                "select kind || ' ' || (entry::jsonb ->> 'persons') from kept.journal where kind = 'erase'")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void of_whom_something_stays_that_is_said_to_her_alone() {
        var state = bakery.home().state();
        LocalDate review = LocalDate.of(2099, 1, 1);
        state.apply(List.of(state.holds()
                .opening(
                        UUID.randomUUID(),
                        "shop",
                        TableName.parse("orders"),
                        List.of("1"),
                        "a claim",
                        review,
                        "nobody")));
        List<StoredRequest> asked = waiting("anna@example.org", "cleo@example.org");

        bakery.step();

        Map<String, Object> annas =
                bakery.details.stores(asked.getFirst().id()).getFirst().result();
        Map<String, Object> cleos =
                bakery.details.stores(asked.getLast().id()).getFirst().result();
        assertThat(cleos.get("stays")).isEqualTo(List.of());
        assertThat(bakery.again(asked.getLast()).request().stage().word()).isEqualTo("answered");
        assertThat(annas.get("stays")).asString().contains("frozen");
        assertThat(bakery.rows().toString()).contains("Mill Lane").doesNotContain("Anna Berg");
    }

    @Test
    void what_fails_together_each_tries_by_itself() {
        List<StoredRequest> asked = waiting("anna@example.org", "cleo@example.org");
        bakery.company().database("shop").execute("alter table orders rename column ship_to to sent_to");
        bakery.step();
        assertThat(asked)
                .allMatch(request ->
                        bakery.again(request).request().stage().word().equals("failed"));

        bakery.company().database("shop").execute("alter table orders rename column sent_to to ship_to");
        bakery.turn(Duration.ofHours(1));
        bakery.step();

        assertThat(asked)
                .allMatch(request ->
                        bakery.again(request).request().stage().word().equals("answered"));
    }

    @Test
    void a_store_that_is_isolated_is_not_worked_on_and_shown_failing() {
        List<StoredRequest> asked = waiting("anna@example.org", "cleo@example.org");
        bakery.company()
                .state()
                .execute("insert into kept.restored values (gen_random_uuid(), 'shop', now(), 'nobody', null)");

        bakery.step();

        assertThat(asked)
                .allMatch(request ->
                        bakery.again(request).request().stage().word().equals("failed"));
        assertThat(bakery.rows().toString()).contains("Anna Berg", "Cleo Dean");
        assertThat(bakery.complaints()).anyMatch(line -> line.contains("`shop` is isolated"));
    }

    @Test
    void a_request_that_nobody_has_proven_is_not_among_them() {
        StoredRequest unproven = bakery.ask(Ask.of(Kind.ERASURE), "ben@example.org", Visits.secret());
        waiting("anna@example.org", "cleo@example.org");

        bakery.step();

        assertThat(bakery.again(unproven).request().identity()).isEmpty();
        assertThat(bakery.rows().toString()).contains("Ben Cole", "Hill Road");
    }

    // ------------------------------------------------------------------------------------------ what else goes
    // together

    private static final Ask NO_NEWS = new Ask(Kind.WITHDRAWAL, List.of("newsletter"));
    private static final Ask NO_OFFERS = new Ask(Kind.MARKETING_OBJECTION, List.of("offers"));

    private List<String> entries(String kind) {
        return bakery.home().state().journal().latest(kind, 100).stream()
                .map(entry -> entry.json())
                .toList();
    }

    private String stage(StoredRequest request) {
        return bakery.again(request).request().stage().word();
    }

    @Test
    void withdrawals_end_in_one_run_and_nobody_else_s_news_does() {
        List<StoredRequest> asked = waiting(NO_NEWS, "anna@example.org", "ben@example.org");
        List<StoredRequest> objections = waiting(NO_OFFERS, "ben@example.org", "cleo@example.org");
        String others = bakery.company()
                .rows("shop", "select t::text from visits t order by 1")
                .toString();

        bakery.step();

        assertThat(asked).extracting(this::stage).containsOnly("answered");
        assertThat(objections).extracting(this::stage).containsOnly("answered");
        assertThat(entries("end"))
                .filteredOn(entry -> entry.contains("\"persons\":2"))
                .hasSize(2);
        assertThat(entries("end")).hasSize(2);
        assertThat(bakery.rows()).noneMatch(row -> row.startsWith("subscribers"));
        assertThat(bakery.company()
                        .rows("shop", "select t::text from visits t order by 1")
                        .toString())
                .isEqualTo(others);
        assertThat(bakery.letters().stream()
                        .filter(sent -> sent.kind() == LetterKind.STOPPED)
                        .map(Bakery.Sent::request))
                .as("one answer each")
                .containsExactlyInAnyOrderElementsOf(java.util.stream.Stream.concat(asked.stream(), objections.stream())
                        .map(StoredRequest::id)
                        .toList());
        assertThat(entries("request").toString() + entries("end")).doesNotContain("anna", "Berg");
    }

    @Test
    void of_whom_the_store_refuses_it_is_a_task_and_the_others_are_answered_in_the_same_go() {
        bakery.company().database("shop").execute("""
                create function no() returns trigger language plpgsql as
                $$ begin if old.email = 'anna@example.org' then raise exception 'no'; end if; if tg_op = 'DELETE' then return old; end if; return new; end $$;
                create trigger no before update or delete on subscribers for each row execute function no();
                insert into subscribers values ('cleo@example.org', now() - interval '10 days', null, now() - interval '11 days');
                """);
        List<StoredRequest> asked = waiting(NO_NEWS, "anna@example.org", "ben@example.org", "cleo@example.org");

        bakery.step();

        assertThat(stage(asked.get(0))).isEqualTo("failed");
        assertThat(stage(asked.get(1))).isEqualTo("answered");
        assertThat(stage(asked.get(2))).isEqualTo("answered");
        assertThat(bakery.home().state().facts("shop").persons())
                .as("Kept itself knows that she wants no news")
                .isNotEmpty();
    }

    @Test
    void nobody_who_has_not_proven_who_she_is_is_taken_along() {
        StoredRequest unproven = bakery.ask(NO_NEWS, "ben@example.org", Visits.secret());
        StoredRequest byHand = bakery.home().state().database().inTransaction(handle -> {
            handle.execute(
                    "update kept.request set work = 'carry-out', work_at = now() - interval '1 day' where id = ?",
                    unproven.id());
            return unproven;
        });
        List<StoredRequest> asked = waiting(NO_NEWS, "anna@example.org", "cleo@example.org");

        bakery.step();

        assertThat(stage(byHand)).isEqualTo("received");
        assertThat(stage(asked.getFirst())).isEqualTo("answered");
        assertThat(bakery.rows()).anyMatch(row -> row.startsWith("subscribers(ben"));
        assertThat(bakery.details.stores(unproven.id())).isEmpty();
    }

    @Test
    void a_process_that_ends_in_the_middle_leaves_nothing_half_done_and_nobody_answered_twice() {
        for (Point point : Point.values()) {
            String one = "one" + point.ordinal() + "@example.org";
            String two = "two" + point.ordinal() + "@example.org";
            bakery.company()
                    .database("shop")
                    .execute(
                            "insert into subscribers select e, now() - interval '10 days', null, now() - interval '11 days' from unnest(array['"
                                    + one + "', '" + two + "']) e");
            List<StoredRequest> asked = waiting(NO_NEWS, one, two);
            boolean[] ended = {false};
            Work work = new Work(bakery.home().state(), bakery.requests, bakery.telling, reached -> {
                if (reached == point && !ended[0]) {
                    ended[0] = true;
                    throw new Gone();
                }
            });
            try {
                work.step(bakery.home(), line -> {});
            } catch (Gone e) {
                // the process is gone
            }
            bakery.turn(Duration.ofMinutes(10));
            bakery.step();

            assertThat(asked).as("after %s", point).extracting(this::stage).containsOnly("answered");
            assertThat(bakery.rows()).as("after %s", point).noneMatch(row -> row.contains(one) || row.contains(two));
            assertThat(bakery.letters().stream()
                            .filter(sent -> sent.kind() == LetterKind.STOPPED
                                    && asked.stream()
                                            .anyMatch(request -> request.id().equals(sent.request()))))
                    .as("after %s", point)
                    .hasSize(2);
            bakery.turn(Duration.ofHours(1));
        }
        assertThat(bakery.rows()).anyMatch(row -> row.startsWith("subscribers(ben"));
    }

    private static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void restrictions_and_objections_are_noted_for_several_at_once() throws IOException {
        bakery.close();
        bakery = new Bakery(
                folder,
                "",
                "alter table customers add column objected_at timestamptz, add column restricted_at timestamptz;"
                        + " insert into customers (full_name, email, opened) values ('Cleo Dean', 'cleo@example.org', now() - interval '9 days');"
                        + " insert into subscribers values ('cleo@example.org', now() - interval '10 days', null, now() - interval '11 days');",
                NotingTest::noting);
        List<StoredRequest> restricted = waiting(Ask.of(Kind.RESTRICTION), "anna@example.org", "ben@example.org");
        bakery.step();
        assertThat(restricted).extracting(this::stage).containsOnly("answered");
        List<StoredRequest> objected =
                waiting(new Ask(Kind.OBJECTION, List.of("safety")), "anna@example.org", "cleo@example.org");
        bakery.step();

        assertThat(objected).extracting(this::stage).containsOnly("in-review");
        assertThat(
                        bakery.company()
                                .rows(
                                        "shop",
                                        "select full_name || ' ' || (restricted_at is not null) || ' ' || (objected_at is not null) from customers order by id"))
                .containsExactly("Anna Berg true true", "Ben Cole true false", "Cleo Dean false true");
        assertThat(entries("note")).as("one for each request").hasSize(4);
        assertThat(entries("note").toString())
                .contains("\"customers.restricted_at\":1", "\"customers.objected_at\":1")
                .doesNotContain("\":2");
        bakery.staff.uphold(bakery.again(objected.getFirst()), "so it is", Actor.staff("officer", "Mara", "upheld"));
        bakery.staff.uphold(bakery.again(objected.getLast()), "so it is", Actor.staff("officer", "Mara", "upheld"));
        bakery.step();
        assertThat(objected).extracting(this::stage).containsOnly("answered");
        assertThat(entries("end")).singleElement().asString().contains("\"persons\":2");
    }

    @Test
    void what_one_s_row_refuses_to_have_noted_is_her_task_alone() throws IOException {
        bakery.close();
        bakery = new Bakery(folder, "", """
                alter table customers add column objected_at timestamptz, add column restricted_at timestamptz;
                create function no() returns trigger language plpgsql as
                $$ begin if old.full_name like 'Anna%' then raise exception 'no'; end if; return new; end $$;
                create trigger no before update on customers for each row execute function no();
                """, NotingTest::noting);
        List<StoredRequest> asked = waiting(Ask.of(Kind.RESTRICTION), "anna@example.org", "ben@example.org");

        bakery.step();

        assertThat(stage(asked.getFirst())).isEqualTo("failed");
        assertThat(bakery.details.stores(asked.getFirst().id()))
                .extracting(Details.StorePart::state)
                .containsExactly(Details.StoreState.BY_HAND);
        assertThat(stage(asked.getLast())).isEqualTo("answered");
        assertThat(bakery.company().rows("shop", "select full_name from customers where restricted_at is not null"))
                .containsExactly("Ben Cole");
    }
}
