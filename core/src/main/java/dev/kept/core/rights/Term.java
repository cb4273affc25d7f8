package dev.kept.core.rights;

import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.TablePlan.ClauseAt;
import java.util.List;

/**
 * A use of a table's rows for one of the ways in which they are the person's.
 *
 * @param way position among the table's ways
 * @param ended whether it has ended for a row: the planner's own question
 * @param ends when it ends: the earliest of the inner lists' latest
 */
public record Term(String use, int way, Condition ended, List<List<ClauseAt>> ends) {
    public Term {
        ends = ends.stream().map(List::copyOf).toList();
    }
}
