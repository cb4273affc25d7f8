package dev.kept.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.lifecycle.Facts.What;
import dev.kept.server.run.RunService.Erasure;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.sql.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The same uses end for many persons in one run: each gets what she would get by herself, in statements that are not more for more persons. */
class EndingOfManyTest {

    private static final String MORE = """
            insert into customers (id, email, name, letter_taste, opened, opted_in, ad_taste, ad_shown, study_taste, study_begun)
                select n, 'c' || n || '@shop.example', 'Name ' || n, 'letter ' || n, now() - interval '1 day', now() - interval '1 year',
                    'ad ' || n, now() - interval '1 day', 'study ' || n, now() - interval '1 day' from generate_series(4, 60) as n;
            insert into members select n, n, 'circle ' || n, now() - interval '1 year', 'subscribed' from generate_series(4, 60) as n;
            insert into asked select n, n, 'tips ' || n, now() - interval '1 year' from generate_series(4, 60) as n;
            update customers set opted_in = '2026-09-20T00:00:00Z' where id = 4;
            update customers set opted_out = '2026-02-02T00:00:00Z', no_ads = '2026-02-02' where id = 5;
            """;

    private static final Instant FIRST = Instant.parse("2026-09-01T12:00:00.123456Z");

    private static final CorrectionShop SHOP = EndingShop.found();

    private final CorrectionShop shop = SHOP;

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private void anew() {
        EndingShop.reset(shop);
        shop.execute(MORE);
        shop.state()
                .personFacts()
                .apply(List.of(shop.state()
                        .personFacts()
                        .add("shop", "customer", List.of("6"), new What.Restricted(), UUID.randomUUID())));
    }

    private static Map<String, List<List<String>>> customer(int id) {
        return Map.of("customer", List.of(List.of(Integer.toString(id))));
    }

    private static List<Map<String, List<List<String>>>> customers(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(EndingOfManyTest::customer)
                .toList();
    }

    /** Each another day. */
    private static List<Instant> times(int persons) {
        return IntStream.range(0, persons)
                .mapToObj(i -> FIRST.plus(Duration.ofHours(5L * i)))
                .toList();
    }

    private Optional<List<Ended>> together(
            FaultPoints faults, List<Map<String, List<List<String>>>> people, String... uses) {
        LiveStore live = shop.live();
        RunService runs = new RunService(shop.state(), InstantSource.system(), faults);
        try (StoreSession session = runs.open(live, SessionOptions.forPersons("kept end"))) {
            runs.finishBroken(live, session, RunOptions.defaults(), RunWatch.NONE);
            return together(live, session, faults, people, uses);
        }
    }

    private Optional<List<Ended>> together(
            LiveStore live,
            StoreSession session,
            FaultPoints faults,
            List<Map<String, List<List<String>>>> people,
            String... uses) {
        return EndingShop.service(shop, faults)
                .endOfMany(
                        Erasure.ofMany(live, session, people),
                        times(people.size()),
                        new TreeSet<>(List.of(uses)),
                        CorrectionShop.OPERATOR,
                        RunOptions.defaults(),
                        RunWatch.NONE);
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("customers", "members", "asked")) {
            rows.addAll(shop.rows("select t::text from " + table + " t order by id"));
        }
        return rows;
    }

    /** What came of it, without the numbers of runs. */
    private static String came(Ended ended) {
        return ended.written() + " " + ended.byHand() + " " + ended.kept() + " " + ended.done() + " "
                + ended.swept().state() + " " + ended.swept().stays();
    }

    @Test
    void each_of_many_gets_what_she_would_get_by_herself_and_others_keep_their_rows() {
        List<Map<String, List<List<String>>>> people = customers(1, 9);
        for (String[] uses : List.of(
                new String[] {"newsletter"},
                new String[] {"ads"},
                new String[] {"circle"},
                new String[] {"tips"},
                new String[] {"newsletter", "ads", "circle", "tips"})) {
            anew();
            List<String> alone = new ArrayList<>();
            for (int i = 0; i < people.size(); i++) {
                alone.add(came(EndingShop.end(shop, FaultPoints.NONE, times(9).get(i), people.get(i), uses)));
            }
            List<String> rows = rows();
            List<String> facts = EndingShop.facts(shop);
            anew();
            List<String> others = shop.rows("select t::text from customers t where id > 9 order by id");

            List<Ended> ended = together(FaultPoints.NONE, people, uses).orElseThrow();

            assertThat(ended.stream().map(EndingOfManyTest::came))
                    .as(List.of(uses).toString())
                    .containsExactlyElementsOf(alone);
            List<String> now = undated(rows());
            List<String> before = undated(rows);
            for (int i = 0; i < now.size(); i++) {
                assertThat(now.get(i)).as(List.of(uses).toString()).isEqualTo(before.get(i));
            }
            assertThat(EndingShop.facts(shop)).isEqualTo(facts);
            assertThat(shop.rows("select t::text from customers t where id > 9 order by id"))
                    .isEqualTo(others);
            assertThat(shop.keptRows("select kind, count(*), max((entry::jsonb ->> 'persons')::int) from kept.journal"
                            + " where kind in ('end', 'person-sweep') group by kind order by kind"))
                    .containsExactly("end|1|9", "person-sweep|1|9");
        }
    }

    /** The shop is made anew in between: what is dated by its making differs. */
    private static List<String> undated(List<String> rows) {
        return rows.stream()
                .map(row ->
                        row.replaceAll("\"\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.(?!123456)\\d+\\+00\"", "then"))
                .toList();
    }

    @Test
    void what_is_left_to_people_for_one_changes_nothing_for_who_came_back_since() {
        anew();
        shop.execute("""
                create function no() returns trigger language plpgsql as $$ begin if new.id = 1 then return null; end if; return new; end $$;
                create trigger no before update of opted_out on customers for each row execute function no();
                """);

        List<Ended> ended =
                together(FaultPoints.NONE, customers(1, 4), "newsletter").orElseThrow();

        assertThat(ended).extracting(one -> one.byHand().size()).containsExactly(1, 0, 0, 0);
        assertThat(shop.rows("select letter_taste from customers where id = 4")).containsExactly("letter 4");
        assertThat(EndingShop.facts(shop)).contains("customer [[1]] Ended[use=newsletter]");
    }

    @Test
    void each_one_s_own_time_stands_in_the_store_and_who_came_back_since_is_left_alone() {
        anew();

        together(FaultPoints.NONE, customers(1, 5), "newsletter").orElseThrow();

        assertThat(shop.rows("select id, (opted_out at time zone 'UTC')::text from customers where id < 7 order by id"))
                .containsExactly(
                        "1|2026-09-01 12:00:00.123456",
                        "2|2026-09-01 17:00:00.123456",
                        "3|2026-09-01 22:00:00.123456",
                        "4|~",
                        "5|2026-02-02 00:00:00",
                        "6|~");
    }

    @Test
    void fifty_are_no_more_statements_than_ten() {
        anew();
        List<String> ten = statements(customers(7, 16));
        anew();
        List<String> fifty = statements(customers(7, 56));

        assertThat(ten).filteredOn(sql -> sql.startsWith("UPDATE")).isNotEmpty();
        assertThat(fifty.size()).isEqualTo(ten.size());
        assertThat(
                        shop.rows(
                                "select count(*) from customers where id between 7 and 56 and opted_out is not null and no_ads is not null"))
                .containsExactly("50");
    }

    /** What is asked of the store's tables. */
    private List<String> statements(List<Map<String, List<List<String>>>> people) {
        List<String> asked = new ArrayList<>();
        LiveStore live = shop.live();
        try (StoreSession session = StoreSession.takeOver(
                () -> new Heard(live.connector().open(), asked),
                SessionOptions.forPersons("kept end"),
                FaultPoints.NONE,
                List.of(),
                Pauses.sleeping())) {
            together(live, session, FaultPoints.NONE, people, "newsletter", "ads", "circle")
                    .orElseThrow();
        }
        return asked.stream()
                .filter(sql -> sql.contains("customers") || sql.contains("members") || sql.contains("asked"))
                .toList();
    }

    private record Heard(StoreConnection connection, List<String> asked) implements StoreConnection {

        @Override
        public List<Answer> run(List<Sql> statements) {
            statements.forEach(sql -> asked.add(sql.text()));
            return connection.run(statements);
        }

        @Override
        public void alone(Sql statement) {
            connection.alone(statement);
        }

        @Override
        public void commit() {
            connection.commit();
        }

        @Override
        public void rollback() {
            connection.rollback();
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    @Test
    void what_the_store_refuses_for_one_is_written_for_nobody_and_each_goes_by_herself() {
        anew();
        shop.execute("alter table customers add constraint told check (id <> 2 or opted_out is null)");
        List<String> before = rows();

        assertThat(together(FaultPoints.NONE, customers(1, 3), "newsletter")).isEmpty();

        assertThat(rows()).isEqualTo(before);
        assertThat(shop.state().runs().unfinished("shop")).isEmpty();
        assertThat(EndingShop.facts(shop))
                .as("the use has ended for each of them all the same")
                .contains(
                        "customer [[1]] Ended[use=newsletter]",
                        "customer [[2]] Ended[use=newsletter]",
                        "customer [[3]] Ended[use=newsletter]");
        assertThat(shop.keptRows("select entry::jsonb ->> 'outcome' from kept.journal where kind = 'end'"))
                .containsExactly("abandoned");
        assertThat(EndingShop.end(shop, FaultPoints.NONE, FIRST, customer(2), "newsletter")
                        .written())
                .isEmpty();
        assertThat(EndingShop.end(shop, FaultPoints.NONE, FIRST, customer(1), "newsletter")
                        .written())
                .containsOnlyKeys("customers.opted_out");
    }

    @Test
    void persons_who_cannot_be_asked_alike_go_each_by_herself_and_nothing_is_left_broken() {
        anew();
        Map<String, List<List<String>>> nobody = Map.of("customer", List.of());

        assertThat(together(FaultPoints.NONE, List.of(customer(1), nobody), "newsletter"))
                .isEmpty();

        assertThat(shop.state().runs().unfinished("shop")).isEmpty();
        assertThat(shop.rows("select id from customers where opted_out is not null and id <> 5"))
                .isEmpty();
        assertThat(EndingShop.end(shop, FaultPoints.NONE, FIRST, customer(1), "newsletter")
                        .written())
                .containsOnlyKeys("customers.opted_out");
    }

    @Test
    void what_was_written_before_it_broke_off_is_said_where_the_rest_is_abandoned() {
        anew();
        assertThatThrownBy(() -> together(
                        point -> {
                            if (point == Point.COMMITTED) {
                                throw new IllegalStateException("killed");
                            }
                        },
                        customers(1, 3),
                        "newsletter"))
                .hasMessage("killed");
        shop.execute("update customers set opted_out = null where id = 2;"
                + " alter table customers add constraint told check (id <> 2 or opted_out is null)");

        LiveStore live = shop.live();
        RunService runs = new RunService(shop.state(), InstantSource.system(), FaultPoints.NONE);
        try (StoreSession session = runs.open(live, SessionOptions.forPersons("kept test"))) {
            runs.finishBroken(live, session, RunOptions.defaults(), RunWatch.NONE);
        }

        assertThat(shop.state().runs().unfinished("shop")).isEmpty();
        assertThat(shop.keptRows(
                        "select entry::jsonb ->> 'outcome', entry::jsonb -> 'changed' ->> 'customers.opted_out'"
                                + " from kept.journal where kind = 'end'"))
                .containsExactly("abandoned|3");
    }

    @Test
    void killed_at_any_point_and_done_again_it_ends_as_if_it_had_not_been() {
        String[] uses = {"newsletter", "ads", "circle", "tips"};
        anew();
        List<Point> passed = new ArrayList<>();
        together(passed::add, customers(1, 4), uses).orElseThrow();
        List<String> clean = undated(rows());
        List<String> facts = EndingShop.facts(shop);
        assertThat(passed).hasSizeGreaterThan(20);
        for (int nth = 1; nth <= passed.size(); nth++) {
            anew();
            int[] left = {nth};
            assertThatThrownBy(() -> together(
                            point -> {
                                if (--left[0] == 0) {
                                    throw new IllegalStateException("killed");
                                }
                            },
                            customers(1, 4),
                            uses))
                    .hasMessage("killed");

            together(FaultPoints.NONE, customers(1, 4), uses).orElseThrow();

            String where = "killed at point " + nth + ", " + passed.get(nth - 1);
            List<String> now = undated(rows());
            for (int i = 0; i < now.size(); i++) {
                assertThat(now.get(i)).as(where).isEqualTo(clean.get(i));
            }
            assertThat(EndingShop.facts(shop)).as(where).isEqualTo(facts);
            assertThat(shop.state().runs().unfinished("shop")).as(where).isEmpty();
            assertThat(shop.keptRows(
                            "select count(*) from kept.run where identifiers is not null or run_key is not null"))
                    .containsExactly("0");
        }
    }

    @Test
    void a_row_of_another_too_is_left_to_people_and_one_of_two_who_both_leave_goes() {
        String notice = EndingShop.NOTICE;
        String schema = EndingShop.SCHEMA + """
                create table pairs (id bigint primary key, one bigint not null references customers, other bigint not null references customers,
                    joined timestamptz not null, opted_out timestamptz);
                insert into customers (id, email, name) values (4, 'c4@shop.example', 'Name 4'), (5, 'c5@shop.example', 'Name 5');
                insert into pairs values (1, 1, 2, now() - interval '1 year', null), (2, 3, 3, now() - interval '1 year', null),
                    (3, 4, 5, now() - interval '1 year', null);
                """;
        String map = EndingShop.MAP.replaceAll("(?s)members:.*?\\nasked:", """
                pairs:
                  belongs-to: {one: {person: customer, via: one}, other: {person: customer, via: other}}
                  uses: [circle]
                  events: {circle.joined: joined}
                  facts: {circle: {withdrawn: opted_out}}
                  columns: {joined: taste}
                asked:""");
        try (CorrectionShop pairs = new CorrectionShop(
                notice,
                schema.replaceAll("(?s)create table members.*?;", "").replaceAll("insert into members.*?;", ""),
                map)) {
            LiveStore live = pairs.live();
            RunService runs = new RunService(pairs.state(), InstantSource.system(), FaultPoints.NONE);
            try (StoreSession session = runs.open(live, SessionOptions.forPersons("kept end"))) {
                List<Ended> ended = EndingShop.service(pairs, FaultPoints.NONE)
                        .endOfMany(
                                Erasure.ofMany(
                                        live, session, List.of(customer(1), customer(3), customer(4), customer(5))),
                                times(4),
                                new TreeSet<>(List.of("circle")),
                                CorrectionShop.OPERATOR,
                                RunOptions.defaults(),
                                RunWatch.NONE)
                        .orElseThrow();

                assertThat(ended)
                        .extracting(one -> one.byHand().size())
                        .as("what is nobody's any more nobody has to see to")
                        .containsExactly(1, 0, 0, 0);
                assertThat(ended.stream().map(Ended::written))
                        .containsExactly(Map.of(), Map.of("pairs.opted_out", 1L), Map.of(), Map.of());
            }
            assertThat(pairs.rows("select id, one, other, opted_out is not null from pairs"))
                    .containsExactly("1|1|2|f");
        }
    }
}
