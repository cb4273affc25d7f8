package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Grouping;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.Clock;
import dev.kept.core.lifecycle.TablePlan.Cut;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Treats a part of a table in the open transaction, exactly as {@link TablePlan} says.
 *
 * <p>Where a row's own columns decide, one statement does. Where other rows have a say, first the rows and those that date them are locked,
 * then a second statement, which sees all that was committed before, decides.
 */
public final class Batches {

    private final Statements statements;
    private final Releasing releasing;
    private final Rekeying rekeying;

    public Batches(Catalogue catalogue, NewKeys newKeys) {
        this.statements = new Statements(new SqlTables(catalogue));
        this.releasing = new Releasing(statements);
        this.rekeying = new Rekeying(statements, newKeys);
    }

    /** Other tables whose rows, and the same table if other rows of it, have a say in what is done to the table's rows. */
    public static Set<TableName> tablesRead(TablePlan plan) {
        List<Condition> conditions = new ArrayList<>(List.of(plan.removable()));
        plan.clearings().forEach(clearing -> conditions.add(clearing.when()));
        plan.rekey().ifPresent(rekey -> conditions.add(rekey.when()));
        return Way.readBy(conditions).stream().map(Way::table).collect(Collectors.toSet());
    }

    /** Whether a row's own columns decide all that is done to it. */
    public static boolean decidedAlone(TablePlan plan) {
        return tablesRead(plan).isEmpty();
    }

    /** Deletes, clears, replaces keys and releases; the caller commits. */
    public Tally treat(TablePlan plan, Part part, StoreConnection store, FaultPoints faults) {
        Tally tally = new Tally();
        Pointers pointers = new Pointers();
        remove(plan, part, store, faults, pointers, tally);
        clear(plan, part, store, faults, pointers, tally);
        if (plan.rekey().isPresent()) {
            rekeying.rekey(plan.rekey().get(), part, store, tally);
            faults.reached(Point.KEYS_REPLACED);
        }
        if (pointers.any()) {
            releasing.release(pointers, store, tally);
            faults.reached(Point.SHARED_RELEASED);
        }
        return tally;
    }

    /** How many rows a part has; the transaction is given up. */
    public long rows(Part part, StoreConnection store) {
        long rows = store.run(Sql.of("SELECT ", statements.count(part))).number(0);
        store.rollback();
        return rows;
    }

    private void remove(
            TablePlan plan, Part part, StoreConnection store, FaultPoints faults, Pointers pointers, Tally tally) {
        Condition removable = plan.removable();
        if (removable.equals(Condition.FALSE)) {
            return;
        }
        List<Way> ways = Way.readBy(List.of(removable));
        if (ways.isEmpty()
                && !plan.needsDecision()
                && !plan.groups()
                && part.most().isEmpty()) {
            long gone = store.run(statements.delete(part, removable)).count();
            tally.deleted(plan.table(), gone);
            faults.reached(Point.ROWS_DELETED);
            return;
        }
        Row row = Row.outer(plan.table());
        Part locked = lock(plan, part, statements.conditions().holds(removable, row), store, faults, pointers);
        if (nothing(locked)) {
            return;
        }
        lockDates(ways, locked, store, faults);
        cut(plan, locked, store, tally);
        for (Clock clock : plan.clocks()) {
            List<String> columns = Pointers.columns(clock.releases());
            pointers.remember(
                    clock.releases(),
                    columns,
                    store.run(statements.lockClock(clock, locked, columns)).rows(),
                    0);
        }
        if (plan.clocks().isEmpty() && !plan.groups()) {
            tally.deleted(
                    plan.table(),
                    store.run(statements.delete(locked, removable)).count());
        } else {
            together(plan, locked, store, tally);
        }
        faults.reached(Point.ROWS_DELETED);
    }

    private void together(TablePlan plan, Part locked, StoreConnection store, Tally tally) {
        Answer answer = store.run(statements.deleteTogether(locked, plan.removable(), plan.clocks(), plan.grouping()));
        tally.deleted(plan.table(), answer.number(0));
        int at = 1;
        for (Clock clock : plan.clocks()) {
            tally.deleted(clock.table(), answer.number(at++));
        }
        at = grouped(plan.table(), plan.grouping(), answer, at, tally);
        for (Clock clock : plan.clocks()) {
            at = grouped(clock.table(), clock.grouping(), answer, at, tally);
        }
    }

    /** @return where the next answers stand */
    private static int grouped(TableName table, Optional<Grouping> grouping, Answer answer, int at, Tally tally) {
        if (grouping.isEmpty()) {
            return at;
        }
        long small = answer.number(at + 2);
        if (small > 0) {
            throw new StoreException(
                    Kind.OTHER,
                    small + (small == 1 ? " group of `" : " groups of `")
                            + grouping.get().into() + "` would have been of fewer than "
                            + grouping.get().atLeast() + " persons: nothing was written",
                    "report this: what was grouped and what was counted differ");
        }
        tally.grouped(table, answer.number(at + 1));
        tally.added(grouping.get().into(), answer.number(at));
        return at + 3;
    }

    private void clear(
            TablePlan plan, Part part, StoreConnection store, FaultPoints faults, Pointers pointers, Tally tally) {
        if (plan.clearings().isEmpty()) {
            return;
        }
        List<Way> ways = Way.readBy(
                plan.clearings().stream().map(TablePlan.Clearing::when).toList());
        Part cleared = part;
        if (!ways.isEmpty() || plan.needsDecision() || part.most().isPresent()) {
            Sql outstanding = statements.clearings().outstanding(plan.clearings(), Row.outer(plan.table()));
            cleared = lock(plan, part, outstanding, store, faults, pointers);
            if (nothing(cleared)) {
                return;
            }
            lockDates(ways, cleared, store, faults);
        }
        cut(plan, cleared, store, tally);
        tally.cleared(
                plan.table(),
                store.run(statements.clear(cleared, plan.clearings())).count());
        faults.reached(Point.ROWS_CLEARED);
    }

    /** Before rows go, or lose what they are met by, the links by value that lead to them. */
    private void cut(TablePlan plan, Part locked, StoreConnection store, Tally tally) {
        for (Cut cut : plan.cuts()) {
            tally.cleared(
                    cut.link().from(), store.run(statements.cut(locked, cut)).count());
        }
    }

    private Part lock(
            TablePlan plan, Part part, Sql condition, StoreConnection store, FaultPoints faults, Pointers pointers) {
        List<String> columns = Pointers.columns(plan.releases());
        Answer answer = store.run(statements.lock(part, condition, columns));
        faults.reached(Point.ROWS_LOCKED);
        pointers.remember(plan.releases(), columns, answer.rows(), 1);
        List<String> positions = new ArrayList<>();
        answer.rows().forEach(values -> positions.add(String.valueOf(values.getFirst())));
        return part.locked(positions);
    }

    private static boolean nothing(Part part) {
        return part.rows() instanceof Part.Rows.Locked locked
                && locked.positions().isEmpty();
    }

    private void lockDates(List<Way> ways, Part locked, StoreConnection store, FaultPoints faults) {
        store.run(ways.stream()
                .map(way -> statements.lock(way, way.guards(ways), locked))
                .toList());
        faults.reached(Point.DATES_LOCKED);
    }
}
