package dev.kept.core.memory;

import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.Clearing;
import dev.kept.core.lifecycle.TablePlan.Clock;
import dev.kept.core.lifecycle.TablePlan.Release;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One table's part of a run, in the steps that {@link TablePlan} names. */
final class TableRun {
    private final MemoryStore store;
    private final MemoryConditions conditions;
    private final MemoryReaches reaches;
    private final MemoryConstraints constraints;
    private final Replacing replacing;
    private final Rekeying rekeying;
    private final Tally tally;

    TableRun(MemoryStore store, MemoryConditions conditions, Instant time, Tally tally) {
        this.store = store;
        this.conditions = conditions;
        this.reaches = new MemoryReaches(store, conditions);
        this.constraints = new MemoryConstraints(store);
        this.replacing = new Replacing(store);
        this.rekeying = new Rekeying(store, constraints, time.getEpochSecond());
        this.tally = tally;
    }

    void run(TablePlan plan) {
        Set<MemoryRow> reached = reaches.rows(plan.table(), plan.reach());
        cut(plan, reached);
        List<MemoryRow> decided = conditions.known(plan.removable(), reached);
        Map<Release, Set<MemoryRow>> shared = new LinkedHashMap<>();
        remember(shared, plan.releases(), decided);
        delete(plan, decided, shared);
        List<MemoryRow> staying = reached.stream().filter(store::contains).toList();
        clear(plan, staying, shared);
        plan.rekey().ifPresent(rekey -> {
            List<MemoryRow> due = rekeying.due(rekey, conditions.known(rekey.when(), staying));
            rekeying.rekey(rekey, due);
            tally.rekeyed(plan.table(), due.size());
        });
        release(shared);
    }

    private void cut(TablePlan plan, Set<MemoryRow> reached) {
        for (TablePlan.Cut cut : plan.cuts()) {
            Map<MemoryRow, Map<String, @Nullable Object>> changes =
                    changes(cut.clearings(), store.pointing(List.of(cut.link()), reached));
            constraints.update(changes);
            tally.cleared(cut.link().from(), changes.size());
        }
    }

    /** The decided rows and their clocks, together: one statement. */
    private void delete(TablePlan plan, List<MemoryRow> decided, Map<Release, Set<MemoryRow>> shared) {
        Set<MemoryRow> all = new LinkedHashSet<>();
        for (Clock clock : plan.clocks()) {
            Set<MemoryRow> rows = store.pointing(clock.path(), decided);
            remember(shared, clock.releases(), rows);
            rows.removeAll(all);
            all.addAll(rows);
            clock.grouping().ifPresent(grouping -> new Grouped(store, grouping).add(rows));
            tally.deleted(clock.table(), rows.size());
        }
        List<MemoryRow> rows =
                decided.stream().filter(row -> !all.contains(row)).toList();
        all.addAll(rows);
        plan.grouping().ifPresent(grouping -> new Grouped(store, grouping).add(rows));
        tally.deleted(plan.table(), rows.size());
        constraints.delete(all);
    }

    /** What is dead is judged on the rows before any of them changes, as one UPDATE would. */
    private void clear(TablePlan plan, List<MemoryRow> staying, Map<Release, Set<MemoryRow>> shared) {
        Map<MemoryRow, Map<String, @Nullable Object>> changes = changes(plan.clearings(), staying);
        remember(shared, plan.releases(), changes.keySet());
        constraints.update(changes);
        tally.cleared(plan.table(), changes.size());
    }

    private Map<MemoryRow, Map<String, @Nullable Object>> changes(
            List<Clearing> clearings, Collection<MemoryRow> rows) {
        Map<MemoryRow, Map<String, @Nullable Object>> changes = new LinkedHashMap<>();
        for (MemoryRow row : rows) {
            List<TablePlan.Assignment> due = clearings.stream()
                    .filter(clearing ->
                            conditions.evaluate(clearing.when(), row).isTrue())
                    .flatMap(clearing -> clearing.columns().stream())
                    .toList();
            Map<String, @Nullable Object> change = replacing.changes(row, due);
            if (!change.isEmpty()) {
                changes.put(row, change);
            }
        }
        return changes;
    }

    /** The shared rows these rows point to, before they stop doing so. */
    private void remember(Map<Release, Set<MemoryRow>> shared, List<Release> releases, Collection<MemoryRow> rows) {
        for (Release release : releases) {
            shared.computeIfAbsent(release, r -> new LinkedHashSet<>())
                    .addAll(store.targets(List.of(release.pointer()), rows));
        }
    }

    private void release(Map<Release, Set<MemoryRow>> shared) {
        shared.forEach((release, rows) -> {
            List<MemoryRow> orphaned = conditions.known(
                    release.orphaned(), rows.stream().filter(store::contains).toList());
            Map<Release, Set<MemoryRow>> next = new LinkedHashMap<>();
            remember(next, release.next(), orphaned);
            List<MemoryRow> removable = conditions.known(release.removable(), orphaned);
            constraints.delete(removable);
            tally.released(release.pointer().to(), removable.size());
            Map<MemoryRow, Map<String, @Nullable Object>> husks = new LinkedHashMap<>();
            for (MemoryRow row : orphaned) {
                Map<String, @Nullable Object> change =
                        store.contains(row) ? replacing.changes(row, release.husk()) : Map.of();
                if (!change.isEmpty()) {
                    husks.put(row, change);
                }
            }
            constraints.update(husks);
            tally.cleared(release.pointer().to(), husks.size());
            release(next);
        });
    }

    /** Counts what is unknown, and what should not be there any more. */
    void look(TablePlan plan) {
        Set<MemoryRow> reached = reaches.rows(plan.table(), plan.reach());
        Set<MemoryRow> leftover = new LinkedHashSet<>(conditions.known(plan.removable(), reached));
        leftover.addAll(changes(plan.clearings(), reached).keySet());
        plan.rekey().ifPresent(rekey -> leftover.addAll(rekeying.due(rekey, conditions.known(rekey.when(), reached))));
        tally.looked(
                plan.table(), reached.stream().filter(row -> unknown(plan, row)).count(), leftover.size());
    }

    private boolean unknown(TablePlan plan, MemoryRow row) {
        return conditions.unknown(plan.dead(), row)
                || plan.clearings().stream().anyMatch(clearing -> unknown(clearing, row));
    }

    private boolean unknown(Clearing clearing, MemoryRow row) {
        return conditions.unknown(clearing.when(), row)
                && !replacing.changes(row, clearing.columns()).isEmpty();
    }
}
