package dev.kept.stores.postgres.run;

import dev.kept.core.datamap.TableName;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.step.Counts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run did in its store.
 *
 * @param tables rows changed, by table
 * @param look the look that ended the run; empty where it was stopped before
 * @param postponed batches that other transactions kept from being treated, all of them treated later if the run is done
 */
public record RunResult(
        Outcome outcome, Map<TableName, Counts> tables, Optional<LookResult> look, int passes, long postponed) {

    /** How a run ended. */
    public enum Outcome {
        /** One whole look found nothing left to do. */
        DONE,
        /** Stopped between two batches; running the plan again goes on. */
        STOPPED
    }

    public RunResult {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    public Counts of(TableName table) {
        return tables.getOrDefault(table, Counts.NONE);
    }

    public long changed() {
        return tables.values().stream().mapToLong(Counts::changed).sum();
    }
}
