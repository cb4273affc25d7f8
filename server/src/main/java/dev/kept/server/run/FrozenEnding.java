package dev.kept.server.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which uses end for whom in a store, as a run holds it under its key until it ends.
 *
 * @param people for whom, and since when for each; of several each has keys of the same kinds
 */
record FrozenEnding(SortedSet<String> uses, List<Leaving> people) {

    /** Before the name of a use. No kind is named so. */
    private static final String USE = "use ";

    /** Before the number of one of several persons, and the time from which it counts for her, or a kind of her keys. */
    private static final String PERSON = "person ";

    private static final String SINCE = "since ";

    /**
     * Somebody for whom uses end.
     *
     * @param identifiers her keys by kind
     * @param at when they ended for her
     */
    public record Leaving(Map<String, List<List<String>>> identifiers, Instant at) {
        public Leaving {
            identifiers = Map.copyOf(identifiers);
        }

        @Override
        public String toString() {
            return "a person, since " + at;
        }
    }

    FrozenEnding {
        uses = new TreeSet<>(uses);
        people = List.copyOf(people);
        if (uses.isEmpty() || people.isEmpty()) {
            throw new IllegalArgumentException("an ending is of some use, for somebody");
        }
    }

    /** For one person. */
    FrozenEnding(SortedSet<String> uses, Map<String, List<List<String>>> identifiers, Instant at) {
        this(uses, List.of(new Leaving(identifiers, at)));
    }

    /** @param asOf of the run */
    static FrozenEnding of(Map<String, List<List<String>>> frozen, Instant asOf) {
        SortedSet<String> uses = new TreeSet<>();
        Map<String, List<List<String>>> one = new LinkedHashMap<>();
        SortedMap<Integer, Map<String, List<List<String>>>> several = new TreeMap<>();
        Map<Integer, Instant> since = new LinkedHashMap<>();
        frozen.forEach((name, keys) -> {
            if (name.startsWith(USE)) {
                uses.add(name.substring(USE.length()));
            } else if (name.startsWith(PERSON)) {
                int end = name.indexOf(' ', PERSON.length());
                int person = Integer.parseInt(name.substring(PERSON.length(), end));
                String what = name.substring(end + 1);
                if (what.startsWith(SINCE)) {
                    since.put(person, Instant.parse(what.substring(SINCE.length())));
                } else {
                    several.computeIfAbsent(person, number -> new LinkedHashMap<>())
                            .put(what, keys);
                }
            } else {
                one.put(name, keys);
            }
        });
        List<Leaving> people = new ArrayList<>();
        several.forEach((person, keys) -> people.add(new Leaving(keys, since.getOrDefault(person, asOf))));
        return new FrozenEnding(uses, people.isEmpty() ? List.of(new Leaving(one, asOf)) : people);
    }

    Map<String, List<List<String>>> frozen() {
        Map<String, List<List<String>>> frozen = new LinkedHashMap<>();
        if (people.size() == 1) {
            frozen.putAll(people.getFirst().identifiers());
        } else {
            for (int i = 0; i < people.size(); i++) {
                String person = PERSON + i + " ";
                frozen.put(person + SINCE + people.get(i).at(), List.of());
                people.get(i).identifiers().forEach((kind, keys) -> frozen.put(person + kind, keys));
            }
        }
        uses.forEach(use -> frozen.put(USE + use, List.of()));
        return frozen;
    }

    boolean many() {
        return people.size() > 1;
    }

    /** The last of the times: of the run. */
    Instant latest() {
        return people.stream().map(Leaving::at).max(Instant::compareTo).orElseThrow();
    }

    List<Map<String, List<List<String>>>> identifiers() {
        return people.stream().map(Leaving::identifiers).toList();
    }

    @Override
    public String toString() {
        return "the end of " + uses + " for " + people.size();
    }
}
