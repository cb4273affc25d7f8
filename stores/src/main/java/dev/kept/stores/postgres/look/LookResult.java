package dev.kept.stores.postgres.look;

import dev.kept.core.datamap.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What one look at a store found, by table of the plan. */
public record LookResult(Map<TableName, TableLook> tables) {

    public LookResult {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /**
     * One table's rows in reach.
     *
     * @param rows all of them
     * @param removable still to be deleted
     * @param outstanding still to be cleared
     * @param rekeys still to get a new key
     * @param unknown of which it is not known whether all, or something in them, has ended
     * @param uses the state of each use; empty where only what is left was asked
     */
    public record TableLook(
            long rows, long removable, long outstanding, long rekeys, long unknown, List<UseCount> uses) {
        public TableLook {
            uses = List.copyOf(uses);
        }

        public long left() {
            return removable + outstanding + rekeys;
        }
    }

    /** Rows by the state of one use for one role: ended, alive, or unknown. */
    public record UseCount(String use, String role, long ended, long alive, long unknown) {}

    public long total(ToLongFunction<TableLook> what) {
        return tables.values().stream().mapToLong(what).sum();
    }

    /** Rows still to be treated: zero where the plan is carried out. */
    public long left() {
        return total(TableLook::left);
    }

    public long unknown() {
        return total(TableLook::unknown);
    }
}
