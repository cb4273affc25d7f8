package dev.kept.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Planner;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.model.Comparison;
import dev.kept.core.model.Database;
import dev.kept.core.model.Model;
import dev.kept.core.rules.MemorySweep;
import dev.kept.core.rules.RuleExample;
import dev.kept.core.rules.RuleExamples;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.run.Pace;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is left of rows that go, on a real server: as the model counts it, whatever happens on the way. */
class AnonymisingTest {

    // ---- against the model
    // ---------------------------------------------------------------------------------------------

    private static RuleExample example() {
        return RuleExamples.all().stream()
                .filter(one -> one.name().startsWith("anonymising: a group of enough"))
                .findFirst()
                .orElseThrow();
    }

    /** Rows of few customers, areas and years, so that groups of all sizes come about. */
    private static Database rows(long seed) {
        Random random = new Random(seed);
        int customers = 3 + random.nextInt(12);
        List<Map<String, @Nullable Object>> persons = new ArrayList<>();
        for (int i = 1; i <= customers; i++) {
            Map<String, @Nullable Object> customer = new LinkedHashMap<>();
            customer.put("id", (long) i);
            customer.put("email", "c" + i);
            customer.put("opened", LocalDate.parse("2020-01-01"));
            customer.put("closed", random.nextInt(4) == 0 ? LocalDate.parse("2026-01-01") : null);
            persons.add(customer);
        }
        List<Map<String, @Nullable Object>> orders = new ArrayList<>();
        int count = random.nextInt(120);
        for (int i = 1; i <= count; i++) {
            Map<String, @Nullable Object> order = new LinkedHashMap<>();
            order.put("id", (long) i);
            order.put("customer_id", random.nextInt(12) == 0 ? null : (long) (1 + random.nextInt(customers)));
            order.put(
                    "placed_at",
                    Instant.parse("2023-12-30T22:30:00Z").plus(Duration.ofHours(random.nextInt(24 * 600))));
            order.put("country", random.nextInt(9) == 0 ? null : random.nextBoolean() ? "DE" : "AT");
            order.put("postcode", random.nextInt(9) == 0 ? null : "" + random.nextInt(4) + random.nextInt(3) + "7");
            order.put("total", random.nextInt(9) == 0 ? null : BigDecimal.valueOf(random.nextInt(9000) - 500, 2));
            order.put("note", "note " + i);
            orders.add(order);
        }
        return new Database(Map.of(
                TableName.parse("customers"), persons,
                TableName.parse("orders"), orders,
                TableName.parse("sales"), List.of()));
    }

    @Test
    void what_is_left_is_what_a_plain_recount_leaves() {
        Model.Question form = example().question();
        int groups = 0;
        try (TestDatabase database = TestCluster.shared().freshDatabase()) {
            PostgresSweep postgres = new PostgresSweep(database, RunOptions.defaults());
            for (long seed = 1; seed <= 60; seed++) {
                Model.Question question = new Model.Question(
                        form.notice(), form.store(), form.catalogue(), rows(seed), form.asOf(), form.facts());
                Database expected = Model.sweep(question, List.of()).after();

                Database inMemory = new MemorySweep().sweep(question, List.of());
                Database onPostgres = postgres.sweep(question, List.of());

                assertThat(Comparison.differences(question.before(), expected, inMemory))
                        .as("seed " + seed)
                        .isEmpty();
                assertThat(Comparison.differences(question.before(), expected, onPostgres))
                        .as("seed " + seed)
                        .isEmpty();
                groups += onPostgres.rows(TableName.parse("sales")).size();
            }
        }
        assertThat(groups).isGreaterThan(100);
    }

    @Test
    void groups_are_made_across_partitions_and_of_enough_persons() {
        try (Shop shop = Shop.with(Figures.TABLES + Figures.ROWS)) {
            shop.execute("CREATE TABLE before AS SELECT * FROM orders WHERE placed_at < '2025-06-01 00:00+02'");
            Plan plan = Planner.plan(
                    Figures.bound(shop, Figures.MAP + "  before: not-personal\n"),
                    Figures.T,
                    Facts.NONE,
                    new Scope.Everybody());

            RunResult result = Figures.run(shop, plan, RunOptions.defaults());

            assertThat(shop.rows("SELECT count(*) FROM orders WHERE placed_at < '2025-05-31'"))
                    .containsExactly("0");
            assertThat(shop.rows("SELECT count(*) > 20, min(buyers) >= 5, sum(orders) FROM figures.sales"))
                    .containsExactly(
                            "t|t|" + result.of(TableName.parse("orders")).grouped());
            assertThat(result.of(TableName.parse("figures.sales")).added())
                    .isEqualTo(Long.parseLong(
                            shop.rows("SELECT count(*) FROM figures.sales").getFirst()));
            assertThat(shop.rows("""
                    WITH each AS (
                        SELECT date_trunc('month', placed_at AT TIME ZONE 'Europe/Berlin')::date AS month, paid,
                            network(set_masklen(ip, 16)) AS network, floor(total / 50) * 50 AS spent, shop, nr, count(*) AS n
                        FROM before GROUP BY 1, 2, 3, 4, 5, 6)
                    SELECT month, paid, network, spent, sum(n), count(*) FROM each
                    GROUP BY 1, 2, 3, 4 HAVING count(*) >= 5 AND max(n) * 2 <= sum(n) ORDER BY 1, 2, 3, 4"""))
                    .isNotEmpty()
                    .isSubsetOf(shop.rows("SELECT month, paid, network, spent, orders, buyers FROM figures.sales"));
        }
    }

    @Test
    void a_person_with_a_thousand_rows_leaves_nothing() {
        try (Shop shop = Shop.with(Figures.TABLES + Figures.ROWS)) {
            shop.execute("DELETE FROM orders WHERE note <> 'bulk'");

            RunResult result = Figures.run(shop, Figures.plan(shop), RunOptions.defaults());

            assertThat(result.of(TableName.parse("orders")).deleted()).isEqualTo(1000);
            assertThat(result.of(TableName.parse("orders")).grouped()).isZero();
            assertThat(shop.rows(Figures.LEFT)).isEmpty();
        }
    }

    @Test
    void in_portions_fewer_groups_are_large_enough_and_none_is_too_small() {
        try (Shop shop = Shop.with(Figures.TABLES + Figures.ROWS)) {
            RunOptions portions = new RunOptions(Duration.ofMillis(250), Pace.FULL, 10_000, 1_000, 0, 100);

            RunResult result = Figures.run(shop, Figures.plan(shop), portions);

            assertThat(result.of(TableName.parse("orders")).deleted()).isGreaterThan(1500);
            assertThat(shop.rows("SELECT count(*) > 5, min(buyers) >= 5, sum(orders) FROM figures.sales"))
                    .containsExactly(
                            "t|t|" + result.of(TableName.parse("orders")).grouped());
        }
    }

    @Test
    void sweeping_again_adds_nothing() {
        try (Shop shop = Shop.with(Figures.TABLES + Figures.ROWS)) {
            Figures.run(shop, Figures.plan(shop), RunOptions.defaults());
            List<String> left = shop.rows(Figures.LEFT);

            RunResult again = Figures.run(shop, Figures.plan(shop), RunOptions.defaults());

            assertThat(again.changed()).isZero();
            assertThat(shop.rows(Figures.LEFT)).isEqualTo(left);
        }
    }

    @Test
    void the_oldest_postgresql_leaves_the_same() {
        try (Shop shop = Shop.with(Figures.TABLES + Figures.ROWS);
                Shop old = new Shop(TestCluster.older().freshDatabase())) {
            old.execute(Figures.TABLES + Figures.ROWS);
            assertThat(old.rows("SELECT current_setting('server_version_num')::int < 160000"))
                    .containsExactly("t");

            Figures.run(shop, Figures.plan(shop), RunOptions.defaults());
            Figures.run(old, Figures.plan(old), RunOptions.defaults());

            assertThat(old.rows(Figures.LEFT)).isEqualTo(shop.rows(Figures.LEFT));
        }
    }
}
