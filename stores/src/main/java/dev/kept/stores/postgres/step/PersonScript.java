package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.Clock;
import dev.kept.stores.postgres.look.Look;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.look.LookResult.TableLook;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A whole plan for few persons in one transaction: one question finds the tables that hold anything of theirs, the persons' own rows are
 * locked, then each of these tables is treated in one round trip — its rows and what dates them locked before anything is decided — and
 * at the end all tables are looked at.
 *
 * <p>Statements for a table are always the same text, so that the server plans them once.
 */
public final class PersonScript {

    /** How often the tables of a circle are treated again before the look says what is left. */
    private static final int MOST_PASSES = 1_000;

    private final List<Plan.Group> groups;
    private final List<TablePlan> tables;
    private final List<TablePlan> rekeyed;
    private final Set<TableName> roots;
    private final Coverage coverage;
    private final Statements statements;
    private final Rekeying rekeying;
    private final Releasing releasing;
    private final Look look;

    public PersonScript(Catalogue catalogue, Plan plan) {
        this.groups = plan.groups();
        this.tables = plan.tables().toList();
        this.rekeyed = plan.rekeyed();
        this.coverage = new Coverage(plan);
        this.roots = coverage.roots(tables);
        this.statements = new Statements(new SqlTables(catalogue));
        this.rekeying = new Rekeying(statements);
        this.releasing = new Releasing(statements);
        this.look = new Look(catalogue);
    }

    /**
     * What one pass did and left.
     *
     * @param treated false where the persons have more rows than allowed, and nothing was done
     */
    public record Pass(boolean treated, Tally tally, LookResult look) {}

    /** Treats and looks, unless there are more rows than allowed. */
    public Pass pass(StoreConnection store, FaultPoints faults, int mostRows) {
        Tally tally = new Tally();
        Map<TablePlan, Long> rows = count(store);
        if (rows.values().stream().mapToLong(Long::longValue).sum() > mostRows) {
            return new Pass(false, tally, new LookResult(Map.of()));
        }
        List<TablePlan> held = tables.stream()
                .filter(table -> rows.getOrDefault(table, 0L) > 0)
                .toList();
        store.run(held.reversed().stream()
                .filter(table -> roots.contains(table.table()))
                .map(table -> statements.lockAll(everything(table), List.of()))
                .toList());
        faults.reached(Point.ROWS_LOCKED);
        Set<TableName> names = held.stream().map(TablePlan::table).collect(Collectors.toSet());
        groups.forEach(group -> settle(group, names, store, faults, tally));
        rekeyed.stream()
                .filter(table -> names.contains(table.table()))
                .forEach(table -> treat(table, store, faults, tally));
        faults.reached(Point.LOOK_BEGUN);
        LookResult looked = look(store);
        faults.reached(Point.LOOK_DONE);
        return new Pass(true, tally, looked);
    }

    /** Without rest the look finds what is left, and another pass follows. */
    private void settle(Plan.Group group, Set<TableName> held, StoreConnection store, FaultPoints faults, Tally tally) {
        if (group.tables().stream().noneMatch(table -> held.contains(table.table()))) {
            return;
        }
        group.settle(MOST_PASSES, tables -> {
            long before = tally.changed();
            tables.stream()
                    .filter(table -> held.contains(table.table()))
                    .forEach(table -> treat(table, store, faults, tally));
            return tally.changed() != before;
        });
    }

    private static Part everything(TablePlan table) {
        return Part.reached(table.table(), table.table(), table.reach(), OptionalInt.empty());
    }

    /** How many rows of the persons each table holds: one statement for all tables. */
    private Map<TablePlan, Long> count(StoreConnection store) {
        Answer answer = store.run(Sql.of(
                "SELECT ",
                Sql.join(
                        ", ",
                        tables.stream()
                                .map(table -> statements.count(everything(table)))
                                .toList())));
        Map<TablePlan, Long> rows = new LinkedHashMap<>();
        for (int i = 0; i < tables.size(); i++) {
            rows.put(tables.get(i), answer.number(i));
        }
        return rows;
    }

    private LookResult look(StoreConnection store) {
        Map<TableName, TableLook> looks = new LinkedHashMap<>();
        count(store)
                .forEach((table, rows) -> looks.put(
                        table.table(), rows == 0 ? TableLook.none() : Look.read(store.run(look.statement(table)))));
        return new LookResult(looks);
    }

    private void treat(TablePlan table, StoreConnection store, FaultPoints faults, Tally tally) {
        Part part = everything(table);
        List<Sql> locks = locks(table, part);
        Pointers pointers = new Pointers();
        if (pointsToShared(table)) {
            locks(table, part, store, locks, pointers);
            locks = List.of();
        }
        List<Sql> all = new ArrayList<>(locks);
        boolean removes = !table.removable().equals(Condition.FALSE);
        if (removes) {
            all.add(
                    table.clocks().isEmpty()
                            ? statements.delete(part, table.removable())
                            : statements.deleteWithClocks(part, table.removable(), table.clocks()));
        }
        if (!table.clearings().isEmpty()) {
            all.add(statements.clear(part, table.clearings()));
        }
        List<Answer> answers = store.run(all);
        int position = locks.size();
        if (removes) {
            removed(table, answers.get(position++), tally);
        }
        if (!table.clearings().isEmpty()) {
            tally.cleared(table.table(), answers.get(position).count());
        }
        faults.reached(Point.ROWS_DELETED);
        table.rekey().ifPresent(rekey -> {
            for (TableName relation : statements.tables().relations(table.table())) {
                Part some = Part.reached(table.table(), relation, table.reach(), OptionalInt.empty());
                rekeying.rekey(rekey, some, store, tally);
            }
            faults.reached(Point.KEYS_REPLACED);
        });
        if (pointers.any()) {
            releasing.release(pointers, store, tally);
            faults.reached(Point.SHARED_RELEASED);
        }
    }

    private static void removed(TablePlan table, Answer answer, Tally tally) {
        if (table.clocks().isEmpty()) {
            tally.deleted(table.table(), answer.count());
            return;
        }
        tally.deleted(table.table(), answer.number(0));
        for (int i = 0; i < table.clocks().size(); i++) {
            tally.deleted(table.clocks().get(i).table(), answer.number(i + 1));
        }
    }

    private static boolean pointsToShared(TablePlan table) {
        return !table.releases().isEmpty()
                || table.clocks().stream().anyMatch(clock -> !clock.releases().isEmpty());
    }

    /** Locks of the table's rows and of what dates them; none where the rows' own columns decide. */
    private List<Sql> locks(TablePlan table, Part part) {
        List<Way> ways = Way.readBy(conditions(table));
        List<Sql> locks = new ArrayList<>();
        boolean locked = roots.contains(table.table());
        if (!locked && (!ways.isEmpty() || table.needsDecision())) {
            locks.add(statements.lockAll(part, List.of()));
        }
        ways.stream()
                .filter(way -> !coverage.covers(table, way, roots))
                .forEach(way -> locks.add(statements.lock(way, way.guards(ways), part)));
        table.clocks().forEach(clock -> locks.add(statements.lockClock(clock, part, List.of())));
        return locks;
    }

    /** The same, and remembers the shared rows that the rows point to. */
    private void locks(TablePlan table, Part part, StoreConnection store, List<Sql> others, Pointers pointers) {
        List<Sql> all = new ArrayList<>();
        List<String> columns = Pointers.columns(table.releases());
        all.add(statements.lockAll(part, columns));
        for (Clock clock : table.clocks()) {
            all.add(statements.lockClock(clock, part, Pointers.columns(clock.releases())));
        }
        int own = all.size();
        all.addAll(others);
        List<Answer> answers = store.run(all).subList(0, own);
        if (!columns.isEmpty()) {
            pointers.remember(table.releases(), columns, answers.getFirst().rows(), 0);
        }
        for (int i = 0; i < table.clocks().size(); i++) {
            Clock clock = table.clocks().get(i);
            pointers.remember(
                    clock.releases(),
                    Pointers.columns(clock.releases()),
                    answers.get(i + 1).rows(),
                    0);
        }
    }

    private static List<Condition> conditions(TablePlan table) {
        List<Condition> all = new ArrayList<>();
        all.add(table.removable());
        table.clearings().forEach(clearing -> all.add(clearing.when()));
        table.rekey().ifPresent(rekey -> all.add(rekey.when()));
        return all;
    }
}
