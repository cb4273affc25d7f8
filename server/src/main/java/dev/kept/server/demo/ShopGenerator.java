package dev.kept.server.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Makes the example company's shop in an empty database: schema, people, keys, statistics. The same settings give the same
 * rows. Everything happens in one transaction, so a shop is there whole or not at all; memory does not grow with its size.
 */
public final class ShopGenerator {

    private static final List<String> FOR_LOADING = List.of(
            "SET LOCAL synchronous_commit = off",
            "SET LOCAL maintenance_work_mem = '256MB'",
            "SET LOCAL default_statistics_target = 20",
            "SET LOCAL timezone = 'UTC'",
            "SET LOCAL datestyle = 'ISO'");

    private static final String SET_SEQUENCES = """
            DO $$
            DECLARE
                numbered record;
            BEGIN
                FOR numbered IN
                    SELECT format('%I.%I', table_schema, table_name) AS name, column_name
                    FROM information_schema.columns
                    WHERE is_identity = 'YES' AND table_schema IN ('shop', 'crm', 'audit')
                LOOP
                    EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), max(%I)) FROM %s',
                        numbered.name, numbered.column_name, numbered.column_name, numbered.name);
                END LOOP;
            END
            $$
            """;

    /** The tables of the shop, without the leaves of the partitioned one: enough for good plans, and quick. */
    private static final String ANALYZE = """
            DO $$
            DECLARE
                only_ text := CASE WHEN current_setting('server_version_num')::int >= 180000 THEN 'ONLY ' ELSE '' END;
                tables text := (
                    SELECT string_agg(only_ || oid::regclass, ', ') FROM pg_class
                    WHERE relkind IN ('r', 'p') AND NOT relispartition
                        AND relnamespace IN ('shop'::regnamespace, 'crm'::regnamespace, 'audit'::regnamespace));
            BEGIN
                EXECUTE 'ANALYZE ' || tables;
            END
            $$
            """;

    private ShopGenerator() {}

    /**
     * What to make.
     *
     * @param customers how many, at least one; strangers without account come besides
     * @param seed of everything that is left to chance
     * @param asOf the instant at which the three years of history end
     */
    public record Settings(long customers, long seed, Instant asOf) {
        public Settings {
            if (customers < 1) {
                throw new IllegalArgumentException("a shop needs at least one customer");
            }
        }
    }

    /** How far it is; called from the calling thread. */
    @FunctionalInterface
    public interface Progress {
        /** What is being done. */
        enum Stage {
            /** counted in customers */
            LOADING,
            /** counted in statements */
            KEYS,
            /** done or not */
            STATISTICS
        }

        void report(Stage stage, long done, long total);
    }

    /** @param rows loaded, by table */
    public record Summary(Map<String, Long> rows) {
        public Summary {
            rows = Collections.unmodifiableMap(new TreeMap<>(rows));
        }

        public long total() {
            return rows.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Makes the shop and commits.
     *
     * @param connection to a PostgreSQL database without the schemas {@code shop}, {@code crm}, {@code audit}
     * @throws SQLException if the database refuses; nothing is left of the shop then
     */
    public static Summary generate(Connection connection, ShopSchema schema, Settings settings, Progress progress)
            throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            Summary summary = inTransaction(connection, schema, settings, progress);
            connection.commit();
            return summary;
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    private static Summary inTransaction(Connection connection, ShopSchema schema, Settings settings, Progress progress)
            throws SQLException {
        History history = History.until(settings.asOf());
        CompletableFuture<Crowd> crowd = CompletableFuture.supplyAsync(() -> new Crowd(settings, history));
        CompletableFuture<List<Rows.Chunk>> first = crowd.thenApply(Crowd::next);
        try (Statement statement = connection.createStatement()) {
            for (String sql : FOR_LOADING) {
                statement.execute(sql);
            }
            for (String sql : schema.tables()) {
                statement.execute(sql);
            }
            statement.execute("CALL audit.add_access_log_months('%s', '%s')"
                    .formatted(
                            History.day(history.start()),
                            History.day(history.end()).plusMonths(1)));
            Map<String, Long> rows = load(connection, crowd.join(), first, progress);
            statement.execute(SET_SEQUENCES);
            int done = 0;
            for (String sql : schema.keys()) {
                statement.execute(sql);
                progress.report(Progress.Stage.KEYS, ++done, schema.keys().size());
            }
            progress.report(Progress.Stage.STATISTICS, 0, 1);
            statement.execute(ANALYZE);
            progress.report(Progress.Stage.STATISTICS, 1, 1);
            return new Summary(rows);
        }
    }

    /** While one batch is loaded, the next is made. */
    private static Map<String, Long> load(
            Connection connection, Crowd crowd, CompletableFuture<List<Rows.Chunk>> first, Progress progress)
            throws SQLException {
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        Map<String, Long> rows = new TreeMap<>();
        List<Rows.Chunk> batch = first.join();
        while (!batch.isEmpty()) {
            long made = crowd.made();
            CompletableFuture<List<Rows.Chunk>> next = CompletableFuture.supplyAsync(crowd::next);
            copy(copies, batch, rows);
            progress.report(Progress.Stage.LOADING, made, crowd.customers());
            batch = next.join();
        }
        return rows;
    }

    private static void copy(CopyManager copies, List<Rows.Chunk> chunks, Map<String, Long> rows) throws SQLException {
        for (Rows.Chunk chunk : chunks) {
            CopyIn copy = copies.copyIn(chunk.copy());
            try {
                copy.writeToCopy(chunk.bytes(), 0, chunk.bytes().length);
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
            rows.merge(chunk.table(), chunk.rows(), Long::sum);
        }
    }
}
