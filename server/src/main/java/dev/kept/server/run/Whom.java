package dev.kept.server.run;

import java.util.List;
import java.util.Map;

/**
 * Whom a run is for.
 *
 * @param identifiers their keys by kind, as frozen with the run; empty for a run of the whole store
 * @param people each one's keys by kind, where they are many and each is to get an answer of her own; else empty
 * @param mixed whether it is not known any more which keys are one person's: the run broke off
 */
record Whom(Map<String, List<List<String>>> identifiers, List<Map<String, List<List<String>>>> people, boolean mixed) {

    static final Whom NOBODY_BY_NAME = new Whom(Map.of(), List.of());

    /** Somebody, or some who are told apart. */
    Whom(Map<String, List<List<String>>> identifiers, List<Map<String, List<List<String>>>> people) {
        this(identifiers, people, false);
    }

    /** Of a run that broke off. */
    static Whom ofBroken(Map<String, List<List<String>>> identifiers) {
        return new Whom(identifiers, List.of(), true);
    }

    /** Each key as if it were somebody's by itself. */
    List<Map<String, List<List<String>>>> apart() {
        return identifiers.entrySet().stream()
                .flatMap(kind -> kind.getValue().stream().map(key -> Map.of(kind.getKey(), List.of(key))))
                .toList();
    }

    Whom {
        identifiers = Map.copyOf(identifiers);
        people = List.copyOf(people);
    }
}
