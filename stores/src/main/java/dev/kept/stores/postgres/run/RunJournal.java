package dev.kept.stores.postgres.run;

import dev.kept.core.datamap.TableName;
import dev.kept.stores.postgres.session.Backend;
import dev.kept.stores.postgres.session.StoreIdentity;
import dev.kept.stores.postgres.step.Counts;
import java.util.Map;

/**
 * Kept's side of a run: two databases, one truth.
 *
 * <p>Each call is committed in Kept's own database before it returns. An exception stops the run: before a store transaction's COMMIT it is
 * rolled back, after it the transaction stays pending and {@link Recovery} finds out what became of it.
 */
public interface RunJournal {

    /** What became of a store transaction. */
    enum Settlement {
        APPLIED,
        ABORTED,
        /** Nothing can be told any more: the step is done again, and how many rows it changed before is not known. */
        COUNT_UNKNOWN
    }

    /** A session works on the run from now on. */
    void opened(Backend backend, StoreIdentity store);

    /** A store transaction is about to commit. */
    void pending(BatchId batch, long transactionId, Map<TableName, Counts> counts);

    void settled(BatchId batch, Settlement settlement);

    /** For tests and rehearsals: nothing is remembered. */
    static RunJournal forgetful() {
        return new RunJournal() {
            @Override
            public void opened(Backend backend, StoreIdentity store) {}

            @Override
            public void pending(BatchId batch, long transactionId, Map<TableName, Counts> counts) {}

            @Override
            public void settled(BatchId batch, Settlement settlement) {}
        };
    }
}
