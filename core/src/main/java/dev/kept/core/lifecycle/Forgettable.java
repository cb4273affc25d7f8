package dev.kept.core.lifecycle;

import static dev.kept.core.lifecycle.Condition.all;
import static dev.kept.core.lifecycle.Condition.any;
import static dev.kept.core.lifecycle.Condition.not;

import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which columns of a row that stays can be forgotten, and when they are ({@code docs/semantics.md} section 4). */
final class Forgettable {

    private final Owners owners;
    private final Blockers blockers;

    Forgettable(Owners owners, Blockers blockers) {
        this.owners = owners;
        this.blockers = blockers;
    }

    /** Keys, deciding columns and the columns of links stay as long as the row; generated ones cannot be written. */
    static boolean stays(BoundTable table, BoundColumn column) {
        return structure(table, column) || (linkOf(table, column.map().name()) && !ownEnd(table, column));
    }

    /** A key, a deciding column, or one that cannot be written. */
    static boolean structure(BoundTable table, BoundColumn column) {
        String name = column.map().name();
        return table.catalogue().primaryKey().contains(name)
                || table.deciding().contains(name)
                || table.catalogue().column(name).generated();
    }

    /** What a trigger writes there on every change says nothing of a person, and would not stay cleared. */
    static boolean refilled(BoundColumn column, Set<String> filled) {
        return column.map().notPersonal() && filled.contains(column.map().name());
    }

    static boolean linkOf(BoundTable table, String column) {
        return table.links().stream().anyMatch(link -> link.columns().contains(column));
    }

    /** A nullable link that the map classifies, and that is on no way to an owner, ends with its own uses. */
    private static boolean ownEnd(BoundTable table, BoundColumn column) {
        String name = column.map().name();
        boolean onTheWay = table.roles().stream()
                .anyMatch(role -> !role.path().isEmpty()
                        && role.path().getFirst().columns().contains(name));
        boolean nullable = table.links().stream()
                .filter(link -> link.columns().contains(name))
                .allMatch(link -> link.nullable().contains(name));
        return !column.map().notPersonal()
                && !onTheWay
                && nullable
                && table.parent().stream().noneMatch(link -> link.columns().contains(name));
    }

    /** All uses of a column have ended for all whose it is, and nothing freezes it; or the whole row is dead. */
    Condition dead(BoundTable table, BoundColumn column) {
        Condition rowDead = owners.dead(table);
        if (column.map().notPersonal()) {
            return rowDead;
        }
        List<Role> roles = column.roles().stream().map(table::role).toList();
        List<Use> uses = owners.uses(column);
        boolean whole = column.uses().containsAll(table.map().uses())
                && roles.size() == table.roles().size()
                && uses.equals(owners.uses(column.uses()));
        if (whole) {
            return rowDead;
        }
        Condition ended = owners.ended(table, uses, roles);
        return any(rowDead, all(ended, not(owners.frozen(table, roles))));
    }

    /** When a column that does not stay is cleared: once it is dead, and no row that stays needs to be met by it. */
    Condition cleared(BoundTable table, BoundColumn column) {
        List<Condition> free = new ArrayList<>(List.of(dead(table, column)));
        blockers.links()
                .declaredInto(table.name(), column.map().name())
                .forEach(link -> free.add(not(new Condition.Some(link, Condition.TRUE))));
        return all(free);
    }
}
