package dev.kept.server.request;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.server.inform.Carried;
import dev.kept.server.run.Recipients;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunState;
import dev.kept.server.state.Step;
import dev.kept.server.state.Step.StepState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of a correction, as far as its recipients are concerned.
 *
 * @param stands whether something was changed, or may have been: where the store cannot say any more, its recipients hear of it
 * @param concerned what is known to be concerned; empty where it has no category of the notice
 * @param unclear whether anything else may be concerned: then somebody has to see who is to be told
 */
record CorrectionOutcome(boolean stands, List<Carried.Data> concerned, boolean unclear) {

    private static final CorrectionOutcome NOTHING = new CorrectionOutcome(false, List.of(), false);

    /** Nobody could find out. */
    static final CorrectionOutcome UNKNOWN = new CorrectionOutcome(true, List.of(), true);

    CorrectionOutcome {
        concerned = List.copyOf(concerned);
    }

    /**
     * Of a run that has ended.
     *
     * @param store by its map now; what has left the map since is unclear
     */
    static CorrectionOutcome of(Optional<BoundStore> store, Run run, List<Step> steps) {
        List<Step> stand = run.state() == RunState.ABANDONED
                ? List.of()
                : steps.stream()
                        .filter(step -> step.state() == StepState.APPLIED || step.state() == StepState.COUNT_UNKNOWN)
                        .toList();
        if (stand.isEmpty()) {
            return NOTHING;
        }
        Set<String> changed = new TreeSet<>();
        stand.forEach(step -> changed.addAll(step.counts().keySet()));
        List<BoundColumn> columns =
                store.map(bound -> Recipients.columns(bound, changed)).orElse(List.of());
        List<Carried.Data> concerned = columns.stream()
                .map(column -> new Carried.Data(Set.copyOf(column.map().categories()), column.uses()))
                .filter(data -> !data.categories().isEmpty())
                .toList();
        boolean unclear = changed.isEmpty() || columns.size() < changed.size();
        return new CorrectionOutcome(true, concerned, unclear);
    }
}
