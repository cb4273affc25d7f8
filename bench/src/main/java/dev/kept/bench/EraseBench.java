package dev.kept.bench;

import static dev.kept.bench.Measure.median;
import static dev.kept.bench.Measure.millis;

import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.RunService;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Erasing one of a million customers with ten million rows and more, warm, beside the transaction somebody would write by hand. */
final class EraseBench {

    static final long ALL_CUSTOMERS = 1_000_000;
    private static final int WARM_UPS = 2_000;
    private static final int ROUNDS = 101;
    private static final double BAR = 2.5;

    private static final List<String> BY_HAND = List.of(
            "DELETE FROM order_lines WHERE order_id IN (SELECT id FROM orders WHERE customer_id = ?)",
            "DELETE FROM payments WHERE order_id IN (SELECT id FROM orders WHERE customer_id = ?)",
            "DELETE FROM orders WHERE customer_id = ?",
            "DELETE FROM addresses WHERE customer_id = ?",
            "DELETE FROM logins WHERE customer_id = ?",
            "DELETE FROM wishes WHERE customer_id = ?",
            "DELETE FROM devices WHERE customer_id = ?",
            "DELETE FROM customers WHERE id = ?");

    private final Map<Point, Long> at = new EnumMap<>(Point.class);

    private final long customers;

    private EraseBench(long customers) {
        this.customers = customers;
    }

    /** @param scale the share of all customers that is made */
    static List<Figure> run(double scale) throws Exception {
        return new EraseBench(Math.round(ALL_CUSTOMERS * scale)).measure();
    }

    private List<Figure> measure() throws Exception {
        try (Database database = Database.open();
                State state = database.state();
                Connection connection = database.source().getConnection()) {
            generate(connection, customers);
            LiveStore store = database.store(Bound.resource("erase.yaml"));
            RunService runs = new RunService(state, InstantSource.system(), point -> at.put(point, System.nanoTime()));
            connection.setAutoCommit(false);
            connection.unwrap(org.postgresql.PGConnection.class).setPrepareThreshold(1);
            try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept bench"))) {
                return measure(store, runs, session, connection);
            }
        }
    }

    private List<Figure> measure(LiveStore store, RunService runs, StoreSession session, Connection connection)
            throws Exception {
        double[] kept = new double[ROUNDS];
        double[] rival = new double[ROUNDS];
        double[][] parts = new double[4][ROUNDS];
        List<PreparedStatement> statements = new ArrayList<>();
        for (String sql : BY_HAND) {
            statements.add(connection.prepareStatement(sql));
        }
        long apart = customers / (WARM_UPS + ROUNDS + 1);
        for (int i = -WARM_UPS; i < ROUNDS; i++) {
            long customer = 1 + (i + WARM_UPS) * apart;
            double hand = millis(() -> byHand(statements, connection, customer));
            long start = System.nanoTime();
            double whole = millis(() -> erase(store, runs, session, customer + apart / 2));
            if (i >= 0) {
                rival[i] = hand;
                kept[i] = whole;
                parts[0][i] = between(start, at(Point.BATCH_BEGUN));
                parts[1][i] = between(at(Point.BATCH_BEGUN), at(Point.TRANSACTION_NUMBERED));
                parts[2][i] = between(at(Point.TRANSACTION_NUMBERED), at(Point.APPLIED_NOTED));
                parts[3][i] = whole - between(start, at(Point.APPLIED_NOTED));
            }
        }
        double ratio = median(kept) / median(rival);
        return List.of(new Figure(
                "erase-one",
                "ratio",
                ratio,
                "x rival",
                "<= 2.5",
                ratio <= BAR,
                String.format(
                        Locale.ROOT,
                        "%.2f ms, by hand %.2f ms; of it: plan and run begun in the state %.2f, statements in the store %.2f,"
                                + " pending + COMMIT + applied %.2f, look and evidence %.2f ms; medians of %d after %d to warm up",
                        median(kept),
                        median(rival),
                        median(parts[0]),
                        median(parts[1]),
                        median(parts[2]),
                        median(parts[3]),
                        ROUNDS,
                        WARM_UPS)));
    }

    private long at(Point point) {
        Long time = at.get(point);
        if (time == null) {
            throw new IllegalStateException("the run did not pass " + point);
        }
        return time;
    }

    private static double between(long from, long to) {
        return (to - from) / 1e6;
    }

    private static void erase(LiveStore store, RunService runs, StoreSession session, long customer) {
        Outcome outcome = runs.erase(
                store,
                session,
                Map.of("customer", List.of(List.of(Long.toString(customer)))),
                new Operator("bench", "a benchmark"),
                RunOptions.defaults(),
                RunWatch.NONE);
        if (outcome.state() != RunState.DONE) {
            throw new IllegalStateException("the erasure ended " + outcome.state());
        }
    }

    private static void byHand(List<PreparedStatement> statements, Connection connection, long customer)
            throws SQLException {
        for (PreparedStatement statement : statements) {
            statement.setLong(1, customer);
            statement.executeUpdate();
        }
        connection.commit();
    }

    /** The shop: each customer with nine rows more. */
    static void generate(Connection connection, long customers) throws SQLException {
        Database.execute(
                connection,
                "CREATE TABLE customers (id bigint NOT NULL, email text NOT NULL, opened_at timestamptz NOT NULL)",
                "INSERT INTO customers SELECT i, 'person' || i || '@example.org', now() FROM generate_series(1, "
                        + customers + ") i",
                "ALTER TABLE customers ADD PRIMARY KEY (id)");
        child(connection, "addresses", "customer_id", "customers", 1, customers);
        child(connection, "logins", "customer_id", "customers", 2, customers);
        child(connection, "wishes", "customer_id", "customers", 1, customers);
        child(connection, "devices", "customer_id", "customers", 1, customers);
        child(connection, "orders", "customer_id", "customers", 1, customers);
        child(connection, "order_lines", "order_id", "orders", 2, customers);
        child(connection, "payments", "order_id", "orders", 1, customers);
        Database.execute(connection, "VACUUM ANALYZE", "CHECKPOINT");
    }

    private static void child(Connection connection, String table, String link, String parent, int each, long parents)
            throws SQLException {
        Database.execute(
                connection,
                "CREATE TABLE " + table + " (id bigint NOT NULL, " + link + " bigint NOT NULL, note text)",
                "INSERT INTO " + table + " SELECT i, (i - 1) % " + parents + " + 1, 'a note of some length'"
                        + " FROM generate_series(1, " + each * parents + ") i",
                "ALTER TABLE " + table + " ADD PRIMARY KEY (id)",
                "CREATE INDEX ON " + table + " (" + link + ")",
                "ALTER TABLE " + table + " ADD FOREIGN KEY (" + link + ") REFERENCES " + parent);
    }
}
