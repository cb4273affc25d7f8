package dev.kept.stores.postgres;

import static dev.kept.stores.postgres.Plans.at;
import static dev.kept.stores.postgres.Plans.foreignKey;
import static dev.kept.stores.postgres.Plans.past;
import static dev.kept.stores.postgres.Plans.sweep;
import static dev.kept.stores.postgres.Plans.tablePlan;
import static dev.kept.stores.postgres.Plans.unreferred;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.Link;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Moment;
import dev.kept.core.lifecycle.Plan;
import dev.kept.stores.postgres.run.RunResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Between plan and step people log in and order: whoever did is not forgotten. */
class ConcurrentWritersTest {

    private static final int CUSTOMERS = 20_000;
    private static final int WRITERS = 4;
    private static final Set<String> IN_THE_WAY = Set.of("40001", "40P01", "55P03");
    private static final String FOREIGN_KEY_BROKEN = "23503";

    private static final Link TO_CUSTOMER = foreignKey("orders", "customer_id", "customers", "id");
    private static final Link PROFILE = foreignKey("profiles", "customer_id", "customers", "id");

    private static final String SHOP = """
            CREATE TABLE customers (id bigint PRIMARY KEY, last_login_at timestamptz NOT NULL);
            CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE, placed_at timestamptz NOT NULL);
            CREATE INDEX ON orders (customer_id);
            CREATE TABLE profiles (customer_id bigint PRIMARY KEY REFERENCES customers ON DELETE CASCADE);
            INSERT INTO customers SELECT i, '2020-01-01' FROM generate_series(1, %1$d) i;
            INSERT INTO profiles SELECT i FROM generate_series(1, %1$d) i;
            INSERT INTO orders (customer_id, placed_at) SELECT i, '2020-01-01' FROM generate_series(1, %1$d) i;
            """.formatted(CUSTOMERS);

    private static Plan plan() {
        Condition lastSeen = past(at("last_login_at"), "2 years");
        Condition lastOrder = past(new Moment.Among(TO_CUSTOMER, at("placed_at"), false), "2 years");
        Condition ended = Condition.all(
                lastSeen,
                Condition.any(
                        lastOrder,
                        new Condition.Absent(List.of(new Moment.Among(TO_CUSTOMER, at("placed_at"), false)))));
        return sweep(
                tablePlan("orders", past(at("placed_at"), "2 years")),
                tablePlan("profiles", new Condition.Through(PROFILE, ended)),
                tablePlan("customers", Condition.all(ended, unreferred(TO_CUSTOMER, PROFILE))));
    }

    @Test
    void who_logs_in_or_orders_during_a_sweep_is_not_forgotten() throws Exception {
        try (Shop shop = Shop.with(SHOP);
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            AtomicBoolean over = new AtomicBoolean();
            Set<Long> alive = ConcurrentHashMap.newKeySet();
            List<Future<Integer>> working = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                working.add(writers.submit(write(shop, writer, over, alive)));
            }

            RunResult result = shop.run(plan());
            over.set(true);
            for (Future<Integer> done : working) {
                assertThat(done.get()).isPositive();
            }

            assertThat(result.outcome()).isEqualTo(RunResult.Outcome.DONE);
            Set<String> left = Set.copyOf(shop.rows("SELECT id FROM customers"));
            Set<String> profiles = Set.copyOf(shop.rows("SELECT customer_id FROM profiles"));
            assertThat(alive).isNotEmpty().hasSizeLessThan(CUSTOMERS);
            assertThat(left).containsAll(alive.stream().map(String::valueOf).toList());
            assertThat(left).containsAll(profiles);
            assertThat(result.of(Plans.table("customers")).deleted()).isEqualTo(CUSTOMERS - left.size());
        }
    }

    /** Logs in and orders until it is over; each that was committed with its person still there makes the person live on. */
    private static Callable<Integer> write(Shop shop, int seed, AtomicBoolean over, Set<Long> alive) {
        return () -> {
            Random random = new Random(seed);
            int written = 0;
            try (Connection connection = shop.database().connect();
                    PreparedStatement login = connection.prepareStatement(
                            "UPDATE customers SET last_login_at = '2026-05-01' WHERE id = ?");
                    PreparedStatement order = connection.prepareStatement(
                            "INSERT INTO orders (customer_id, placed_at) VALUES (?, '2026-05-01')")) {
                while (!over.get()) {
                    long customer = 1 + random.nextInt(CUSTOMERS);
                    PreparedStatement statement = random.nextBoolean() ? login : order;
                    statement.setLong(1, customer);
                    try {
                        if (statement.executeUpdate() == 1) {
                            alive.add(customer);
                            written++;
                        }
                    } catch (SQLException e) {
                        if (!IN_THE_WAY.contains(e.getSQLState()) && !FOREIGN_KEY_BROKEN.equals(e.getSQLState())) {
                            throw e;
                        }
                    }
                }
            }
            return written;
        };
    }
}
