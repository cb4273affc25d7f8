package dev.kept.server.state;

import dev.kept.stores.postgres.session.StoreSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** Writes under a run's lease: once another process has taken the run over, all of such a transaction fails. */
final class LeasedWrite {

    /** Which row a lease names, while it is held. */
    private static final String LEASE = " where id = ? and lease_token = ? and ended_at is null";

    /** Ends a write under a lease: where the lease names no row any more, all of the transaction fails. */
    private static final String HELD = " select 1 / count(*) from held";

    /**
     * For a transaction that nothing rests on yet. Whatever is noted after it and made durable makes it durable, too, since the log is
     * written in order. It answers with no text: see {@link StateChange#together}.
     */
    static final String SOON = "set_config('synchronous_commit', 'off', true) is null";

    /** The same end of a write that is durable with what follows it. */
    private static final String HELD_SOON = " select 1 / count(*), " + SOON + " from held";

    /** The failure of {@link #HELD}: a division by zero. */
    private static final String NOT_HELD = "22012";

    private LeasedWrite() {}

    /**
     * A write of the row that a run's lease names, which fails where it names none any more.
     *
     * @param set what is written, with its values
     * @param log the write-ahead log it must lie in, see {@link StoreSession#LOG}; empty for any
     */
    static StateChange of(Run run, String set, List<Object> values, String log) {
        return of(run, set, values, log, "", List.of(), HELD);
    }

    /**
     * The same, with a note in the same statement.
     *
     * @param log where it is given, the write is durable with what follows it there, and not before; what asks for the log stands before it
     */
    static StateChange noting(
            Run run, String set, List<Object> values, String log, String note, List<@Nullable Object> noted) {
        return of(run, set, values, log, note, noted, log.isEmpty() ? HELD : HELD_SOON);
    }

    private static StateChange of(
            Run run,
            String set,
            List<Object> values,
            String log,
            String more,
            List<@Nullable Object> moreValues,
            String end) {
        List<@Nullable Object> all = new ArrayList<>(values);
        all.add(run.id());
        all.add(run.token());
        String where = LEASE;
        if (!log.isEmpty()) {
            where += " and " + StoreSession.LOG + " = ?";
            all.add(log);
        }
        all.addAll(moreValues);
        return new StateChange("with held as (update kept.run set " + set + where + " returning id)" + more + end, all);
    }

    /**
     * {@link #noting} where the row is not there yet, and is written.
     *
     * @param row inserts it, in a statement that can return its {@code id}
     */
    static StateChange first(StateChange row, String log, String note, List<@Nullable Object> noted) {
        List<@Nullable Object> all = new ArrayList<>(row.values());
        all.addAll(noted);
        String end = HELD;
        if (!log.isEmpty()) {
            end = HELD_SOON + " where " + StoreSession.LOG + " = ?";
            all.add(log);
        }
        return new StateChange("with held as (" + row.sql() + " returning id)" + note + end, all);
    }

    /**
     * Writes all of it, or nothing.
     *
     * @param first what comes before it: among others what records the run, where nothing has yet
     * @throws LeaseLost where {@code write}, one of {@link #of}, names no row
     */
    static void together(
            DataSource source, Run run, List<StateChange> first, StateChange write, List<StateChange> with) {
        List<StateChange> changes = new ArrayList<>(first);
        changes.add(write);
        changes.addAll(with);
        try {
            StateChange.together(source, changes);
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && NOT_HELD.equals(cause.getSQLState())) {
                throw new LeaseLost(run.id());
            }
            throw e;
        }
    }
}
