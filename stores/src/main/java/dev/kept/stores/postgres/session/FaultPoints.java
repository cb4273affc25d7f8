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
        PENDING_RESOLVED,
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
        TABLE_PASSED,
        LOOK_BEGUN,
        LOOK_DONE,
        SESSION_CLOSED
    }
}
