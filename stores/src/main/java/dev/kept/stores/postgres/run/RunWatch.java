package dev.kept.stores.postgres.run;

import dev.kept.core.datamap.TableName;
import java.time.Duration;

/** Who looks on while a run is under way, and may stop it between two batches. */
public interface RunWatch {

    /**
     * How far a run is.
     *
     * @param table under treatment
     * @param done of {@code total} blocks (for persons: batches of keys) of the table
     * @param changed rows changed in the whole run
     * @param rows estimated rows that the run looks at, -1 where nothing is known
     */
    record Progress(TableName table, long done, long total, long changed, long rows, Duration elapsed) {

        public double changedPerSecond() {
            double seconds = elapsed.toNanos() / 1e9;
            return seconds <= 0 ? 0 : changed / seconds;
        }
    }

    void progress(Progress progress);

    boolean stopRequested();

    RunWatch NONE = new RunWatch() {
        @Override
        public void progress(Progress progress) {}

        @Override
        public boolean stopRequested() {
            return false;
        }
    };
}
