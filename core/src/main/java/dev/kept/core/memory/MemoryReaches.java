package dev.kept.core.memory;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Reach;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the rows of a {@link Reach}. */
final class MemoryReaches {
    private final MemoryStore store;
    private final MemoryConditions conditions;

    MemoryReaches(MemoryStore store, MemoryConditions conditions) {
        this.store = store;
        this.conditions = conditions;
    }

    Set<MemoryRow> rows(TableName table, Reach reach) {
        Set<MemoryRow> rows = new LinkedHashSet<>();
        switch (reach) {
            case Reach.Everything() -> rows.addAll(store.rows(table));
            case Reach.AnyOf any -> any.of().forEach(one -> rows.addAll(rows(table, one)));
            case Reach.Keys keys ->
                rows.addAll(conditions.known(
                        new Condition.KeyIn(keys.columns(), keys.match(), keys.keys()), store.rows(table)));
            case Reach.Into into ->
                rows.addAll(
                        store.pointing(List.of(into.link()), rows(into.link().to(), into.of())));
            case Reach.From from ->
                rows.addAll(store.targets(List.of(from.link()), rows(from.link().from(), from.of())));
            case Reach.Below below -> {
                Deque<MemoryRow> open = new ArrayDeque<>(rows(table, below.of()));
                while (!open.isEmpty()) {
                    MemoryRow row = open.pop();
                    if (rows.add(row)) {
                        open.addAll(store.pointing(below.parent(), row));
                    }
                }
            }
        }
        return rows;
    }
}
