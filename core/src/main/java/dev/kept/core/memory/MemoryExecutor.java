package dev.kept.core.memory;

import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;

/** Carries plans out in memory. */
public final class MemoryExecutor {

    /** How often a group of tables whose links run in a circle is treated again before the run has failed. */
    public static final int MAX_PASSES = 10_000;

    /**
     * Does what the plan says to the store, then looks at it once.
     *
     * @throws IllegalArgumentException for a plan that must not run
     * @throws IllegalStateException where a step would break a constraint, which it names, or a group never comes to rest; the store is then
     *     left as it was at that moment
     */
    public Result execute(Plan plan, MemoryStore store) {
        Tally tally = new Tally();
        TableRun run = carryOut(plan, store, new MemoryConditions(store), tally);
        plan.tables().forEach(run::look);
        return tally.result();
    }

    /** The same without the look, as of another time than the plan's: of T a plan knows its cut-offs, and they are counted anew. */
    public void carryOut(Plan plan, MemoryStore store, AsOf asOf) {
        carryOut(plan, store, new MemoryConditions(store, asOf), new Tally());
    }

    private static TableRun carryOut(Plan plan, MemoryStore store, MemoryConditions conditions, Tally tally) {
        if (!plan.refusals().isEmpty()) {
            throw new IllegalArgumentException(
                    "the plan must not run: " + plan.refusals().getFirst().message());
        }
        TableRun run = new TableRun(store, conditions, plan.asOf().instant(), tally);
        long before;
        do {
            plan.groups().forEach(group -> treat(group, run, tally));
            before = tally.changed();
            for (TablePlan table : plan.parted()) {
                if (tally.changed() == before) {
                    run.run(table);
                }
            }
        } while (tally.changed() != before);
        plan.rekeyed().forEach(run::run);
        return run;
    }

    /** The look alone: nothing is changed. */
    public Result look(Plan plan, MemoryStore store) {
        Tally tally = new Tally();
        TableRun run =
                new TableRun(store, new MemoryConditions(store), plan.asOf().instant(), tally);
        plan.tables().forEach(run::look);
        return tally.result();
    }

    private static void treat(Plan.Group group, TableRun run, Tally tally) {
        boolean rested = group.settle(MAX_PASSES, tables -> {
            long before = tally.changed();
            tables.forEach(run::run);
            return tally.changed() != before;
        });
        if (!rested) {
            throw new IllegalStateException("the tables "
                    + group.tables().stream()
                            .map(table -> table.table().toString())
                            .toList()
                    + " did not come to rest in " + MAX_PASSES + " passes");
        }
    }
}
