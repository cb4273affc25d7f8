package dev.kept.server.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A person as one store knows her.
 *
 * @param keys her keys, by kind of person
 * @param met kinds in which she was found not by what she was named by, but by a finder read from another row of hers: the finder's name
 * @param further of her keys those that were found by another address of hers than the one she was named by: whoever shows that one is hers has not
 *     shown that the others are
 * @param finders the finders' values of her rows, by kind, one map a row; they are personal data and live no longer than the command
 * @param besides the same of rows of hers in other tables, one map a value: she may have several, and each is hers
 * @param beyond both of what was found by another address of hers, by kind: it is hers, and leads nowhere, so that one step stays one step
 */
public record Found(
        Map<String, List<List<String>>> keys,
        Map<String, String> met,
        Map<String, List<List<String>>> further,
        Map<String, List<Map<String, String>>> finders,
        Map<String, List<Map<String, String>>> besides,
        Map<String, List<Map<String, String>>> beyond) {

    public Found {
        keys = ordered(keys);
        met = ordered(met);
        further = ordered(further);
        finders = ordered(finders);
        besides = ordered(besides);
        beyond = ordered(beyond);
    }

    /**
     * Finders' values that lead to rows of hers elsewhere.
     *
     * @param own of her own rows, by finder
     * @param besides of rows in other tables
     */
    record Leading(Map<String, String> own, Map<String, Set<String>> besides) {

        static final Leading NOWHERE = new Leading(Map.of(), Map.of());

        /** The same, but where her own rows in another place say something of a finder; addresses besides are all hers. */
        Leading under(Leading other) {
            Map<String, String> rows = new LinkedHashMap<>(own);
            rows.putAll(other.own);
            Map<String, Set<String>> both = new LinkedHashMap<>();
            besides.forEach((finder, values) -> both.put(finder, new LinkedHashSet<>(values)));
            other.besides.forEach((finder, values) ->
                    both.computeIfAbsent(finder, name -> new LinkedHashSet<>()).addAll(values));
            return new Leading(rows, both);
        }

        /** All by finder. */
        Map<String, Set<String>> all() {
            Map<String, Set<String>> all = new LinkedHashMap<>();
            besides.forEach((finder, values) -> all.put(finder, new LinkedHashSet<>(values)));
            own.forEach((finder, value) ->
                    all.computeIfAbsent(finder, name -> new LinkedHashSet<>()).add(value));
            return all;
        }
    }

    /** All values of one kind's finders, one map a row. */
    public List<Map<String, String>> values(String kind) {
        List<Map<String, String>> values = new ArrayList<>(finders.getOrDefault(kind, List.of()));
        values.addAll(besides.getOrDefault(kind, List.of()));
        values.addAll(beyond.getOrDefault(kind, List.of()));
        return values;
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    public boolean nobody() {
        return keys.isEmpty();
    }

    /** What the rows she was named by are found by; never what was met, so that one step stays one step. */
    Leading leading() {
        return leading(List.of(this));
    }

    /**
     * The same of what several stores know of her. A finder that two rows give differently, wherever they are, leads nowhere: nobody is found
     * on a guess. Of what stands beside, each leads on.
     */
    static Leading leading(List<Found> stores) {
        Map<String, String> leading = new LinkedHashMap<>();
        Map<String, Set<String>> besides = new LinkedHashMap<>();
        Set<String> doubtful = new LinkedHashSet<>();
        for (Found store : stores) {
            store.named(store.besides())
                    .forEach(row -> row.forEach(
                            (finder, value) -> besides.computeIfAbsent(finder, name -> new LinkedHashSet<>())
                                    .add(value)));
            store.named(store.finders())
                    .forEach(row -> row.forEach((finder, value) -> {
                        String other = leading.putIfAbsent(finder, value);
                        if (other != null && !folded(other).equals(folded(value))) {
                            doubtful.add(finder);
                        }
                    }));
        }
        leading.keySet().removeAll(doubtful);
        return new Leading(leading, besides);
    }

    /** Of these values, those of the rows she was named by. */
    private List<Map<String, String>> named(Map<String, List<Map<String, String>>> values) {
        return values.entrySet().stream()
                .filter(kind -> !met.containsKey(kind.getKey()))
                .flatMap(kind -> kind.getValue().stream())
                .toList();
    }

    static String folded(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "a person of kinds " + keys.keySet();
    }
}
