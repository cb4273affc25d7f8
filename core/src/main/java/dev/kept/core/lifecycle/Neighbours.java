package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What stands around each table of a store, looked up and not searched for: stores have hundreds of tables. */
final class Neighbours {

    /** A shared table, and one of the links by which it is owned. */
    record Shared(BoundTable table, PointerLink pointer) {}

    /**
     * A role of another table whose way crosses a link.
     *
     * @param before the links of its way before that one
     */
    record Crossing(BoundTable table, Role role, List<Link> before) {}

    private final Map<TableName, List<Shared>> shared = new HashMap<>();
    private final Map<TableName, Map<TableName, BoundTable>> below = new HashMap<>();
    private final Map<TableName, List<Crossing>> crossings = new HashMap<>();
    private final Map<TableName, Map<String, String>> met = new HashMap<>();
    private final Map<TableName, Set<String>> meeting = new HashMap<>();

    Neighbours(BoundStore store) {
        for (BoundTable table : store.tables().values()) {
            table.pointers()
                    .forEach(pointer -> shared.computeIfAbsent(pointer.link().from(), name -> new ArrayList<>())
                            .add(new Shared(table, pointer)));
            below.computeIfAbsent(table.name(), name -> new LinkedHashMap<>()).put(table.name(), table);
            table.roles().forEach(role -> add(table, role));
            table.links().forEach(this::addMet);
        }
    }

    private void add(BoundTable table, Role role) {
        for (int i = 0; i < role.path().size(); i++) {
            Link link = role.path().get(i);
            below.computeIfAbsent(link.to(), name -> new LinkedHashMap<>()).put(table.name(), table);
            if (i > 0 && role.path().indexOf(link) == i) {
                crossings
                        .computeIfAbsent(link.from(), name -> new ArrayList<>())
                        .add(new Crossing(table, role, role.path().subList(0, i)));
            }
        }
    }

    private void addMet(Link link) {
        if (!link.foreignKey()) {
            meeting.computeIfAbsent(link.from(), name -> new HashSet<>()).addAll(link.columns());
            link.targetColumns()
                    .forEach(column -> met.computeIfAbsent(link.to(), name -> new HashMap<>())
                            .putIfAbsent(column, "the join by value from " + link.from()));
        }
    }

    /** The columns by whose values rows of other tables meet this table's without a foreign key, each with the join that says so. */
    Map<String, String> metByValue(TableName table) {
        return met.getOrDefault(table, Map.of());
    }

    /** The columns by whose values this table's rows meet others without a foreign key. */
    Set<String> meetingByValue(TableName table) {
        return meeting.getOrDefault(table, Set.of());
    }

    /** The shared tables that a table's rows point to. */
    List<Shared> sharedBy(TableName table) {
        return shared.getOrDefault(table, List.of());
    }

    /** The table itself, and all tables with a way to it. */
    List<BoundTable> atOrBelow(TableName table) {
        return List.copyOf(below.getOrDefault(table, Map.of()).values());
    }

    /** The roles whose ways cross a link later than first. */
    List<Crossing> crossing(Link link) {
        return crossings.getOrDefault(link.from(), List.of()).stream()
                .filter(crossing ->
                        crossing.role().path().get(crossing.before().size()).equals(link))
                .toList();
    }
}
