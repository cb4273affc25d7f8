package dev.kept.server.suppression;

import dev.kept.core.suppression.Sighting.Judgement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a look through a store found of persons who were erased.
 *
 * @param looked persons whose row was read
 * @param again who is to be erased again, by kind
 * @param doubtful of whom somebody has to decide
 * @param alone who came back by themselves, or was decided to be left alone
 * @param more whether there were more than are treated at once
 */
record Seen(long looked, Map<String, List<List<String>>> again, List<Doubtful> doubtful, long alone, boolean more) {

    Seen {
        Map<String, List<List<String>>> copy = new LinkedHashMap<>();
        again.forEach((kind, keys) -> copy.put(kind, List.copyOf(keys)));
        again = Map.copyOf(copy);
        doubtful = List.copyOf(doubtful);
    }

    /**
     * Somebody doubtful.
     *
     * @param endsAt until when it is known that such a person was erased
     */
    record Doubtful(String kind, List<String> key, Judgement why, Instant endsAt) {}

    long back() {
        return again.values().stream().mapToLong(List::size).sum();
    }

    /** Whom to erase again, so many at once. */
    List<Map<String, List<List<String>>>> portions(int most) {
        List<Map<String, List<List<String>>>> portions = new ArrayList<>();
        again.forEach((kind, keys) -> {
            for (int from = 0; from < keys.size(); from += most) {
                portions.add(Map.of(kind, keys.subList(from, Math.min(keys.size(), from + most))));
            }
        });
        return portions;
    }

    @Override
    public String toString() {
        return "of " + looked + " persons " + back() + " are back, " + doubtful.size() + " doubtful, " + alone
                + " left alone";
    }
}
