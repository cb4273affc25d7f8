package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Facts.Hold;
import dev.kept.core.lifecycle.Facts.PersonFact;
import dev.kept.core.lifecycle.Facts.What;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that a plan for persons depends on beside its store: which kinds of persons it is of, and what is known of these and of others. Not
 * whom it is of, nor T: rows are compared with both, and a plan asks of a set of keys only whether it is empty and whether it names all
 * persons of the run.
 *
 * @param kinds of the run's persons
 * @param known what is known of persons, and whether of those of the run
 * @param holds the tables with records under a hold
 */
record Outline(Set<String> kinds, Set<Known> known, Set<TableName> holds) {

    /** Begins what stands where a key will. No database takes it: where it is not replaced, the statement fails. */
    private static final String PLACE = "\0";

    /** As {@link #PLACE}, for somebody who is not known to be of the run, and for records under a hold: these are no keys of the run's. */
    private static final String ELSEWHERE = "\0\0";

    private static final Instant LONG_AGO = Instant.parse("0001-01-01T00:00:00Z");

    Outline {
        kinds = Collections.unmodifiableSet(new TreeSet<>(kinds));
        known = Set.copyOf(known);
        holds = Set.copyOf(holds);
    }

    record Known(What what, String kind, boolean ofRun) {}

    /** Empty where something is known of some of the run's persons and not of others: such a plan is like no other. */
    static Optional<Outline> of(Facts facts, Scope.Persons scope) {
        Map<String, Set<List<String>>> run = new HashMap<>();
        Set<String> kinds = new TreeSet<>();
        for (Scope.Identified identified : scope.persons()) {
            if (identified.keys().isEmpty() || !kinds.add(identified.kind())) {
                return Optional.empty();
            }
            run.put(identified.kind(), new HashSet<>(identified.keys().keys()));
        }
        Map<Known, Set<List<String>>> named = new HashMap<>();
        for (PersonFact fact : facts.persons()) {
            if (fact.what() instanceof What.Objected) {
                continue; // no plan asks for it
            }
            Set<List<String>> hers = run.getOrDefault(fact.kind(), Set.of());
            for (List<String> key : fact.keys()) {
                named.computeIfAbsent(new Known(fact.what(), fact.kind(), hers.contains(key)), k -> new HashSet<>())
                        .add(key);
            }
        }
        boolean some = named.entrySet().stream()
                .anyMatch(known -> known.getKey().ofRun()
                        && known.getValue().size()
                                < run.getOrDefault(known.getKey().kind(), Set.of())
                                        .size());
        Set<TableName> holds = new HashSet<>();
        facts.holds().stream().filter(hold -> !hold.keys().isEmpty()).forEach(hold -> holds.add(hold.table()));
        return some ? Optional.empty() : Optional.of(new Outline(kinds, named.keySet(), holds));
    }

    /** A T at which nothing has ended yet, in the store's zone. */
    static AsOf asOf(BoundStore store) {
        return new AsOf(LONG_AGO, store.notice().controller().zone());
    }

    Scope.Persons scope(BoundStore store) {
        return new Scope.Persons(kinds.stream()
                .map(kind -> new Scope.Identified(
                        kind, new KeySet("this run's " + kind, List.of(place(PLACE + kind, keyColumns(store, kind))))))
                .toList());
    }

    Facts facts(BoundStore store) {
        List<PersonFact> persons = new ArrayList<>();
        for (Known fact : known) {
            String place = (fact.ofRun() ? PLACE : ELSEWHERE) + fact.kind();
            persons.add(new PersonFact(
                    fact.what(), fact.kind(), List.of(place(place, keyColumns(store, fact.kind())))));
        }
        List<Hold> held = holds.stream()
                .filter(store.tables()::containsKey)
                .map(table -> new Hold(table, List.of(place(ELSEWHERE, recordKey(store, table)))))
                .toList();
        return new Facts(persons, held);
    }

    private static int recordKey(BoundStore store, TableName table) {
        return store.table(table).catalogue().primaryKey().size();
    }

    private static int keyColumns(BoundStore store, String kind) {
        return store.personTable(kind)
                .flatMap(table -> table.map().person())
                .map(person -> person.key().size())
                .orElse(1);
    }

    /** Whether this is no key, but where one will stand. */
    static boolean isPlace(List<String> key) {
        return key.stream().anyMatch(part -> part.startsWith(PLACE));
    }

    private static List<String> place(String place, int columns) {
        return Collections.nCopies(columns, place);
    }
}
