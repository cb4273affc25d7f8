package dev.kept.bench;

import static dev.kept.bench.Measure.median;
import static dev.kept.bench.Measure.millis;

import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.RunService;
import dev.kept.server.run.RunService.Erasure;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreSession;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A thousand of a million customers with ten million rows and more, erased in one run with an answer for each: beside a script that somebody
 * wrote for just these tables, a statement a table; and beside what other tools do, a statement a row, near the server and a millisecond away.
 */
final class EraseManyBench {

    private static final int PERSONS = 1_000;
    private static final int ROUNDS = 7;
    private static final int WARM_UPS = 3;

    /** Fewer where each row takes a round trip of a millisecond: the rate is the same. */
    private static final int PERSONS_ROW_BY_ROW = 100;

    private static final Duration AWAY = Duration.ofMillis(1);
    private static final double BAR_BY_HAND = 1.5;
    private static final double BAR_NEAR = 4;
    private static final double BAR_AWAY = 50;

    private static final String OF_ORDERS = "order_id IN (SELECT id FROM orders WHERE customer_id = ANY (?))";

    private static final List<String> BY_HAND = List.of(
            "DELETE FROM order_lines WHERE " + OF_ORDERS,
            "DELETE FROM payments WHERE " + OF_ORDERS,
            "DELETE FROM orders WHERE customer_id = ANY (?)",
            "DELETE FROM addresses WHERE customer_id = ANY (?)",
            "DELETE FROM logins WHERE customer_id = ANY (?)",
            "DELETE FROM wishes WHERE customer_id = ANY (?)",
            "DELETE FROM devices WHERE customer_id = ANY (?)",
            "DELETE FROM customers WHERE id = ANY (?)");

    /** Tables with the condition under which a row is a customer's, in the order in which rows can go. */
    private static final List<List<String>> TABLES = List.of(
            List.of("order_lines", "order_id IN (SELECT id FROM orders WHERE customer_id = ?)"),
            List.of("payments", "order_id IN (SELECT id FROM orders WHERE customer_id = ?)"),
            List.of("orders", "customer_id = ?"),
            List.of("addresses", "customer_id = ?"),
            List.of("logins", "customer_id = ?"),
            List.of("wishes", "customer_id = ?"),
            List.of("devices", "customer_id = ?"),
            List.of("customers", "id = ?"));

    private final long customers;
    private long next = 1;

    private EraseManyBench(long customers) {
        this.customers = customers;
    }

    /** @param scale the share of all customers that is made */
    static List<Figure> run(double scale) throws Exception {
        return new EraseManyBench(Math.round(EraseBench.ALL_CUSTOMERS * scale)).measure();
    }

    private List<Figure> measure() throws Exception {
        try (Database database = Database.open();
                State state = database.state();
                Connection connection = database.source().getConnection();
                SlowLine line = new SlowLine(database.port(), AWAY);
                Connection away = database.source(line.port()).getConnection()) {
            EraseBench.generate(connection, customers);
            connection.setAutoCommit(false);
            away.setAutoCommit(false);
            RunService runs = new RunService(state, InstantSource.system(), FaultPoints.NONE);
            List<Figure> figures = new ArrayList<>(near(database, runs, connection));
            figures.add(away(database.store(Bound.resource("erase.yaml"), database.source(line.port())), runs, away));
            return figures;
        }
    }

    private List<Figure> near(Database database, RunService runs, Connection connection) throws Exception {
        LiveStore store = database.store(Bound.resource("erase.yaml"));
        double[] kept = new double[ROUNDS];
        double[] hand = new double[ROUNDS];
        double[] rows = new double[ROUNDS];
        try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept bench"))) {
            for (int i = -WARM_UPS; i < ROUNDS; i++) {
                List<Long> mine = persons(PERSONS);
                List<Long> theirs = persons(PERSONS);
                List<Long> others = persons(PERSONS_ROW_BY_ROW);
                double byHand = millis(() -> byHand(connection, theirs));
                double together = millis(() -> erase(store, runs, session, mine));
                double rowByRow = millis(() -> rowByRow(connection, others));
                if (i >= 0) {
                    kept[i] = together / PERSONS;
                    hand[i] = byHand / PERSONS;
                    rows[i] = rowByRow / PERSONS_ROW_BY_ROW;
                }
            }
        }
        String each = each("by hand %.3f", kept, hand);
        return List.of(
                figure("by-hand", median(kept) / median(hand), BAR_BY_HAND, true, each),
                figure(
                        "row-by-row",
                        median(rows) / median(kept),
                        BAR_NEAR,
                        false,
                        each("row by row %.3f", kept, rows)));
    }

    private Figure away(LiveStore store, RunService runs, Connection away) throws Exception {
        double[] kept = new double[ROUNDS];
        double[] rows = new double[ROUNDS];
        try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept bench"))) {
            for (int i = -1; i < ROUNDS; i++) {
                List<Long> mine = persons(PERSONS);
                List<Long> others = persons(PERSONS_ROW_BY_ROW);
                double together = millis(() -> erase(store, runs, session, mine));
                double rowByRow = millis(() -> rowByRow(away, others));
                if (i >= 0) {
                    kept[i] = together / PERSONS;
                    rows[i] = rowByRow / PERSONS_ROW_BY_ROW;
                }
            }
        }
        return figure(
                "row-by-row-away",
                median(rows) / median(kept),
                BAR_AWAY,
                false,
                each("row by row %.3f", kept, rows) + ", each round trip to the store a millisecond longer");
    }

    private static Figure figure(String name, double ratio, double bar, boolean most, String told) {
        return new Figure(
                "erase-many",
                name,
                ratio,
                most ? "x by hand" : "x faster",
                (most ? "<= " : ">= ") + bar,
                most ? ratio <= bar : ratio >= bar,
                told);
    }

    private static String each(String other, double[] kept, double[] others) {
        return String.format(
                Locale.ROOT,
                "%.3f ms a person, " + other + " ms; %,d persons at once; medians of %d",
                median(kept),
                median(others),
                PERSONS,
                ROUNDS);
    }

    /** Some who were not taken yet, spread over all. */
    private List<Long> persons(int count) {
        long all = (long) (ROUNDS + WARM_UPS) * (2L * PERSONS + PERSONS_ROW_BY_ROW)
                + (ROUNDS + 1L) * (PERSONS + PERSONS_ROW_BY_ROW);
        long apart = customers / (all + 1);
        if (apart == 0) {
            throw new IllegalArgumentException("there are not enough customers");
        }
        long from = next;
        next += count * apart;
        return LongStream.range(0, count).mapToObj(i -> from + i * apart).toList();
    }

    private static void erase(LiveStore store, RunService runs, StoreSession session, List<Long> persons) {
        List<Map<String, List<List<String>>>> people = persons.stream()
                .map(id -> Map.of("customer", List.of(List.of(Long.toString(id)))))
                .toList();
        Outcome outcome = runs.erase(
                        List.of(Erasure.ofMany(store, session, people)),
                        new Operator("bench", "a benchmark"),
                        RunOptions.defaults(),
                        RunWatch.NONE)
                .getFirst();
        if (outcome.state() != RunState.DONE
                || outcome.each().size() != people.size()
                || outcome.each().stream().anyMatch(hers -> hers.state() != RunState.DONE)) {
            throw new IllegalStateException("the erasure ended " + outcome.state());
        }
    }

    private static void byHand(Connection connection, List<Long> persons) throws SQLException {
        Array ids = connection.createArrayOf("bigint", persons.toArray());
        for (String sql : BY_HAND) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setArray(1, ids);
                statement.executeUpdate();
            }
        }
        connection.commit();
    }

    /** Finds a person's rows in each table, then deletes them by their keys, one statement a row, one transaction a person. */
    private static void rowByRow(Connection connection, List<Long> persons) throws SQLException {
        for (long person : persons) {
            for (List<String> table : TABLES) {
                List<Long> rows = new ArrayList<>();
                String name = table.getFirst();
                try (PreparedStatement statement =
                        connection.prepareStatement("SELECT id FROM " + name + " WHERE " + table.getLast())) {
                    statement.setLong(1, person);
                    ResultSet found = statement.executeQuery();
                    while (found.next()) {
                        rows.add(found.getLong(1));
                    }
                }
                try (PreparedStatement statement =
                        connection.prepareStatement("DELETE FROM " + name + " WHERE id = ?")) {
                    for (long row : rows) {
                        statement.setLong(1, row);
                        statement.executeUpdate();
                    }
                }
            }
            connection.commit();
        }
    }
}
