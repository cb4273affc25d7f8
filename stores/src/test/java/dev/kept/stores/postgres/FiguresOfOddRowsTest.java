package dev.kept.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Planner;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.live.NeededPrivileges;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunResult;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreConnector;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Figures where schemas, values and stores are odd or hostile. */
class FiguresOfOddRowsTest {

    @Test
    void a_role_with_the_privileges_that_are_named_leaves_figures() {
        try (Shop shop = Shop.with(Figures.TABLES + Figures.ROWS)) {
            Plan plan = Figures.plan(shop);
            shop.execute("DROP ROLE IF EXISTS counting; CREATE ROLE counting LOGIN PASSWORD 'counting';"
                    + "GRANT USAGE ON SCHEMA public, figures TO counting;"
                    + NeededPrivileges.of(Figures.bound(shop, Figures.MAP), plan).stream()
                            .map(needed -> needed.statement(needed.privileges(), "counting"))
                            .collect(Collectors.joining(";")));
            Figures.run(shop, plan, RunOptions.defaults());
            List<String> expected = shop.rows(Figures.LEFT);
            shop.execute(Figures.ROWS);
            assertThat(shop.rows("SELECT has_table_privilege('counting', 'figures.sales', 'SELECT, INSERT')"))
                    .containsExactly("f");

            Figures.run(
                    shop,
                    shop.connectorOf("counting"),
                    plan,
                    new TestJournal(),
                    FaultPoints.NONE,
                    RunOptions.defaults());

            assertThat(shop.rows(Figures.LEFT)).isEqualTo(expected);
            shop.execute("DROP OWNED BY counting; DROP ROLE counting");
        }
    }

    @Test
    void rows_that_date_another_and_go_with_it_are_counted_too() {
        try (Shop shop = Shop.with("""
                CREATE TABLE customers (id int PRIMARY KEY, email text, opened date NOT NULL);
                CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, placed_at date, paid boolean);
                CREATE INDEX ON orders (customer_id);
                CREATE TABLE sales (paid boolean, orders int, buyers int);
                INSERT INTO customers SELECT i, 'c' || i, '2020-01-01' FROM generate_series(1, 12) i;
                INSERT INTO orders SELECT i, 1 + i % 12, date '2023-01-01' + i, i % 2 = 0 FROM generate_series(1, 48) i;
                """)) {
            Plan plan = Planner.plan(Figures.bound(shop, """
                    store: shop
                    database: ${SHOP_URL}
                    tables:
                      customers:
                        person: {customer: {key: id, found-by: {email: email}}}
                        uses: [orders]
                        columns: {email: order, opened: not-personal}
                      orders:
                        belongs-to: {buyer: {person: customer, via: customer_id}}
                        uses: [orders]
                        events: {order.placed: {at: placed_at, dates: [customers]}}
                        columns: {paid: order}
                        anonymise: {into: sales, for: counting, columns: {paid: {of: paid, as: value}, orders: rows, buyers: persons}}
                      sales: not-personal
                    """), Figures.T, Facts.NONE, new Scope.Everybody());

            RunResult result = Figures.run(shop, plan, RunOptions.defaults());

            assertThat(plan.tables().flatMap(table -> table.clocks().stream()))
                    .anyMatch(clock -> clock.grouping().isPresent());
            assertThat(shop.rows("SELECT (SELECT count(*) FROM customers), (SELECT count(*) FROM orders)"))
                    .containsExactly("0|0");
            assertThat(result.of(TableName.parse("orders")).deleted()).isEqualTo(48);
            assertThat(shop.rows("SELECT count(*) > 2, min(buyers) >= 5, sum(orders) FROM sales"))
                    .containsExactly(
                            "t|t|" + result.of(TableName.parse("orders")).grouped());
        }
    }

    @Test
    void values_that_are_none_and_hostile_ones_are_kept_apart_and_stop_nothing() {
        TableName orders = new TableName("public", "or\"ders");
        try (Shop shop = Shop.with("""
                CREATE TABLE customers (id int PRIMARY KEY, email text, opened date NOT NULL, closed date);
                CREATE TABLE "or""ders" (id int PRIMARY KEY, customer_id int REFERENCES customers, placed_at timestamp NOT NULL,
                    asked timestamptz, ip text, "to tal" numeric, code text);
                CREATE TABLE sales (asked text, net text, spent numeric, code text, orders int, buyers int);
                INSERT INTO customers SELECT i, 'c' || i, '2020-01-01' FROM generate_series(1, 10) i;
                INSERT INTO "or""ders" SELECT i, 1 + i % 10, '2023-01-01',
                    (ARRAY['infinity', '-infinity', '9999-12-31 00:00+01', '2022-12-31 23:30+00'])[1 + i / 10 % 4]::timestamptz,
                    (ARRAY['10.1.2.3', '999.1.1.1', 'unknown', '2001:db8::1', '010.1.2.3'])[1 + i / 10 % 5],
                    (ARRAY['NaN', 'Infinity', '49.99', '-0.01', '1e30'])[1 + i % 5]::numeric,
                    (ARRAY['''; DROP TABLE customers; --', '%s {key} \\x', 'äöx'])[1 + i % 3]
                    FROM generate_series(1, 600) i;
                """)) {
            Plan plan = Planner.plan(Figures.bound(shop, """
                    store: shop
                    database: ${SHOP_URL}
                    zone: Europe/Berlin
                    sentinels: ['9999-12-31']
                    tables:
                      customers:
                        person: {customer: {key: id, found-by: {email: email}}}
                        uses: [account]
                        events: {account.opened: opened, account.closed: closed}
                        columns: {email: email}
                      'or"ders':
                        belongs-to: {buyer: {person: customer, via: customer_id}}
                        uses: [orders]
                        events: {order.placed: placed_at}
                        columns: {asked: order, ip: log, to tal: order, code: order}
                        anonymise:
                          into: sales
                          for: counting
                          columns:
                            asked: {of: asked, as: month}
                            net: {of: ip, network: 16/32}
                            spent: {of: to tal, steps: 0.5, or: nothing}
                            code: {of: code, first: 2, or: nothing}
                            orders: rows
                            buyers: persons
                      sales: not-personal
                    """), Figures.T, Facts.NONE, new Scope.Everybody());

            RunResult result = Figures.run(shop, plan, RunOptions.defaults());

            assertThat(result.of(orders).deleted()).isEqualTo(600);
            assertThat(shop.rows("SELECT DISTINCT asked FROM sales ORDER BY 1")).containsExactly("2023-01", "");
            assertThat(shop.rows("SELECT DISTINCT net FROM sales ORDER BY 1")).containsExactly("10.1.0.0/16", "");
            assertThat(shop.rows("SELECT sum(orders), min(buyers) >= 5 FROM sales"))
                    .containsExactly(result.of(orders).grouped() + "|t");
        }
    }

    @Test
    void rows_met_by_value_are_counted_by_whom_they_meet_and_several_rows_of_one_person_once() {
        try (Shop shop = Shop.with("""
                CREATE TABLE customers (id int PRIMARY KEY, email text, opened date NOT NULL, closed date);
                CREATE TABLE orders (id int PRIMARY KEY, address text, placed_at date NOT NULL, paid boolean);
                CREATE TABLE sales (paid boolean, orders int, buyers int);
                INSERT INTO customers SELECT i, CASE WHEN i > 6 THEN 'One@Shop.example ' ELSE i || '@shop.example' END, '2020-01-01'
                    FROM generate_series(1, 30) i;
                INSERT INTO orders SELECT i, ' ' || upper(1 + i % 4 || '@shop.example'), date '2023-01-01' + i, true
                    FROM generate_series(1, 40) i;
                INSERT INTO orders SELECT 100 + i, 'one@shop.example', date '2023-01-01' + i, i % 2 = 0 FROM generate_series(1, 3) i;
                INSERT INTO orders SELECT 200 + i, 'nobody@shop.example', date '2023-01-01' + i, false FROM generate_series(1, 30) i;
                """)) {
            Plan plan = Planner.plan(Figures.bound(shop, """
                    store: shop
                    database: ${SHOP_URL}
                    tables:
                      customers:
                        person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim, several: one-person}}}}
                        uses: [account]
                        events: {account.opened: opened, account.closed: closed}
                        columns: {email: email}
                      orders:
                        belongs-to: {buyer: {person: customer, via: address, to: email, match: casefold-trim}}
                        uses: [orders]
                        events: {order.placed: {at: placed_at, absent: never}}
                        columns: {paid: order, address: order}
                        anonymise: {into: sales, for: counting, columns: {paid: {of: paid, as: value}, orders: rows, buyers: persons}}
                      sales: not-personal
                    """), Figures.T, Facts.NONE, new Scope.Everybody());

            Figures.run(shop, plan, RunOptions.defaults());

            assertThat(shop.rows("SELECT count(*) FROM orders")).containsExactly("0");
            assertThat(shop.rows("SELECT * FROM sales")).containsExactly("t|41|5");
        }
    }

    @Test
    void groups_that_turn_out_too_small_stop_the_step() {
        try (Shop shop = Shop.with(Figures.TABLES + Figures.ROWS)) {
            List<String> before = shop.rows(Figures.LEFT);
            StoreConnector miscounting = () -> new Miscounting(shop.connector().open());

            assertThatThrownBy(() -> Figures.run(
                            shop,
                            miscounting,
                            Figures.plan(shop),
                            new TestJournal(),
                            FaultPoints.NONE,
                            RunOptions.defaults()))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            "1 group of `figures.sales` would have been of fewer than 5 persons: nothing was written");

            assertThat(shop.rows(Figures.LEFT)).isEqualTo(before);
        }
    }

    /** A store in which the groups that were written turn out other than they were chosen. */
    private record Miscounting(StoreConnection store) implements StoreConnection {

        @Override
        public Answer run(Sql statement) {
            Answer answer = store.run(statement);
            if (!statement.text().contains("gone_groups")) {
                return answer;
            }
            List<@Nullable String> counts = new ArrayList<>(answer.rows().getFirst());
            counts.set(counts.size() - 1, "1");
            return new Answer(answer.count(), List.of(counts));
        }

        @Override
        public List<Answer> run(List<Sql> statements) {
            return store.run(statements);
        }

        @Override
        public void alone(Sql statement) {
            store.alone(statement);
        }

        @Override
        public void commit() {
            store.commit();
        }

        @Override
        public void rollback() {
            store.rollback();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
