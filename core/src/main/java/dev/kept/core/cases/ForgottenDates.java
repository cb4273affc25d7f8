package dev.kept.core.cases;

import dev.kept.core.cases.Case.When;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.memory.MemoryConditions;
import dev.kept.core.memory.MemoryExecutor;
import dev.kept.core.memory.MemoryRow;
import dev.kept.core.memory.MemoryStore;
import dev.kept.core.value.Json;
import dev.kept.core.value.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** On which day a row, or a column of it, is forgotten by the sweeps: tried out on copies of the store. */
final class ForgottenDates {
    private final Plan plan;
    private final MemoryStore rows;
    private final AsOf now;
    private final TreeSet<Instant> times = new TreeSet<>();
    private final Map<Instant, MemoryStore> swept = new HashMap<>();

    /** @param plan of everybody */
    ForgottenDates(Plan plan, MemoryStore rows, AsOf now) {
        this.plan = plan;
        this.rows = rows;
        this.now = now;
        MemoryConditions conditions = new MemoryConditions(rows, now);
        plan.tables().forEach(table -> {
            List<MemoryRow> all = rows.rows(table.table());
            for (Condition condition : conditions(table)) {
                times.addAll(conditions.boundaries(condition, all, now.zone()));
            }
        });
    }

    private static List<Condition> conditions(TablePlan table) {
        List<Condition> all = new ArrayList<>(List.of(table.removable()));
        table.clearings().forEach(clearing -> all.add(clearing.when()));
        table.rekey().ifPresent(rekey -> all.add(rekey.when()));
        return all;
    }

    /** @param column empty: the whole row */
    When of(MemoryRow row, Optional<Column> column) {
        Instant before = times.isEmpty() ? now.instant() : times.first().minus(Duration.ofDays(1));
        if (forgotten(row, column, before)) {
            return Endings.day(now.instant(), now.zone());
        }
        Optional<Instant> first = Endings.first(times, at -> forgotten(row, column, at));
        return first.<When>map(at -> Endings.day(at, now.zone())).orElseGet(() -> neverOrUnknown(row, column));
    }

    private boolean forgotten(MemoryRow row, Optional<Column> column, Instant at) {
        Optional<MemoryRow> there = swept.computeIfAbsent(at, this::sweep).row(row.table(), row.id());
        return there.isEmpty()
                || column.filter(asked -> changed(asked, row, there.get())).isPresent();
    }

    private MemoryStore sweep(Instant at) {
        MemoryStore later = rows.copy();
        new MemoryExecutor().carryOut(plan, later, new AsOf(at, now.zone()));
        return later;
    }

    private static boolean changed(Column column, MemoryRow before, MemoryRow after) {
        if (column.path().isEmpty()) {
            return !ValueType.same(before.value(column.name()), after.value(column.name()));
        }
        return !(after.value(column.name()) instanceof Json document)
                || document.without(column.path()).equals(document);
    }

    private When neverOrUnknown(MemoryRow row, Optional<Column> column) {
        AsOf last = new AsOf(times.isEmpty() ? now.instant() : times.last(), now.zone());
        MemoryConditions conditions = new MemoryConditions(rows, last);
        Optional<TablePlan> table =
                plan.tables().filter(t -> t.table().equals(row.table())).findFirst();
        boolean unknown = table.isPresent()
                && (conditions.unknown(table.get().dead(), row)
                        || table.get().clearings().stream()
                                .filter(clearing -> column.isPresent()
                                        && clearing.columns().stream()
                                                .anyMatch(assignment -> assignment
                                                        .column()
                                                        .equals(column.get().name())))
                                .anyMatch(clearing -> conditions.unknown(clearing.when(), row)));
        return unknown ? new When.Unknown() : new When.Never();
    }

    /** The column of the map by its id; one that the map does not name is known by its name alone. */
    static Column column(BoundStore bound, TableName table, String id) {
        return Optional.ofNullable(bound.tables().get(table))
                .flatMap(there -> Optional.ofNullable(there.columns().get(id)))
                .map(BoundStore.BoundColumn::map)
                .orElseGet(() -> new Column(
                        id, List.of(), List.of(), true, List.of(), List.of(), Optional.empty(), Optional.empty()));
    }

    /** Whether there is something to forget. */
    static boolean holds(MemoryRow row, Column column) {
        Object value = row.value(column.name());
        return column.path().isEmpty()
                ? value != null
                : value instanceof Json document
                        && !document.without(column.path()).equals(document);
    }
}
