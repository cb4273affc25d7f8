package dev.kept.stores.postgres.run;

import dev.kept.core.lifecycle.Prepared;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.stores.postgres.run.RunResult.Outcome;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.step.NewKeys;
import dev.kept.stores.postgres.step.PersonScript;
import dev.kept.stores.postgres.step.PersonScript.Asides;
import dev.kept.stores.postgres.step.PersonScript.Pass;
import dev.kept.stores.postgres.step.PersonScripts;
import dev.kept.stores.postgres.step.Tally;
import java.util.List;
import java.util.Optional;

/** A run for few persons: one transaction, in which also the look happens that finds nothing left. */
final class SmallRun {

    /** Persons beyond which a statement is given little time: all their rows are locked meanwhile, and in batches it takes as long as it takes. */
    private static final int FEW_KEYS = 100;

    private static final Sql LIMIT = Sql.of("SELECT set_config('statement_timeout', '10s', true)");

    private final PersonScripts scripts;
    private final Transactions transactions;
    private final Prepared plan;
    private final NewKeys newKeys;
    private final int mostRows;

    SmallRun(PersonScripts scripts, Transactions transactions, Prepared plan, NewKeys newKeys, int mostRows) {
        this.scripts = scripts;
        this.newKeys = newKeys;
        this.transactions = transactions;
        this.plan = plan;
        this.mostRows = mostRows;
    }

    /** @param scope of an outline, or of a plan */
    static boolean fits(Prepared plan, Scope.Persons scope) {
        return keys(plan, scope) <= RunOptions.SMALL_RUN_KEYS;
    }

    private static long keys(Prepared plan, Scope.Persons scope) {
        return scope.persons().stream()
                .mapToLong(kind -> plan.binding().of(kind.keys()).keys().size())
                .sum();
    }

    private long keys() {
        return plan.outline().scope() instanceof Scope.Persons persons ? keys(plan, persons) : 0;
    }

    /** Signals, within the transaction, that it must be given up since it has grown too large. */
    private static final class TooLarge extends RuntimeException {
        TooLarge() {
            super("the run reaches more rows than one transaction may hold", null, false, false);
        }
    }

    /** The result; empty where the persons have more rows than one transaction should hold, and nothing was done. */
    Optional<RunResult> run() {
        Optional<TablePlan> first = plan.outline().tables().findFirst();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        PersonScript script = scripts.of(plan);
        Pass[] last = new Pass[1];
        try {
            Optional<Tally> tally = transactions.batch(
                    new BatchId(1, 1, first.get().table()),
                    () -> {
                        Tally all = new Tally();
                        last[0] = passes(script, all);
                        return all;
                    },
                    () -> last[0].closing());
            return tally.map(t -> new RunResult(
                    Outcome.DONE, transactions.counts(), Optional.of(last[0].look()), 1, transactions.postponed()));
        } catch (TooLarge e) {
            return Optional.empty();
        } catch (StoreException e) {
            if (e.kind() == Kind.TIME_LIMIT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Asides asides(boolean first) {
        return new Asides(
                first ? transactions.journal().asked() : List.of(),
                answers -> {
                    if (first) {
                        transactions.journal().answered(answers);
                    }
                },
                transactions.closing());
    }

    private Pass passes(PersonScript script, Tally all) {
        StoreSession session = transactions.session();
        if (keys() > FEW_KEYS) {
            session.connection().run(LIMIT);
        }
        Unrest unrest = new Unrest();
        for (int pass = 1; pass <= RunOptions.MOST_PASSES; pass++) {
            Pass done = script.pass(
                    session.connection(), plan.binding(), newKeys, session.faults(), mostRows, asides(pass == 1));
            if (!done.treated()) {
                throw new TooLarge();
            }
            all.add(done.tally().counts());
            if (done.look().left() == 0) {
                return done;
            }
            if (done.tally().changed() == 0) {
                throw PlanExecutor.stuck(done.look(), false);
            }
            unrest.passed(done.tally().counts());
        }
        throw PlanExecutor.restless();
    }
}
