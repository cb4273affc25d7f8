package dev.kept.server.run;

import dev.kept.core.datamap.TableName;
import dev.kept.server.state.Run;
import dev.kept.server.state.Runs;
import dev.kept.server.state.Step;
import dev.kept.server.state.Step.StepState;
import dev.kept.stores.postgres.run.BatchId;
import dev.kept.stores.postgres.run.Recovery;
import dev.kept.stores.postgres.run.Recovery.Pending;
import dev.kept.stores.postgres.run.Recovery.Unfinished;
import dev.kept.stores.postgres.session.StoreSession;
import java.util.List;

/** Finds out what a run did before it broke off: what was pending is settled, and noted at once. */
final class Resumption {

    private Resumption() {}

    /** The run is taken over and the session holds the store's lock, so that nobody else works on it any more. */
    static void settle(Runs runs, Run run, StoreSession session) {
        List<Pending> pending = runs.steps(run).stream()
                .filter(step -> step.state() == StepState.PENDING)
                .map(Resumption::pending)
                .toList();
        if (pending.isEmpty()) {
            return;
        }
        Journaling journaling = new Journaling(runs, run, 0);
        Recovery.settle(
                session,
                new Unfinished(List.of(), run.storeIdentity().map(StoreIdentities::read), pending),
                journaling);
        journaling.flush();
    }

    private static Pending pending(Step step) {
        return new Pending(
                new BatchId(step.step(), step.batch(), TableName.parse(step.table())),
                Long.parseLong(step.transactionId().orElseThrow()));
    }
}
