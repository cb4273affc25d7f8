package dev.kept.stores.postgres.session;

/** Named points that a run passes. Nothing happens there, but for tests that end the process, or cut a connection, at each of them. */
@FunctionalInterface
public interface FaultPoints {

    FaultPoints NONE = point -> {};

    void reached(Point point);

    /** The phases of a run, in order. */
    enum Point {
        SESSION_OPENED,
        STORE_LOCKED,
        /** A run that broke off has been taken over under a new lease. */
        RUN_TAKEN_OVER,
        PENDING_RESOLVED,
        /** Plan and T are fixed, and nothing is committed yet. */
        RUN_PLANNED,
        /** Run, plan, T and identifiers are committed in Kept's own database; for a run in one store together with its first note. */
        RUN_NOTED,
        BATCH_BEGUN,
        ROWS_LOCKED,
        DATES_LOCKED,
        ROWS_DELETED,
        ROWS_CLEARED,
        KEYS_REPLACED,
        SHARED_RELEASED,
        TRANSACTION_NUMBERED,
        PENDING_NOTED,
        COMMITTED,
        APPLIED_NOTED,
        /** A partition is about to be detached, and Kept's own database says so. */
        DETACHING_NOTED,
        DETACHED,
        TABLE_PASSED,
        LOOK_BEGUN,
        LOOK_DONE,
        /** Everything is done, and nothing says so yet. */
        END_REACHED,
        /** Outcome, evidence and standing facts are committed in Kept's own database, and the run's key is destroyed. */
        END_NOTED,
        SESSION_CLOSED
    }
}
