package dev.kept.stores.postgres.run;

import dev.kept.stores.postgres.run.RunJournal.Settlement;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.Backend;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreConnector;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.session.StoreIdentity;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Sql;
import java.util.List;
import java.util.Optional;

/**
 * Takes a run up again after a crash: takes the store over from whatever the crashed process left, then asks PostgreSQL what became of each
 * transaction that was about to commit.
 */
public final class Recovery {

    private Recovery() {}

    /** A transaction of which Kept only knows that it was about to commit. */
    public record Pending(BatchId batch, long transactionId) {}

    /**
     * What Kept knows of a run that did not end.
     *
     * @param backends the sessions that worked on it
     * @param store which system the store was
     */
    public record Unfinished(List<Backend> backends, Optional<StoreIdentity> store, List<Pending> pending) {
        public static final Unfinished NOTHING = new Unfinished(List.of(), Optional.empty(), List.of());

        public Unfinished {
            backends = List.copyOf(backends);
            pending = List.copyOf(pending);
        }
    }

    /**
     * A session that holds the store's lock, with nothing pending any more.
     *
     * @param sameStore false after a failover or a restore: then the store is not clean until it has been looked at
     */
    public record Recovered(StoreSession session, boolean sameStore) {}

    /**
     * Takes the store over and settles what is pending.
     *
     * @throws StoreException {@code BUSY} where a session that is none of the run's holds the lock
     */
    public static Recovered recover(
            StoreConnector connector,
            SessionOptions options,
            FaultPoints faults,
            Pauses pauses,
            Unfinished run,
            RunJournal journal) {
        StoreSession session = StoreSession.takeOver(connector, options, faults, run.backends(), pauses);
        try {
            return new Recovered(session, settle(session, run, journal));
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * Finds out what became of every pending transaction. The session holds the store's lock: none of them is under way any more.
     *
     * @return whether the store is the same system as before; after a failover or a restore it is not
     */
    public static boolean settle(StoreSession session, Unfinished run, RunJournal journal) {
        boolean same = run.store().isEmpty() || run.store().get().sameSystem(session.identity());
        boolean restarted = run.store().isPresent() && !run.store().get().equals(session.identity());
        for (Pending pending : run.pending()) {
            journal.settled(
                    pending.batch(),
                    same ? outcome(session, pending.transactionId(), restarted) : Settlement.COUNT_UNKNOWN);
            session.faults().reached(Point.PENDING_RESOLVED);
        }
        return same;
    }

    /**
     * With the lock in hand no session of the run is left, so its transactions are over. A server that has started anew may have given the
     * number to somebody else's transaction: that one's commit says nothing of ours; that it was given again says that ours is lost.
     */
    private static Settlement outcome(StoreSession session, long transactionId, boolean restarted) {
        Parameter id = Parameter.value(Long.toString(transactionId));
        Answer answer = session.connection()
                .run(Sql.of(
                        "SELECT CASE WHEN ",
                        id,
                        "::xid8 < pg_snapshot_xmax(pg_current_snapshot()) THEN pg_xact_status(",
                        id,
                        "::xid8) END"));
        session.connection().commit();
        String status = answer.first(0);
        if (status == null) {
            return Settlement.COUNT_UNKNOWN;
        }
        return switch (status) {
            case "committed" -> restarted ? Settlement.COUNT_UNKNOWN : Settlement.APPLIED;
            case "aborted" -> Settlement.ABORTED;
            default -> inProgress(restarted);
        };
    }

    private static Settlement inProgress(boolean restarted) {
        if (restarted) {
            return Settlement.ABORTED;
        }
        throw new StoreException(
                Kind.BUSY,
                "a transaction of this run is still in progress although the store's lock is free",
                "see `pg_stat_activity` for a session named `kept …`");
    }
}
