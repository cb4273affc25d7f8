package dev.kept.core.model;

import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.TableName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rows that stay look like afterwards: section 4 of the page, and the husks of section 5. */
final class Forgetting {

    /** With what a replaced key begins: such keys are not replaced again. */
    static final String REPLACED = "erased-";

    private final Shape shape;
    private final Rows rows;
    private final Sweeping sweeping;
    private final Map<Row, Map<String, @Nullable Object>> after = new LinkedHashMap<>();
    private int freshKeys;

    Forgetting(Shape shape, Rows rows, Sweeping sweeping) {
        this.shape = shape;
        this.rows = rows;
        this.sweeping = sweeping;
    }

    Database run() {
        for (Row row : rows.all()) {
            if (!sweeping.goes(row)) {
                after.put(row, new LinkedHashMap<>(row.values));
            }
        }
        List<Row> staying = after.keySet().stream()
                .filter(row -> shape.personal(row.table) && sweeping.inScope(row))
                .toList();
        staying.forEach(this::clear);
        staying.forEach(this::forgetValueLinks);
        staying.forEach(this::nullLinks);
        staying.forEach(this::replaceKeys);
        Map<TableName, List<Map<String, @Nullable Object>>> tables = new LinkedHashMap<>();
        shape.tableNames().forEach(table -> tables.put(table, new ArrayList<>()));
        after.forEach((row, values) ->
                tables.computeIfAbsent(row.table, table -> new ArrayList<>()).add(values));
        return new Database(tables);
    }

    // ---- columns -----------------------------------------------------------------------------------------------

    private void clear(Row row) {
        Set<String> structure = structure(row);
        for (Column column : shape.map(row.table).columns().values()) {
            if (!structure.contains(column.name()) && row.values.containsKey(column.name()) && dead(row, column)) {
                clear(row, sweeping.dead(row) ? whole(column) : column);
            }
        }
    }

    /** A husk loses its documents whole: what no path names dies with the row. */
    private static Column whole(Column column) {
        return new Column(
                column.name(),
                List.of(),
                column.categories(),
                column.notPersonal(),
                column.onlyFor(),
                column.of(),
                column.path().isEmpty() ? column.cleared() : Optional.empty(),
                column.guess());
    }

    /** Keys, links and deciding columns stay as long as the row, and what rows that stay are joined by. */
    private Set<String> structure(Row row) {
        Set<String> columns = new LinkedHashSet<>(shape.keyColumns(row.table));
        columns.addAll(shape.deciding(row.table));
        shape.joins(row.table).forEach(join -> columns.addAll(join.columns()));
        columns.addAll(sweeping.joinedColumns(row));
        return columns;
    }

    private boolean dead(Row row, Column column) {
        return sweeping.dead(row)
                || (!sweeping.freezing().column(row, column) && sweeping.ends().column(row, column) == Ended.YES);
    }

    private void clear(Row row, Column column) {
        Map<String, @Nullable Object> values = values(row);
        Object old = values.get(column.name());
        if (!column.path().isEmpty()) {
            values.put(column.name(), Values.withoutPath(old, column.path()));
            return;
        }
        boolean nullable = !shape.notNull(row.table, column.name());
        if (nullable && (old == null || (column.cleared().isEmpty() && !constrained(row.table, column.name())))) {
            values.put(column.name(), old == null && column.cleared().isPresent() ? cleared(row, column) : null);
            return;
        }
        values.put(column.name(), cleared(row, column));
    }

    private Forgotten cleared(Row row, Column column) {
        Optional<Object> constant = column.cleared().map(text -> constant(row.table, column.name(), text));
        boolean nullAllowed =
                !shape.notNull(row.table, column.name()) && (constant.isEmpty() || row.get(column.name()) == null);
        return new Forgotten.Cleared(constant, nullAllowed);
    }

    /** Whether NULL may not do although the column is nullable. */
    private boolean constrained(TableName name, String column) {
        CatalogueTable table = shape.catalogue(name);
        return table.checks().stream().anyMatch(check -> check.columns().contains(column))
                || table.uniqueKeys().stream()
                        .anyMatch(key -> key.nullsNotDistinct() && key.columns().contains(column));
    }

    private Object constant(TableName table, String column, String text) {
        String type = Objects.requireNonNull(shape.catalogue(table).columns().get(column))
                .baseType();
        return switch (type) {
            case "integer", "bigint", "smallint", "numeric" -> new BigDecimal(text);
            case "boolean" -> Boolean.valueOf(text);
            default -> text;
        };
    }

    private Map<String, @Nullable Object> values(Row row) {
        return Objects.requireNonNull(after.get(row));
    }

    // ---- links by value ----------------------------------------------------------------------------------------

    /** A column by whose value the row met its owner goes, too, once it is dead and would lead nowhere. */
    private void forgetValueLinks(Row row) {
        for (Column column : shape.map(row.table).columns().values()) {
            List<Join> links = shape.joins(row.table).stream()
                    .filter(link -> link.columns().contains(column.name()))
                    .toList();
            if (row.get(column.name()) != null
                    && column.path().isEmpty()
                    && !column.categories().isEmpty()
                    && !links.isEmpty()
                    && links.stream().allMatch(link -> valueEntry(row, link) && leadsNowhere(row, link))
                    && onlyMeets(row.table, column.name())
                    && replaceable(row, column, links)
                    && dead(row, column)) {
                values(row)
                        .put(
                                column.name(),
                                links.stream().anyMatch(this::needed) ? nobodys(row, column) : cleared(row, column));
            }
        }
    }

    private boolean valueEntry(Row row, Join link) {
        return !link.foreignKey()
                && shape.map(row.table).belongsTo().values().stream()
                        .anyMatch(entry -> shape.entry(row.table, entry).equals(link));
    }

    /** The column is neither key nor deciding, and nobody meets this row by it. */
    private boolean onlyMeets(TableName table, String column) {
        return !shape.keyColumns(table).contains(column)
                && !shape.deciding(table).contains(column)
                && shape.tableNames().stream()
                        .flatMap(other -> shape.joins(other).stream())
                        .noneMatch(join ->
                                join.to().equals(table) && join.targets().contains(column));
    }

    /** Whoever is met goes, or is not met any more by what is cleared in her row. */
    private boolean leadsNowhere(Row row, Join link) {
        List<Row> met = List.copyOf(rows.follow(row, link));
        return met.isEmpty()
                || (!sweeping.holds(link) && met.stream().allMatch(one -> sweeping.goes(one) || metNoMore(one, link)));
    }

    private boolean metNoMore(Row met, Join link) {
        return link.targets().stream()
                .anyMatch(column -> !Objects.equals(values(met).get(column), met.get(column)));
    }

    /** NULL, a value that the map names, or a text that meets nobody: there is no such number. */
    private boolean replaceable(Row row, Column column, List<Join> links) {
        boolean mayBeNull =
                !shape.notNull(row.table, column.name()) && links.stream().noneMatch(this::needed);
        String type = shape.catalogue(row.table).column(column.name()).baseType();
        return mayBeNull
                || column.cleared().isPresent()
                || type.equals("text")
                || type.startsWith("character varying")
                || type.equals("citext");
    }

    private Forgotten nobodys(Row row, Column column) {
        return new Forgotten.Cleared(column.cleared().map(text -> constant(row.table, column.name(), text)), false);
    }

    /** Without the link a row would be taken for one that this owner has left: not so where she is all that anybody knows of. */
    private boolean needed(Join link) {
        return shape.personalTables().stream()
                .filter(table -> shape.roles(table.name()).stream()
                        .anyMatch(role -> role.path().contains(link)))
                .anyMatch(table -> table.unowned().isPresent()
                        || !shape.roles(table.name()).stream()
                                .allMatch(role -> role.path().contains(link)));
    }

    // ---- links and keys ----------------------------------------------------------------------------------------

    private void nullLinks(Row row) {
        sweeping.nulledLinks(row)
                .values()
                .forEach(columns -> columns.forEach(c -> values(row).put(c, shape.notNull(row.table, c) ? "" : null)));
    }

    private void replaceKeys(Row row) {
        for (Column column : shape.map(row.table).columns().values()) {
            boolean key = shape.keyColumns(row.table).contains(column.name());
            boolean linked = shape.joins(row.table).stream()
                    .anyMatch(join -> join.columns().contains(column.name()));
            Object old = row.get(column.name());
            if (key
                    && !linked
                    && old != null
                    && !column.categories().isEmpty()
                    && !Values.print(old).startsWith(REPLACED)
                    && dead(row, column)) {
                follow(row, column.name(), new Forgotten.FreshKey(++freshKeys), new HashMap<>());
            }
        }
    }

    /** Puts the fresh value in place, and wherever rows referred to the old one. */
    private void follow(Row row, String column, Forgotten.FreshKey fresh, Map<Row, String> seen) {
        if (column.equals(seen.put(row, column))) {
            return;
        }
        if (after.containsKey(row) && values(row).get(column) != null) {
            values(row).put(column, fresh);
        }
        for (TableName table : shape.tableNames()) {
            for (Join join : shape.joins(table)) {
                int at = join.targets().indexOf(column);
                if (join.to().equals(row.table) && at >= 0) {
                    rows.pointing(join, row)
                            .forEach(q -> follow(q, join.columns().get(at), fresh, seen));
                }
            }
        }
    }
}
