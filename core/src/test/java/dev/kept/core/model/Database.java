package dev.kept.core.model;

import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a store: plain values by column.
 *
 * <p>Values are {@link Integer}, {@link Long}, {@link String}, {@link Boolean}, {@link java.math.BigDecimal}, {@link java.time.Instant},
 * {@link java.time.LocalDateTime}, {@link java.time.LocalDate} ({@code infinity} is their {@code MAX}), {@link java.util.UUID}, JSON as
 * {@link Map} and {@link List}, or null. What a model expects may also hold {@link Forgotten} values.
 */
public record Database(Map<TableName, List<Map<String, @Nullable Object>>> tables) {

    public Database {
        Map<TableName, List<Map<String, @Nullable Object>>> copy = new LinkedHashMap<>();
        for (TableName table : tables.keySet()) {
            copy.put(table, copyOf(tables.getOrDefault(table, List.of())));
        }
        tables = Collections.unmodifiableMap(copy);
    }

    private static List<Map<String, @Nullable Object>> copyOf(List<Map<String, @Nullable Object>> rows) {
        List<Map<String, @Nullable Object>> copy = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>(row);
            copy.add(Collections.<String, @Nullable Object>unmodifiableMap(values));
        }
        return Collections.<Map<String, @Nullable Object>>unmodifiableList(copy);
    }

    public List<Map<String, @Nullable Object>> rows(TableName table) {
        return tables.getOrDefault(table, List.of());
    }

    public int size() {
        return tables.values().stream().mapToInt(List::size).sum();
    }

    /** One line a row, for failures. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        tables.forEach((table, rows) -> {
            text.append(table).append(":\n");
            rows.forEach(row -> text.append("  ").append(row).append('\n'));
        });
        return text.toString();
    }
}
