package dev.kept.core.lifecycle;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Facts.What;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The sets of keys that the conditions of one plan compare with. */
final class KeySets {

    private static final KeySet NOBODY = new KeySet("nobody", List.of());
    private static final KeySet NONE_HELD = new KeySet("held", List.of());

    private final Facts facts;
    private final Map<TableName, KeySet> holds;
    private final Map<String, Asked> asked = new LinkedHashMap<>();

    /** Persons of a kind of whom something is known, and how they are told from others. */
    private record Asked(String kind, Predicate<What> which, KeySet keys) {}

    KeySets(Facts facts) {
        this.facts = facts;
        this.holds = facts.holdsByTable();
    }

    /** Those of a kind of whom something is known: one name is always asked for in the same way. */
    KeySet persons(String name, String kind, Predicate<What> which) {
        if (facts.persons().isEmpty()) {
            return NOBODY;
        }
        String full = name + " " + kind;
        return asked.computeIfAbsent(full, f -> new Asked(kind, which, facts.persons(f, kind, which)))
                .keys();
    }

    /** The records of a table that are under a hold. */
    KeySet held(TableName table) {
        return holds.getOrDefault(table, NONE_HELD);
    }

    /** To each set of these facts the one of the same meaning of others. */
    Map<KeySet, KeySet> of(Facts others) {
        Map<KeySet, KeySet> sets = new HashMap<>();
        asked.forEach((name, set) -> sets.put(set.keys(), others.persons(name, set.kind(), set.which())));
        Map<TableName, KeySet> otherHolds = others.holdsByTable();
        holds.forEach((table, keys) -> sets.put(keys, otherHolds.getOrDefault(table, NONE_HELD)));
        return sets;
    }
}
