package dev.kept.stores.postgres.run;

import dev.kept.core.datamap.TableName;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.Backend;
import dev.kept.stores.postgres.session.StoreIdentity;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.step.Counts;
import dev.kept.stores.postgres.step.Partition;
import java.util.List;
import java.util.Map;

/**
 * Kept's side of a run: two databases, one truth.
 *
 * <p>Each call is committed in Kept's own database before it returns, and durable, or durable at the latest with the store's transaction. An
 * exception stops the run: before a store transaction's COMMIT it is rolled back, after it the transaction stays pending and {@link Recovery}
 * finds out what became of it.
 */
public interface RunJournal {

    /** What became of a store transaction. */
    enum Settlement {
        APPLIED,
        ABORTED,
        /** Nothing can be told any more: the step is done again, and how many rows it changed before is not known. */
        COUNT_UNKNOWN
    }

    /**
     * A session works on the run from now on.
     *
     * @param log the write-ahead log its transactions go to, see {@link StoreSession#log()}
     */
    void opened(Backend backend, StoreIdentity store, String log);

    /** Whether notes are expected to lie in the store's own log, and the run's end after them. */
    default boolean inOrder() {
        return false;
    }

    /** What is to be asked of the store before a transaction that may be the first to change something, in a round trip that is made anyway. */
    default List<Sql> asked() {
        return List.of();
    }

    /** The answers to {@link #asked()}, to be remembered with the next note. */
    default void answered(List<Answer> answers) {}

    /**
     * A store transaction is about to commit.
     *
     * @return whether that transaction need not be flushed at its COMMIT: this note, it and the run's end lie in one log
     */
    boolean pending(BatchId batch, long transactionId, Map<TableName, Counts> counts);

    void settled(BatchId batch, Settlement settlement);

    /** A partition is about to be detached: until {@link #settled(Partition, boolean)} it may stand outside its table. */
    default void detaching(Partition partition) {}

    /**
     * A partition that was to be detached is gone, or one of its table again.
     *
     * @param dropped whether it is gone
     */
    default void settled(Partition partition, boolean dropped) {}

    /** For tests and rehearsals: nothing is remembered. */
    static RunJournal forgetful() {
        return new RunJournal() {
            @Override
            public void opened(Backend backend, StoreIdentity store, String log) {}

            @Override
            public boolean pending(BatchId batch, long transactionId, Map<TableName, Counts> counts) {
                return false;
            }

            @Override
            public void settled(BatchId batch, Settlement settlement) {}
        };
    }
}
