package dev.kept.core.cases;

import dev.kept.core.cases.Case.PersonKey;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.memory.MemoryConditions;
import dev.kept.core.memory.MemoryRow;
import dev.kept.core.memory.MemoryStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which rows are a person's, and in which role. */
final class OwnedRows {
    private final BoundStore bound;
    private final MemoryStore rows;
    private final String kind;
    private final List<String> key;

    OwnedRows(BoundStore bound, MemoryStore rows, PersonKey person, List<String> key) {
        this.bound = bound;
        this.rows = rows;
        this.kind = person.kind();
        this.key = key;
    }

    /** Whether the row, which is the person's in some role, is so in this one; a shared row is its pointers' owners' in every one. */
    boolean in(String role, BoundTable table, MemoryRow row) {
        return table.roles().stream()
                .filter(candidate -> candidate.name().equals(role))
                .findFirst()
                .map(found -> in(found, row))
                .orElse(true);
    }

    private boolean in(Role role, MemoryRow row) {
        if (role.kind().isEmpty()) {
            return true;
        }
        if (!role.kind().get().equals(kind)) {
            return false;
        }
        Set<MemoryRow> persons = new HashSet<>(bound.personTable(kind).stream()
                .flatMap(table -> table.map().person().stream()
                        .map(Table.Person::key)
                        .map(columns -> new Reach.Keys(columns, Match.EXACT, new KeySet("person", List.of(key))))
                        .flatMap(reach -> new MemoryConditions(rows).reached(table.name(), reach).stream()))
                .toList());
        return rows.targets(role.path(), List.of(row)).stream().anyMatch(persons::contains);
    }
}
