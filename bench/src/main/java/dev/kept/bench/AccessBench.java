package dev.kept.bench;

import static dev.kept.bench.Measure.median;
import static dev.kept.bench.Measure.millis;

import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.notice.Notice;
import dev.kept.core.rights.Sight;
import dev.kept.server.access.Contents;
import dev.kept.server.access.JsonAlone;
import dev.kept.server.access.Words;
import dev.kept.server.run.AccessOfMany.Asking;
import dev.kept.server.run.AccessService;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Planning;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.access.AccessReading;
import dev.kept.stores.postgres.session.StoreConnection;
import java.io.OutputStream;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The package of a person with a hundred thousand rows, beside PostgreSQL's own COPY of the same rows as JSON: the JSON of it alone, and the whole
 * ZIP with its CSV, JSON and page.
 */
final class AccessBench {

    private static final long CUSTOMERS = 10_000;
    private static final long ALL_ROWS = 100_000;
    private static final int WARM_UPS = 2;
    private static final int ROUNDS = 5;
    private static final double BAR_JSON = 0.4;
    private static final double BAR_ZIP = 0.15;
    private static final String KIND = "customer";
    private static final List<List<String>> HER = List.of(List.of("1"));

    private static final String COPY = "COPY (SELECT row_to_json(l) FROM logins l WHERE customer_id = 1) TO STDOUT";

    private AccessBench() {}

    /** @param scale the share of all her rows that is made */
    static List<Figure> run(double scale) throws Exception {
        long rows = Math.round(ALL_ROWS * scale);
        try (Database database = Database.open();
                State state = database.state();
                Connection connection = database.source().getConnection()) {
            EraseBench.generate(connection, CUSTOMERS);
            Database.execute(
                    connection,
                    "INSERT INTO logins SELECT 1000000 + i, 1, 'a note of some length, number ' || i FROM generate_series(1, "
                            + rows + ") i",
                    "VACUUM ANALYZE");
            LiveStore store = database.store(Bound.resource("erase.yaml"));
            AccessService access = new AccessService(state, InstantSource.system());
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            double[] json = new double[ROUNDS];
            double[] zip = new double[ROUNDS];
            double[] rival = new double[ROUNDS];
            for (int i = -WARM_UPS; i < ROUNDS; i++) {
                double copied = millis(() -> copy.copyOut(COPY, OutputStream.nullOutputStream()));
                double alone = millis(() -> json(store));
                double whole = millis(() -> zip(access, store, rows));
                if (i >= 0) {
                    rival[i] = copied;
                    json[i] = alone;
                    zip[i] = whole;
                }
            }
            return List.of(
                    figure("json", median(rival), median(json), BAR_JSON, rows),
                    figure("zip", median(rival), median(zip), BAR_ZIP, rows));
        }
    }

    private static Figure figure(String name, double copied, double kept, double bar, long rows) {
        double ratio = copied / kept;
        return new Figure(
                "access",
                name,
                ratio,
                "x COPY rows/s",
                ">= " + bar,
                ratio >= bar,
                String.format(
                        Locale.ROOT,
                        "%,d rows: %,.0f rows/s, COPY of row_to_json %,.0f; heap limit %d MiB; medians of %d",
                        rows,
                        rows * 1e3 / kept,
                        rows * 1e3 / copied,
                        Runtime.getRuntime().maxMemory() >> 20,
                        ROUNDS));
    }

    private static void json(LiveStore store) throws Exception {
        Instant now = Instant.now();
        Notice notice = store.bound().notice();
        Scope.Persons scope = new Scope.Persons(List.of(new Scope.Identified(KIND, new KeySet("hers", HER))));
        Sight sight = Sight.of(store.bound(), Planning.asOf(store, now), Facts.NONE, scope);
        Contents contents = new Contents(
                UUID.randomUUID(),
                now,
                notice,
                Planning.hash(notice),
                Words.of(notice, List.of(), "en"),
                List.of(sight),
                Map.of(store.name(), Map.of(KIND, HER)));
        try (StoreConnection connection = store.connector().open()) {
            JsonAlone alone = new JsonAlone(contents, OutputStream.nullOutputStream());
            new AccessReading(store.catalogue()).read(connection, sight, AccessReading.SNAPSHOT_LIMIT, () -> {}, alone);
            alone.finish();
        }
    }

    private static void zip(AccessService access, LiveStore store, long rows) throws Exception {
        List<LiveStore> stores = List.of(store);
        Asking asking = new Asking(
                Map.of(store.name(), Map.of(KIND, HER)),
                AccessService.Extent.EVERYTHING,
                new Operator("bench", "a benchmark"),
                "en");
        AccessService.Written written = access.write(
                stores,
                List.of(),
                access.recorded(stores, List.of(asking)).getFirst(),
                OutputStream.nullOutputStream());
        long handed =
                written.counts().values().stream().mapToLong(Long::longValue).sum();
        if (handed < rows) {
            throw new IllegalStateException("only " + handed + " rows were handed out");
        }
    }
}
