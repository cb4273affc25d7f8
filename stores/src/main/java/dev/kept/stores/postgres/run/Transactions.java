package dev.kept.stores.postgres.run;

import dev.kept.core.datamap.TableName;
import dev.kept.stores.postgres.run.RunJournal.Settlement;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.Neighbours;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.step.Counts;
import dev.kept.stores.postgres.step.Tally;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The store transactions of a run: each is noted before its COMMIT and settled after it, and tried again where others were in the way. */
final class Transactions {

    private final StoreSession session;
    private final RunJournal journal;
    private final Pacing pacing;
    private final Pauses pauses;
    private final Tally done = new Tally();
    private final long startedAt = System.nanoTime();
    private Optional<StoreException> lastConflict = Optional.empty();
    private long postponed;

    Transactions(StoreSession session, RunJournal journal, RunOptions options, Pauses pauses) {
        this.session = session;
        this.journal = journal;
        this.pacing = new Pacing(options, pauses, this::othersAtWork, System::nanoTime);
        this.pauses = pauses;
    }

    StoreSession session() {
        return session;
    }

    RunJournal journal() {
        return journal;
    }

    Pacing pacing() {
        return pacing;
    }

    /** Asks what the journal wants to know before anything is changed. */
    void ask() {
        List<Sql> asked = journal.asked();
        if (!asked.isEmpty()) {
            journal.answered(answered(asked));
        }
    }

    /** Nothing stays open, whatever comes of it; where others are in the way, it is asked again as a batch is. */
    private List<Answer> answered(List<Sql> asked) {
        Duration backoff = RunOptions.FIRST_BACKOFF;
        for (int attempt = 1; ; attempt++) {
            try {
                List<Answer> answers = session.connection().run(asked);
                session.connection().rollback();
                return answers;
            } catch (StoreException e) {
                rollback(e);
                if (e.kind() != Kind.CONFLICT || attempt == RunOptions.MOST_ATTEMPTS) {
                    throw e;
                }
                pauses.pause(backoff);
                backoff = backoff.multipliedBy(2);
            }
        }
    }

    /**
     * Runs one batch in a transaction.
     *
     * @return what it changed; empty where others kept it from being treated, for a later pass
     */
    Optional<Tally> batch(BatchId id, Supplier<Tally> work) {
        return batch(id, work, () -> session.connection().run(closing()));
    }

    /** What is asked before a COMMIT; its answers may come with others, at the end of a batch. */
    List<Sql> closing() {
        return List.of(journal.inOrder() ? StoreSession.NUMBER_IN_ORDER : StoreSession.NUMBER);
    }

    /**
     * The same.
     *
     * @param closed the answers to {@link #closing()}, asked at the end of the batch
     */
    Optional<Tally> batch(BatchId id, Supplier<Tally> work, Supplier<List<Answer>> closed) {
        pacing.next();
        Duration backoff = RunOptions.FIRST_BACKOFF;
        for (int attempt = 1; attempt <= RunOptions.MOST_ATTEMPTS; attempt++) {
            long start = System.nanoTime();
            try {
                session.faults().reached(Point.BATCH_BEGUN);
                Tally tally = work.get();
                commit(id, tally, closed);
                done.add(tally.counts());
                pacing.took(System.nanoTime() - start, tally.changed() > 0);
                return Optional.of(tally);
            } catch (StoreException e) {
                rollback(e);
                if (e.kind() != Kind.CONFLICT) {
                    throw e;
                }
                lastConflict = Optional.of(e);
                pauses.pause(backoff);
                backoff = backoff.multipliedBy(2);
            } catch (RuntimeException e) {
                rollback(e);
                throw e;
            }
        }
        postponed++;
        return Optional.empty();
    }

    private void commit(BatchId id, Tally tally, Supplier<List<Answer>> closed) {
        if (tally.changed() == 0) {
            session.connection().rollback();
            return;
        }
        boolean inOrder = journal.inOrder();
        long transaction = session.transactionId(closed.get().getLast());
        session.faults().reached(Point.TRANSACTION_NUMBERED);
        if (!journal.pending(id, transaction, tally.counts()) && inOrder) {
            session.flushAtCommit();
        }
        session.faults().reached(Point.PENDING_NOTED);
        try {
            session.connection().commit();
        } catch (StoreException e) {
            if (e.kind() != Kind.LOST) {
                journal.settled(id, Settlement.ABORTED);
            }
            throw e;
        }
        session.faults().reached(Point.COMMITTED);
        journal.settled(id, Settlement.APPLIED);
        session.faults().reached(Point.APPLIED_NOTED);
    }

    /** Where even that cannot be asked, somebody is in the way. */
    private boolean othersAtWork() {
        try {
            return Neighbours.atWork(session.connection());
        } catch (StoreException e) {
            rollback(e);
            if (e.kind() == Kind.LOST) {
                throw e;
            }
            return true;
        }
    }

    private void rollback(RuntimeException reason) {
        try {
            session.connection().rollback();
        } catch (StoreException e) {
            reason.addSuppressed(e);
        }
    }

    long changed() {
        return done.changed();
    }

    Map<TableName, Counts> counts() {
        return done.counts();
    }

    /** What was changed since {@code before} was counted. */
    Map<TableName, Counts> countsSince(Map<TableName, Counts> before) {
        Map<TableName, Counts> since = new LinkedHashMap<>();
        done.counts().forEach((table, counts) -> {
            Counts more = counts.minus(before.getOrDefault(table, Counts.NONE));
            if (more.changed() > 0) {
                since.put(table, more);
            }
        });
        return since;
    }

    long postponed() {
        return postponed;
    }

    Optional<StoreException> lastConflict() {
        return lastConflict;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }
}
