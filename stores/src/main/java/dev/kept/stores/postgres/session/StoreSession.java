package dev.kept.stores.postgres.session;

import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.sql.Sql;
import java.util.List;

/**
 * A session that may write to a store: set up so that nothing is silently hidden or waited for without end, known to be on the primary
 * and not pooled by transaction, and holding the store's advisory lock, so that two Kept processes never do a step twice.
 */
public final class StoreSession implements AutoCloseable {

    /**
     * Names the write-ahead log that a session's transactions go to, and how surely: where two sessions name the same, what one commits before
     * the other is never lost without it, also without being flushed itself. The log is known by when its server has started, and has last
     * recovered from a crash of one of its processes (both to the microsecond): after either, sessions are others.
     */
    public static final String LOG = "extract(epoch from pg_postmaster_start_time())::text || ' '"
            + " || coalesce((select extract(epoch from stats_reset)::text from pg_stat_bgwriter), '') || ' '"
            + " || current_setting('synchronous_commit')";

    private final StoreConnection connection;
    private final Backend backend;
    private final StoreIdentity identity;
    private final String log;
    private final FaultPoints faults;

    private StoreSession(
            StoreConnection connection, Backend backend, StoreIdentity identity, String log, FaultPoints faults) {
        this.connection = connection;
        this.backend = backend;
        this.identity = identity;
        this.log = log;
        this.faults = faults;
    }

    /**
     * Opens a session and takes the store's lock.
     *
     * @throws StoreException {@code UNFIT} on a replica or a transaction-pooled connection, {@code BUSY} where another still holds the lock
     *     after a few seconds
     */
    public static StoreSession open(StoreConnector connector, SessionOptions options, FaultPoints faults) {
        return takeOver(connector, options, faults, List.of(), Pauses.sleeping());
    }

    /**
     * Opens a session and takes the store's lock, also from a session that a process of ours left behind: it is given time to end by itself,
     * then it is ended. Nobody else's ever is.
     *
     * @param ours sessions of processes that are known to work no more: their leases are lost
     */
    public static StoreSession takeOver(
            StoreConnector connector, SessionOptions options, FaultPoints faults, List<Backend> ours, Pauses pauses) {
        StoreConnection connection = connector.open();
        try {
            StoreSession session = begin(connector, connection, options, faults);
            StoreLock lock = new StoreLock(connection, pauses);
            if (!lock.take(ours)) {
                throw new StoreException(
                        Kind.BUSY,
                        "another Kept process is at work in database `" + session.identity.database() + "`"
                                + lock.holder().map(StoreSession::named).orElse(""),
                        "wait until it is done, then run the same command again");
            }
            faults.reached(FaultPoints.Point.STORE_LOCKED);
            return session;
        } catch (RuntimeException e) {
            closeAfter(connection, e);
            throw e;
        }
    }

    private static String named(Backend holder) {
        return ": session `" + holder.applicationName() + "`, process " + holder.processId() + " of the server";
    }

    /** A session set up and checked, without the lock. */
    private static StoreSession begin(
            StoreConnector connector, StoreConnection connection, SessionOptions options, FaultPoints faults) {
        SessionChecks.setUp(connection, options);
        SessionChecks.refuseReplica(connection);
        SessionChecks.refuseTransactionPool(connector, connection);
        List<Answer> answers =
                connection.run(List.of(SessionChecks.BACKEND, SessionChecks.IDENTITY, Sql.of("SELECT " + LOG)));
        connection.commit();
        Backend backend = new Backend(
                options.applicationName(),
                Math.toIntExact(answers.getFirst().number(0)),
                answers.getFirst().text(1));
        StoreIdentity identity = new StoreIdentity(
                answers.get(1).text(0),
                answers.get(1).number(1),
                answers.get(1).text(2),
                answers.get(1).text(3));
        faults.reached(FaultPoints.Point.SESSION_OPENED);
        return new StoreSession(connection, backend, identity, answers.getLast().text(0), faults);
    }

    private static void closeAfter(StoreConnection connection, RuntimeException error) {
        try {
            connection.close();
        } catch (StoreException closing) {
            error.addSuppressed(closing);
        }
    }

    public Backend backend() {
        return backend;
    }

    public StoreIdentity identity() {
        return identity;
    }

    /** The write-ahead log its transactions go to, see {@link #LOG}. */
    public String log() {
        return log;
    }

    public StoreConnection connection() {
        return connection;
    }

    public FaultPoints faults() {
        return faults;
    }

    /**
     * The number of the transaction that is open, assured to be of the session that holds the lock.
     *
     * @return the 64-bit transaction id, as {@code pg_xact_status} takes it
     */
    public long transactionId() {
        return transactionId(connection.run(NUMBER));
    }

    /** The same as a statement, to go with others; {@link #transactionId(Answer)} reads its answer. */
    public static final Sql NUMBER = Sql.of("SELECT pg_current_xact_id(), pg_backend_pid()");

    public long transactionId(Answer answer) {
        if (answer.number(1) != backend.processId()) {
            throw SessionChecks.pooled();
        }
        return answer.number(0);
    }

    /**
     * The same, and the open transaction, and no other, will not be flushed at its COMMIT but with what is written to the same log after it and
     * flushed. It answers with no text, whose length the driver would not know: before such a statement it waits for all that went before.
     */
    public static final Sql NUMBER_IN_ORDER = Sql.of(
            "SELECT pg_current_xact_id(), pg_backend_pid(), set_config('synchronous_commit', 'off', true) IS NULL");

    /** The open transaction will be flushed at its COMMIT after all. */
    public void flushAtCommit() {
        String level = log.substring(log.lastIndexOf(' ') + 1);
        connection.run(Sql.of("SELECT set_config('synchronous_commit', ", Sql.literal(level), ", true)"));
    }

    /**
     * Makes durable what this session has committed. A transaction that writes nothing to the log flushes nothing, whatever its number, so this
     * one writes a message there for nobody.
     */
    public void flush() {
        connection.run(Sql.of("SELECT pg_logical_emit_message(true, 'kept', '')"));
        connection.commit();
    }

    /** Closing what the server has closed already is no failure: what became of a transaction is found out by its number. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (StoreException e) {
            if (e.kind() != Kind.LOST) {
                throw e;
            }
        }
        faults.reached(FaultPoints.Point.SESSION_CLOSED);
    }
}
