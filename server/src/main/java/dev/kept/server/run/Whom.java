package dev.kept.server.run;

import java.util.List;
import java.util.Map;

/**
 * Whom a run is for.
 *
 * @param identifiers their keys by kind, as frozen with the run; empty for a run of the whole store
 * @param people each one's keys by kind, where they are many and each is to get an answer of her own; else empty
 */
record Whom(Map<String, List<List<String>>> identifiers, List<Map<String, List<List<String>>>> people) {

    static final Whom NOBODY_BY_NAME = new Whom(Map.of(), List.of());

    Whom {
        identifiers = Map.copyOf(identifiers);
        people = List.copyOf(people);
    }
}
