package dev.kept.server.run;

import dev.kept.server.state.Run;
import dev.kept.server.state.Runs;
import dev.kept.server.state.StateChange;
import dev.kept.server.state.Step;
import dev.kept.server.state.Step.StepState;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what became of the store transactions that were pending when a run broke off. */
final class Resumption {

    private Resumption() {}

    /** Settles every pending step; the session holds the store's lock, so none of them is still under way. */
    static void settle(Runs runs, Run run, StoreSession session) {
        boolean sameSystem = run.storeIdentity()
                .filter(Journaling.identity(session.identity())::equals)
                .isPresent();
        List<StateChange> settled = new ArrayList<>();
        for (Step step : runs.steps(run)) {
            if (step.state() == StepState.PENDING) {
                StepState became = sameSystem ? status(session, step) : StepState.COUNT_UNKNOWN;
                settled.add(runs.settled(run, step.step(), step.batch(), became));
            }
        }
        if (!settled.isEmpty()) {
            runs.apply(run, settled);
        }
    }

    private static StepState status(StoreSession session, Step step) {
        Optional<String> id = step.transactionId();
        if (id.isEmpty()) {
            return StepState.COUNT_UNKNOWN;
        }
        Answer answer = session.connection()
                .run(List.of(Sql.of("SELECT pg_xact_status(", Parameter.value(id.get()), "::xid8)")))
                .getFirst();
        session.connection().rollback();
        String status = Optional.ofNullable(answer.first(0)).orElse("");
        return switch (status) {
            case "committed" -> StepState.APPLIED;
            case "aborted" -> StepState.ABORTED;
            default -> StepState.COUNT_UNKNOWN;
        };
    }
}
