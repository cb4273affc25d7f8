package dev.kept.stores.postgres.session;

import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One read-only snapshot of a store, on a primary or a replica, that stands no longer than its limit. All settings are the transaction's own, so
 * that it may go through a pool of any kind; it holds no lock, so that a sweep may be at work meanwhile.
 */
public final class Snapshot implements AutoCloseable {

    /** How long a statement waits for somebody else's lock: reading waits only for what changes a table itself. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

    /** How long it may stand still between two questions. */
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(1);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final StoreConnection connection;
    private final LongSupplier nanoTime;
    private final long until;
    private final Duration limit;
    private final boolean replica;

    private Snapshot(StoreConnection connection, LongSupplier nanoTime, Duration limit, boolean replica) {
        this.connection = connection;
        this.nanoTime = nanoTime;
        this.until = nanoTime.getAsLong() + limit.toNanos();
        this.limit = limit;
        this.replica = replica;
    }

    /**
     * Takes a snapshot.
     *
     * @param applicationName how it shows in {@code pg_stat_activity}
     * @param limit how long it may stand; then statements fail with {@code TIME_LIMIT}
     * @param nanoTime a clock that only goes forward, in nanoseconds
     */
    public static Snapshot take(
            StoreConnector connector, String applicationName, Duration limit, LongSupplier nanoTime) {
        StoreConnection connection = connector.open();
        try {
            List<Sql> opening = new ArrayList<>();
            opening.add(Sql.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"));
            set(opening, "application_name", applicationName);
            set(opening, "row_security", "off");
            set(opening, "lock_timeout", milliseconds(LOCK_TIMEOUT));
            set(opening, "idle_in_transaction_session_timeout", milliseconds(IDLE_TIMEOUT));
            set(opening, "TimeZone", "UTC");
            set(opening, "DateStyle", "ISO, YMD");
            set(opening, "IntervalStyle", "postgres");
            set(opening, "bytea_output", "hex");
            set(opening, "extra_float_digits", "1");
            set(opening, "jit", "off");
            opening.add(Sql.of("SELECT pg_is_in_recovery()"));
            boolean replica = connection.run(opening).getLast().yes(0);
            return new Snapshot(connection, nanoTime, limit, replica);
        } catch (RuntimeException e) {
            try {
                connection.close();
            } catch (StoreException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static void set(List<Sql> settings, String name, String value) {
        settings.add(Sql.of("SELECT set_config(", Sql.literal(name), ", ", Parameter.value(value), ", true)"));
    }

    private static String milliseconds(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /**
     * Asks within what is left of the limit. What fails leaves the snapshot as it was, but for a connection that is lost.
     *
     * @throws StoreException {@code TIME_LIMIT} once the limit is reached
     */
    public Answer ask(Sql question) {
        return ask(question, limit);
    }

    /**
     * Asks what may take no longer than {@code most}, nor than what is left of the limit.
     *
     * @throws StoreException {@code TIME_LIMIT} once one of them is reached
     */
    public Answer ask(Sql question, Duration most) {
        long left = (until - nanoTime.getAsLong()) / NANOS_PER_MILLI;
        if (left <= 0) {
            throw reached();
        }
        String timeout = Long.toString(Math.min(left, most.toMillis()));
        connection.run(List.of(
                Sql.of("SELECT set_config('statement_timeout', ", Parameter.value(timeout), ", true)"),
                Sql.of("SAVEPOINT asked")));
        try {
            Answer answer = connection.run(question);
            connection.run(Sql.of("RELEASE SAVEPOINT asked"));
            return answer;
        } catch (StoreException e) {
            if (e.kind() == Kind.LOST) {
                throw e;
            }
            connection.run(Sql.of("ROLLBACK TO SAVEPOINT asked"));
            throw e.kind() == Kind.TIME_LIMIT && left <= most.toMillis() ? reached() : e;
        }
    }

    private StoreException reached() {
        return new StoreException(
                Kind.TIME_LIMIT,
                "the snapshot's limit of " + limit.toSeconds() + " seconds was reached",
                "a higher `--limit`, or an index where `kept plan` names one");
    }

    /** Whether a replica answers: what it says may be a moment old. */
    public boolean replica() {
        return replica;
    }

    /**
     * The name of the session that holds the store's lock at this moment, whatever the snapshot: a run is at work there. Locks are not part of a snapshot,
     * and a replica does not see those of its primary.
     */
    public Optional<String> atWork() {
        connection.run(Sql.of("SELECT pg_stat_clear_snapshot()"));
        Answer answer = ask(StoreLock.HOLDER);
        return answer.rows().isEmpty() ? Optional.empty() : Optional.of(answer.text(0));
    }

    @Override
    public void close() {
        try {
            connection.rollback();
        } catch (StoreException e) {
            if (e.kind() != Kind.LOST) {
                throw e;
            }
        } finally {
            connection.close();
        }
    }
}
