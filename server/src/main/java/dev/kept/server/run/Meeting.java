package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Table;
import dev.kept.server.run.Found.Leading;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Sql;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One search of a store for a person, kind by kind: by what she is named by, then by what her rows are found by. */
final class Meeting {

    private final LiveStore store;
    private final StoreConnection connection;
    private final Named person;
    private final Map<String, List<List<String>>> keys = new LinkedHashMap<>();
    private final Map<String, String> met = new LinkedHashMap<>();
    private final Map<String, List<List<String>>> further = new LinkedHashMap<>();
    private final Map<String, List<Map<String, String>>> finders = new LinkedHashMap<>();
    private final Map<String, List<Map<String, String>>> besides = new LinkedHashMap<>();
    private final Map<String, List<Map<String, String>>> beyond = new LinkedHashMap<>();
    private boolean furtherOn;

    Meeting(LiveStore store, StoreConnection connection, Named person) {
        this.store = store;
        this.connection = connection;
        this.person = person;
    }

    /** By what she is named by alone. */
    Found named() {
        byNames();
        return found();
    }

    /** @return the kinds of which she is named */
    private Set<Table.Person> byNames() {
        Set<Table.Person> named = new HashSet<>();
        Finding.kinds(store).forEach((kind, table) -> {
            List<Sql> conditions = Finding.named(store, table, kind, person);
            if (!conditions.isEmpty()) {
                named.add(kind);
                meet(kind, table, conditions, Finding.onePerson(kind, person));
            }
        });
        return named;
    }

    Found find(Leading elsewhere) {
        Set<Table.Person> named = byNames();
        Leading leading = elsewhere.under(found().leading());
        Finding.kinds(store).forEach((kind, table) -> {
            if (named.contains(kind)) {
                further(kind, table, leading.besides());
            } else {
                byFinders(kind, table, leading.all());
            }
        });
        return found();
    }

    private Found found() {
        return new Found(keys, met, further, finders, besides, beyond);
    }

    /** A kind of which she was not named: the first finder that finds her there counts. */
    private void byFinders(Table.Person kind, BoundTable table, Map<String, Set<String>> values) {
        for (String finder : kind.finders()) {
            if (!keys.containsKey(kind.kind())) {
                byValues(kind, table, finder, values.getOrDefault(finder, Set.of()));
                if (keys.containsKey(kind.kind())) {
                    met.put(kind.kind(), finder);
                }
            }
        }
    }

    /** Rows of a kind by one of her addresses do not speak of those by another. */
    private void further(Table.Person kind, BoundTable table, Map<String, Set<String>> besides) {
        List<List<String>> named = List.copyOf(keys.getOrDefault(kind.kind(), List.of()));
        // of a kind that she was found as, who else has one of her addresses beside is not asked: it may be a house's
        Set<String> names = named.isEmpty() ? kind.finders() : kind.foundBy().keySet();
        furtherOn = true;
        names.forEach(finder -> byValues(kind, table, finder, besides.getOrDefault(finder, Set.of())));
        furtherOn = false;
        List<List<String>> others = keys.getOrDefault(kind.kind(), List.of()).stream()
                .filter(key -> !named.contains(key))
                .toList();
        if (!others.isEmpty()) {
            further.put(kind.kind(), others);
        }
    }

    private void byValues(Table.Person kind, BoundTable table, String finder, Set<String> values) {
        for (String value : values) {
            List<Sql> same =
                    Finders.condition(store, kind, finder, value).stream().toList();
            meet(kind, table, same, Finding.onePerson(kind, Set.of(finder)));
        }
    }

    private void meet(Table.Person kind, BoundTable table, List<Sql> conditions, boolean onePerson) {
        List<Finding.PersonRow> rows = Finding.read(connection, table, kind, conditions, onePerson, person);
        List<List<String>> known = keys.getOrDefault(kind.kind(), List.of());
        List<Finding.PersonRow> others =
                rows.stream().filter(row -> !known.contains(row.key())).toList();
        if (!others.isEmpty()) {
            List<List<String>> all = new ArrayList<>(known);
            others.forEach(row -> all.add(row.key()));
            keys.put(kind.kind(), all);
            others.forEach(row -> (furtherOn ? beyond : finders)
                    .computeIfAbsent(kind.kind(), name -> new ArrayList<>())
                    .add(row.finders()));
            (furtherOn ? beyond : besides)
                    .computeIfAbsent(kind.kind(), name -> new ArrayList<>())
                    .addAll(Finders.beside(store, connection, table, kind, conditions, person));
        }
    }
}
