package dev.kept.core.lifecycle;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A three-valued question about one row. Pure data: stores render it in their own language, the in-memory executor evaluates it.
 *
 * <p>SQL's {@code NULL} boolean is {@code UNKNOWN}; an executor acts only where the answer is {@code TRUE}.
 */
public sealed interface Condition {

    Condition TRUE = new Always(Truth.TRUE);
    Condition FALSE = new Always(Truth.FALSE);
    Condition UNKNOWN = new Always(Truth.UNKNOWN);

    /** The same for every row. */
    record Always(Truth truth) implements Condition {}

    /** Kleene's AND. */
    record All(List<Condition> of) implements Condition {
        public All {
            of = List.copyOf(of);
        }
    }

    /** Kleene's OR. */
    record Any(List<Condition> of) implements Condition {
        public Any {
            of = List.copyOf(of);
        }
    }

    /** Kleene's NOT. */
    record Not(Condition of) implements Condition {}

    /** {@code of IS TRUE}: never unknown. */
    record Known(Condition of) implements Condition {}

    /** The first moment that is not absent is at or before the cut-off; {@code UNKNOWN} where all are absent. */
    record Past(List<Moment> chain, Cutoff cutoff) implements Condition {
        public Past {
            chain = List.copyOf(chain);
        }
    }

    /** All moments are absent: never unknown. */
    record Absent(List<Moment> chain) implements Condition {
        public Absent {
            chain = List.copyOf(chain);
        }
    }

    /** T lies within the cut-off's window, the same for every row: never unknown. */
    record Stands(Cutoff cutoff) implements Condition {}

    /** {@code earlier ≤ later}; {@code UNKNOWN} where one is absent. */
    record Ordered(Moment earlier, Moment later) implements Condition {}

    /** The column's value is one of these, as PostgreSQL prints them; {@code UNKNOWN} where it is NULL. */
    record ValueIn(String column, List<String> values) implements Condition {
        public ValueIn {
            values = List.copyOf(values);
        }
    }

    /** One of the columns is NULL: never unknown. */
    record AnyNull(List<String> columns) implements Condition {
        public AnyNull {
            columns = List.copyOf(columns);
        }
    }

    /** The column has one of the values; {@code UNKNOWN} where it is NULL and NULL is none of them. */
    static Condition hasOneOf(Table.ColumnValues column) {
        List<Condition> ways = new ArrayList<>();
        if (column.orNull()) {
            ways.add(new AnyNull(List.of(column.column())));
        }
        if (!column.values().isEmpty()) {
            ways.add(new ValueIn(column.column(), column.values()));
        }
        return any(ways);
    }

    /** The columns' values are one of the keys; {@code UNKNOWN} where one is NULL. */
    record KeyIn(List<String> columns, Match match, KeySet keys) implements Condition {
        public KeyIn {
            columns = List.copyOf(columns);
        }
    }

    /** Asked of the row this one points to: AND over several (a join by value), {@code UNKNOWN} where there is none. */
    record Through(Link link, Condition of) implements Condition {}

    /** AND over all rows that point here; {@code TRUE} where there is none. */
    record Every(Link link, Condition of) implements Condition {}

    /** OR over all rows that point here; {@code FALSE} where there is none. */
    record Some(Link link, Condition of) implements Condition {}

    /** OR over all rows above this one in a tree (the row itself not counted); cycles are walked once. */
    record Above(Link parent, Condition of) implements Condition {}

    /**
     * Another row of this table leads to the same row by the same way and has a later (or earlier) moment: never unknown. Rows with an
     * absent moment are always surpassed.
     *
     * @param path the way from this table, one link or more; a row whose way leads nowhere is not surpassed
     */
    record Surpassed(List<Link> path, Moment.At moment, boolean earliest) implements Condition {
        public Surpassed {
            path = List.copyOf(path);
        }
    }

    /**
     * A row other than this one points here and is not itself known to be removable with it: never unknown. With {@code removable} FALSE,
     * every row that points here counts.
     */
    record Referred(Link link, Condition removable) implements Condition {}

    /** The link leads to a row that exists: never unknown. */
    record Leads(Link link) implements Condition {}

    /** Both ways lead from this row to one and the same row, and to no other: never unknown. */
    record Meets(List<Link> one, List<Link> other) implements Condition {
        public Meets {
            one = List.copyOf(one);
            other = List.copyOf(other);
        }
    }

    /** Whether {@code one} is known to hold only where {@code other} does: by form alone, so a "no" means nothing. */
    static boolean implies(Condition one, Condition other) {
        return one.equals(other)
                || (one instanceof All(List<Condition> parts)
                        && (parts.contains(other)
                                || (other instanceof All(List<Condition> wanted) && parts.containsAll(wanted))))
                || (one instanceof Any(List<Condition> cases) && cases.stream().allMatch(each -> implies(each, other)))
                || (other instanceof Any(List<Condition> choices)
                        && choices.stream().anyMatch(choice -> implies(one, choice)));
    }

    /** AND that folds constants and flattens. */
    static Condition all(List<Condition> of) {
        List<Condition> kept = new ArrayList<>();
        boolean unknown = false;
        for (Condition condition : of) {
            switch (condition) {
                case Always always -> {
                    if (always.truth() == Truth.FALSE) {
                        return FALSE;
                    }
                    unknown |= always.truth() == Truth.UNKNOWN;
                }
                case All every ->
                    every.of().stream().filter(c -> !kept.contains(c)).forEach(kept::add);
                default -> {
                    if (!kept.contains(condition)) {
                        kept.add(condition);
                    }
                }
            }
        }
        if (unknown) {
            kept.add(UNKNOWN);
        }
        return kept.isEmpty() ? TRUE : kept.size() == 1 ? kept.getFirst() : new All(kept);
    }

    static Condition all(Condition... of) {
        return all(List.of(of));
    }

    /** OR that folds constants and flattens. */
    static Condition any(List<Condition> of) {
        List<Condition> kept = new ArrayList<>();
        boolean unknown = false;
        for (Condition condition : of) {
            switch (condition) {
                case Always always -> {
                    if (always.truth() == Truth.TRUE) {
                        return TRUE;
                    }
                    unknown |= always.truth() == Truth.UNKNOWN;
                }
                case Any some ->
                    some.of().stream().filter(c -> !kept.contains(c)).forEach(kept::add);
                default -> {
                    if (!kept.contains(condition)) {
                        kept.add(condition);
                    }
                }
            }
        }
        if (unknown) {
            kept.add(UNKNOWN);
        }
        return kept.isEmpty() ? FALSE : kept.size() == 1 ? kept.getFirst() : new Any(kept);
    }

    static Condition any(Condition... of) {
        return any(List.of(of));
    }

    static Condition not(Condition of) {
        return switch (of) {
            case Always always -> new Always(always.truth().not());
            case Not not -> not.of();
            default -> new Not(of);
        };
    }

    /** {@code of IS TRUE}, folded where it is constant or never unknown. */
    static Condition known(Condition of) {
        return switch (of) {
            case Always always -> always.truth().isTrue() ? TRUE : FALSE;
            case Known known -> known;
            default -> new Known(of);
        };
    }
}
