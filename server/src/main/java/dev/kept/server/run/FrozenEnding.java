package dev.kept.server.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which uses end for whom in a store, as a run holds it under its key until it ends.
 *
 * @param identifiers the person's keys by kind
 */
record FrozenEnding(SortedSet<String> uses, Map<String, List<List<String>>> identifiers) {

    /** Before the name of a use. No kind is named so. */
    private static final String USE = "use ";

    FrozenEnding {
        uses = new TreeSet<>(uses);
        identifiers = Map.copyOf(identifiers);
        if (uses.isEmpty()) {
            throw new IllegalArgumentException("an ending is of some use");
        }
    }

    static FrozenEnding of(Map<String, List<List<String>>> frozen) {
        SortedSet<String> uses = new TreeSet<>();
        Map<String, List<List<String>>> identifiers = new LinkedHashMap<>();
        frozen.forEach((name, keys) -> {
            if (name.startsWith(USE)) {
                uses.add(name.substring(USE.length()));
            } else {
                identifiers.put(name, keys);
            }
        });
        return new FrozenEnding(uses, identifiers);
    }

    Map<String, List<List<String>>> frozen() {
        Map<String, List<List<String>>> frozen = new LinkedHashMap<>(identifiers);
        uses.forEach(use -> frozen.put(USE + use, List.of()));
        return frozen;
    }

    @Override
    public String toString() {
        return "the end of " + uses + " for a person";
    }
}
