package dev.kept.stores.postgres.run;

import java.time.Duration;

/**
 * How gently, and with which limits, a run goes.
 *
 * @param batchTarget how long a batch should take; batches grow and shrink towards it
 * @param pace the room that is left to others between batches
 * @param rowsPerBatch the most rows one transaction changes in a run for persons
 * @param keysPerBatch the most keys one statement looks for in a run for persons
 * @param smallRunRows the most rows that the one transaction of a small run for persons locks; 0 to go in batches always
 * @param rowsGrouped the most rows that are deleted, and of which groups are made, in one transaction
 */
public record RunOptions(
        Duration batchTarget, Pace pace, int rowsPerBatch, int keysPerBatch, int smallRunRows, int rowsGrouped) {

    /** The most rows of which groups are made in one transaction, unless told otherwise. */
    public static final int ROWS_GROUPED = 100_000;

    /** The most rows that the one transaction of a small run for persons locks, unless told otherwise. */
    public static final int SMALL_RUN_ROWS = 20_000;

    /** The most persons' keys of a small run. */
    public static final int SMALL_RUN_KEYS = 2_000;

    /** A range begins with this many blocks of 8 KiB … */
    static final int FIRST_BLOCKS = 256;

    /** … and grows at most to this many (128 MiB). */
    static final int MOST_BLOCKS = 16_384;

    /** How often a batch is tried again after a conflict. */
    static final int MOST_ATTEMPTS = 6;

    static final Duration FIRST_BACKOFF = Duration.ofMillis(20);

    /** How often a table group whose links run in a circle, or the whole plan, is treated again. */
    static final int MOST_PASSES = 10_000;

    /** How long the look may take that ends a run. */
    static final Duration LOOK_LIMIT = Duration.ofHours(2);

    public RunOptions {
        if (rowsGrouped < 1
                || batchTarget.isNegative()
                || batchTarget.isZero()
                || rowsPerBatch < 1
                || keysPerBatch < 1) {
            throw new IllegalArgumentException("limits of a run are positive");
        }
    }

    public RunOptions(Duration batchTarget, Pace pace, int rowsPerBatch, int keysPerBatch, int smallRunRows) {
        this(batchTarget, pace, rowsPerBatch, keysPerBatch, smallRunRows, ROWS_GROUPED);
    }

    public static RunOptions defaults() {
        return new RunOptions(Duration.ofMillis(250), new Pace.Considerate(), 10_000, 1_000, SMALL_RUN_ROWS);
    }

    public RunOptions at(Pace other) {
        return new RunOptions(batchTarget, other, rowsPerBatch, keysPerBatch, smallRunRows, rowsGrouped);
    }
}
