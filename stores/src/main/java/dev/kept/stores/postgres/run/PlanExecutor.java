package dev.kept.stores.postgres.run;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Prepared;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.stores.postgres.look.Look;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.look.LookResult.TableLook;
import dev.kept.stores.postgres.run.RunResult.Outcome;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.step.Counts;
import dev.kept.stores.postgres.step.NewKeys;
import dev.kept.stores.postgres.step.PersonScripts;
import java.util.Map;
import java.util.Optional;

/**
 * Carries a plan out on a PostgreSQL store, in the order of its groups, each table in batches with a transaction each, until one whole look
 * finds nothing left to do.
 *
 * <p>A run can be stopped, or can break off, between any two statements: running the same plan again goes on, since each row is decided at
 * its step and what is done is found done.
 */
public final class PlanExecutor {

    private final Catalogue catalogue;
    private final PersonScripts scripts;
    private final RunOptions options;
    private final Pauses pauses;
    private final NewKeys newKeys;

    public PlanExecutor(Catalogue catalogue, RunOptions options, Pauses pauses) {
        this(catalogue, new PersonScripts(catalogue), options, pauses, NewKeys.BY_CHANCE);
    }

    /**
     * The same.
     *
     * @param scripts those written for the store before
     * @param newKeys what personal keys are replaced by
     */
    public PlanExecutor(
            Catalogue catalogue, PersonScripts scripts, RunOptions options, Pauses pauses, NewKeys newKeys) {
        this.catalogue = catalogue;
        this.scripts = scripts;
        this.options = options;
        this.pauses = pauses;
        this.newKeys = newKeys;
    }

    /**
     * Runs the plan.
     *
     * @throws IllegalArgumentException for a plan that must not run
     * @throws StoreException where the store refuses, is lost, or a pass changed nothing although something is left
     */
    public RunResult run(StoreSession session, Plan plan, RunJournal journal, RunWatch watch) {
        return run(session, Prepared.of(plan), Optional.empty(), journal, watch);
    }

    /**
     * Runs the plan.
     *
     * @param before a look at the store with this plan just now: tables in which it found nothing are left alone
     */
    public RunResult run(
            StoreSession session, Prepared plan, Optional<LookResult> before, RunJournal journal, RunWatch watch) {
        if (!plan.outline().refusals().isEmpty()) {
            throw new IllegalArgumentException("the plan must not run: "
                    + plan.outline().refusals().getFirst().message());
        }
        journal.opened(session.backend(), session.identity(), session.log());
        Transactions transactions = new Transactions(session, journal, options, pauses);
        if (plan.outline().scope() instanceof Scope.Persons persons
                && options.smallRunRows() > 0
                && SmallRun.fits(plan, persons)) {
            Optional<RunResult> result =
                    new SmallRun(scripts, transactions, plan, newKeys, options.smallRunRows()).run();
            if (result.isPresent()) {
                return result.get();
            }
        }
        return inBatches(session, plan.plan(), before, transactions, watch);
    }

    private RunResult inBatches(
            StoreSession session, Plan plan, Optional<LookResult> before, Transactions transactions, RunWatch watch) {
        TableSweeps sweeps = new TableSweeps(catalogue, transactions, watch, options, plan, newKeys);
        Due due = new Due(plan);
        before.ifPresent(look -> due.looked(look, transactions.counts()));
        if (before.filter(look -> look.left() == 0).isPresent()) {
            return new RunResult(Outcome.DONE, Map.of(), before, 0, 0);
        }
        transactions.ask();
        Unrest unrest = new Unrest();
        for (int pass = 1; pass <= RunOptions.MOST_PASSES; pass++) {
            Map<TableName, Counts> counts = transactions.counts();
            if (!treat(plan, due, sweeps, transactions)) {
                return new RunResult(
                        Outcome.STOPPED, transactions.counts(), Optional.empty(), pass, transactions.postponed());
            }
            LookResult look = look(session, plan);
            if (look.left() == 0) {
                return new RunResult(
                        Outcome.DONE, transactions.counts(), Optional.of(look), pass, transactions.postponed());
            }
            Map<TableName, Counts> done = transactions.countsSince(counts);
            if (done.isEmpty()) {
                throw stuck(look, transactions.lastConflict().isPresent());
            }
            unrest.passed(done);
            due.looked(look, transactions.counts());
        }
        throw restless();
    }

    static StoreException restless() {
        return new StoreException(
                Kind.NO_PROGRESS,
                "the store did not come to rest in " + RunOptions.MOST_PASSES + " passes",
                "see whether a trigger writes back what the plan removes");
    }

    /** Whether the plan was treated to its end; false where the run was asked to stop. */
    private static boolean treat(Plan plan, Due due, TableSweeps sweeps, Transactions transactions) {
        Unrest unrest = new Unrest();
        Map<TableName, Counts> parted;
        do {
            for (Plan.Group group : plan.groups()) {
                if (!treat(group, due, sweeps, transactions)) {
                    return false;
                }
            }
            Map<TableName, Counts> before = transactions.counts();
            for (TablePlan table : plan.parted()) {
                boolean wait = plan.scope() instanceof Scope.Persons
                        && !transactions.countsSince(before).isEmpty();
                if (!wait && !treat(table, due, sweeps, transactions)) {
                    return false;
                }
            }
            parted = transactions.countsSince(before);
            unrest.passed(parted);
        } while (!parted.isEmpty());
        for (TablePlan table : plan.rekeyed()) {
            if (!treat(table, due, sweeps, transactions)) {
                return false;
            }
        }
        return true;
    }

    private static boolean treat(TablePlan table, Due due, TableSweeps sweeps, Transactions transactions) {
        if (!due.is(table, transactions.counts())) {
            return true;
        }
        due.treating(table, transactions.counts());
        return sweeps.sweep(table);
    }

    /** Whether the group was treated to its end; false where the run was asked to stop. */
    private static boolean treat(Plan.Group group, Due due, TableSweeps sweeps, Transactions transactions) {
        boolean[] stopped = new boolean[1];
        Unrest unrest = new Unrest();
        boolean rested = group.settle(RunOptions.MOST_PASSES, tables -> {
            Map<TableName, Counts> before = transactions.counts();
            for (TablePlan table : tables) {
                stopped[0] = stopped[0] || !treat(table, due, sweeps, transactions);
            }
            Map<TableName, Counts> done = transactions.countsSince(before);
            if (group.repeated() && !done.isEmpty()) {
                unrest.passed(done);
            }
            return !stopped[0] && !done.isEmpty();
        });
        if (rested) {
            return !stopped[0];
        }
        throw new StoreException(
                Kind.NO_PROGRESS,
                "the tables "
                        + group.tables().stream()
                                .map(table -> "`" + table.table() + "`")
                                .toList()
                        + " did not come to rest in " + RunOptions.MOST_PASSES + " rounds",
                "see whether a trigger writes back what the plan removes");
    }

    private LookResult look(StoreSession session, Plan plan) {
        session.faults().reached(Point.LOOK_BEGUN);
        LookResult look = new Look(
                        catalogue,
                        Optional.of(pauses).filter(some -> options.pace().makesRoom()))
                .look(session.connection(), plan, Look.Depth.UNKNOWN, RunOptions.LOOK_LIMIT);
        session.faults().reached(Point.LOOK_DONE);
        return look;
    }

    static StoreException stuck(LookResult look, boolean locked) {
        Map.Entry<TableName, TableLook> first = look.tables().entrySet().stream()
                .filter(entry -> entry.getValue().left() > 0)
                .findFirst()
                .orElseThrow();
        return new StoreException(
                locked ? Kind.CONFLICT : Kind.NO_PROGRESS,
                (first.getValue().left() == 1 ? "1 row of `" : first.getValue().left() + " rows of `") + first.getKey()
                        + "` should go or be cleared, and a whole pass changed nothing"
                        + (locked ? ": other transactions hold them" : ""),
                locked
                        ? "run it again when the transactions that hold locks have ended"
                        : "see whether a trigger or rule keeps the rows");
    }
}
