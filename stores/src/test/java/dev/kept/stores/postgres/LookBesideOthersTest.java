package dev.kept.stores.postgres;

import static dev.kept.stores.postgres.Plans.at;
import static dev.kept.stores.postgres.Plans.clearing;
import static dev.kept.stores.postgres.Plans.foreignKey;
import static dev.kept.stores.postgres.Plans.past;
import static dev.kept.stores.postgres.Plans.sweep;
import static dev.kept.stores.postgres.Plans.tablePlan;
import static dev.kept.stores.postgres.Plans.unreferred;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.lifecycle.Plan;
import dev.kept.stores.postgres.look.Look;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.session.StoreConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A look while others are at work says what it says alone. */
class LookBesideOthersTest {

    private static final String TABLES = """
            CREATE TABLE visits (id bigint PRIMARY KEY, made_at timestamptz, note text);
            INSERT INTO visits SELECT i, CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN timestamptz '2020-01-01' ELSE '2026-05-01' END,
                CASE WHEN i % 3 = 0 THEN repeat('x', 100) END FROM generate_series(1, 30000) AS i;
            CREATE TABLE logins (id bigint, made_at timestamptz) PARTITION BY RANGE (id);
            CREATE TABLE logins_low PARTITION OF logins FOR VALUES FROM (0) TO (100);
            CREATE TABLE logins_high PARTITION OF logins FOR VALUES FROM (100) TO (100000);
            INSERT INTO logins SELECT i, CASE WHEN i % 2 = 0 THEN timestamptz '2020-01-01' ELSE '2026-05-01' END
                FROM generate_series(1, 40000) AS i;
            CREATE TABLE customers (id bigint PRIMARY KEY);
            CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
            INSERT INTO customers SELECT i FROM generate_series(1, 20000) AS i;
            INSERT INTO orders SELECT i, i FROM generate_series(1, 5000) AS i;
            ANALYZE
            """;

    private final List<Duration> pauses = new ArrayList<>();

    private LookResult look(Shop shop, Plan plan) {
        StoreConnection store = shop.connector().open();
        try {
            return new Look(shop.catalogue(), Optional.of(pauses::add))
                    .look(store, plan, Look.Depth.UNKNOWN, Duration.ofMinutes(1));
        } finally {
            store.close();
        }
    }

    /** What is found alone, then beside somebody; whoever asks is quiet in between. */
    private LookResult same(Shop shop, Plan plan) throws SQLException {
        LookResult alone = null;
        long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (alone == null || !pauses.isEmpty()) {
            assertThat(System.nanoTime()).as("others are at work all the time").isLessThan(until);
            pauses.clear();
            alone = look(shop, plan);
        }
        try (Connection other = shop.database().connect();
                Statement statement = other.createStatement()) {
            statement.execute("SET application_name = 'shop'");
            assertThat(look(shop, plan)).isEqualTo(alone);
        }
        return alone;
    }

    @Test
    void a_table_of_its_own_is_looked_at_in_portions() throws SQLException {
        try (Shop shop = Shop.with(TABLES)) {
            LookResult found = same(
                    shop,
                    sweep(tablePlan(
                            "visits", past(at("made_at"), "2 years"), clearing(past(at("made_at"), "1 day"), "note"))));

            assertThat(pauses).hasSizeGreaterThan(3);
            assertThat(found.tables().get(Plans.table("visits"))).satisfies(visits -> {
                assertThat(visits.rows()).isEqualTo(30_000);
                assertThat(visits.removable()).isEqualTo(6_000);
                assertThat(visits.outstanding()).isEqualTo(6_000);
                assertThat(visits.unknown()).isEqualTo(6_000);
            });
        }
    }

    @Test
    void of_a_partitioned_table_no_row_is_missed_or_counted_twice() throws SQLException {
        try (Shop shop = Shop.with(TABLES)) {
            LookResult found = same(shop, sweep(tablePlan("logins", past(at("made_at"), "2 years"))));

            assertThat(pauses).hasSizeGreaterThan(1);
            assertThat(found.tables().get(Plans.table("logins")).rows()).isEqualTo(40_000);
            assertThat(found.left()).isEqualTo(20_000);
        }
    }

    @Test
    void what_reads_another_table_whole_is_asked_once() throws SQLException {
        try (Shop shop = Shop.with(TABLES)) {
            LookResult found = same(
                    shop,
                    sweep(tablePlan("customers", unreferred(foreignKey("orders", "customer_id", "customers", "id")))));

            assertThat(pauses).isEmpty();
            assertThat(found.left()).isEqualTo(15_000);
        }
    }
}
