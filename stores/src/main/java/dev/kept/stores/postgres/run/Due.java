package dev.kept.stores.postgres.run;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.step.Batches;
import dev.kept.stores.postgres.step.Counts;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tables a run has to treat (again): those in which a look found something, and those whose decisions read rows that the run has
 * changed since they were treated. What others change meanwhile, the look at the end finds.
 */
final class Due {

    private final Map<TableName, Set<TableName>> read = new HashMap<>();

    /** How many rows that its decisions read the run had changed when a look found a table done. */
    private final Map<TableName, Long> clean = new HashMap<>();

    /** The same for what was last done to a table. */
    private final Map<Part, Long> done = new HashMap<>();

    /** What a plan does to a table: some of it may be left to the end. */
    private record Part(TableName table, boolean removes, int clearings, Set<TablePlan.Parting> parts, boolean keys) {
        static Part of(TablePlan plan) {
            return new Part(
                    plan.table(),
                    !plan.removable().equals(Condition.FALSE),
                    plan.clearings().size(),
                    plan.clearings().stream().map(TablePlan.Clearing::parting).collect(Collectors.toSet()),
                    plan.rekey().isPresent());
        }
    }

    Due(Plan plan) {
        plan.tables().forEach(table -> read.put(table.table(), Batches.tablesRead(table)));
    }

    boolean is(TablePlan plan, Map<TableName, Counts> changed) {
        long now = changes(plan.table(), changed);
        return now > clean.getOrDefault(plan.table(), -1L) && now > done.getOrDefault(Part.of(plan), -1L);
    }

    /** The table is about to be treated. */
    void treating(TablePlan plan, Map<TableName, Counts> changed) {
        done.put(Part.of(plan), changes(plan.table(), changed));
    }

    void looked(LookResult look, Map<TableName, Counts> changed) {
        look.tables().forEach((table, found) -> {
            done.keySet().removeIf(part -> part.table().equals(table));
            if (found.left() == 0) {
                clean.put(table, changes(table, changed));
            } else {
                clean.remove(table);
            }
        });
    }

    private long changes(TableName table, Map<TableName, Counts> changed) {
        return read.getOrDefault(table, Set.of()).stream()
                .mapToLong(name -> changed.getOrDefault(name, Counts.NONE).changed())
                .sum();
    }
}
