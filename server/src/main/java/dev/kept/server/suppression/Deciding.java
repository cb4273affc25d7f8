package dev.kept.server.suppression;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.RunService;
import dev.kept.server.state.Doubts.Doubt;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A person decides about somebody of whom it is doubtful whether she was erased. What was decided first holds, also where two decide at once. */
public final class Deciding {

    private final State state;
    private final RunService runs;

    public Deciding(State state, FaultPoints faults) {
        this.state = state;
        this.runs = RunService.inIsolation(state, state.clock(), faults);
    }

    /**
     * Who decides.
     *
     * @param role for the ledger
     * @param with what is written together with the decision
     */
    public record Decider(Operator operator, String role, List<StateChange> with) {
        public Decider {
            with = List.copyOf(with);
        }

        public static Decider of(Operator operator, String role) {
            return new Decider(operator, role, List.of());
        }
    }

    /**
     * It is not she who was erased, or she came back by herself: she is left alone, and nobody is asked again.
     *
     * @throws DecidedAlready where somebody was first
     */
    public void leave(Doubt doubt, Decider by) throws DecidedAlready {
        PrivateLog.Act act = by.operator().act(state.privateLog());
        boolean[] first = new boolean[1];
        state.inTransaction(handle -> {
            first[0] = state.doubts().leave(handle, doubt);
            return first[0]
                    ? all(
                            by,
                            act.write(),
                            state.personFacts().decided(doubt.id()),
                            entry(doubt, "left-alone", by.role(), act))
                    : List.of();
        });
        if (!first[0]) {
            throw new DecidedAlready();
        }
    }

    /**
     * It is she: she is erased again. Where of some of her data it is not known whether it may go, the doubt goes on to wait, as what it was.
     *
     * @return what came of it: done or incomplete, nothing else
     * @throws DecidedAlready where somebody was first, who left her alone
     * @throws CannotRun where the erasure broke off; then the doubt goes on to wait, and she can only be erased
     */
    public Outcome erase(Doubt doubt, LiveStore store, Decider by) throws DecidedAlready {
        PrivateLog.Act act = by.operator().act(state.privateLog());
        boolean[] first = new boolean[1];
        boolean[] restricted = new boolean[1];
        state.inTransaction(handle -> {
            first[0] = state.doubts().erasing(handle, doubt);
            restricted[0] = state.personFacts().restrictsDoubtful(handle, doubt.id());
            return first[0] ? List.of(act.write(), state.personFacts().decided(doubt.id())) : List.of();
        });
        if (!first[0]) {
            throw new DecidedAlready();
        }
        Outcome outcome = run(doubt, store, by.operator());
        switch (outcome.state()) {
            case DONE -> settle(doubt, by, act);
            case INCOMPLETE -> inPart(doubt, restricted[0], by, act);
            case FAILED, ABANDONED, RUNNING, WAITING ->
                throw new CannotRun("the erasure broke off", "decide the same again: it goes on where it stopped");
        }
        return outcome;
    }

    /** Of two who erase her at once one settles it, and the ledger hears of it once. */
    private void settle(Doubt doubt, Decider by, PrivateLog.Act act) {
        state.inTransaction(handle ->
                state.doubts().settle(handle, doubt) ? all(by, entry(doubt, "erased", by.role(), act)) : by.with());
    }

    /** What is left of her is kept from use again where it was. */
    private void inPart(Doubt doubt, boolean restricted, Decider by, PrivateLog.Act act) {
        boolean kept = restricted || state.restores().isolated(doubt.store()).isPresent();
        state.inTransaction(handle -> {
            if (!state.doubts().waits(handle, doubt)) {
                return by.with();
            }
            List<StateChange> changes = all(by, entry(doubt, "erased-in-part", by.role(), act));
            if (kept) {
                changes.add(state.personFacts().restrictDoubtful(doubt));
            }
            return changes;
        });
    }

    private Outcome run(Doubt doubt, LiveStore store, Operator operator) {
        try {
            return runs.erase(
                    store, Map.of(doubt.kind(), List.of(doubt.key())), operator, RunOptions.defaults(), RunWatch.NONE);
        } catch (StoreException e) {
            throw new CannotRun(e.getMessage(), e.attempt().isEmpty() ? "decide the same again" : e.attempt(), e);
        }
    }

    private static List<StateChange> all(Decider by, StateChange... changes) {
        List<StateChange> all = new ArrayList<>(List.of(changes));
        all.addAll(by.with());
        return all;
    }

    private StateChange entry(Doubt doubt, String decision, String role, PrivateLog.Act act) {
        Map<String, Object> entry = new TreeMap<>();
        entry.put("store", doubt.store());
        entry.put("why", doubt.why());
        entry.put("decision", decision);
        entry.put("actor", Map.of("role", role, "commitment", act.commitment()));
        return state.journal().entry(null, "doubt-decided", entry);
    }
}
