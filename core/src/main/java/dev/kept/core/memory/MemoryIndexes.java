package dev.kept.core.memory;

import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import dev.kept.core.value.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows by the values of some columns; built when asked for, forgotten when the store changes. */
final class MemoryIndexes {
    private final MemoryStore store;
    private final Map<Columns, Map<List<Object>, List<MemoryRow>>> built = new HashMap<>();
    private long builtAt = -1;

    private record Columns(TableName table, List<String> columns, Match match) {}

    MemoryIndexes(MemoryStore store) {
        this.store = store;
    }

    List<MemoryRow> find(TableName table, List<String> columns, Match match, List<@Nullable Object> values) {
        List<Object> key = key(values, match);
        if (key == null) {
            return List.of();
        }
        if (builtAt != store.version()) {
            built.clear();
            builtAt = store.version();
        }
        return built.computeIfAbsent(new Columns(table, columns, match), this::build)
                .getOrDefault(key, List.of());
    }

    private Map<List<Object>, List<MemoryRow>> build(Columns columns) {
        Map<List<Object>, List<MemoryRow>> index = new HashMap<>();
        for (MemoryRow row : store.rows(columns.table())) {
            List<Object> key = key(row.values(columns.columns()), columns.match());
            if (key != null) {
                index.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
            }
        }
        return index;
    }

    /** What values are compared by; {@code null} where one of them is NULL, or blank where blanks are trimmed: that is nobody's. */
    static @Nullable List<Object> key(List<@Nullable Object> values, Match match) {
        List<Object> key = new ArrayList<>();
        for (Object value : values) {
            if (value == null) {
                return null;
            }
            Object compared = switch (match) {
                case EXACT -> ValueType.comparable(value);
                case CASEFOLD_TRIM -> foldedTrimmed(ValueType.text(value));
            };
            if (match == Match.CASEFOLD_TRIM && compared.equals("")) {
                return null;
            }
            key.add(compared);
        }
        return key;
    }

    /** {@code lower(btrim(text))}: of white space only blanks are trimmed. */
    static String foldedTrimmed(String text) {
        return text.replaceAll("^ +| +$", "").toLowerCase(Locale.ROOT);
    }
}
