package dev.kept.core.proof.sample;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A column, or a part of a document in one, whose values are to be sampled.
 *
 * @param id as the map names it: {@code email}, {@code doc$.contact.email}
 * @param path of the part of a document that is meant; empty for the whole column
 * @param without the parts of the document that are meant by others
 * @param categories what it holds by the map; empty where the map says it is nobody's data. What refers to another table's column holds what that one holds
 */
public record SampleColumn(
        TableName table,
        String id,
        String column,
        Form form,
        List<String> path,
        List<List<String>> without,
        Set<String> categories) {

    /** How a column's values are read. */
    public enum Form {
        TEXT,
        /** JSON: its strings, each by itself. */
        DOCUMENT,
        /** An array of texts: its elements, each by itself. */
        TEXTS,
        /** {@code inet}: the address. */
        ADDRESS;

        /** How values of this type are read; empty where they cannot look like anything that is sought. */
        static Optional<Form> of(CatalogueColumn column) {
            if (!column.enumValues().isEmpty()) {
                return Optional.empty();
            }
            String type = column.baseType().replaceFirst("\\(.*\\)", "");
            return switch (type) {
                case "text", "character varying", "character", "bpchar", "name", "citext", "point", "xml" ->
                    Optional.of(TEXT);
                case "json", "jsonb" -> Optional.of(DOCUMENT);
                case "text[]", "character varying[]", "citext[]" -> Optional.of(TEXTS);
                case "inet", "cidr" -> Optional.of(ADDRESS);
                default -> type.endsWith(".citext") ? Optional.of(TEXT) : Optional.empty();
            };
        }
    }

    /** How far a chain of references is followed to what it holds in the end. */
    private static final int MOST_REFERENCES = 8;

    public SampleColumn {
        path = List.copyOf(path);
        without = without.stream().map(List::copyOf).toList();
        categories = Collections.unmodifiableSet(new LinkedHashSet<>(categories));
    }

    /** Every column of the tables of a map whose values can look like something, declared as personal or not. */
    public static List<SampleColumn> of(BoundStore store) {
        List<SampleColumn> columns = new ArrayList<>();
        for (Table table : store.store().tables().values()) {
            store.catalogue()
                    .find(table.name())
                    .ifPresent(live -> live.columns()
                            .values()
                            .forEach(column -> Form.of(column)
                                    .ifPresent(form -> columns.addAll(of(store, table, live, column.name(), form)))));
        }
        return columns;
    }

    private static List<SampleColumn> of(BoundStore store, Table table, CatalogueTable live, String column, Form form) {
        List<Column> declared = table.columns().values().stream()
                .filter(each -> each.name().equals(column))
                .toList();
        List<SampleColumn> columns = new ArrayList<>();
        List<List<String>> parts = new ArrayList<>();
        for (Column part : declared) {
            if (!part.path().isEmpty()) {
                parts.add(part.path());
                columns.add(new SampleColumn(
                        table.name(),
                        part.id(),
                        column,
                        form,
                        part.path(),
                        List.of(),
                        new LinkedHashSet<>(part.categories())));
            }
        }
        Set<String> holds = new LinkedHashSet<>(held(store, table.name(), live, column, MOST_REFERENCES));
        columns.add(new SampleColumn(table.name(), column, column, form, List.of(), parts, holds));
        return columns;
    }

    /** What a column holds: what the map says, and what the columns hold that it refers to. */
    private static Set<String> held(BoundStore store, TableName table, CatalogueTable live, String column, int most) {
        Set<String> held = new LinkedHashSet<>();
        Optional.ofNullable(store.store().tables().get(table))
                .ifPresent(map -> map.columns().values().stream()
                        .filter(each ->
                                each.name().equals(column) && each.path().isEmpty())
                        .forEach(each -> held.addAll(each.categories())));
        if (most == 0) {
            return held;
        }
        for (ForeignKey key : live.foreignKeys()) {
            follow(store, key.columns(), key.to(), key.targetColumns(), column, most, held);
        }
        BoundTable bound = store.tables().get(table);
        if (bound != null) {
            for (Link link : bound.links()) {
                follow(store, link.columns(), link.to(), link.targetColumns(), column, most, held);
            }
        }
        return held;
    }

    private static void follow(
            BoundStore store,
            List<String> columns,
            TableName to,
            List<String> targets,
            String column,
            int most,
            Set<String> held) {
        int position = columns.indexOf(column);
        if (position >= 0) {
            store.catalogue()
                    .find(to)
                    .ifPresent(there -> held.addAll(held(store, to, there, targets.get(position), most - 1)));
        }
    }
}
