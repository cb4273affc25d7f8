package dev.kept.stores.postgres.run;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.step.Batches;
import dev.kept.stores.postgres.step.Counts;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which tables a run has to treat (again): those in which a look found something, and those whose decisions read rows that the run has
 * changed since they were treated. What others change meanwhile, the look at the end finds.
 */
final class Due {

    private final Map<TableName, Set<TableName>> read = new HashMap<>();

    /** How many rows that its decisions read the run had changed when a table was last found done; no entry: it is due. */
    private final Map<TableName, Long> done = new HashMap<>();

    Due(Plan plan) {
        plan.tables().forEach(table -> read.put(table.table(), Batches.tablesRead(table)));
    }

    boolean is(TablePlan table, Map<TableName, Counts> changed) {
        Long before = done.get(table.table());
        return before == null || changes(table.table(), changed) > before;
    }

    /** The table is about to be treated. */
    void treating(TablePlan table, Map<TableName, Counts> changed) {
        done.put(table.table(), changes(table.table(), changed));
    }

    void looked(LookResult look, Map<TableName, Counts> changed) {
        look.tables().forEach((table, found) -> {
            if (found.left() == 0) {
                done.put(table, changes(table, changed));
            } else {
                done.remove(table);
            }
        });
    }

    private long changes(TableName table, Map<TableName, Counts> changed) {
        return read.getOrDefault(table, Set.of()).stream()
                .mapToLong(name -> changed.getOrDefault(name, Counts.NONE).changed())
                .sum();
    }
}
