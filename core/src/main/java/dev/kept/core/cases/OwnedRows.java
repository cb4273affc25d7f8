package dev.kept.core.cases;

import dev.kept.core.cases.Case.PersonKey;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
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
    private final Set<MemoryRow> persons;

    OwnedRows(BoundStore bound, MemoryStore rows, PersonKey person, List<String> key) {
        this.bound = bound;
        this.rows = rows;
        this.kind = person.kind();
        this.persons = new HashSet<>(bound.personTable(kind).stream()
                .flatMap(table -> table.map().person().stream()
                        .map(Table.Person::key)
                        .map(columns -> new Reach.Keys(columns, Match.EXACT, new KeySet("person", List.of(key))))
                        .flatMap(reach -> new MemoryConditions(rows).reached(table.name(), reach).stream()))
                .toList());
    }

    /** Whether the row is the person's in this role; a shared row is its pointers' owners' in every one. */
    boolean in(String role, BoundTable table, MemoryRow row) {
        return table.roles().stream()
                .filter(candidate -> candidate.name().equals(role))
                .findFirst()
                .map(found -> in(found, row, new HashSet<>()))
                .orElseGet(() -> pointedTo(table, row, new HashSet<>()));
    }

    /** @param seen shared rows asked already: rows may share each other */
    private boolean in(Role role, MemoryRow row, Set<MemoryRow> seen) {
        Set<MemoryRow> ends = rows.targets(role.path(), List.of(row));
        return role.kind().isEmpty()
                ? ends.stream().anyMatch(shared -> pointedTo(bound.table(shared.table()), shared, seen))
                : role.kind().get().equals(kind) && ends.stream().anyMatch(persons::contains);
    }

    private boolean pointedTo(BoundTable table, MemoryRow row, Set<MemoryRow> seen) {
        if (!seen.add(row)) {
            return false;
        }
        for (PointerLink pointer : table.pointers()) {
            BoundTable from = bound.table(pointer.link().from());
            for (MemoryRow other : rows.pointing(pointer.link(), row)) {
                if (from.roles().stream().anyMatch(role -> in(role, other, seen)) || pointedTo(from, other, seen)) {
                    return true;
                }
            }
        }
        return false;
    }
}
