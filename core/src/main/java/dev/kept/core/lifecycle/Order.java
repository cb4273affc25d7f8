package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.EventSources.Dating;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Children before parents, also along declared links: what is decided across them is decided while they are there. Tables whose links run in a circle together (Tarjan's strongly connected components). */
final class Order {

    private final Map<TableName, Set<TableName>> children = new LinkedHashMap<>();
    private final Map<TableName, Integer> index = new HashMap<>();
    private final Map<TableName, Integer> low = new HashMap<>();
    private final Deque<TableName> stack = new ArrayDeque<>();
    private final Set<TableName> onStack = new HashSet<>();
    private final List<List<TableName>> components = new ArrayList<>();

    private Order(Map<TableName, Set<TableName>> children) {
        this.children.putAll(children);
    }

    /** Groups in the order in which they are treated. */
    static List<List<TableName>> of(
            BoundStore store, Owners owners, Blockers blockers, Clocks clocks, DatedUses dated, EventSources sources) {
        Map<TableName, Set<TableName>> children = new LinkedHashMap<>();
        store.tables().keySet().stream().sorted().forEach(name -> children.put(name, new LinkedHashSet<>()));
        for (BoundTable table : store.tables().values()) {
            for (Link link : blockers.into(table.name())) {
                edge(children, link.from(), table.name());
            }
            for (Role role : table.roles()) {
                role.path().stream().findFirst().ifPresent(link -> edge(children, table.name(), link.to()));
            }
            for (Dating dating : sources.dating(table.name())) {
                dated.decidedBefore(dating)
                        .forEach(below -> edge(children, below, dating.from().name()));
            }
            for (List<Link> way : clocks.waysOfClocks(table)) {
                freedWith(store, table, way.getFirst().from(), blockers, children);
            }
            for (PointerLink pointer : table.pointers()) {
                reachedAcross(store.table(pointer.link().from()), table, owners, children);
                for (Link other : blockers.into(table.name())) {
                    boolean alsoOwns = table.pointers().stream()
                            .anyMatch(p -> p.link().from().equals(other.from()));
                    if (!alsoOwns) {
                        edge(children, other.from(), pointer.link().from());
                    }
                }
            }
        }
        return components(children).stream()
                .map(circle -> circle.stream()
                        .sorted(Comparator.comparingInt((TableName name) -> -distance(store.table(name))))
                        .toList())
                .toList();
    }

    /** How far its rows are from their owners: in a circle those that belong to others come first. */
    private static int distance(BoundTable table) {
        return table.roles().stream().mapToInt(role -> role.path().size()).max().orElse(0);
    }

    /**
     * Rows lose their links to owners met by value once their group has come to rest, and a shared row is reached only across them: so it is
     * treated with them, and before these owners.
     */
    private static void reachedAcross(
            BoundTable pointing, BoundTable shared, Owners owners, Map<TableName, Set<TableName>> children) {
        if (pointing.roles().stream().anyMatch(owners::metByValue)) {
            edge(children, shared.name(), pointing.name());
        }
    }

    /** What a clock refers to besides the row it goes with can go only after that row. */
    private static void freedWith(
            BoundStore store,
            BoundTable dated,
            TableName clock,
            Blockers blockers,
            Map<TableName, Set<TableName>> children) {
        for (TableName other : store.tables().keySet()) {
            boolean referred =
                    blockers.into(other).stream().anyMatch(link -> link.from().equals(clock));
            if (referred && !other.equals(dated.name())) {
                edge(children, dated.name(), other);
            }
        }
    }

    private static void edge(Map<TableName, Set<TableName>> children, TableName child, TableName parent) {
        Set<TableName> of = children.get(parent);
        if (of != null && children.containsKey(child)) {
            of.add(child);
        }
    }

    /** Components, each after all that it depends on. */
    static List<List<TableName>> components(Map<TableName, Set<TableName>> dependsOn) {
        Order order = new Order(dependsOn);
        for (TableName name : dependsOn.keySet()) {
            if (!order.index.containsKey(name)) {
                order.visit(name);
            }
        }
        return order.components;
    }

    private int visit(TableName name) {
        int own = index.size();
        index.put(name, own);
        int lowest = own;
        stack.push(name);
        onStack.add(name);
        for (TableName child : children.getOrDefault(name, Set.of())) {
            Integer seen = index.get(child);
            if (seen == null) {
                lowest = Math.min(lowest, visit(child));
            } else if (onStack.contains(child)) {
                lowest = Math.min(lowest, seen);
            }
        }
        low.put(name, lowest);
        if (lowest == own) {
            List<TableName> component = new ArrayList<>();
            TableName member;
            do {
                member = stack.pop();
                onStack.remove(member);
                component.add(member);
            } while (!member.equals(name));
            components.add(List.copyOf(component));
        }
        return lowest;
    }
}
