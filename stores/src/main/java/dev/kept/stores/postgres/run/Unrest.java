package dev.kept.stores.postgres.run;

import dev.kept.core.datamap.TableName;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.step.Counts;
import java.util.Collection;
import java.util.Map;

/**
 * Notices a run that goes round in circles: pass after pass the same rows are cleared and are found uncleared again, since something in the
 * store — a trigger, a rule, an application — writes them back. Rows that are deleted become fewer, so only passes without are counted.
 */
final class Unrest {

    /** So many passes in a row that did the same and deleted nothing are no coincidence: chains of links get shorter by one a pass. */
    static final int MOST_EQUAL_PASSES = 25;

    private Map<TableName, Counts> last = Map.of();
    private int equal;

    /**
     * Takes note of what a pass did.
     *
     * @throws StoreException where it was the same too often
     */
    void passed(Map<TableName, Counts> done) {
        boolean circling = done.equals(last)
                && done.values().stream().anyMatch(counts -> counts.changed() > 0)
                && done.values().stream().allMatch(counts -> counts.deleted() + counts.released() == 0);
        equal = circling ? equal + 1 : 0;
        last = Map.copyOf(done);
        if (equal >= MOST_EQUAL_PASSES) {
            throw comingBack(done.keySet());
        }
    }

    /** Says that what is cleared in these tables does not stay so. */
    static StoreException comingBack(Collection<TableName> tables) {
        String names = String.join(
                "`, `", tables.stream().sorted().map(TableName::toString).toList());
        return new StoreException(
                Kind.NO_PROGRESS,
                "what is cleared in `" + names + "` comes back each time",
                "see whether a trigger or rule writes it again; `kept check --live` names those it knows");
    }
}
