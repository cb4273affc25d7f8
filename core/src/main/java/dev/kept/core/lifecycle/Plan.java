package dev.kept.core.lifecycle;

import dev.kept.core.datamap.TableName;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Sha256;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the notice means for one store at T: groups of tables in the order in which they are treated.
 *
 * @param refusals why the plan must not run, each naming the constraint, column or table; empty for a plan that may run
 * @param warnings what the plan does not promise or what will be slow
 * @param dropping tables whose partitions are dropped as a whole where all of their rows have ended
 */
public record Plan(
        String store,
        AsOf asOf,
        Scope scope,
        List<Group> groups,
        List<Problem> refusals,
        List<Problem> warnings,
        Set<TableName> dropping) {

    public Plan {
        dropping = Collections.unmodifiableSet(new TreeSet<>(dropping));
        groups = List.copyOf(groups);
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    /**
     * The tables whose rows lose the links by which they are known to be somebody's, once nothing else is left to do: what else is decided
     * across these links is decided while they are there. What is freed by it is treated as before.
     */
    public List<TablePlan> parted() {
        return tables().map(table -> table.partingOnly(TablePlan.Parting.LAST))
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
                        group.repeated(),
                        group.metByValue()))
                .filter(group -> !group.tables().isEmpty())
                .toList();
        return new Plan(store, asOf, scope, left, refusals, warnings, dropping);
    }

    /** The same with nothing said of what it will cost, and of what will be slow. */
    public Plan withoutCosts() {
        List<Group> bare = groups.stream()
                .map(group -> new Group(
                        group.tables().stream().map(TablePlan::withoutCost).toList(),
                        group.repeated(),
                        group.metByValue()))
                .toList();
        return new Plan(store, asOf, scope, bare, refusals, List.of(), dropping);
    }

    /** SHA-256 of the plan, in hexadecimal; key sets count with their sizes only, and what it will cost does not count. */
    public String hash() {
        return Sha256.of(withoutCosts().toString());
    }

    /**
     * Tables treated one after the other.
     *
     * @param repeated whether links run in a circle among them: then they are treated again until a pass changes nothing
     * @param metByValue those of them whose rows are met by value, so that nothing keeps them: in a circle their turn
     *     comes after all that is decided by what they say
     */
    public record Group(List<TablePlan> tables, boolean repeated, Set<TableName> metByValue) {
        public Group {
            tables = List.copyOf(tables);
            metByValue = Collections.unmodifiableSet(new TreeSet<>(metByValue));
        }

        public Group(List<TablePlan> tables, boolean repeated) {
            this(tables, repeated, Set.of());
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
            if (!repeated) {
                pass.pass(tables.stream().map(TablePlan::leavingOwners).toList());
                return true;
            }
            List<TablePlan> first = tables.stream()
                    .filter(table -> !metByValue.contains(table.table()))
                    .toList();
            return (first.size() == tables.size() || rested(mostPasses, pass, first))
                    && rested(mostPasses, pass, tables);
        }

        private static boolean rested(int mostPasses, Pass pass, List<TablePlan> tables) {
            List<TablePlan> deletions =
                    tables.stream().map(TablePlan::deletionsOnly).toList();
            List<TablePlan> whole =
                    tables.stream().map(TablePlan::keepingOwners).toList();
            List<TablePlan> partings = tables.stream()
                    .map(table -> table.partingOnly(TablePlan.Parting.WITH_GROUP))
                    .filter(table -> !table.clearings().isEmpty())
                    .toList();
            for (int i = 0; i < mostPasses; i++) {
                if (!settle(mostPasses, pass, deletions, deletions) || !settle(mostPasses, pass, whole, deletions)) {
                    return false;
                }
                // One table after the other: what a cut link lets go, goes before the next is cut.
                if (partings.stream().noneMatch(table -> pass.pass(List.of(table)))) {
                    return true;
                }
            }
            return false;
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
