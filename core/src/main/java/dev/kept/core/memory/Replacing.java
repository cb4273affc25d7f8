package dev.kept.core.memory;

import dev.kept.core.lifecycle.Replacement;
import dev.kept.core.lifecycle.TablePlan.Assignment;
import dev.kept.core.value.Json;
import dev.kept.core.value.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an assignment changes in a row. */
final class Replacing {
    private final MemoryStore store;

    Replacing(MemoryStore store) {
        this.store = store;
    }

    /** The columns that do not have their replacement yet, with it. */
    Map<String, @Nullable Object> changes(MemoryRow row, List<Assignment> assignments) {
        Map<String, @Nullable Object> changes = new LinkedHashMap<>();
        for (Assignment assignment : assignments) {
            String column = assignment.column();
            Object now = changes.containsKey(column) ? changes.get(column) : row.value(column);
            Object then = replaced(row, assignment, now);
            if (!ValueType.same(now, then)) {
                changes.put(column, then);
            }
        }
        return changes;
    }

    private @Nullable Object replaced(MemoryRow row, Assignment assignment, @Nullable Object now) {
        ValueType type = store.type(row.table(), assignment.column());
        return switch (assignment.replacement()) {
            case Replacement.Null() -> null;
            case Replacement.Constant(String value) -> type.read(value);
            case Replacement.FromKey(String prefix, String suffix) -> type.read(prefix + key(row) + suffix);
            case Replacement.RemovePath() -> now instanceof Json json ? json.without(assignment.path()) : now;
        };
    }

    private String key(MemoryRow row) {
        List<String> columns = store.table(row.table()).primaryKey();
        if (columns.isEmpty()) {
            throw new IllegalStateException("the table `" + row.table() + "` has no key to make a value from");
        }
        return columns.stream().map(row::text).collect(Collectors.joining("-"));
    }
}
