package dev.kept.core.memory;

import dev.kept.core.datamap.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What a run did, and what one look afterwards found. */
public record Result(Map<TableName, Counts> tables) {

    public Result {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /**
     * Rows of one table.
     *
     * @param deleted gone: ended themselves, or clocks of a row that has
     * @param cleared how often something was forgotten in a row that stays
     * @param rekeyed got a new key
     * @param released shared rows deleted with their last pointer
     * @param unknown in reach after the run, and it is not known whether all has ended
     * @param leftover in reach after the run, and still to be deleted, cleared or rekeyed: zero, or the run has failed
     */
    public record Counts(long deleted, long cleared, long rekeyed, long released, long unknown, long leftover) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        /** Rows changed in any way. */
        public long changed() {
            return deleted + cleared + rekeyed + released;
        }

        Counts plus(Counts other) {
            return new Counts(
                    deleted + other.deleted,
                    cleared + other.cleared,
                    rekeyed + other.rekeyed,
                    released + other.released,
                    unknown + other.unknown,
                    leftover + other.leftover);
        }
    }

    public Counts of(TableName table) {
        return tables.getOrDefault(table, Counts.NONE);
    }

    public long total(ToLongFunction<Counts> what) {
        return tables.values().stream().mapToLong(what).sum();
    }

    /** Nothing was changed, and nothing is left to do. */
    public boolean didNothing() {
        return total(Counts::changed) == 0 && total(Counts::leftover) == 0;
    }
}
