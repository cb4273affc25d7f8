package dev.kept.stores.postgres.look;

import dev.kept.core.datamap.TableName;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param dead of which every use has ended, and that stay as husks (or are still to be deleted)
     * @param frozen that a hold or a restriction keeps as they are
     * @param uses the state of each use; empty, with {@code dead} and {@code frozen}, where it was not asked
     */
    public record TableLook(
            long rows,
            long removable,
            long outstanding,
            long rekeys,
            long unknown,
            long dead,
            long frozen,
            List<UseCount> uses) {
        public TableLook {
            uses = List.copyOf(uses);
        }

        TableLook(long rows, long removable, long outstanding, long rekeys, long unknown) {
            this(rows, removable, outstanding, rekeys, unknown, 0, 0, List.of());
        }

        /** Nothing there. */
        public static TableLook none() {
            return new TableLook(0, 0, 0, 0, 0);
        }

        /** This part of a table and another one, of which the uses were not asked. */
        TableLook plus(TableLook other) {
            return new TableLook(
                    rows + other.rows,
                    removable + other.removable,
                    outstanding + other.outstanding,
                    rekeys + other.rekeys,
                    unknown + other.unknown);
        }

        public long left() {
            return removable + outstanding + rekeys;
        }
    }

    /**
     * Rows by the state of one use for one role: ended, alive, or unknown.
     *
     * @param own alive rows that are the run's persons' own by this role; the others are kept for other persons
     * @param until when the use will have ended for all alive rows at the latest, if nothing renews it; empty where no clause is sure to fire
     */
    public record UseCount(
            String use, String role, long ended, long alive, long own, long unknown, Optional<LocalDate> until) {}

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
