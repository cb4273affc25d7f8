package dev.kept.core.model;

import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row, equal only to itself: two rows of a table without a key may look the same. */
final class Row {

    final TableName table;
    final int position;
    final Map<String, @Nullable Object> values;

    Row(TableName table, int position, Map<String, @Nullable Object> values) {
        this.table = table;
        this.position = position;
        this.values = values;
    }

    @Nullable
    Object get(String column) {
        return values.get(column);
    }

    boolean anyNull(List<String> columns) {
        return columns.stream().anyMatch(column -> get(column) == null);
    }

    /** The columns' values as PostgreSQL prints them; none of them is NULL. */
    List<String> printed(List<String> columns) {
        List<String> key = new ArrayList<>();
        for (String column : columns) {
            Object value = get(column);
            if (value == null) {
                throw new IllegalStateException("a key has no NULL: " + table + "." + column);
            }
            key.add(Values.print(value));
        }
        return key;
    }

    @Override
    public String toString() {
        return table + "#" + position;
    }
}
