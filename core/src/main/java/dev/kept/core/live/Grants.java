package dev.kept.core.live;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the connected role may do with one table.
 *
 * @param schema whether it may use the table's schema
 * @param readable columns it may SELECT
 * @param updatable columns it may UPDATE; rows can be locked where there is one
 * @param delete whether it may DELETE
 * @param rowsHidden whether row-level security applies to it, so that it might not see every row
 */
public record Grants(boolean schema, Set<String> readable, Set<String> updatable, boolean delete, boolean rowsHidden) {
    public Grants {
        readable = Collections.unmodifiableSet(new LinkedHashSet<>(readable));
        updatable = Collections.unmodifiableSet(new LinkedHashSet<>(updatable));
    }
}
