package dev.kept.server.run;

import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Prepared;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunKey;
import dev.kept.server.state.RunState;
import dev.kept.server.state.RunWrites;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.session.StoreSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finishes runs that broke off, each as its kind wants it. */
final class BrokenRuns {

    static final String PLAN_CHANGED = "the plan has changed since the run began";

    private static final String CORRECTION =
            "a correction is never carried on, since its values are kept nowhere: it was carried out whole, or not at all";

    private final State state;
    private final FaultPoints faults;
    private final Planning planning;
    private final Carrying carrying;

    BrokenRuns(State state, FaultPoints faults, Planning planning, Carrying carrying) {
        this.state = state;
        this.faults = faults;
        this.planning = planning;
        this.carrying = carrying;
    }

    /** All of the store's, whose lock the session holds. */
    List<Outcome> finish(LiveStore store, StoreSession session, RunOptions options, RunWatch watch) {
        Detached.settle(state, store, session);
        List<Outcome> finished = new ArrayList<>();
        for (Run broken : state.runs().unfinished(store.name())) {
            if (broken.state() != RunState.WAITING && !watch.stopRequested()) {
                finished.add(finish(store, session, broken, options, watch));
            }
        }
        return finished;
    }

    Run takeOver(Run run) {
        Run taken = state.runs().take(run);
        faults.reached(Point.RUN_TAKEN_OVER);
        return taken;
    }

    private Outcome finish(LiveStore store, StoreSession session, Run broken, RunOptions options, RunWatch watch) {
        Map<String, List<List<String>>> identifiers = state.runs().identifiers(broken);
        Optional<RunKey> key = state.runs().key(broken);
        Run run = takeOver(broken);
        Resumption.settle(state.runs(), run, session);
        if (run.kind().equals(CorrectionService.KIND)) {
            RunState end = BrokenCorrection.end(store, state, run);
            return Outcome.of(run, end, Earlier.NOTHING, List.of(CORRECTION));
        }
        boolean ending = run.kind().equals(EndingService.KIND);
        Earlier earlier = ending ? Earlier.NOTHING : Earlier.of(state.runs().steps(run));
        try {
            if (ending) {
                return EndingService.finish(state, store, session, run);
            }
            Optional<PersonRun> ofPersons = PersonRun.of(run);
            if (ofPersons.isPresent()) {
                Prepared plan = ofPersons.get().plan(planning, store, run.asOf(), identifiers, key);
                store.mayCarryOut(plan);
                Whom whom = Whom.ofBroken(identifiers);
                return carrying.out(
                        store,
                        session,
                        RunWrites.of(state.runs(), run),
                        plan,
                        whom,
                        earlier.under(plan.hash(), run),
                        options,
                        watch);
            }
            return run.kind().equals(RunService.SWEEP)
                    ? finishSweep(store, session, run, key, earlier, options, watch)
                    : carrying.abandon(
                            run, earlier, "a run of kind `" + run.kind() + "` that broke off is begun anew by hand");
        } catch (StoreException e) {
            if (e.kind() == Kind.LOST || e.kind() == Kind.BUSY || e.kind() == Kind.UNFIT) {
                throw e;
            }
            return Outcome.of(run, RunState.FAILED, earlier, List.of(e.getMessage()));
        }
    }

    /** What nobody has said yes to is not carried out: a new sweep begins under the new plan. */
    private Outcome finishSweep(
            LiveStore store,
            StoreSession session,
            Run run,
            Optional<RunKey> key,
            Earlier earlier,
            RunOptions options,
            RunWatch watch) {
        Plan plan = planning.sweep(store, run.asOf(), key);
        store.mayCarryOut(Prepared.of(plan));
        return plan.hash().equals(run.planHash())
                ? carrying.out(
                        store,
                        session,
                        RunWrites.of(state.runs(), run),
                        Prepared.of(plan),
                        Whom.NOBODY_BY_NAME,
                        earlier,
                        options,
                        watch)
                : carrying.abandon(store, session, run, plan, earlier, PLAN_CHANGED);
    }
}
