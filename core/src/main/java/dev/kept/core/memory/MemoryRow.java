package dev.kept.core.memory;

import dev.kept.core.datamap.TableName;
import dev.kept.core.value.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of a {@link MemoryStore}. It is the same row as long as it lives, whatever its values become. */
public final class MemoryRow {
    private final TableName table;
    private final long id;
    private final Map<String, @Nullable Object> values;

    MemoryRow(TableName table, long id, Map<String, @Nullable Object> values) {
        this.table = table;
        this.id = id;
        this.values = new LinkedHashMap<>(values);
    }

    public TableName table() {
        return table;
    }

    /** A number that stays with the row, also in copies of the store; no value of the database. */
    public long id() {
        return id;
    }

    public @Nullable Object value(String column) {
        if (!values.containsKey(column)) {
            throw new IllegalArgumentException("the table `" + table + "` has no column `" + column + "`");
        }
        return values.get(column);
    }

    /** The value as PostgreSQL prints it; {@code null} for NULL. */
    public @Nullable String text(String column) {
        Object value = value(column);
        return value == null ? null : ValueType.text(value);
    }

    /** All values by column, as they are now. */
    public Map<String, @Nullable Object> values() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    List<@Nullable Object> values(List<String> columns) {
        List<@Nullable Object> found = new ArrayList<>();
        columns.forEach(column -> found.add(value(column)));
        return found;
    }

    void set(Map<String, @Nullable Object> changes) {
        values.putAll(changes);
    }

    /** Without values: rows may hold personal data. */
    @Override
    public String toString() {
        return table + " #" + id;
    }
}
