package dev.kept.server.state;

import java.util.Map;
import java.util.Optional;

/**
 * One committed (or doubtful) transaction of a run.
 *
 * @param transactionId {@code pg_current_xact_id()} of the store, noted before its COMMIT
 * @param counts changes of rows by what was done: {@code deleted}, {@code cleared} …
 */
public record Step(
        int step, long batch, String table, Optional<String> transactionId, StepState state, Map<String, Long> counts) {

    public Step {
        counts = Map.copyOf(counts);
    }

    /** What is known of a step's transaction. */
    public enum StepState {
        PENDING,
        APPLIED,
        ABORTED,
        /** It was done, or there was nothing to do; how many rows is not known. */
        COUNT_UNKNOWN;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        static StepState of(String word) {
            return valueOf(word.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        }
    }
}
