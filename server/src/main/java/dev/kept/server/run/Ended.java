package dev.kept.server.run;

import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.server.state.RunState;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What came of the end of uses for one person in one store. No personal data is in it.
 *
 * @param run under which it is recorded
 * @param written rows in which the store's own columns were made to say it, by {@code table.column}
 * @param byHand what somebody has to do in the store; until that is seen to be done Kept's own fact stands
 * @param kept the uses for which Kept's own fact stands on
 * @param swept what was forgotten because of it, and what stays
 */
public record Ended(UUID run, Map<String, Long> written, List<ByHand> byHand, SortedSet<String> kept, Outcome swept) {

    /** Whether nothing is left to do: the uses have ended for her, in the store and in what Kept holds of it. */
    public boolean done() {
        return byHand.isEmpty() && (swept.state() == RunState.DONE || swept.state() == RunState.INCOMPLETE);
    }

    public Ended {
        written = Collections.unmodifiableMap(new TreeMap<>(written));
        byHand = List.copyOf(byHand);
        kept = Collections.unmodifiableSortedSet(new TreeSet<>(Set.copyOf(kept)));
    }
}
