package dev.kept.core.model;

import java.util.List;
import java.util.Optional;

/**
 * A way from a table's rows to a person, or to a shared row and on to its owners.
 *
 * @param entry the {@code belongs-to} entry it starts with; {@code self} for the person's own row
 * @param kind the kind of person at its end; empty where it ends at a shared row
 */
record Role(String name, String entry, List<Join> path, Optional<String> kind) {
    static final String SELF = "self";
}
