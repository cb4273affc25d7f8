package dev.kept.core.model;

import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.Use;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One way actually walked from a row to a person, row by row.
 *
 * @param tables the tables on the way, also those beyond a missing row
 * @param rows the rows met, the first the row itself; fewer than tables where one is missing
 * @param person whose the row is along this way; empty where nobody can be named
 * @param beyond whether the way ends at a shared row without owners: what lies beyond cannot even be named
 * @param broken whether a link on the way is NULL: then nobody is there to ask
 * @param serves where the way passes a shared row: the uses its pointing links serve; empty: all
 */
record Walk(
        List<TableName> tables,
        List<Row> rows,
        Optional<Person> person,
        boolean beyond,
        boolean broken,
        Optional<Set<Use>> serves) {

    /** A person by kind and key, the key as PostgreSQL prints it. */
    record Person(String kind, List<String> key) {}

    Row row() {
        return rows.getFirst();
    }

    /** Whether the row at this step of the way is missing. */
    boolean missing(int step) {
        return step >= rows.size();
    }

    boolean serves(Use use) {
        return serves.isEmpty()
                || serves.get().stream().anyMatch(served -> served.id().equals(use.id()));
    }
}
