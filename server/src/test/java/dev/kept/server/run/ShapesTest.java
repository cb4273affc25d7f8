package dev.kept.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.RunState;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Shapes that schemas of production have, on the oldest PostgreSQL that Kept works with and on the newest: customer 1 is erased, customer 2 has
 * ended and is swept, customer 3 stays, and of what is not theirs no byte changes.
 */
@ParameterizedClass
@EnumSource(ShapesTest.Version.class)
class ShapesTest {

    enum Version {
        OLDEST(TestCluster::older),
        NEWEST(TestCluster::shared);

        private final Supplier<TestCluster> cluster;

        Version(Supplier<TestCluster> cluster) {
            this.cluster = cluster;
        }
    }

    private final Version version;

    ShapesTest(Version version) {
        this.version = version;
    }

    private static final String NOTICE = """
            notice: shop
            languages: [en]
            controller: {name: Shop, email: privacy@shop.example, post: here, zone: Europe/Berlin}
            covers: {sites: [shop.example]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
              message: {from: you, is: pd:Communication}
            uses:
              account: {basis: contract, data: [name, email, message], ends: [{after: account.seen, for: 2 years}]}
              security: {basis: legitimate-interests, interest: safety, data: [message], on-request: never, ends: [{after: log.kept, for: 5 years}]}
            shares: {sale: never}
            cookies: {}
            keeps: {longest: 9 years, then: {rows: delete, backups: isolate}}
            signals: {dnt: not-answered, gpc: not-answered}
            contact: {email: privacy@shop.example, post: here}
            rights: {answered-within: 30 days, access: {}, correct: {}, erase: {}}
            """;

    /** Customer 2 was last seen long ago. */
    private static final String SEEN = "case when n = 2 then timestamptz '2020-01-01' else now() end";

    private static final String CUSTOMERS = """
            customers:
              person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account]
              events: {account.seen: seen}
            """;

    private CorrectionShop shop(String schema, String map) {
        return new CorrectionShop(version.cluster.get(), NOTICE, schema.replace("SEEN", SEEN), map);
    }

    private static Outcome sweep(CorrectionShop shop) {
        return new RunService(shop.state(), InstantSource.system(), FaultPoints.NONE)
                .sweep(shop.live(), CorrectionShop.OPERATOR, 100, RunOptions.defaults(), RunWatch.NONE);
    }

    private static Outcome erase(CorrectionShop shop) {
        return new RunService(shop.state(), InstantSource.system(), FaultPoints.NONE)
                .erase(
                        shop.live(),
                        Map.of("customer", List.of(List.of("1"))),
                        CorrectionShop.OPERATOR,
                        RunOptions.defaults(),
                        RunWatch.NONE);
    }

    /** Erases and sweeps: both come to their ends, a second sweep finds nothing, and what is left is byte by byte as it was. */
    private static Map<String, List<String>> leftBy(CorrectionShop shop) {
        Map<String, List<String>> before = shop.everything();
        assertThat(erase(shop).state()).isEqualTo(RunState.DONE);
        assertThat(sweep(shop).state()).isEqualTo(RunState.DONE);
        Map<String, List<String>> after = shop.everything();
        assertThat(CorrectionShop.written(before, after).values().stream().flatMap(List::stream))
                .as("rows that were written and are still there")
                .isEmpty();
        sweep(shop);
        assertThat(shop.everything()).isEqualTo(after);
        Map<String, List<String>> left = new TreeMap<>();
        after.forEach((table, rows) ->
                left.put(table, rows.stream().map(row -> row.split("\\|", 3)[2]).toList()));
        return left;
    }

    private static void leavesOnly3(CorrectionShop shop, String... tables) {
        Map<String, List<String>> left = leftBy(shop);
        for (String table : tables) {
            assertThat(left.get(table)).as(table).singleElement().asString().matches("\\(\"?3.*");
        }
    }

    @Test
    void deferrable_constraints_and_a_circle_across_schemas() {
        try (CorrectionShop shop = shop("""
                drop schema if exists crm cascade;
                create schema crm;
                create table customers (id bigint primary key, email text, seen timestamptz, main_account bigint);
                create table crm.accounts (id bigint primary key, holder bigint not null references customers deferrable initially deferred, label text);
                alter table customers add foreign key (main_account) references crm.accounts deferrable initially immediate;
                create table crm.notes (id bigint primary key, account bigint not null references crm.accounts on delete restrict, body text);
                begin;
                insert into customers select n, 'c' || n, SEEN, null from generate_series(1, 3) n;
                insert into crm.accounts select n, n, 'label ' || n from generate_series(1, 3) n;
                update customers set main_account = id;
                insert into crm.notes select n, n, 'note ' || n from generate_series(1, 3) n;
                commit;
                vacuum full customers;
                """, CUSTOMERS + """
                  columns: {email: email}
                crm.accounts:
                  belongs-to: {holder: {person: customer, via: holder}}
                  uses: [account]
                  columns: {label: name}
                crm.notes:
                  belongs-to: {account: {table: crm.accounts, via: account}}
                  uses: [account]
                  columns: {body: message}
                """)) {
            leavesOnly3(shop, "public.customers", "crm.accounts", "crm.notes");
        }
    }

    @Test
    void columns_the_database_fills_and_types_of_its_own() {
        try (CorrectionShop shop = shop("""
                create type mood as enum ('glad', 'sad');
                create domain address as text not null check (value <> '');
                create type place as (street text, zip text);
                create table customers (id bigint generated always as identity primary key, email address,
                    folded text generated always as (lower(email)) stored, seen timestamptz, mood mood not null,
                    tags text[] not null, home place, homes place[], doc jsonb not null, span daterange, ip inet, pixels bytea);
                insert into customers (email, seen, mood, tags, home, homes, doc, span, ip, pixels)
                    select 'C' || n, SEEN, 'glad', array['a' || n, 'b'], ('Street ' || n, '1')::place, array[('s', n::text)::place],
                        jsonb_build_object('email', 'c' || n, 'deep', jsonb_build_object('list', jsonb_build_array(n, jsonb_build_object('x', 'c' || n)))),
                        daterange('2020-01-01', '2030-01-01'), '10.0.0.1', '\\x00ff' from generate_series(1, 3) n;
                """, CUSTOMERS + """
                  columns: {email: email, folded: email, mood: message, tags: message, home: message, homes: message, doc: message, span: message, ip: message, pixels: message}
                """)) {
            leavesOnly3(shop, "public.customers");
        }
    }

    @Test
    void values_of_every_type_are_forgotten_from_rows_that_stay() {
        try (CorrectionShop shop = shop(
                """
                create type mood as enum ('glad', 'sad');
                create domain address as text not null check (value <> '');
                create type place as (street text, zip text);
                create table customers (id bigint primary key, email text, seen timestamptz);
                create table logs (id bigint primary key, customer_id bigint references customers, kept_until_asked timestamptz not null, said text,
                    mood mood not null, word address, tags text[] not null, home place, doc jsonb not null, docs json, folded text generated always as (lower(word)) stored,
                    span tstzrange, ip inet, net cidr not null, mac macaddr, pixels bytea not null, amount numeric(6,2) not null, flag boolean not null, day date not null,
                    uid uuid not null, bits bit(3) not null, waiting interval not null, spot point, xml xml, cash money not null, search tsvector, small smallint not null check (small >= 0));
                insert into customers select n, 'c' || n, SEEN from generate_series(1, 3) n;
                insert into logs select n, n, now(), 'said ' || n, 'sad', 'w' || n, array['t'], ('s', 'z')::place, '{"a": 1}', '{"b": [1]}', default, tstzrange(now(), null), '10.1.2.3', '10.0.0.0/8',
                    '08:00:2b:01:02:03', '\\xff', 12.5, true, '2020-02-29', gen_random_uuid(), b'101', '1 day', '(1,2)', '<a/>', 3, 'word'::tsvector, 7 from generate_series(1, 3) n;
                """.replace("default, tstzrange", "tstzrange").replace(
                        "insert into logs select",
                        "insert into logs (id, customer_id, kept_until_asked, said, mood, word, tags, home, doc, docs, span, ip, net, mac, pixels, amount, flag, day, uid, bits, waiting, spot, xml, cash, search, small) select"),
                CUSTOMERS + """
                  columns: {email: email}
                logs:
                  belongs-to: {who: {person: customer, via: customer_id}}
                  uses: [account, security]
                  events: {log.kept: kept_until_asked}
                  columns:
                    said: {is: message, for: [security]}
                    mood: {is: message, for: [account], cleared: glad}
                    word: {is: message, for: [account], cleared: gone}
                    folded: {is: message, for: [account]}
                    tags: {is: message, for: [account]}
                    home: {is: message, for: [account]}
                    doc: {is: message, for: [account]}
                    docs: {is: message, for: [account]}
                    span: {is: message, for: [account]}
                    ip: {is: message, for: [account]}
                    net: {is: message, for: [account]}
                    mac: {is: message, for: [account]}
                    pixels: {is: message, for: [account]}
                    amount: {is: message, for: [account]}
                    flag: {is: message, for: [account]}
                    day: {is: message, for: [account]}
                    uid: {is: message, for: [account]}
                    bits: {is: message, for: [account], cleared: '000'}
                    waiting: {is: message, for: [account]}
                    spot: {is: message, for: [account]}
                    xml: {is: message, for: [account]}
                    cash: {is: message, for: [account]}
                    search: {is: message, for: [account]}
                    small: {is: message, for: [account]}
                """)) {
            assertThat(erase(shop).state()).isEqualTo(RunState.DONE);
            assertThat(shop.rows(
                            "select said, mood, word, tags, home, doc, docs, folded, span, ip, net, mac, pixels, amount, flag, day, uid, bits,"
                                    + " waiting, spot, xml, cash, search, small from logs where id = 1"))
                    .containsExactly(
                            "said 1|glad|gone|{}|~|{}|~|gone|~|~|0.0.0.0/0|~|\\x|0.00|f|1970-01-01|00000000-0000-0000-0000-000000000000|000|00:00:00|~|~|$0.00|~|0");
            assertThat(shop.rows("select count(*) from logs where word = 'w' || id and small = 7"))
                    .containsExactly("2");
        }
    }

    @Test
    void inherited_tables_and_partitions_of_partitions() {
        try (CorrectionShop shop = shop("""
                create table customers (id bigint primary key, email text, seen timestamptz);
                create table visits (id bigint not null, customer_id bigint not null references customers, at timestamptz not null, page text) partition by range (at);
                create table visits_old partition of visits for values from (minvalue) to ('2024-01-01') partition by list (customer_id);
                create table visits_old_1 partition of visits_old for values in (1);
                create table visits_old_rest partition of visits_old default;
                create table visits_new partition of visits for values from ('2024-01-01') to (maxvalue);
                insert into customers select n, 'c' || n, SEEN from generate_series(1, 3) n;
                insert into visits select n, n, '2023-05-05', 'old ' || n from generate_series(1, 3) n;
                insert into visits select n + 10, n, now(), 'new ' || n from generate_series(1, 3) n;
                """, CUSTOMERS + """
                  columns: {email: email}
                visits:
                  belongs-to: {who: {person: customer, via: customer_id}}
                  uses: [account]
                  columns: {page: message, id: not-personal, at: not-personal}
                """)) {
            Map<String, List<String>> left = leftBy(shop);
            assertThat(left.get("public.customers")).hasSize(1);
            assertThat(left.get("public.visits_old_1")).isEmpty();
            assertThat(left.get("public.visits_old_rest"))
                    .singleElement()
                    .asString()
                    .contains("old 3");
            assertThat(left.get("public.visits_new")).singleElement().asString().contains("new 3");
        }
    }

    @Test
    void names_that_need_quotes_in_every_script() {
        try (CorrectionShop shop = shop("""
                create table "Kunden" ("ID" bigint primary key, "E-Mail" text, "zuletzt gesehen" timestamptz);
                create table "straße ""x"" 街" ("order" bigint primary key, "Kunde'n" bigint not null references "Kunden", "SELECT" text);
                create table kunden ("ID" bigint primary key, email text);
                insert into "Kunden" select n, 'c' || n, SEEN from generate_series(1, 3) n;
                insert into "straße ""x"" 街" select n, n, 'x' from generate_series(1, 3) n;
                insert into kunden values (1, 'other');
                """, """
                Kunden:
                  person: {customer: {key: ID, found-by: {email: {column: E-Mail, match: casefold-trim}}}}
                  uses: [account]
                  events: {account.seen: zuletzt gesehen}
                  columns: {E-Mail: email}
                'straße "x" 街':
                  belongs-to: {who: {person: customer, via: "Kunde'n"}}
                  uses: [account]
                  columns: {SELECT: message}
                kunden: not-personal
                """)) {
            leavesOnly3(shop, "public.\"Kunden\"", "public.\"straße \"\"x\"\" 街\"");
            assertThat(shop.rows("select email from kunden")).containsExactly("other");
        }
    }

    @Test
    void a_table_of_1600_columns() {
        String columns =
                IntStream.rangeClosed(1, 1597).mapToObj(i -> "c" + i + " text").collect(Collectors.joining(", "));
        String mapped = IntStream.rangeClosed(1, 1597)
                .mapToObj(i -> "c" + i + ": message")
                .collect(Collectors.joining(", "));
        try (CorrectionShop shop = shop(
                "create table customers (id bigint primary key, email text, seen timestamptz, " + columns + ");"
                        + "insert into customers (id, email, seen, c1, c1597) select n, 'c' || n, SEEN, 'first', 'last' from generate_series(1, 3) n;",
                CUSTOMERS + "  columns: {email: email, " + mapped + "}\n")) {
            leavesOnly3(shop, "public.customers");
        }
    }

    @Test
    void dates_that_never_come_and_dates_without_a_zone() {
        try (CorrectionShop shop = shop("""
                create table customers (id bigint primary key, email text, seen timestamp);
                insert into customers values (1, 'c1', 'infinity'), (2, 'c2', '-infinity'), (3, 'c3', 'infinity'), (4, 'c4', '2020-03-29 02:30'), (5, 'c5', '4713-01-01 BC'),
                    (6, 'c6', '9999-12-31');
                """, CUSTOMERS + """
                  columns: {email: email}
                """)) {
            Map<String, List<String>> left = leftBy(shop);
            assertThat(left.get("public.customers").stream().map(row -> row.substring(1, 2)))
                    .containsExactlyInAnyOrder("3", "6");
        }
    }

    @Test
    void a_trigger_that_vetoes_deletes_is_named() {
        try (CorrectionShop shop = shop("""
                create table customers (id bigint primary key, email text, seen timestamptz);
                insert into customers select n, 'c' || n, SEEN from generate_series(1, 3) n;
                create function no() returns trigger language plpgsql as $$ begin return null; end $$;
                create trigger never before delete on customers for each row execute function no();
                """, CUSTOMERS + """
                  columns: {email: email}
                """)) {
            assertThatThrownBy(() -> erase(shop)).isInstanceOf(CannotRun.class).hasMessageContaining("customers");
            assertThatThrownBy(() -> sweep(shop)).isInstanceOf(CannotRun.class).hasMessageContaining("customers");
            assertThat(shop.rows("select count(*) from customers")).containsExactly("3");
        }
    }

    @Test
    void
            a_trigger_that_copies_what_goes_into_a_table_nobody_declared_is_found_by_the_check_and_one_that_is_declared_is_emptied() {
        try (CorrectionShop shop = shop("""
                create table customers (id bigint primary key, email text, seen timestamptz);
                create table customers_history (id bigint, email text, seen timestamptz, gone timestamptz not null default now());
                insert into customers select n, 'c' || n, SEEN from generate_series(1, 3) n;
                create function copied() returns trigger language plpgsql as $$ begin insert into customers_history values (old.id, old.email, old.seen); return old; end $$;
                create trigger history after delete or update on customers for each row execute function copied();
                """, CUSTOMERS + """
                  columns: {email: email}
                customers_history:
                  belongs-to: {was: {person: customer, via: id, to: id}}
                  uses: [account]
                  events: {account.seen: seen}
                  columns: {email: email, id: email, gone: not-personal}
                """)) {
            assertThat(erase(shop).state()).isEqualTo(RunState.DONE);
            assertThat(sweep(shop).state()).isEqualTo(RunState.DONE);
            assertThat(shop.rows("select id from customers")).containsExactly("3");
            assertThat(shop.rows("select * from customers_history")).isEmpty();
        }
    }

    @Test
    void a_million_rows_of_one_person_and_a_hundred_megabytes_in_one() {
        try (CorrectionShop shop = shop("""
                create table customers (id bigint primary key, email text, seen timestamptz);
                create table visits (id bigint primary key, customer_id bigint not null references customers, page text);
                insert into customers select n, 'c' || n, SEEN from generate_series(1, 3) n;
                insert into visits select n, 1, 'page' from generate_series(1, 1000000) n;
                insert into visits values (1000001, 1, repeat('x', 100000000)), (1000002, 2, repeat('y', 100000000)), (1000003, 3, 'kept');
                create index on visits (customer_id);
                analyze visits;
                """, CUSTOMERS + """
                  columns: {email: email}
                visits:
                  belongs-to: {who: {person: customer, via: customer_id}}
                  uses: [account]
                  columns: {page: message}
                """)) {
            assertThat(erase(shop).state()).isEqualTo(RunState.DONE);
            assertThat(sweep(shop).state()).isEqualTo(RunState.DONE);
            assertThat(shop.rows("select id, customer_id from visits")).containsExactly("1000003|3");
        }
    }
}
