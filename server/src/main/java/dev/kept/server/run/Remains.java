package dev.kept.server.run;

import dev.kept.server.run.Outcome.Stay;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.look.LookResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run leaves of its persons.
 *
 * @param look at the end
 * @param stays what is still there, for which use and on which ground
 * @param standing whether something is found by the persons' keys, so that sweeps go on applying the request
 * @param facts that say so, to be noted with the end
 * @param each of many persons
 */
record Remains(
        Optional<LookResult> look, List<Stay> stays, boolean standing, List<StateChange> facts, List<Outcome> each) {

    Remains {
        stays = List.copyOf(stays);
        facts = List.copyOf(facts);
        each = List.copyOf(each);
    }

    /**
     * The same where not everything was found that may be there.
     *
     * @param erased that the persons' requests stand, if they are to be erased
     */
    Remains unsure(List<StateChange> erased) {
        List<StateChange> all = new ArrayList<>(facts);
        all.addAll(erased);
        return new Remains(look, stays, standing || !erased.isEmpty(), all, each);
    }

    /** Whether of something it is not known whether it has ended. */
    boolean unknown() {
        return look.filter(looked -> looked.unknown() > 0).isPresent()
                || stays.stream().anyMatch(stay -> stay.ground().equals(Grounds.UNKNOWN));
    }
}
