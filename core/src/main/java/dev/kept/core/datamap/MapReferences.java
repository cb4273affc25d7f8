package dev.kept.core.datamap;

import dev.kept.core.datamap.Table.BelongsTo;
import dev.kept.core.datamap.Table.Target;
import dev.kept.core.source.Place;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names in a data map that must stand elsewhere in the same map: tables, kinds of persons, roles. */
final class MapReferences {

    private static final String SELF = "self";

    private final Store store;
    private final Places places;
    private final Map<String, TableName> kinds = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    MapReferences(Store store, Places places) {
        this.store = store;
        this.places = places;
    }

    List<Problem> problems() {
        for (Table table : store.tables().values()) {
            table.person().ifPresent(person -> {
                TableName first = kinds.putIfAbsent(person.kind(), table.name());
                if (first != null) {
                    error(
                            "duplicate-person",
                            table,
                            List.of("person", person.kind()),
                            "`" + person.kind() + "` is a row of `" + first + "` already",
                            "give this kind of person another name, or let the row belong to the other");
                }
            });
        }
        store.tables().values().forEach(this::table);
        return problems;
    }

    private void table(Table table) {
        table.belongsTo().values().forEach(way -> way(table, way));
        for (int i = 0; i < table.anyOf().size(); i++) {
            known(
                    table,
                    List.of("belongs-to", "any-of", String.valueOf(i)),
                    table.anyOf().get(i).table());
        }
        table.events()
                .values()
                .forEach(event ->
                        event.dates().forEach(dated -> known(table, List.of("events", event.name(), "dates"), dated)));
        Set<String> roles = new LinkedHashSet<>(table.belongsTo().keySet());
        table.person().ifPresent(person -> roles.add(SELF));
        table.columns()
                .values()
                .forEach(column -> column.of().stream()
                        .filter(role -> !roles.contains(entryOf(role)))
                        .forEach(role -> error(
                                "unknown-role",
                                table,
                                List.of("columns", column.name(), "of"),
                                "`" + role + "` is no way from `" + table.name() + "` to an owner",
                                Spelling.suggest(role, roles))));
    }

    /** A role may be named in full, as in {@code order.buyer}; its first part is an entry of {@code belongs-to}. */
    private static String entryOf(String role) {
        int dot = role.indexOf('.');
        return dot < 0 ? role : role.substring(0, dot);
    }

    private void way(Table table, BelongsTo way) {
        List<String> path = List.of("belongs-to", way.role());
        switch (way.target()) {
            case Target.OfTable(TableName target) -> known(table, path, target);
            case Target.OfKind(String kind) -> {
                if (!kinds.containsKey(kind)) {
                    error(
                            "unknown-person",
                            table,
                            path,
                            "no table of this map says that its rows are a `" + kind + "`",
                            Spelling.suggest(kind, kinds.keySet()));
                }
            }
        }
    }

    private void known(Table table, List<String> path, TableName target) {
        Optional<Table> found = Optional.ofNullable(store.tables().get(target));
        if (found.isEmpty()) {
            List<String> names =
                    store.tables().keySet().stream().map(TableName::toString).toList();
            error(
                    "unknown-table",
                    table,
                    path,
                    "the map has no table `" + target + "`",
                    Spelling.nearest(target.toString(), names)
                            .map(name -> "did you mean `" + name + "`?")
                            .orElse("add it to `tables`"));
        } else if (!found.get().personal()) {
            error(
                    "not-personal-table",
                    table,
                    path,
                    "`" + table.name() + "` leads to `" + target + "`, which is `not-personal`",
                    "say what `" + target + "` holds, or remove the way there");
        }
    }

    private void error(String code, Table table, List<String> below, String message, String attempt) {
        // The table may be written under either of two names.
        List<String> path = new ArrayList<>(List.of("tables", table.name().toString()));
        path.addAll(below);
        Place place = places.at(path.toArray(String[]::new));
        problems.add(Problem.error(code, place, String.join(".", path), message, attempt));
    }
}
