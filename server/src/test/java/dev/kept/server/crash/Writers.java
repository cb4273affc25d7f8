package dev.kept.server.crash;

import dev.kept.stores.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Customers who sign in and order while Kept works: some of the ended ones among them. */
final class Writers implements AutoCloseable {

    /** Whom the writers are: every tenth customer, ended, and every tenth, living. */
    private static final String WHO = "IN (SELECT 9100000 + i FROM generate_series(1, 80) i WHERE i % 10 IN (3, 6))";

    /** What the writers may change, or change the fate of. */
    static final Map<String, String> THEIRS = Map.of(
            "customers", "t.id " + WHO,
            "addresses", "t.id + 9100000 " + WHO,
            "orders", "t.customer_id " + WHO,
            "order_lines", "t.order_id IN (SELECT id FROM orders WHERE customer_id " + WHO + ")");

    private static final Set<String> IN_THE_WAY = Set.of("40001", "40P01", "55P03", "23503");

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong ordered = new AtomicLong();
    private final Set<Long> alive = new ConcurrentSkipListSet<>();
    private final Thread thread;
    private volatile Throwable failure;

    private Writers(TestDatabase store) {
        this.thread = Thread.ofPlatform().name("writers").start(() -> {
            try {
                write(store);
            } catch (SQLException e) {
                failure = e;
            }
        });
    }

    static Writers at(CornerShop shop) {
        return new Writers(shop.store());
    }

    private void write(TestDatabase store) throws SQLException {
        Random random = new Random(7);
        try (Connection connection = store.connect();
                PreparedStatement login = connection.prepareStatement(
                        "UPDATE customers SET last_login_at = now() WHERE id = ? AND email IS NOT NULL");
                PreparedStatement order = connection.prepareStatement(
                        "INSERT INTO orders (customer_id, total, state, placed_at) SELECT id, 1, 'paid', now()"
                                + " FROM customers WHERE id = ?")) {
            while (!over.get()) {
                long customer = 9_100_000 + 10L * random.nextInt(8) + (random.nextBoolean() ? 3 : 6);
                boolean signsIn = random.nextBoolean();
                PreparedStatement statement = signsIn ? login : order;
                statement.setLong(1, customer);
                try {
                    if (statement.executeUpdate() == 1) {
                        note(customer, signsIn);
                    }
                } catch (SQLException e) {
                    if (!IN_THE_WAY.contains(e.getSQLState())) {
                        throw e;
                    }
                }
                // A corner shop is not a stock exchange: the processors are for Kept.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }

    private void note(long customer, boolean signsIn) {
        if (signsIn) {
            alive.add(customer);
        } else {
            ordered.incrementAndGet();
        }
    }

    /** Orders placed and committed. */
    long ordered() {
        return ordered.get();
    }

    /** Who signed in while the account was whole. */
    Set<Long> alive() {
        return alive;
    }

    @Override
    public void close() {
        over.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }
}
