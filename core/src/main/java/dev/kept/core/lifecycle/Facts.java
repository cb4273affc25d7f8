package dev.kept.core.lifecycle;

import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What Kept itself knows about persons and records of one store, beside what the store's columns say.
 *
 * <p>Persons are known by the key of their kind in this store; keys are values as PostgreSQL prints them.
 */
public record Facts(List<PersonFact> persons, List<Hold> holds) {

    public static final Facts NONE = new Facts(List.of(), List.of());

    public Facts {
        persons = List.copyOf(persons);
        holds = List.copyOf(holds);
    }

    /** A fact about persons of one kind. */
    public record PersonFact(What what, String kind, List<List<String>> keys) {
        public PersonFact {
            keys = keys.stream().map(List::copyOf).toList();
        }
    }

    /** What is known of a person. */
    public sealed interface What {
        /** The use was ended: a withdrawal, an objection to direct marketing. */
        record Ended(String use) implements What {}

        /** A request for erasure stands (Art. 17). */
        record Erased() implements What {}

        /** The data is restricted (Art. 18): stored, not swept. */
        record Restricted() implements What {}

        /** The use is on, with consent that Kept recorded ({@code facts: {use: kept}}). */
        record Given(String use) implements What {}

        /**
         * The person objected to the use, and nobody has weighed it yet (Art. 21(1)): it is refused, and nothing ends or stays because of it. An
         * objection to direct marketing needs no weighing: it is {@link Ended}.
         */
        record Objected(String use) implements What {}
    }

    /** A legal hold on named records of a table, by primary key. */
    public record Hold(TableName table, List<List<String>> keys) {
        public Hold {
            keys = keys.stream().map(List::copyOf).toList();
        }
    }

    KeySet persons(String name, String kind, Predicate<What> which) {
        List<List<String>> keys = new ArrayList<>();
        for (PersonFact fact : persons) {
            if (fact.kind().equals(kind) && which.test(fact.what())) {
                keys.addAll(fact.keys());
            }
        }
        return new KeySet(
                name, keys.stream().distinct().sorted(Facts::compareKeys).toList());
    }

    Map<TableName, KeySet> holdsByTable() {
        Map<TableName, List<List<String>>> keys = new LinkedHashMap<>();
        for (Hold hold : holds) {
            keys.computeIfAbsent(hold.table(), table -> new ArrayList<>()).addAll(hold.keys());
        }
        Map<TableName, KeySet> sets = new LinkedHashMap<>();
        keys.forEach((table, all) -> sets.put(
                table,
                new KeySet(
                        "held " + table,
                        all.stream().distinct().sorted(Facts::compareKeys).toList())));
        return sets;
    }

    private static int compareKeys(List<String> a, List<String> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }
}
