package dev.kept.bench;

import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.RunService;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * What a sweep costs those who work with the same table: short transactions at a steady rate, as {@code pgbench --rate} makes them, alone and while
 * a sweep deletes a fifth of all rows. Latency counts from when a transaction was due, so that one which keeps others waiting counts as often.
 */
final class BesideBench {

    private static final long ALL_ROWS = 5_000_000;
    private static final int CLIENTS = 4;
    private static final int PER_SECOND = 200;
    private static final int ROUNDS = 3;

    /** Alone as long as the sweep takes at least, and not less than this. */
    private static final Duration ALONE = Duration.ofSeconds(20);

    private static final long WARM_UP_SHARE = 20;
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private static final double BAR = 1.5;

    private static final List<String> TRANSACTION = List.of(
            "UPDATE visits SET note = 'a note of some length' WHERE id = ?",
            "SELECT note FROM visits WHERE id = ?",
            "INSERT INTO visits (id, made_at, email, note) VALUES (? + 1000000000000, now(), 'x', 'y') ON CONFLICT (id) DO NOTHING");

    private final Database database;
    private final State state;
    private final long rows;

    private BesideBench(Database database, State state, long rows) {
        this.database = database;
        this.state = state;
        this.rows = rows;
    }

    /** @param scale the share of all rows that is made */
    static List<Figure> run(double scale) throws Exception {
        try (Database database = Database.open();
                State state = database.state()) {
            return List.of(new BesideBench(database, state, Math.round(ALL_ROWS * scale)).measure());
        }
    }

    private Figure measure() throws Exception {
        double[] alone = new double[ROUNDS];
        double[] beside = new double[ROUNDS];
        double[] typical = new double[ROUNDS];
        double[] sweeps = new double[ROUNDS];
        warmUp();
        for (int i = 0; i < ROUNDS; i++) {
            try (Connection connection = database.source().getConnection()) {
                SweepBench.fresh(connection, "i % 5 = 0", rows, true);
            }
            double[] before = load(() -> Thread.sleep(ALONE));
            double[] during = load(() -> sweep());
            alone[i] = percentile(before, 0.99);
            beside[i] = percentile(during, 0.99);
            typical[i] = percentile(during, 0.5) / percentile(before, 0.5);
            sweeps[i] = during.length / (double) PER_SECOND;
        }
        double ratio = Measure.median(beside) / Measure.median(alone);
        return new Figure(
                "beside",
                "p99",
                ratio,
                "x alone",
                "<= " + BAR,
                ratio <= BAR,
                String.format(
                        Locale.ROOT,
                        "p99 %.2f ms, alone %.2f ms, the median transaction %.2f x; %d transactions/s by %d clients on %,d rows, of which a"
                                + " fifth goes in %.0f s; medians of %d",
                        Measure.median(beside),
                        Measure.median(alone),
                        Measure.median(typical),
                        PER_SECOND,
                        CLIENTS,
                        rows,
                        Measure.median(sweeps),
                        ROUNDS));
    }

    /** As a server is that has swept before: both the load and the sweep are compiled. */
    private void warmUp() throws Exception {
        try (Connection connection = database.source().getConnection()) {
            SweepBench.fresh(connection, "i % 5 = 0", rows / WARM_UP_SHARE, true);
        }
        load(this::sweep);
        load(() -> Thread.sleep(WARM_UP));
    }

    private void sweep() {
        LiveStore store = database.store(Bound.resource("sweep.yaml"));
        Outcome outcome = new RunService(state, InstantSource.system(), FaultPoints.NONE)
                .sweep(store, Operator.SCHEDULE, 100, RunOptions.defaults(), RunWatch.NONE);
        if (outcome.state() != RunState.DONE) {
            throw new IllegalStateException("the sweep ended " + outcome.state());
        }
    }

    /** Milliseconds of each transaction while the work is done. */
    private double[] load(Measure.Work work) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<List<Double>>> running = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                long seed = client;
                Callable<List<Double>> one = () -> client(seed, over);
                running.add(clients.submit(one));
            }
            try {
                work.run();
            } finally {
                over.set(true);
            }
            return all(running);
        }
    }

    private static double[] all(List<Future<List<Double>>> running) throws InterruptedException, ExecutionException {
        List<Double> all = new ArrayList<>();
        for (Future<List<Double>> one : running) {
            all.addAll(one.get());
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private List<Double> client(long seed, AtomicBoolean over) throws SQLException {
        long every = Duration.ofSeconds(1).toNanos() * CLIENTS / PER_SECOND;
        Random random = new Random(seed);
        List<Double> took = new ArrayList<>();
        try (Connection connection = database.source().getConnection()) {
            connection.setAutoCommit(false);
            try (Statement named = connection.createStatement()) {
                named.execute("SET application_name = 'shop'");
            }
            List<PreparedStatement> statements = new ArrayList<>();
            for (String sql : TRANSACTION) {
                statements.add(connection.prepareStatement(sql));
            }
            long due = System.nanoTime() + random.nextLong(every);
            while (!over.get()) {
                LockSupport.parkNanos(due - System.nanoTime());
                if (System.nanoTime() < due) {
                    continue;
                }
                transaction(connection, statements, living(random));
                took.add((System.nanoTime() - due) / 1e6);
                due += every;
            }
        }
        return took;
    }

    private static void transaction(Connection connection, List<PreparedStatement> statements, long id)
            throws SQLException {
        for (PreparedStatement statement : statements) {
            statement.setLong(1, id);
            statement.execute();
        }
        connection.commit();
    }

    /** A row that no sweep deletes: applications work with what is alive. */
    private long living(Random random) {
        long id = 1 + random.nextLong(rows);
        return id % 5 == 0 ? id - 1 : id;
    }

    private static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }
}
