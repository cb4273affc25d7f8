package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Link;
import java.util.ArrayList;
import java.util.List;

/**
 * A table on a row's way to its owner, and the way there from the row that is looked at.
 *
 * @param path empty for the row itself
 */
record Level(BoundTable table, List<Link> path) {
    Level {
        path = List.copyOf(path);
    }

    /** The same table, seen from a row that points to the row looked at so far. */
    Level from(Link link) {
        List<Link> longer = new ArrayList<>(path.size() + 1);
        longer.add(link);
        longer.addAll(path);
        return new Level(table, longer);
    }

    Moment seen(Moment moment) {
        Moment seen = moment;
        for (Link link : path.reversed()) {
            seen = new Moment.Through(link, seen);
        }
        return seen;
    }

    Condition seen(Condition condition) {
        return through(path, condition);
    }

    static Condition through(List<Link> path, Condition condition) {
        Condition seen = condition;
        for (Link link : path.reversed()) {
            seen = new Condition.Through(link, seen);
        }
        return seen;
    }
}
