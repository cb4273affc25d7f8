package dev.kept.core.lifecycle;

import dev.kept.core.datamap.Link;
import java.time.ZoneId;
import java.util.List;

/** Where the time of an event stands, seen from a row. It is absent where the column is NULL or a sentinel, or no row is there. */
public sealed interface Moment {

    /**
     * A column of the row itself.
     *
     * @param zone in which {@link DateKind#LOCAL} values are read
     * @param sentinels values that mean "none", as PostgreSQL prints them
     */
    record At(String column, DateKind kind, ZoneId zone, List<String> sentinels) implements Moment {
        public At {
            sentinels = List.copyOf(sentinels);
        }
    }

    /** A moment of the row this one points to; of several (a join by value) the latest. */
    record Through(Link link, Moment of) implements Moment {}

    /** The latest (or earliest) of a moment over the rows that point here. */
    record Among(Link link, Moment of, boolean earliest) implements Moment {}

    /** The latest (or earliest) of several that are not absent; all of the same kind of date. */
    record Extreme(List<Moment> of, boolean earliest) implements Moment {
        public Extreme {
            of = List.copyOf(of);
            if (of.isEmpty()) {
                throw new IllegalArgumentException("of no moment there is no latest");
            }
        }
    }

    /** The column (of several, the first) that holds it, wherever it stands. */
    default At leaf() {
        return switch (this) {
            case At at -> at;
            case Through through -> through.of().leaf();
            case Among among -> among.of().leaf();
            case Extreme extreme -> extreme.of().getFirst().leaf();
        };
    }
}
