package dev.kept.core.model;

import dev.kept.core.datamap.Column;
import java.util.List;

/** What must neither be cleared nor deleted: held records and what belongs to them, and the data of persons under restriction. */
final class Freezing {

    private final Shape shape;
    private final Walks walks;
    private final KnownFacts facts;

    Freezing(Shape shape, Walks walks, KnownFacts facts) {
        this.shape = shape;
        this.walks = walks;
        this.facts = facts;
    }

    boolean row(Row row) {
        return held(row) || restricted(row, shape.roles(row.table));
    }

    /** For a column only restrictions of its own roles count. */
    boolean column(Row row, Column column) {
        return held(row) || restricted(row, shape.rolesOf(row.table, column));
    }

    boolean link(Row row, List<Role> roles) {
        return held(row) || restricted(row, roles);
    }

    /** Named by a hold, or belonging to a held row that is not just the person herself. */
    boolean held(Row row) {
        if (named(row)) {
            return true;
        }
        for (Role role : shape.roles(row.table)) {
            for (Walk walk : walks.begun(row, role)) {
                if (walk.rows().stream().anyMatch(at -> named(at) && !isPerson(at))) {
                    return true;
                }
            }
        }
        return walks.owners(row).stream().anyMatch(owner -> !isPerson(owner) && held(owner));
    }

    private boolean named(Row row) {
        List<String> key = shape.catalogue(row.table).primaryKey();
        return !key.isEmpty() && facts.held(row.table, row.printed(key));
    }

    private boolean isPerson(Row row) {
        return shape.map(row.table).person().isPresent();
    }

    private boolean restricted(Row row, List<Role> roles) {
        for (Role role : roles) {
            for (Walk walk : walks.of(row, role)) {
                if (walk.person().filter(facts::restricted).isPresent()) {
                    return true;
                }
            }
        }
        return shape.pointers(row.table).stream()
                .anyMatch(pointer -> walks.owners(row, pointer).stream()
                        .anyMatch(owner -> restricted(owner, shape.rolesOf(pointer))));
    }
}
