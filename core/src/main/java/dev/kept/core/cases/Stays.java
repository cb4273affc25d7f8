package dev.kept.core.cases;

import dev.kept.core.cases.Case.When;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Ground;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.UseState;
import dev.kept.core.lifecycle.Truth;
import dev.kept.core.memory.MemoryConditions;
import dev.kept.core.memory.MemoryRow;
import dev.kept.core.memory.MemoryStore;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an erasure has left of a person, for which use, on which ground, until when. Which rows were the person's, and why they stay, is asked of
 * the rows as they were before: afterwards keys may be replaced, and what the person shared is only the others' any more.
 */
final class Stays {
    private final BoundStore bound;
    private final Plan plan;
    private final MemoryStore before;
    private final MemoryStore after;
    private final OwnedRows owned;
    private final AsOf now;
    private final MemoryConditions conditions;
    private final MemoryConditions afterwards;

    /** Something left; {@code use} is empty where none is alive and something else keeps the row. */
    record Left(TableName table, Optional<String> use, Ground ground, Optional<When> until) {
        @Override
        public String toString() {
            return "`" + table + "`" + use.map(id -> " for `" + id + "`").orElse("") + " on ground `" + ground.word()
                    + "`" + until.map(when -> " until " + when).orElse("");
        }
    }

    /** @param owned which rows were the person's before */
    Stays(BoundStore bound, Plan plan, MemoryStore before, MemoryStore after, OwnedRows owned, AsOf now) {
        this.bound = bound;
        this.plan = plan;
        this.before = before;
        this.after = after;
        this.owned = owned;
        this.now = now;
        this.conditions = new MemoryConditions(before, now);
        this.afterwards = new MemoryConditions(after, now);
    }

    /** What is left of a table's rows. */
    List<Left> of(TableName name) {
        List<Left> all = new ArrayList<>();
        plan.tables().filter(table -> table.table().equals(name)).forEach(table -> {
            for (MemoryRow row : conditions.reached(name, table.reach())) {
                if (after.row(name, row.id()).isPresent()) {
                    all.addAll(of(table, row, table.uses()));
                }
            }
        });
        return merged(all);
    }

    /** What is left of one column: of the uses that it serves, for those whose it is. */
    List<Left> of(TableName name, BoundColumn column) {
        List<Left> all = new ArrayList<>();
        plan.tables().filter(table -> table.table().equals(name)).forEach(table -> {
            List<UseState> served = table.uses().stream()
                    .filter(state -> column.uses().contains(state.use())
                            && (column.roles().isEmpty() || column.roles().contains(state.role())))
                    .toList();
            for (MemoryRow row : conditions.reached(name, table.reach())) {
                boolean held = after.row(name, row.id())
                        .filter(left -> ForgottenDates.holds(left, column.map()))
                        .isPresent();
                if (held && !replaced(table, row, column)) {
                    all.addAll(of(table, row, served));
                }
            }
        });
        return merged(all);
    }

    /** What stands in the column is what takes a forgotten value's place. */
    private boolean replaced(TablePlan table, MemoryRow row, BoundColumn column) {
        return table.clearings().stream()
                .filter(clearing -> clearing.columns().stream()
                        .anyMatch(assignment ->
                                assignment.column().equals(column.map().name())))
                .anyMatch(clearing -> conditions.evaluate(clearing.when(), row).isTrue());
    }

    List<Left> all() {
        return plan.tables().flatMap(table -> of(table.table()).stream()).toList();
    }

    private List<Left> of(TablePlan table, MemoryRow row, List<UseState> states) {
        List<Left> left = new ArrayList<>();
        for (UseState state : states) {
            Truth ended = conditions.evaluate(state.ended(), row);
            if (ended != Truth.TRUE) {
                Ground ground = ended == Truth.UNKNOWN
                        ? Ground.NOT_KNOWN_ENDED
                        : owned(state, table, row) ? ground(state.use()) : Ground.RIGHTS_OF_OTHERS;
                left.add(new Left(
                        table.table(),
                        Optional.of(state.use()),
                        ground,
                        Optional.of(Endings.of(state.ended(), row, before, now))));
            }
        }
        if (left.isEmpty()) {
            left.add(new Left(table.table(), Optional.empty(), kept(table, row), Optional.empty()));
        }
        return left;
    }

    /** Whether the use lives for the person: in a row that is shared, for something of the person's that still points there. */
    private boolean owned(UseState state, TablePlan table, MemoryRow row) {
        BoundTable known = bound.table(table.table());
        boolean shared = known.roles().stream()
                .noneMatch(
                        role -> role.name().equals(state.role()) && !role.kind().isEmpty());
        return shared
                ? afterwards.reached(table.table(), table.reach()).stream().anyMatch(left -> left.id() == row.id())
                        && livesForOwners(state.use(), known)
                : owned.in(state.role(), known, row);
    }

    private boolean livesForOwners(String use, BoundTable shared) {
        return shared.pointers().stream()
                .flatMap(pointer -> plan.tables()
                        .filter(owners -> owners.table().equals(pointer.link().from())))
                .anyMatch(owners -> conditions.reached(owners.table(), owners.reach()).stream()
                        .anyMatch(row -> owners.uses().stream()
                                .filter(state -> state.use().equals(use))
                                .anyMatch(state -> conditions.evaluate(state.ended(), row) != Truth.TRUE
                                        && owned(state, owners, row))));
    }

    private Ground ground(String id) {
        Use use = bound.notice().uses().get(id);
        return use == null ? Ground.NOT_KNOWN_ENDED : Ground.of(use.onRequest());
    }

    /** Every use has ended: something else keeps the row. */
    private Ground kept(TablePlan table, MemoryRow row) {
        if (!conditions.evaluate(table.dead(), row).isTrue()) {
            return Ground.FROZEN;
        }
        return bound.catalogue().referringTo(table.table()).isEmpty()
                ? Ground.DATES_WHAT_STAYS
                : Ground.NEEDED_BY_WHAT_STAYS;
    }

    /** One for each table, use and ground, until the latest of their rows' ends. */
    private static List<Left> merged(List<Left> all) {
        Map<List<Object>, Left> merged = new LinkedHashMap<>();
        for (Left left : all) {
            merged.merge(
                    List.of(left.table(), left.use(), left.ground()),
                    left,
                    (a, b) -> new Left(
                            a.table(),
                            a.use(),
                            a.ground(),
                            a.until().flatMap(x -> b.until().map(y -> Endings.later(x, y)))));
        }
        return List.copyOf(merged.values());
    }
}
