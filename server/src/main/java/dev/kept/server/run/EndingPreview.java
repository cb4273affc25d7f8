package dev.kept.server.run;

import dev.kept.core.lifecycle.Plan;
import dev.kept.core.rights.EndingPlan;
import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.core.rights.EndingPlan.Place;
import dev.kept.core.rights.EndingPlan.Reason;
import dev.kept.core.rights.EndingPlan.Source;
import dev.kept.server.run.FrozenEnding.Leaving;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.stores.postgres.end.Endings;
import dev.kept.stores.postgres.end.Endings.Left;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.session.StoreSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the end of uses would do for a person in one store.
 *
 * @param written rows into which the store's own columns would say it, by {@code table.column}
 * @param byHand what somebody would have to do, unless the sweep forgets it
 * @param kept the uses for which Kept's own word would stand
 * @param plan of the sweep that would follow
 */
public record EndingPreview(
        Map<String, Long> written,
        List<ByHand> byHand,
        SortedSet<String> kept,
        Plan plan,
        LookResult look,
        List<Stay> stays) {

    public EndingPreview {
        written = Collections.unmodifiableMap(new TreeMap<>(written));
        byHand = List.copyOf(byHand);
        kept = Collections.unmodifiableSortedSet(new TreeSet<>(kept));
        stays = List.copyOf(stays);
    }

    static EndingPreview of(
            LiveStore store, StoreSession session, FrozenEnding ending, Planning planning, RunService runs) {
        Leaving person = ending.people().getFirst();
        EndingPlan ends = EndingAttempt.plan(store, ending.uses(), person);
        Map<String, Long> written = new TreeMap<>();
        List<ByHand> byHand = new ArrayList<>();
        Endings endings = new Endings(store.catalogue());
        for (Place place : ends.places()) {
            Left left = endings.left(session.connection(), place);
            if (place.reason().isPresent()) {
                LeftToPeople.add(byHand, place, place.reason().get(), left.rows());
            } else {
                LeftToPeople.add(byHand, place, Reason.OTHER_PERSONS, left.ofOthers());
                if (left.rows() > left.ofOthers()) {
                    written.merge(place.written(), left.rows() - left.ofOthers(), Long::sum);
                }
            }
        }
        session.connection().rollback();
        SortedSet<String> kept = new TreeSet<>();
        ends.sources().forEach((use, kinds) -> {
            if (kinds.values().stream().anyMatch(Source.Kept.class::isInstance)) {
                kept.add(use);
            }
        });
        Plan plan = planning.endedFor(store, person.at(), person.identifiers(), ending.uses())
                .plan();
        LookResult look = runs.look(store, session, plan);
        return new EndingPreview(written, byHand, kept, plan, look, Grounds.of(store.bound(), plan, look, false));
    }
}
