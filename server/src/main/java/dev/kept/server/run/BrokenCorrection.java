package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.server.state.Step;
import dev.kept.server.state.Step.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ends a correction that broke off. Its values are kept nowhere, so it is never carried on: the store says whether its one transaction was
 * committed, and the run ends as what it became.
 */
final class BrokenCorrection {

    /** Before the name of a kind: her new key. No kind is named so. */
    static final String NEW = "new ";

    private BrokenCorrection() {}

    /** @param run taken over, its pending step settled */
    static RunState end(LiveStore store, State state, Run run) {
        List<Step> steps = state.runs().steps(run);
        boolean applied = steps.stream().anyMatch(step -> step.state() == StepState.APPLIED);
        boolean unknown = steps.stream().anyMatch(step -> step.state() == StepState.COUNT_UNKNOWN);
        RunState end = applied ? RunState.DONE : unknown ? RunState.INCOMPLETE : RunState.ABANDONED;
        Map<String, Long> changed = new TreeMap<>();
        if (applied) {
            steps.forEach(step -> step.counts().forEach((column, rows) -> changed.merge(column, rows, Long::sum)));
        }
        List<BoundColumn> columns = Recipients.columns(store.bound(), changed.keySet());
        List<StateChange> with = new ArrayList<>();
        with.add(state.journal()
                .entry(
                        run.id(),
                        CorrectionService.KIND,
                        CorrectionAttempt.evidence(
                                run, end, changed, Map.of(), Recipients.rules(store.bound(), columns))));
        if (applied) {
            with.addAll(newKeys(store, state, run));
        }
        state.runs().end(run, end, end.name(), with);
        return end;
    }

    /** What Kept knows of the person goes on under her new key, if she got one. */
    static List<StateChange> newKeys(LiveStore store, State state, Run run) {
        List<StateChange> changes = new ArrayList<>();
        Map<String, List<List<String>>> identifiers = state.runs().identifiers(run);
        identifiers.forEach((kind, keys) -> {
            List<List<String>> after = identifiers.getOrDefault(NEW + kind, List.of());
            if (after.size() == 1) {
                changes.add(state.personFacts().rekey(store.name(), kind, keys.getFirst(), after.getFirst()));
            }
        });
        return changes;
    }
}
