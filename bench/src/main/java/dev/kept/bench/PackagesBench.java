package dev.kept.bench;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.AccessOfMany;
import dev.kept.server.run.AccessOfMany.Asking;
import dev.kept.server.run.AccessOfMany.Gathered;
import dev.kept.server.run.AccessService;
import dev.kept.server.run.AccessService.Extent;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.state.State;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A hundred persons, of a million customers with ten million rows and more, who wait for their packages: read together and each made into a package of its own,
 * beside the same one after the other; and once more where a table on the way has no index.
 */
final class PackagesBench {

    private static final int ROUNDS = 5;
    private static final double BAR = 1.5;
    private static final double BAR_WITHOUT_INDEX = 4;

    private final long customers;
    private final LiveStore store;
    private final AccessOfMany many;
    private final AccessService access;

    private PackagesBench(long customers, LiveStore store, State state) {
        this.customers = customers;
        this.store = store;
        this.many = new AccessOfMany(state, InstantSource.system());
        this.access = new AccessService(state, InstantSource.system());
    }

    /** @param scale the share of all customers that is made */
    static List<Figure> run(double scale) throws Exception {
        long customers = Math.round(EraseBench.ALL_CUSTOMERS * scale);
        try (Database database = Database.open();
                State state = database.state();
                Connection connection = database.source().getConnection()) {
            EraseBench.generate(connection, customers);
            LiveStore store = database.store(Bound.resource("erase.yaml"));
            PackagesBench bench = new PackagesBench(customers, store, state);
            Figure indexed = bench.measure("packages", AccessOfMany.MOST_PERSONS, BAR);
            Database.execute(connection, "DROP INDEX orders_customer_id_idx", "ANALYZE orders");
            Figure bare = bench.measure("packages-without-index", AccessOfMany.MOST_PERSONS, BAR_WITHOUT_INDEX);
            return List.of(indexed, bare);
        }
    }

    private Figure measure(String name, int waiting, double bar) throws Exception {
        double[] together = new double[ROUNDS];
        double[] alone = new double[ROUNDS];
        long apart = Math.max(1, customers / ((long) waiting * (ROUNDS + 1)));
        long next = 1;
        for (int i = -1; i < ROUNDS; i++) {
            List<Asking> people = new ArrayList<>();
            for (int n = 0; n < waiting; n++) {
                people.add(asking(next));
                next += apart;
            }
            double one = Measure.millis(() -> one(people));
            double all = Measure.millis(() -> all(people));
            if (i >= 0) {
                together[i] = waiting / all * 1_000;
                alone[i] = waiting / one * 1_000;
            }
        }
        double ratio = Measure.median(together) / Measure.median(alone);
        return new Figure(
                "requests",
                name,
                ratio,
                "x one by one",
                ">= " + bar,
                ratio >= bar,
                String.format(
                        Locale.ROOT,
                        "%,.1f packages/s of %,d read together, one by one %,.1f/s; of %,d customers; medians of %d",
                        Measure.median(together),
                        waiting,
                        Measure.median(alone),
                        customers,
                        ROUNDS));
    }

    private Asking asking(long customer) {
        return new Asking(
                Map.of(store.name(), Map.of("customer", List.of(List.of(Long.toString(customer))))),
                Extent.EVERYTHING,
                new Operator("bench", "a benchmark"),
                "en");
    }

    private void one(List<Asking> people) throws IOException {
        for (Asking person : people) {
            List<LiveStore> stores = List.of(store);
            access.write(
                    stores,
                    List.of(),
                    access.recorded(stores, List.of(person)).getFirst(),
                    OutputStream.nullOutputStream());
        }
    }

    private void all(List<Asking> people) throws IOException {
        for (Optional<Gathered> gathered :
                many.gather(List.of(store), List.of(), access.recorded(List.of(store), people))) {
            access.write(
                    List.of(store),
                    gathered.orElseThrow(() -> new CannotRun("somebody fell out", "see what she has")),
                    OutputStream.nullOutputStream());
        }
    }
}
