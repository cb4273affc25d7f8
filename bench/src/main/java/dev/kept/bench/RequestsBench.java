package dev.kept.bench;

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
import java.sql.Connection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A thousand erasures that wait, of a million customers with ten million rows and more: carried out together, each with an answer of its own,
 * beside the same one after the other in one process.
 */
final class RequestsBench {

    private static final int WAITING = 1_000;
    private static final int WARM_UPS = 300;
    private static final int ROUNDS = 5;
    private static final double BAR = 4;

    private final long customers;

    private RequestsBench(long customers) {
        this.customers = customers;
    }

    /** @param scale the share of all customers that is made; of the waiting, too, where it is small */
    static List<Figure> run(double scale) throws Exception {
        List<Figure> figures =
                new ArrayList<>(new RequestsBench(Math.round(EraseBench.ALL_CUSTOMERS * scale)).measure());
        figures.addAll(PackagesBench.run(scale));
        return figures;
    }

    private List<Figure> measure() throws Exception {
        try (Database database = Database.open();
                State state = database.state();
                Connection connection = database.source().getConnection()) {
            EraseBench.generate(connection, customers);
            LiveStore store = database.store(Bound.resource("erase.yaml"));
            RunService runs = new RunService(state, InstantSource.system(), FaultPoints.NONE);
            try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept bench"))) {
                return List.of(measure(store, runs, session));
            }
        }
    }

    private Figure measure(LiveStore store, RunService runs, StoreSession session) throws Exception {
        int waiting = (int) Math.min(WAITING, customers / (2 * (ROUNDS + 1) + 1));
        double[] together = new double[ROUNDS];
        double[] alone = new double[ROUNDS];
        // Both kinds of a round lie side by side among the customers; nobody is erased twice.
        long apart = customers / ((long) waiting * 2 * (ROUNDS + 1));
        long next = 1;
        for (int i = -1; i < ROUNDS; i++) {
            List<Map<String, List<List<String>>>> many = new ArrayList<>();
            List<Map<String, List<List<String>>>> ones = new ArrayList<>();
            int here = i < 0 ? Math.min(waiting, WARM_UPS) : waiting;
            for (int n = 0; n < here; n++) {
                many.add(customer(next));
                ones.add(customer(next + apart));
                next += 2 * apart;
            }
            double one = Measure.millis(() -> ones.forEach(person -> erase(runs, new Erasure(store, session, person))));
            double all = Measure.millis(() -> together(runs, Erasure.ofMany(store, session, many)));
            if (i >= 0) {
                together[i] = here / all * 1_000;
                alone[i] = here / one * 1_000;
            }
        }
        double ratio = Measure.median(together) / Measure.median(alone);
        return new Figure(
                "requests",
                "ratio",
                ratio,
                "x one by one",
                ">= 4",
                ratio >= BAR,
                String.format(
                        Locale.ROOT,
                        "%,.0f erasures/s of %,d at once, one by one %,.0f/s, each with what stays of it; of %,d customers; medians of %d",
                        Measure.median(together),
                        waiting,
                        Measure.median(alone),
                        customers,
                        ROUNDS));
    }

    private static Map<String, List<List<String>>> customer(long id) {
        return Map.of("customer", List.of(List.of(Long.toString(id))));
    }

    private static void together(RunService runs, Erasure erasure) {
        List<Outcome> each = erase(runs, erasure).each();
        if (each.size() != erasure.people().size()
                || each.stream().anyMatch(outcome -> outcome.state() != RunState.DONE)) {
            throw new IllegalStateException("not everybody got an answer");
        }
    }

    private static Outcome erase(RunService runs, Erasure erasure) {
        Outcome outcome = runs.erase(
                        List.of(erasure), new Operator("bench", "a benchmark"), RunOptions.defaults(), RunWatch.NONE)
                .getFirst();
        if (outcome.state() != RunState.DONE) {
            throw new IllegalStateException("the erasure ended " + outcome.state());
        }
        return outcome;
    }
}
