package dev.kept.core.model;

import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rows before the sweep as a graph: which row points to which. Nothing here ever changes. */
final class Rows {

    private final Shape shape;
    private final Map<TableName, List<Row>> tables = new LinkedHashMap<>();
    private final Map<Place, Map<List<Object>, List<Row>>> index = new HashMap<>();

    /** Columns by which rows are looked up. */
    private record Place(TableName table, List<String> columns, boolean casefold) {}

    Rows(Shape shape, Database database) {
        this.shape = shape;
        for (TableName table : shape.tableNames()) {
            List<Row> rows = new ArrayList<>();
            for (var values : database.rows(table)) {
                rows.add(new Row(table, rows.size(), values));
            }
            tables.put(table, rows);
        }
    }

    List<Row> of(TableName table) {
        return tables.getOrDefault(table, List.of());
    }

    List<Row> all() {
        return tables.values().stream().flatMap(List::stream).toList();
    }

    /** Rows of tables with personal data. */
    List<Row> personal() {
        return all().stream().filter(row -> shape.personal(row.table)).toList();
    }

    /** The rows this one points to: none where a column is NULL or nobody is there; several only in a join by value. */
    List<Row> follow(Row row, Join join) {
        return join.nobody(row, join.columns())
                ? List.of()
                : lookUp(row, join.columns(), new Place(join.to(), join.targets(), join.casefold()));
    }

    /** The rows that point to this one. */
    List<Row> pointing(Join join, Row row) {
        return join.nobody(row, join.targets())
                ? List.of()
                : lookUp(row, join.targets(), new Place(join.from(), join.columns(), join.casefold()));
    }

    /** The rows at the lower end of a way that leads up to this row. */
    Set<Row> below(List<Join> way, Row row) {
        Set<Row> rows = new LinkedHashSet<>(List.of(row));
        for (Join join : way.reversed()) {
            Set<Row> lower = new LinkedHashSet<>();
            rows.forEach(r -> lower.addAll(pointing(join, r)));
            rows = lower;
        }
        return rows;
    }

    /** All rows above this one in its tree. */
    Set<Row> ancestors(Row row) {
        Set<Row> above = new LinkedHashSet<>();
        Optional<Join> parent = shape.parent(row.table);
        if (parent.isPresent()) {
            List<Row> next = follow(row, parent.get());
            while (!next.isEmpty() && above.add(next.getFirst())) {
                next = follow(next.getFirst(), parent.get());
            }
        }
        above.remove(row);
        return above;
    }

    private List<Row> lookUp(Row row, List<String> columns, Place place) {
        if (row.anyNull(columns)) {
            return List.of();
        }
        List<Object> values = values(row, columns, place.casefold());
        if (place.casefold() && values.contains("")) {
            return List.of();
        }
        return index.computeIfAbsent(place, this::indexed).getOrDefault(values, List.of());
    }

    private Map<List<Object>, List<Row>> indexed(Place place) {
        Map<List<Object>, List<Row>> found = new HashMap<>();
        for (Row row : of(place.table())) {
            if (!row.anyNull(place.columns())) {
                found.computeIfAbsent(values(row, place.columns(), place.casefold()), key -> new ArrayList<>())
                        .add(row);
            }
        }
        return found;
    }

    private static List<Object> values(Row row, List<String> columns, boolean casefold) {
        List<Object> values = new ArrayList<>();
        for (String column : columns) {
            Object value = row.get(column);
            if (value != null) {
                values.add(Values.joined(value, casefold));
            }
        }
        return values;
    }
}
