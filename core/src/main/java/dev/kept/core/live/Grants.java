package dev.kept.core.live;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the connected role may do with one table.
 *
 * @param schema whether it may use the table's schema
 * @param readable columns it may SELECT
 * @param place whether it may SELECT {@code ctid}, by which rows are found again: a grant on the whole table, or on it by name
 * @param updatable columns it may UPDATE; rows can be locked where there is one
 * @param delete whether it may DELETE
 * @param insertable columns it may INSERT
 * @param rowsHidden whether row-level security applies to it, so that it might not see every row
 */
public record Grants(
        boolean schema,
        Set<String> readable,
        boolean place,
        Set<String> updatable,
        boolean delete,
        Set<String> insertable,
        boolean rowsHidden) {

    /** Nothing at all. */
    public static final Grants NONE = new Grants(false, Set.of(), false, Set.of(), false, false);

    /** Of a role that may insert nothing. */
    public Grants(
            boolean schema,
            Set<String> readable,
            boolean place,
            Set<String> updatable,
            boolean delete,
            boolean rowsHidden) {
        this(schema, readable, place, updatable, delete, Set.of(), rowsHidden);
    }

    public Grants {
        readable = Collections.unmodifiableSet(new LinkedHashSet<>(readable));
        updatable = Collections.unmodifiableSet(new LinkedHashSet<>(updatable));
        insertable = Collections.unmodifiableSet(new LinkedHashSet<>(insertable));
    }
}
