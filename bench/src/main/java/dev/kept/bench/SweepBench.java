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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A sweep that deletes a fifth of 5 million rows, beside hand-written TID block ranges for the same DELETE. Counted is the time from the
 * first batch to the last commit, with Kept's own commits; looks and VACUUM are counted apart.
 */
final class SweepBench {

    private static final long ALL_ROWS = 5_000_000;
    private static final int ROUNDS = 3;
    private static final int RIVAL_BLOCKS = 4_096;
    private static final double BAR = 0.8;

    private final Database database;
    private final State state;
    private final long rows;
    private long firstBatch;
    private long lookBegun;

    private SweepBench(Database database, State state, long rows) {
        this.database = database;
        this.state = state;
        this.rows = rows;
    }

    /** @param scale the share of all rows that is made */
    static List<Figure> run(double scale) throws Exception {
        try (Database database = Database.open();
                State state = database.state()) {
            SweepBench bench = new SweepBench(database, state, Math.round(ALL_ROWS * scale));
            List<Figure> figures = new ArrayList<>();
            figures.add(bench.measure("scattered", "i % 5 = 0"));
            figures.add(bench.measure("together", "i <= " + bench.ended()));
            return figures;
        }
    }

    /** Nanoseconds of a whole sweep, looks and all, for each row there is, of which a fifth goes. */
    static double nanosPerRow(long rows) throws Exception {
        try (Database database = Database.open();
                State state = database.state();
                Connection connection = database.source().getConnection()) {
            SweepBench bench = new SweepBench(database, state, rows);
            double[] millis = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                bench.fresh(connection, "i % 5 = 0");
                millis[i] = millis(bench::sweep);
                bench.requireGone(connection);
            }
            return median(millis) * 1e6 / rows;
        }
    }

    private Figure measure(String name, String ended) throws Exception {
        double[] kept = new double[ROUNDS];
        double[] rival = new double[ROUNDS];
        double[] looks = new double[ROUNDS];
        double[] vacuums = new double[ROUNDS];
        try (Connection connection = database.source().getConnection()) {
            for (int i = 0; i < ROUNDS; i++) {
                fresh(connection, ended);
                rival[i] = millis(() -> byHand(connection));
                requireGone(connection);
                fresh(connection, ended);
                double whole = millis(() -> sweep());
                kept[i] = (lookBegun - firstBatch) / 1e6;
                looks[i] = whole - kept[i];
                requireGone(connection);
                vacuums[i] = millis(() -> Database.execute(connection, "VACUUM visits"));
            }
        }
        double ratio = median(rival) / median(kept);
        return new Figure(
                "sweep",
                name,
                ratio,
                "x rival rows/s",
                ">= 0.8",
                ratio >= BAR,
                String.format(
                        Locale.ROOT,
                        "%,d of %,d rows: %,.0f rows/s, by hand %,.0f; apart: looks and the rest of the run %.1f s,"
                                + " VACUUM %.1f s; heap limit %d MiB; medians of %d",
                        ended(),
                        rows,
                        ended() * 1e3 / median(kept),
                        ended() * 1e3 / median(rival),
                        median(looks) / 1e3,
                        median(vacuums) / 1e3,
                        Runtime.getRuntime().maxMemory() >> 20,
                        ROUNDS));
    }

    /** The same table anew, so that both start alike. */
    private void fresh(Connection connection, String ended) throws SQLException {
        fresh(connection, ended, rows, false);
    }

    static void fresh(Connection connection, String ended, long rows, boolean vacuumed) throws SQLException {
        Database.execute(
                connection,
                "DROP TABLE IF EXISTS visits",
                "CREATE TABLE visits (id bigint NOT NULL, made_at timestamptz NOT NULL, email text NOT NULL, note text)"
                        + " WITH (autovacuum_enabled = " + (vacuumed ? "on" : "off") + ")",
                "INSERT INTO visits SELECT i, CASE WHEN " + ended + " THEN timestamptz '2020-01-01' ELSE now() END,"
                        + " 'person' || i || '@example.org', repeat('x', 40) FROM generate_series(1, " + rows + ") i",
                "ALTER TABLE visits ADD PRIMARY KEY (id)",
                "VACUUM ANALYZE visits",
                "CHECKPOINT");
    }

    /** A fifth. */
    private long ended() {
        return rows / 5;
    }

    private void sweep() {
        firstBatch = 0;
        LiveStore store = database.store(Bound.resource("sweep.yaml"));
        RunService runs = new RunService(state, InstantSource.system(), this::reached);
        Outcome outcome = runs.sweep(store, Operator.SCHEDULE, 100, RunOptions.defaults(), RunWatch.NONE);
        if (outcome.state() != RunState.DONE) {
            throw new IllegalStateException("the sweep ended " + outcome.state());
        }
    }

    private void reached(Point point) {
        if (point == Point.BATCH_BEGUN && firstBatch == 0) {
            firstBatch = System.nanoTime();
        } else if (point == Point.LOOK_BEGUN) {
            lookBegun = System.nanoTime();
        }
    }

    private static void byHand(Connection connection) throws SQLException {
        long blocks = number(connection, "SELECT pg_relation_size('visits') / 8192");
        connection.setAutoCommit(false);
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM visits WHERE ctid >= ?::tid"
                + " AND ctid < ?::tid AND made_at <= now() - interval '2 years'")) {
            for (long from = 0; from < blocks; from += RIVAL_BLOCKS) {
                delete.setString(1, "(" + from + ",0)");
                delete.setString(2, "(" + (from + RIVAL_BLOCKS) + ",0)");
                delete.executeUpdate();
                connection.commit();
            }
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void requireGone(Connection connection) throws SQLException {
        long left = number(connection, "SELECT count(*) FROM visits");
        if (left != rows - ended()) {
            throw new IllegalStateException(left + " rows are left");
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
