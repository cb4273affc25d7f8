package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.Hold;
import dev.kept.core.lifecycle.Facts.PersonFact;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.Rekey;
import dev.kept.server.state.RunKey;
import dev.kept.stores.postgres.step.NewKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Keys by which Kept knows persons and records, and by which a run replaces those that are personal themselves. What replaces them follows from
 * the run's key, so that it is known before the first step and after every crash: a person is looked for under both keys, and what is known of
 * her goes on under the new one ({@code docs/semantics.md} section 5).
 */
final class KnownKeys {

    private final BoundStore store;
    private final Map<TableName, Rekey> rekeys = new LinkedHashMap<>();
    private final RunKey secret;
    private final Map<TableName, Map<List<String>, String>> settled = new HashMap<>();

    KnownKeys(BoundStore store, Plan plan, RunKey secret) {
        this.store = store;
        this.secret = secret;
        for (TablePlan table : plan.rekeyed()) {
            table.rekey().ifPresent(rekey -> rekeys.put(table.table(), rekey));
        }
    }

    /** What the executor has to replace those keys by that were asked for so far. */
    NewKeys settled() {
        return new NewKeys(settled);
    }

    /** A person's key once the run has replaced it; empty where it replaces none of it. */
    Optional<List<String>> ofPerson(String kind, List<String> key) {
        return store.personTable(kind)
                .flatMap(table ->
                        after(table, table.map().person().map(Table.Person::key).orElse(List.of()), key));
    }

    /** A record's key once the run has replaced it; empty where it replaces none of it. */
    Optional<List<String>> ofRecord(TableName table, List<String> key) {
        return Optional.ofNullable(store.tables().get(table))
                .flatMap(bound -> after(bound, bound.catalogue().primaryKey(), key));
    }

    /** The persons' keys, and those that replace them. */
    Map<String, List<List<String>>> both(Map<String, List<List<String>>> identifiers) {
        Map<String, List<List<String>>> both = new LinkedHashMap<>();
        identifiers.forEach((kind, keys) -> {
            List<List<String>> all = new ArrayList<>(keys);
            keys.forEach(key -> ofPerson(kind, key).ifPresent(all::add));
            both.put(kind, all);
        });
        return both;
    }

    /**
     * What is known of persons and records, under their keys and those that replace them.
     *
     * @param reached whether the run may replace the key of a person of this kind
     */
    Facts both(Facts facts, BiPredicate<String, List<String>> reached) {
        List<PersonFact> persons = new ArrayList<>(facts.persons());
        for (PersonFact fact : facts.persons()) {
            List<List<String>> after = fact.keys().stream()
                    .filter(key -> reached.test(fact.kind(), key))
                    .flatMap(key -> ofPerson(fact.kind(), key).stream())
                    .toList();
            if (!after.isEmpty()) {
                persons.add(new PersonFact(fact.what(), fact.kind(), after));
            }
        }
        List<Hold> holds = new ArrayList<>(facts.holds());
        for (Hold hold : facts.holds()) {
            List<List<String>> after = hold.keys().stream()
                    .flatMap(key -> ofRecord(hold.table(), key).stream())
                    .toList();
            if (!after.isEmpty()) {
                holds.add(new Hold(hold.table(), after));
            }
        }
        return new Facts(persons, holds);
    }

    private Optional<List<String>> after(BoundTable table, List<String> columns, List<String> key) {
        if (rekeys.isEmpty() || key.size() != columns.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), key.get(i));
        }
        Map<String, String> changed = changed(table.name(), values, Set.of());
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(columns.stream()
                        .map(column -> changed.getOrDefault(column, String.valueOf(values.get(column))))
                        .toList());
    }

    /** The columns that get another value: by a new key of the row itself, or of the row that its key leads to. */
    private Map<String, String> changed(TableName table, Map<String, String> values, Set<TableName> seen) {
        Map<String, String> changed = own(table, values);
        if (seen.contains(table)) {
            return changed;
        }
        Set<TableName> further = new HashSet<>(seen);
        further.add(table);
        for (Rekey rekey : rekeys.values()) {
            for (Link link : rekey.followers()) {
                if (link.from().equals(table)
                        && link.match() == Match.EXACT
                        && values.keySet().containsAll(link.columns())) {
                    follow(link, values, further, changed);
                }
            }
        }
        return changed;
    }

    private void follow(Link link, Map<String, String> values, Set<TableName> seen, Map<String, String> changed) {
        Map<String, String> there = new LinkedHashMap<>();
        for (int i = 0; i < link.columns().size(); i++) {
            there.put(
                    link.targetColumns().get(i),
                    String.valueOf(values.get(link.columns().get(i))));
        }
        Map<String, String> after = changed(link.to(), there, seen);
        for (int i = 0; i < link.columns().size(); i++) {
            String value = after.get(link.targetColumns().get(i));
            if (value != null) {
                changed.putIfAbsent(link.columns().get(i), value);
            }
        }
    }

    private Map<String, String> own(TableName table, Map<String, String> values) {
        Map<String, String> changed = new LinkedHashMap<>();
        Rekey rekey = rekeys.get(table);
        List<String> columns = store.table(table).catalogue().primaryKey();
        if (rekey == null || !values.keySet().containsAll(columns)) {
            return changed;
        }
        List<String> key = columns.stream()
                .map(column -> String.valueOf(values.get(column)))
                .toList();
        List<String> drawn = new ArrayList<>(List.of(table.toString()));
        drawn.addAll(key);
        String digits = secret.digits(drawn);
        for (String column : rekey.columns()) {
            String value = String.valueOf(values.get(column));
            if (!rekey.shape(column).replaced(value)) {
                changed.put(column, rekey.shape(column).of(digits));
            }
        }
        if (!changed.isEmpty()) {
            settled.computeIfAbsent(table, name -> new HashMap<>()).put(key, digits);
        }
        return changed;
    }

    @Override
    public String toString() {
        return "keys of persons";
    }
}
