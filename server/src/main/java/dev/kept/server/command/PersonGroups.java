package dev.kept.server.command;

import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.run.PersonStores.Hit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Persons in the order in which they were named, in groups that are worked on at once. */
final class PersonGroups {

    /** A row by which a person is known. */
    private record Key(String store, String kind, List<String> key) {}

    private PersonGroups() {}

    /** Groups of at most {@code most}; whoever shares a row with somebody of a group begins the next one, so that the first is done before. */
    static List<Map<Named, List<Hit>>> of(Map<Named, List<Hit>> found, int most) {
        List<Map<Named, List<Hit>>> groups = new ArrayList<>();
        Map<Named, List<Hit>> group = new LinkedHashMap<>();
        Set<Key> known = new HashSet<>();
        for (Map.Entry<Named, List<Hit>> person : found.entrySet()) {
            Set<Key> hers = keys(person.getValue());
            if (group.size() == most || hers.stream().anyMatch(known::contains)) {
                groups.add(group);
                group = new LinkedHashMap<>();
                known.clear();
            }
            group.put(person.getKey(), person.getValue());
            known.addAll(hers);
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }

    private static Set<Key> keys(List<Hit> hits) {
        Set<Key> keys = new HashSet<>();
        for (Hit hit : hits) {
            String store = hit.place().store().name();
            hit.found().keys().forEach((kind, rows) -> rows.forEach(key -> keys.add(new Key(store, kind, key))));
        }
        return keys;
    }
}
