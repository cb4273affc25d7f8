package dev.kept.core.binding;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.Table.BelongsTo;
import dev.kept.core.datamap.Table.Pointer;
import dev.kept.core.datamap.TableName;
import dev.kept.core.source.Spelling;
import dev.kept.core.value.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Resolves what {@code belongs-to}, {@code any-of} and {@code replies} mean in the live schema. */
final class Links {

    private final Store store;
    private final Catalogue catalogue;
    private final Problems problems;
    private final Map<String, Table> personTables = new HashMap<>();

    /** Tables and the pointers to shared rows by which rows of theirs own them. */
    private final Map<TableName, List<Pointing>> pointing = new HashMap<>();

    private final Map<Pointing, Optional<Link>> resolved = new HashMap<>();

    Links(Store store, Catalogue catalogue, Problems problems) {
        this.store = store;
        this.catalogue = catalogue;
        this.problems = problems;
        for (Table table : store.tables().values()) {
            table.person().ifPresent(person -> claim(person.kind(), table));
            for (Pointer pointer : table.anyOf()) {
                pointing.computeIfAbsent(pointer.table(), name -> new ArrayList<>())
                        .add(new Pointing(table, pointer));
            }
        }
    }

    private record Pointing(Table shared, Pointer pointer) {}

    private void claim(String kind, Table table) {
        Table first = personTables.putIfAbsent(kind, table);
        if (first != null) {
            problems.error(
                    "person-twice",
                    table.name(),
                    List.of("person"),
                    "the persons of kind `" + kind + "` already stand in `" + first.name() + "`",
                    "give these persons a kind of their own; a person's run finds both by their finders");
        }
    }

    Optional<Table> personTable(String kind) {
        return Optional.ofNullable(personTables.get(kind));
    }

    /** Where a {@code belongs-to} entry leads; empty (with a problem) where that cannot be said. */
    Optional<Link> of(Table table, BelongsTo entry) {
        List<String> element = List.of("belongs-to", entry.role());
        Optional<Table> target = target(table, entry, element);
        if (target.isEmpty() || !columnsExist(table.name(), entry.via(), element)) {
            return Optional.empty();
        }
        TableName to = target.get().name();
        Optional<List<String>> columns = targetColumns(table.name(), entry, target.get());
        if (columns.isEmpty() || columns.get().size() != entry.via().size()) {
            problems.error(
                    "link-unclear",
                    table.name(),
                    element,
                    "which columns of `" + to + "` `" + String.join(", ", entry.via()) + "` refers to is not clear",
                    "name them: `to: [column]`");
            return Optional.empty();
        }
        if (!columnsExist(to, columns.get(), element)) {
            return Optional.empty();
        }
        catalogue
                .find(table.name())
                .ifPresent(from ->
                        LinksByType.type(from, entry.via()).ifPresent(type -> byType(from, entry, type, to, element)));
        Link link = link(table.name(), entry.via(), to, columns.get(), entry.match());
        return entry.none().isEmpty() ? Optional.of(link) : Optional.of(sparing(link, entry.none(), element));
    }

    /** The link but for the values that stand for nobody: of one column's type, and nothing that a foreign key guards. */
    private Link sparing(Link link, List<String> none, List<String> element) {
        if (link.foreignKey() || link.columns().size() > 1) {
            problems.error(
                    "none-of-key",
                    link.from(),
                    element,
                    "`none` speaks of one column without a foreign key, and `" + String.join(", ", link.columns())
                            + (link.foreignKey() ? "` has one" : "` are several"),
                    "leave it out: there NULL alone stands for nobody");
            return link;
        }
        String column = link.columns().getFirst();
        String type = Optional.ofNullable(catalogue.tables().get(link.from()))
                .map(table -> table.column(column).baseType())
                .orElse("text");
        for (String value : none) {
            try {
                ValueType.of(type).read(value);
            } catch (IllegalArgumentException notOfThisType) {
                problems.error(
                        "misfit-none",
                        link.from(),
                        element,
                        "`" + value + "` is no value of `" + link.from() + "." + column + "`, which is `" + type + "`",
                        "write the value as PostgreSQL prints it, such as 0 or ''");
                return link;
            }
        }
        return new Link(
                link.from(),
                link.columns(),
                link.to(),
                link.targetColumns(),
                link.match(),
                false,
                link.nullable(),
                link.unique(),
                none);
    }

    private void byType(CatalogueTable from, BelongsTo entry, String type, TableName to, List<String> element) {
        String via = entry.via().getFirst();
        problems.advice(
                "link-by-type",
                from.name(),
                element,
                "`" + type + "` seems to say of which table a row is that `" + via
                        + "` leads to: here each counts as one of `" + to + "`, whoever it is",
                LinksByType.column(from, via, type, to.name().replaceAll("s$", "")));
    }

    private Optional<Table> target(Table table, BelongsTo entry, List<String> element) {
        return switch (entry.target()) {
            case Table.Target.OfKind ofKind -> {
                Optional<Table> found = personTable(ofKind.kind());
                if (found.isEmpty()) {
                    problems.error(
                            "unknown-person",
                            table.name(),
                            element,
                            "no table holds persons of kind `" + ofKind.kind() + "`",
                            "declare one with `person: {" + ofKind.kind() + ": {key: …}}`, or write "
                                    + Spelling.oneOf(personTables.keySet().stream()
                                            .sorted()
                                            .toList()));
                }
                yield found;
            }
            case Table.Target.OfTable ofTable -> {
                Optional<Table> found =
                        Optional.ofNullable(store.tables().get(ofTable.table())).filter(Table::personal);
                if (found.isEmpty()) {
                    problems.error(
                            "unknown-owner-table",
                            table.name(),
                            element,
                            "`" + ofTable.table() + "` is not a table of persons' data in this map",
                            "name a table of the map that is not `not-personal`");
                }
                yield found;
            }
        };
    }

    private Optional<List<String>> targetColumns(TableName from, BelongsTo entry, Table target) {
        if (!entry.to().isEmpty()) {
            return Optional.of(entry.to());
        }
        Optional<ForeignKey> key = foreignKey(from, entry.via(), target.name());
        if (key.isPresent()) {
            return Optional.of(aligned(key.get(), entry.via()));
        }
        List<String> personKey = target.person().map(Table.Person::key).orElse(List.of());
        if (personKey.size() == entry.via().size()) {
            return Optional.of(personKey);
        }
        return catalogue.find(target.name()).map(CatalogueTable::primaryKey);
    }

    private Optional<ForeignKey> foreignKey(TableName from, List<String> via, TableName to) {
        return catalogue.find(from).stream()
                .flatMap(table -> table.foreignKeys().stream())
                .filter(key -> key.to().equals(to)
                        && key.columns().size() == via.size()
                        && new HashSet<>(key.columns()).equals(new HashSet<>(via)))
                .findFirst();
    }

    private static List<String> aligned(ForeignKey key, List<String> via) {
        return via.stream()
                .map(column -> key.targetColumns().get(key.columns().indexOf(column)))
                .toList();
    }

    /** The link of a pointer to a shared row; empty (with a problem) where it cannot be said. */
    Optional<Link> of(Table shared, Pointer pointer) {
        return of(new Pointing(shared, pointer));
    }

    /** The links of a table's rows to shared rows that they own. */
    List<Link> pointing(TableName from) {
        return pointing.getOrDefault(from, List.of()).stream()
                .flatMap(each -> of(each).stream())
                .toList();
    }

    private Optional<Link> of(Pointing each) {
        Optional<Link> known = resolved.get(each);
        if (known == null) {
            known = resolve(each.shared(), each.pointer());
            resolved.put(each, known);
        }
        return known;
    }

    private Optional<Link> resolve(Table shared, Pointer pointer) {
        List<String> element = List.of("belongs-to", "any-of");
        Table from = store.tables().get(pointer.table());
        if (from == null) {
            problems.error(
                    "unknown-owner-table",
                    shared.name(),
                    element,
                    "`" + pointer.table() + "` is no table of this map",
                    "name a table whose rows point to `" + shared.name() + "`");
            return Optional.empty();
        }
        if (!columnsExist(pointer.table(), pointer.via(), element)) {
            return Optional.empty();
        }
        Optional<ForeignKey> key = foreignKey(pointer.table(), pointer.via(), shared.name());
        List<String> to = key.map(found -> aligned(found, pointer.via()))
                .or(() -> catalogue.find(shared.name()).map(CatalogueTable::primaryKey))
                .orElse(List.of());
        if (to.size() != pointer.via().size()) {
            problems.error(
                    "link-unclear",
                    shared.name(),
                    element,
                    "how `" + pointer.table() + "." + String.join(", ", pointer.via()) + "` points here is not clear",
                    "point with the columns of a foreign key, or with as many as the primary key has");
            return Optional.empty();
        }
        return Optional.of(link(pointer.table(), pointer.via(), shared.name(), to, Match.EXACT));
    }

    /** The link to the row a reply answers. */
    Optional<Link> parent(Table table) {
        if (table.replies().isEmpty()) {
            return Optional.empty();
        }
        List<String> via = table.replies().get().via();
        List<ForeignKey> own = catalogue.find(table.name()).stream()
                .flatMap(t -> t.foreignKeys().stream())
                .filter(key -> key.to().equals(table.name()))
                .filter(key -> via.isEmpty() || new HashSet<>(key.columns()).equals(new HashSet<>(via)))
                .toList();
        if (own.size() == 1) {
            ForeignKey key = own.getFirst();
            return Optional.of(link(table.name(), key.columns(), table.name(), key.targetColumns(), Match.EXACT));
        }
        List<String> key =
                catalogue.find(table.name()).map(CatalogueTable::primaryKey).orElse(List.of());
        if (!via.isEmpty() && via.size() == key.size() && columnsExist(table.name(), via, List.of("replies"))) {
            return Optional.of(link(table.name(), via, table.name(), key, Match.EXACT));
        }
        problems.error(
                "link-unclear",
                table.name(),
                List.of("replies"),
                "which row a reply answers is not clear",
                "name the columns that refer to it: `replies: {via: parent_id}`");
        return Optional.empty();
    }

    /** Links of all foreign keys of a table. */
    List<Link> foreignKeys(TableName table) {
        List<Link> links = new ArrayList<>();
        catalogue.find(table).ifPresent(t -> {
            for (ForeignKey key : t.foreignKeys()) {
                links.add(link(table, key.columns(), key.to(), key.targetColumns(), Match.EXACT));
            }
        });
        return links;
    }

    private Link link(TableName from, List<String> columns, TableName to, List<String> targets, Match match) {
        CatalogueTable here = catalogue.tables().get(from);
        CatalogueTable there = catalogue.tables().get(to);
        boolean foreignKey = match == Match.EXACT
                && foreignKey(from, columns, to)
                        .filter(key -> !key.partly() && aligned(key, columns).equals(targets))
                        .isPresent();
        return new Link(
                from,
                columns,
                to,
                targets,
                match,
                foreignKey,
                here == null ? List.of() : nullable(here, columns),
                there != null && match == Match.EXACT && unique(there, targets));
    }

    /** Columns that may be set to NULL without harm: nullable, not generated, in no key, and in no other foreign key. */
    private static List<String> nullable(CatalogueTable table, List<String> columns) {
        Set<String> taken = new HashSet<>(table.primaryKey());
        for (ForeignKey key : table.foreignKeys()) {
            if (!new HashSet<>(key.columns()).equals(new HashSet<>(columns))) {
                taken.addAll(key.columns());
            }
        }
        return columns.stream()
                .filter(column -> !taken.contains(column))
                .filter(column ->
                        !table.column(column).notNull() && !table.column(column).generated())
                .toList();
    }

    private static boolean unique(CatalogueTable table, List<String> columns) {
        Set<String> set = new HashSet<>(columns);
        return (set.containsAll(table.primaryKey()) && !table.primaryKey().isEmpty())
                || table.uniqueKeys().stream()
                        .anyMatch(
                                key -> !key.expression() && key.partial().isEmpty() && set.containsAll(key.columns()));
    }

    boolean columnsExist(TableName table, List<String> columns, List<String> element) {
        CatalogueTable live = catalogue.tables().get(table);
        if (live == null) {
            return false;
        }
        boolean all = true;
        for (String column : columns) {
            if (!live.columns().containsKey(column)) {
                all = false;
                problems.error(
                        "unknown-column",
                        table,
                        element,
                        "`" + table + "` has no column `" + column + "`",
                        Spelling.suggest(column, live.columns().keySet()));
            }
        }
        return all;
    }
}
