package dev.kept.server.suppression;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.RunService;
import dev.kept.server.state.Doubts.Doubt;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A person decides about somebody of whom it is doubtful whether she was erased. */
public final class Deciding {

    private final State state;
    private final RunService runs;

    public Deciding(State state, FaultPoints faults) {
        this.state = state;
        this.runs = RunService.inIsolation(state, state.clock(), faults);
    }

    /** It is not she who was erased, or she came back by herself: she is left alone, and nobody is asked again. */
    public void leave(Doubt doubt, Operator operator) {
        PrivateLog.Act act = operator.act(state.privateLog());
        state.apply(List.of(
                act.write(),
                state.personFacts().decided(doubt.id()),
                state.doubts().leave(doubt),
                entry(doubt, "left-alone", act)));
    }

    /**
     * It is she: she is erased again.
     *
     * @throws CannotRun where that broke off; then the doubt goes on to wait
     */
    public Outcome erase(Doubt doubt, LiveStore store, Operator operator) {
        PrivateLog.Act act = operator.act(state.privateLog());
        state.apply(List.of(act.write(), state.personFacts().decided(doubt.id())));
        Outcome outcome = runs.erase(
                store, Map.of(doubt.kind(), List.of(doubt.key())), operator, RunOptions.defaults(), RunWatch.NONE);
        if (outcome.state() == RunState.FAILED) {
            throw new CannotRun("the erasure broke off", "run the same command again: it goes on where it stopped");
        }
        state.apply(List.of(state.doubts().settled(doubt), entry(doubt, "erased", act)));
        return outcome;
    }

    private StateChange entry(Doubt doubt, String decision, PrivateLog.Act act) {
        Map<String, Object> entry = new TreeMap<>();
        entry.put("store", doubt.store());
        entry.put("why", doubt.why());
        entry.put("decision", decision);
        entry.put("actor", Map.of("role", "engineer", "commitment", act.commitment()));
        return state.journal().entry(null, "doubt-decided", entry);
    }
}
