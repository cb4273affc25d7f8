package dev.kept.core.datamap.picture;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables of persons' data by their distance from the person: first those whose rows are persons, then what is reached in one step, and so on.
 *
 * @param layers each in an order in which few ways cross
 * @param ways from a table nearer to the person to one farther away, or beside it
 */
public record Layers(List<List<TableName>> layers, List<Way> ways) {

    /** How often layers are put in order by their neighbours; more changes nothing to see. */
    private static final int ROUNDS = 4;

    public Layers {
        layers = layers.stream().map(List::copyOf).toList();
        ways = List.copyOf(ways);
    }

    /**
     * A way from table to table.
     *
     * @param columns that make it, in the table that points
     * @param back whether {@code from} points to {@code to}: a row shared by those who point to it
     */
    public record Way(TableName from, TableName to, List<String> columns, boolean back) {
        public Way {
            columns = List.copyOf(columns);
        }
    }

    public static Layers of(BoundStore store) {
        List<Way> ways = ways(store);
        Map<TableName, Integer> distance = distances(store, ways);
        List<List<TableName>> layers = new ArrayList<>();
        distance.forEach((table, far) -> {
            while (layers.size() <= far) {
                layers.add(new ArrayList<>());
            }
            layers.get(far).add(table);
        });
        layers.removeIf(List::isEmpty);
        for (int round = 0; round < ROUNDS; round++) {
            inOrder(layers, ways);
        }
        return new Layers(layers, ways);
    }

    private static List<Way> ways(BoundStore store) {
        Set<Way> ways = new LinkedHashSet<>();
        for (BoundTable table : store.tables().values()) {
            for (Role role : table.roles()) {
                role.path().stream().limit(1).forEach(link -> ways.add(way(link)));
            }
            for (PointerLink pointer : table.pointers()) {
                Link link = pointer.link();
                ways.add(new Way(link.from(), link.to(), link.columns(), true));
            }
        }
        return List.copyOf(ways);
    }

    private static Way way(Link link) {
        return new Way(link.to(), link.from(), link.columns(), false);
    }

    /** Steps from the nearest person, in the order of the map; what nobody is reached from stands last. */
    private static Map<TableName, Integer> distances(BoundStore store, List<Way> ways) {
        Map<TableName, Integer> found = new HashMap<>();
        store.tables().values().stream()
                .filter(table -> table.map().person().isPresent())
                .forEach(table -> found.put(table.name(), 0));
        boolean more = true;
        while (more) {
            more = false;
            for (Way way : ways) {
                Integer from = found.get(way.from());
                Integer to = found.get(way.to());
                if (from != null && (to == null || to > from + 1)) {
                    found.put(way.to(), from + 1);
                    more = true;
                }
            }
        }
        int last = found.values().stream().max(Comparator.naturalOrder()).orElse(0) + 1;
        Map<TableName, Integer> ordered = new LinkedHashMap<>();
        store.tables().keySet().forEach(table -> ordered.put(table, found.getOrDefault(table, last)));
        return ordered;
    }

    /** Each table stands about where its neighbours of the layer before stand on average. */
    private static void inOrder(List<List<TableName>> layers, List<Way> ways) {
        for (int i = 1; i < layers.size(); i++) {
            List<TableName> before = layers.get(i - 1);
            List<TableName> layer = layers.get(i);
            Map<TableName, Double> weights = new HashMap<>();
            for (TableName table : layer) {
                weights.put(
                        table,
                        ways.stream()
                                .filter(way -> way.to().equals(table) && before.contains(way.from()))
                                .mapToInt(way -> before.indexOf(way.from()))
                                .average()
                                .orElse(before.size()));
            }
            layer.sort(Comparator.comparing(table -> weights.getOrDefault(table, 0.0)));
        }
    }
}
