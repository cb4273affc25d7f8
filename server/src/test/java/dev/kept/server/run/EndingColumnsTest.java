package dev.kept.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.core.rights.EndingPlan.Reason;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Columns as stores have them: of every type and zone, made by the database, guarded, of several uses and several persons. */
class EndingColumnsTest {

    private static final Map<String, List<List<String>>> ANNA = Map.of("customer", List.of(List.of("1")));

    private final List<CorrectionShop> shops = new ArrayList<>();

    @AfterEach
    void close() {
        shops.forEach(CorrectionShop::close);
    }

    private CorrectionShop shop(String schema, String map) {
        CorrectionShop shop = new CorrectionShop(EndingShop.NOTICE, schema, map);
        shops.add(shop);
        return shop;
    }

    private static final String MAP = """
            customers:
              person: {customer: {key: id}}
              uses: [account, newsletter]
              events: {account.opened: joined, newsletter.opened: opened}
              facts: {newsletter: {given: opted_in, withdrawn: opted_out}}
              columns: {name: name, taste: {is: taste, for: [newsletter]}}
            """;

    private static String schema(String given, String withdrawn) {
        return """
            create table customers (id bigint primary key, name text, joined timestamptz not null default now(), taste text,
                opened timestamptz default now(), opted_in %s, opted_out %s);
            insert into customers (id, name, taste, opted_in) select n, 'Name ' || n, 'taste ' || n, '2026-01-01' from generate_series(1, 2) as n;
            """.formatted(given, withdrawn);
    }

    /** A column's type beside that of the consent's, T, and what is to stand there; the store's zone is Berlin's. */
    private record Dated(String given, String withdrawn, String at, String expected) {}

    private static final List<Dated> DATED = List.of(
            new Dated("timestamptz", "timestamptz", "2026-06-01T22:30:00.123456Z", "2026-06-01 22:30:00.123456+00"),
            new Dated("timestamptz(0)", "timestamptz(0)", "2026-06-01T22:30:00.999999Z", "2026-06-01 22:30:00+00"),
            new Dated("timestamp", "timestamp", "2026-06-01T22:30:00.123456Z", "2026-06-02 00:30:00.123456"),
            new Dated("timestamp(3)", "timestamp(3)", "2026-06-01T22:30:00.999999Z", "2026-06-02 00:30:00.999"),
            new Dated("date", "date", "2026-06-01T22:30:00Z", "2026-06-02"),
            new Dated("timestamptz", "date", "2026-06-01T22:30:00Z", "2026-06-02"),
            new Dated("date", "timestamp", "2026-06-01T22:30:00Z", "2026-06-02 00:30:00"),
            new Dated("timestamp", "timestamptz", "2026-06-01T22:30:00Z", "2026-06-01 22:30:00+00"),
            // The hour that the clocks go through twice, both times: the second counts (semantics.md), so that nothing
            // later than T is noted.
            new Dated("timestamptz", "timestamp", "2026-10-25T00:30:00Z", "2026-10-25 01:59:59.999999"),
            new Dated("timestamptz", "timestamp", "2026-10-25T01:30:00Z", "2026-10-25 02:30:00"));

    @Test
    void every_type_that_dates_says_it_in_its_zone() {
        StringBuilder schema = new StringBuilder();
        StringBuilder map = new StringBuilder();
        for (int i = 0; i < DATED.size(); i++) {
            schema.append(
                    schema(DATED.get(i).given(), DATED.get(i).withdrawn()).replace("customers", "customers_" + i));
            map.append(MAP.replace("customers:", "customers_" + i + ":").replace("{customer:", "{customer-" + i + ":"));
        }
        CorrectionShop shop = shop(schema.toString(), map.toString());
        for (int i = 0; i < DATED.size(); i++) {
            Dated dated = DATED.get(i);
            Map<String, List<List<String>>> anna = Map.of("customer-" + i, List.of(List.of("1")));
            Instant at = Instant.parse(dated.at());
            Ended ended = EndingShop.end(shop, FaultPoints.NONE, at, anna, "newsletter");
            assertThat(ended.byHand()).as(dated.toString()).isEmpty();
            assertThat(ended.kept()).as(dated.toString()).isEmpty();
            assertThat(shop.rows("select opted_out, taste from customers_" + i + " order by id"))
                    .as(dated.toString())
                    .containsExactly(dated.expected() + "|~", "~|taste 2");
            assertThat(EndingShop.end(shop, FaultPoints.NONE, at, anna, "newsletter")
                            .written())
                    .isEmpty();
        }
    }

    @Test
    void a_column_that_the_database_makes_is_left_to_people() {
        CorrectionShop shop = shop("""
                create table customers (id bigint primary key, name text, joined timestamptz not null default now(), taste text,
                    opened timestamptz default now(), opted_in timestamptz, flags jsonb,
                    opted_out timestamp generated always as (make_date((flags ->> 'out')::int, 1, 1)::timestamp) stored);
                insert into customers (id, name, taste, opted_in) select n, 'Name ' || n, 'taste ' || n, '2026-01-01' from generate_series(1, 2) as n;
                """, MAP.replace("name: name,", "name: name, flags: not-personal,"));
        Ended ended = EndingShop.end(shop, Instant.now(), "newsletter");
        assertThat(ended.byHand())
                .extracting(ByHand::reason, ByHand::columns, ByHand::rows)
                .containsExactly(tuple(Reason.GENERATED, List.of("opted_out"), 1L));
        assertThat(EndingShop.facts(shop)).containsExactly("customer [[1]] Ended[use=newsletter]");
        // For Kept it has ended.
        assertThat(shop.rows("select taste from customers order by id")).containsExactly("~", "taste 2");
        shop.execute("update customers set flags = '{\"out\": 2026}', opted_in = '2025-01-01' where id = 1");
        assertThat(EndingShop.end(shop, Instant.now(), "newsletter").done()).isTrue();
        assertThat(EndingShop.facts(shop)).isEmpty();
    }

    @Test
    void what_a_constraint_or_a_trigger_forbids_is_left_to_people_and_the_rest_is_done() {
        for (String guard : List.of(
                "alter table letters add check (opted_out < '2000-01-01')",
                "create function no() returns trigger language plpgsql as $$ begin raise exception 'no for %', old.id; end $$;"
                        + " create trigger no before update of opted_out on letters for each row execute function no()",
                "create function no() returns trigger language plpgsql as $$ begin raise exception 'no for %', old.id; end $$;"
                        + " create constraint trigger no after update on letters deferrable initially deferred for each row execute function no()",
                "create function no() returns trigger language plpgsql as $$ begin new.opted_out := old.opted_out; return new; end $$;"
                        + " create trigger no before update on letters for each row execute function no()")) {
            CorrectionShop shop = shop("""
                create table customers (id bigint primary key, name text, joined timestamptz not null default now(), ad_taste text,
                    ad_shown timestamptz default now(), no_ads timestamptz);
                create table letters (id bigint primary key, customer_id bigint not null references customers, taste text,
                    opened timestamptz default now(), opted_in timestamptz, opted_out timestamptz);
                insert into customers (id, name, ad_taste) select n, 'Name ' || n, 'ad ' || n from generate_series(1, 2) as n;
                insert into letters (id, customer_id, taste, opted_in) select n, n, 'taste ' || n, '2026-01-01' from generate_series(1, 2) as n;
                """, """
                customers:
                  person: {customer: {key: id}}
                  uses: [account, ads]
                  events: {account.opened: joined, ads.shown: ad_shown}
                  facts: {ads: {objected: no_ads}}
                  columns: {name: name, ad_taste: {is: taste, for: [ads]}}
                letters:
                  belongs-to: {reader: {person: customer, via: customer_id}}
                  uses: [newsletter]
                  events: {newsletter.opened: opened}
                  facts: {newsletter: {given: opted_in, withdrawn: opted_out}}
                  columns: {taste: taste}
                """);
            // The map is tied before the guard is there: as if somebody had put it up meanwhile.
            shop.live();
            shop.execute(guard);
            restrict(shop);
            Ended ended = EndingShop.end(shop, Instant.now(), "newsletter", "ads");
            assertThat(ended.written()).as(guard).isEqualTo(Map.of("customers.no_ads", 1L));
            assertThat(ended.byHand())
                    .extracting(ByHand::use, ByHand::reason, ByHand::rows)
                    .containsExactly(tuple("newsletter", Reason.REFUSED, 1L));
            assertThat(EndingShop.facts(shop))
                    .containsExactly("customer [[1]] Ended[use=newsletter]", "customer [[1]] Restricted[]");
            assertThat(shop.rows("select opted_out from letters")).containsExactly("~", "~");
        }
    }

    /** Nothing of hers is swept, so that what is noted can be looked at. */
    private static void restrict(CorrectionShop shop) {
        shop.state()
                .personFacts()
                .apply(List.of(shop.state()
                        .personFacts()
                        .add("shop", "customer", List.of("1"), new What.Restricted(), UUID.randomUUID())));
    }

    @Test
    void a_column_that_speaks_of_another_use_is_not_written_for_one_alone() {
        CorrectionShop shop = shop(
                schema("timestamptz", "timestamptz")
                        .replace("opted_in", "tip_taste text, opted_in")
                        .replace("name, taste, tip_taste text, opted_in)", "name, taste, opted_in)"),
                MAP.replace("uses: [account, newsletter]", "uses: [account, newsletter, ads]")
                        .replace("newsletter.opened: opened}", "newsletter.opened: opened, ads.shown: opened}")
                        .replace("withdrawn: opted_out}}", "withdrawn: opted_out}, ads: {objected: opted_out}}")
                        .replace("name: name,", "name: name, tip_taste: {is: taste, for: [ads]},"));
        Ended one = EndingShop.end(shop, Instant.now(), "newsletter");
        assertThat(one.byHand()).extracting(ByHand::reason).containsExactly(Reason.OTHER_USES);
        assertThat(one.kept()).containsExactly("newsletter");
        assertThat(shop.rows("select opted_out from customers")).containsExactly("~", "~");
        Ended both = EndingShop.end(shop, Instant.now(), "newsletter", "ads");
        assertThat(both.byHand()).isEmpty();
        assertThat(shop.rows("select opted_out is not null from customers order by id"))
                .containsExactly("t", "f");
        assertThat(EndingShop.facts(shop)).isEmpty();
    }

    private static final String LISTS = """
            create table customers (id bigint primary key, name text, joined timestamptz not null default now());
            create table lists (id bigint primary key, one_id bigint references customers, other_id bigint references customers, taste text,
                opened timestamptz default now(), opted_in timestamptz, opted_out timestamptz);
            insert into customers (id, name) select n, 'Name ' || n from generate_series(1, 3) as n;
            insert into lists (id, one_id, other_id, taste, opted_in) values (1, 1, 2, 'both', '2026-01-01'), (2, 1, null, 'hers', '2026-01-01'),
                (3, 2, 3, 'theirs', '2026-01-01'), (4, 2, 1, 'both', '2026-01-01'), (5, 1, 1, 'hers twice', '2026-01-01');
            """;

    private static final String LISTS_MAP = """
            customers:
              person: {customer: {key: id}}
              uses: [account]
              events: {account.opened: joined}
              columns: {name: name}
            lists:
              belongs-to: {one: {person: customer, via: one_id}, other: {person: customer, via: other_id}}
              uses: [newsletter]
              events: {newsletter.opened: opened}
              facts: {newsletter: {given: opted_in, withdrawn: opted_out}}
              columns: {taste: taste}
            """;

    @Test
    void rows_that_are_another_persons_too_are_not_touched() {
        CorrectionShop shop = shop(LISTS, LISTS_MAP);
        restrict(shop);
        Map<String, List<String>> before = shop.everything();
        Ended ended = EndingShop.end(shop, Instant.now(), "newsletter");
        assertThat(ended.written()).isEqualTo(Map.of("lists.opted_out", 2L));
        assertThat(ended.byHand())
                .extracting(ByHand::reason, ByHand::rows)
                .containsExactly(tuple(Reason.OTHER_PERSONS, 2L));
        assertThat(shop.rows("select id from lists where opted_out is not null order by 1"))
                .containsExactly("2", "5");
        assertThat(CorrectionShop.written(before, shop.everything()).keySet()).containsExactly("public.lists");
        assertThat(CorrectionShop.written(before, shop.everything()).get("public.lists"))
                .hasSize(2);
        assertThat(EndingShop.facts(shop)).contains("customer [[1]] Ended[use=newsletter]");
    }

    @Test
    void a_column_that_is_one_owners_alone_is_written_for_her_in_a_row_of_several() {
        CorrectionShop shop =
                shop(LISTS, LISTS_MAP.replace("{taste: taste}", "{taste: taste, opted_out: {is: taste, of: one}}"));
        restrict(shop);
        Ended ended = EndingShop.end(shop, Instant.now(), "newsletter");
        assertThat(ended.written()).isEqualTo(Map.of("lists.opted_out", 3L));
        assertThat(shop.rows("select id from lists where opted_out is not null order by 1"))
                .containsExactly("1", "2", "5");
    }

    @Test
    void a_consent_noted_at_what_a_table_belongs_to_is_the_source_for_both() {
        CorrectionShop shop = shop(schema("timestamptz", "timestamptz") + """
                create table opens (id bigint primary key, customer_id bigint not null references customers, what text, at timestamptz not null);
                insert into opens select n, n, 'opened ' || n, now() from generate_series(1, 2) as n;
                """, MAP + """
                opens:
                  belongs-to: {reader: {person: customer, via: customer_id}}
                  uses: [newsletter]
                  events: {newsletter.opened: at}
                  columns: {what: taste}
                """);
        Ended ended = EndingShop.end(shop, Instant.now(), "newsletter");
        assertThat(ended.written()).isEqualTo(Map.of("customers.opted_out", 1L));
        assertThat(EndingShop.facts(shop)).isEmpty();
        assertThat(shop.rows("select what from opens")).containsExactly("opened 2");
    }

    @Test
    void where_some_rows_have_no_columns_that_speak_for_them_kepts_word_stands() {
        CorrectionShop shop = shop(schema("timestamptz", "timestamptz") + """
                create table guests (id bigint primary key, name text, taste text, opened timestamptz default now());
                insert into guests (id, name, taste) values (1, 'Guest', 'guest');
                """, MAP + """
                guests:
                  person: {guest: {key: id}}
                  uses: [newsletter]
                  events: {newsletter.opened: opened}
                  columns: {name: taste, taste: taste}
                """);
        Ended ended = EndingShop.end(
                shop,
                FaultPoints.NONE,
                Instant.now(),
                Map.of("customer", List.of(List.of("1")), "guest", List.of(List.of("1"))),
                "newsletter");
        assertThat(ended.written()).isEqualTo(Map.of("customers.opted_out", 1L));
        assertThat(ended.kept()).containsExactly("newsletter");
        assertThat(EndingShop.facts(shop)).containsExactly("guest [[1]] Ended[use=newsletter]");
        assertThat(shop.rows("select count(*) from guests")).containsExactly("0");
    }

    @Test
    void rows_met_by_value_are_written_and_those_of_a_partitioned_table() {
        CorrectionShop shop = shop("""
                create table customers (id bigint primary key, email text, joined timestamptz not null default now());
                create table letters (id bigint, address text, taste text, opened timestamptz default now(), opted_in timestamptz, opted_out timestamptz,
                    primary key (id)) partition by hash (id);
                create table letters_0 partition of letters for values with (modulus 2, remainder 0);
                create table letters_1 partition of letters for values with (modulus 2, remainder 1);
                insert into customers (id, email) values (1, 'anna@example.org'), (2, 'bob@example.org');
                insert into letters (id, address, taste, opted_in) values (1, ' ANNA@example.org', 'a', '2026-01-01'), (2, 'anna@example.org', 'b', '2026-01-01'),
                    (3, 'bob@example.org', 'c', '2026-01-01'), (4, null, 'd', '2026-01-01'), (5, '', 'e', '2026-01-01');
                """, """
                customers:
                  person: {customer: {key: id}}
                  uses: [account]
                  events: {account.opened: joined}
                  columns: {email: email}
                letters:
                  belongs-to: {reader: {person: customer, via: address, to: email, match: casefold-trim}}
                  uses: [newsletter, account]
                  events: {newsletter.opened: opened}
                  facts: {newsletter: {given: opted_in, withdrawn: opted_out}}
                  columns: {address: email, taste: taste}
                """);
        restrict(shop);
        Ended ended = EndingShop.end(shop, Instant.now(), "newsletter");
        assertThat(ended.written()).isEqualTo(Map.of("letters.opted_out", 2L));
        assertThat(ended.byHand()).isEmpty();
        assertThat(shop.rows("select id from letters where opted_out is not null order by 1"))
                .containsExactly("1", "2");
    }

    @Test
    void a_sentinel_in_the_column_is_no_withdrawal_and_gives_way_to_one() {
        CorrectionShop shop = shop(schema("timestamptz", "timestamptz not null default 'infinity'"), MAP);
        assertThat(EndingShop.end(shop, Instant.now(), "newsletter").written()).hasSize(1);
        assertThat(shop.rows("select opted_out < 'infinity' from customers order by id"))
                .containsExactly("t", "f");
    }

    @Test
    void who_holds_the_row_is_waited_for_and_then_it_is_said_that_he_is_in_the_way() throws Exception {
        CorrectionShop shop = shop(schema("timestamptz", "timestamptz"), MAP);
        try (var other = shop.connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("update customers set name = 'held' where id = 1");
            assertThatThrownBy(() -> EndingShop.end(shop, Instant.now(), "newsletter"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in the way");
            other.rollback();
        }
        // For Kept it has ended already.
        assertThat(EndingShop.facts(shop)).containsExactly("customer [[1]] Ended[use=newsletter]");
        assertThat(EndingShop.end(shop, Instant.now(), "newsletter").done()).isTrue();
        assertThat(EndingShop.facts(shop)).isEmpty();
        assertThat(shop.keptRows("select kind, state from kept.run order by started_at"))
                .containsExactly("end|done", "end|done", "person-sweep|done");
    }
}
