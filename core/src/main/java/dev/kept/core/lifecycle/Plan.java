package dev.kept.core.lifecycle;

import dev.kept.core.datamap.TableName;
import dev.kept.core.source.Problem;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the notice means for one store at T: groups of tables in the order in which they are treated.
 *
 * @param refusals why the plan must not run, each naming the constraint, column or table; empty for a plan that may run
 * @param warnings what the plan does not promise or what will be slow
 */
public record Plan(
        String store, AsOf asOf, Scope scope, List<Group> groups, List<Problem> refusals, List<Problem> warnings) {

    public Plan {
        groups = List.copyOf(groups);
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    /**
     * The tables whose rows lose the links by which they are known to be somebody's, once nothing else is left to do: what else is decided
     * across these links is decided while they are there. What is freed by it is treated as before.
     */
    public List<TablePlan> parted() {
        return tables().map(TablePlan::partingOnly)
                .filter(table -> !table.clearings().isEmpty())
                .toList();
    }

    /**
     * The tables that get new keys, once everything else is done: the persons of a run, and what Kept knows of persons, are found by the old
     * ones.
     */
    public List<TablePlan> rekeyed() {
        return tables().filter(table -> table.rekey().isPresent())
                .map(TablePlan::keysOnly)
                .toList();
    }

    public Stream<TablePlan> tables() {
        return groups.stream().flatMap(group -> group.tables().stream());
    }

    /** The same for some of its tables: to look at them, not to carry it out. */
    public Plan only(Set<TableName> some) {
        List<Group> left = groups.stream()
                .map(group -> new Group(
                        group.tables().stream()
                                .filter(table -> some.contains(table.table()))
                                .toList(),
                        group.repeated()))
                .filter(group -> !group.tables().isEmpty())
                .toList();
        return new Plan(store, asOf, scope, left, refusals, warnings);
    }

    /** The same with nothing said of what it will cost, and of what will be slow. */
    public Plan withoutCosts() {
        List<Group> bare = groups.stream()
                .map(group -> new Group(
                        group.tables().stream().map(TablePlan::withoutCost).toList(), group.repeated()))
                .toList();
        return new Plan(store, asOf, scope, bare, refusals, List.of());
    }

    /**
     * Tables treated one after the other.
     *
     * @param repeated whether links run in a circle among them: then they are treated again until a pass changes nothing
     */
    public record Group(List<TablePlan> tables, boolean repeated) {
        public Group {
            tables = List.copyOf(tables);
        }

        /** Treats tables one after the other and says whether it changed anything. */
        @FunctionalInterface
        public interface Pass {
            boolean pass(List<TablePlan> tables);
        }

        /**
         * Treats the tables, but for what is left to the end; where they are {@code repeated}, until a pass changes nothing. What stays is
         * emptied only after what goes is gone.
         *
         * @param mostPasses after how many passes it is given up
         * @return whether the tables came to rest
         */
        public boolean settle(int mostPasses, Pass pass) {
            List<TablePlan> whole =
                    tables.stream().map(TablePlan::leavingOwners).toList();
            if (!repeated) {
                pass.pass(whole);
                return true;
            }
            List<TablePlan> deletions =
                    tables.stream().map(TablePlan::deletionsOnly).toList();
            return settle(mostPasses, pass, deletions, deletions) && settle(mostPasses, pass, whole, deletions);
        }

        private static boolean settle(int mostPasses, Pass pass, List<TablePlan> phase, List<TablePlan> between) {
            for (int i = 0; i < mostPasses; i++) {
                if (!pass.pass(phase)) {
                    return true;
                }
                pass.pass(between);
            }
            return false;
        }
    }
}
