package dev.kept.server.run;

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
 * @param finders the finders' values of her rows, by kind, one map a row; they are personal data and live no longer than the command
 */
public record Found(
        Map<String, List<List<String>>> keys, Map<String, String> met, Map<String, List<Map<String, String>>> finders) {

    public Found {
        keys = ordered(keys);
        met = ordered(met);
        finders = ordered(finders);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    public boolean nobody() {
        return keys.isEmpty();
    }

    /** What the rows she was named by are found by; never what was met, so that one step stays one step. */
    Map<String, String> leading() {
        return leading(List.of(this));
    }

    /**
     * The same of what several stores know of her. A finder that two rows give differently, wherever they are, leads nowhere: nobody is found
     * on a guess.
     */
    static Map<String, String> leading(List<Found> stores) {
        Map<String, String> leading = new LinkedHashMap<>();
        Set<String> doubtful = new LinkedHashSet<>();
        for (Found store : stores) {
            store.named()
                    .forEach(row -> row.forEach((finder, value) -> {
                        String other = leading.putIfAbsent(finder, value);
                        if (other != null && !folded(other).equals(folded(value))) {
                            doubtful.add(finder);
                        }
                    }));
        }
        leading.keySet().removeAll(doubtful);
        return leading;
    }

    /** The finders' values of the rows she was named by. */
    private List<Map<String, String>> named() {
        return finders.entrySet().stream()
                .filter(kind -> !met.containsKey(kind.getKey()))
                .flatMap(kind -> kind.getValue().stream())
                .toList();
    }

    private static String folded(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "a person of kinds " + keys.keySet();
    }
}
