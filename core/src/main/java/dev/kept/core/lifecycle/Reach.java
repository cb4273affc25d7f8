package dev.kept.core.lifecycle;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import java.util.List;

/** Which rows of a table belong to the persons of a run: a tree of semi-joins from frozen identifiers, never unknown. */
public sealed interface Reach {

    /** Every row. */
    record Everything() implements Reach {}

    /** Rows reached by any of these; none: no row. */
    record AnyOf(List<Reach> of) implements Reach {
        public AnyOf {
            of = List.copyOf(of);
        }
    }

    /** Rows whose columns are one of the keys. */
    record Keys(List<String> columns, Match match, KeySet keys) implements Reach {
        public Keys {
            columns = List.copyOf(columns);
        }
    }

    /** Rows that point to a reached row. */
    record Into(Link link, Reach of) implements Reach {}

    /** Rows to which a reached row points. */
    record From(Link link, Reach of) implements Reach {}

    /** Rows reached, and all rows below them in a tree. */
    record Below(Link parent, Reach of) implements Reach {}
}
