package dev.kept.server.run;

import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.core.rights.EndingPlan.Place;
import dev.kept.core.rights.EndingPlan.Reason;
import dev.kept.stores.postgres.end.Endings.Left;
import java.util.List;
import java.util.Optional;

/** What somebody has to do where the store's columns do not say it. */
final class LeftToPeople {

    private LeftToPeople() {}

    /** What is to be done about what is left of a place that was written to, or left to people. */
    static void add(List<ByHand> tasks, Place place, Left left) {
        Optional<Reason> reason = place.reason();
        if (reason.isPresent()) {
            add(tasks, place, reason.get(), left.rows());
        } else {
            add(tasks, place, Reason.OTHER_PERSONS, left.ofOthers());
            add(tasks, place, Reason.REFUSED, left.rows() - left.ofOthers());
        }
    }

    static void add(List<ByHand> tasks, Place place, Reason reason, long rows) {
        if (rows > 0) {
            tasks.add(new ByHand(place.use(), place.table(), place.columns(), reason, rows));
        }
    }
}
