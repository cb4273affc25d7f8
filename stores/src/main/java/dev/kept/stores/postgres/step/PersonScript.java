package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Binding;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.Clock;
import dev.kept.core.lifecycle.TablePlan.Cut;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A whole plan for few persons in one transaction: one round trip finds the tables that hold anything of theirs and locks the persons' own
 * rows, then each of these tables, or several small ones, is treated in one round trip — its rows and what dates them locked before
 * anything is decided — and
 * at the end all tables are looked at.
 *
 * <p>Statements for a table are always the same text, so that the server plans them once; and a plan that shares its outline with others'
 * is written once.
 */
public final class PersonScript {

    /** The longest text of a round trip that treats several tables. */
    private static final int MOST_CHARACTERS = 16_000;

    /** How often what links run in a circle between is treated again before the look says what is left. */
    private static final int MOST_PASSES = 1_000;

    private final List<TablePlan> tables;
    private final Set<TableName> roots;
    private final Coverage coverage;
    private final Statements statements;
    private final Releasing releasing;
    private final Look look;
    private final Sql counting;
    private final List<Sql> begin;
    private final List<Stage> stages;
    private final List<Treatment> parted;
    private final List<Treatment> rekeyed;

    public PersonScript(Catalogue catalogue, Plan plan) {
        this.tables = plan.tables().toList();
        this.coverage = new Coverage(plan);
        this.roots = coverage.roots(tables);
        this.statements = new Statements(new SqlTables(catalogue));
        this.releasing = new Releasing(statements);
        this.look = new Look(catalogue);
        this.counting = counting();
        this.begin = new ArrayList<>(List.of(counting));
        tables.reversed().stream()
                .filter(table -> roots.contains(table.table()))
                .forEach(table -> begin.add(statements.lockAll(everything(table), List.of())));
        this.stages = stages(plan);
        this.parted = plan.parted().stream().map(this::treatment).toList();
        this.rekeyed = plan.rekeyed().stream().map(this::treatment).toList();
    }

    /**
     * What is asked besides, in round trips that are made anyway.
     *
     * @param opening asked when the persons' own rows are locked, and nothing is changed yet
     * @param opened gets the answers to it
     * @param closing asked with the look
     */
    public record Asides(List<Sql> opening, Consumer<List<Answer>> opened, List<Sql> closing) {
        public Asides {
            opening = List.copyOf(opening);
            closing = List.copyOf(closing);
        }
    }

    /**
     * What one pass did and left.
     *
     * @param treated false where the persons have more rows than allowed, and nothing was done
     * @param closing the answers to what was asked at the end
     */
    public record Pass(boolean treated, Tally tally, LookResult look, List<Answer> closing) {}

    /**
     * Treats and looks, unless there are more rows than allowed.
     *
     * @param binding whom it is for, and as of which T
     * @param newKeys what personal keys are replaced by
     * @param asides what is asked besides
     */
    public Pass pass(
            StoreConnection connection,
            Binding binding,
            NewKeys newKeys,
            FaultPoints faults,
            int mostRows,
            Asides asides) {
        StoreConnection store = new For(connection, binding);
        Tally tally = new Tally();
        List<Sql> first = new ArrayList<>(begin);
        first.addAll(asides.opening());
        List<Answer> begun = store.run(first);
        Map<TableName, Long> rows = counted(begun.getFirst());
        if (rows.values().stream().mapToLong(Long::longValue).sum() > mostRows) {
            return new Pass(false, tally, new LookResult(Map.of()), List.of());
        }
        asides.opened().accept(begun.subList(begin.size(), begun.size()));
        faults.reached(Point.ROWS_LOCKED);
        Set<TableName> held = new HashSet<>(rows.keySet());
        held.removeIf(table -> rows.getOrDefault(table, 0L) == 0);
        Work work = new Work(held, store, new Rekeying(statements, newKeys), faults, tally);
        List<Sql> last = new ArrayList<>(List.of(counting));
        last.addAll(asides.closing());
        List<Answer> answers = together(work, last).orElseGet(() -> {
            treat(work);
            faults.reached(Point.LOOK_BEGUN);
            return store.run(last);
        });
        LookResult looked = look(store, counted(answers.getFirst()));
        faults.reached(Point.LOOK_DONE);
        return new Pass(true, tally, looked, answers.subList(1, answers.size()));
    }

    private void treat(Work work) {
        long before = -1;
        for (int i = 0; i < MOST_PASSES && work.tally().changed() != before; i++) {
            stages.forEach(stage -> treat(stage, work));
            before = work.tally().changed();
            for (Treatment one : parted) {
                if (work.tally().changed() == before) {
                    treat(List.of(one), work);
                }
            }
        }
        rekeyed.forEach(one -> treat(List.of(one), work));
    }

    /** The answers to what is asked last, where that can go in the round trip that treats the last tables; else empty, and nothing is done. */
    private Optional<List<Answer>> together(Work work, List<Sql> last) {
        boolean inOneGo = parted.isEmpty()
                && rekeyed.isEmpty()
                && !stages.isEmpty()
                && stages.getLast().repeated().isEmpty()
                && stages.getLast().together().stream().allMatch(Treatment::plain)
                && stages.getLast().together().stream().map(Treatment::table).anyMatch(work::concerns);
        if (!inOneGo) {
            return Optional.empty();
        }
        stages.subList(0, stages.size() - 1).forEach(stage -> treat(stage, work));
        List<Answer> answers = treat(stages.getLast().together(), work, last);
        work.faults().reached(Point.LOOK_BEGUN);
        return Optional.of(answers);
    }

    /** A connection for the statements of one run. */
    private record For(StoreConnection connection, Binding binding) implements StoreConnection {

        @Override
        public List<Answer> run(List<Sql> statements) {
            return connection.run(
                    statements.stream().map(sql -> sql.with(binding)).toList());
        }

        @Override
        public void alone(Sql statement) {
            connection.alone(statement);
        }

        @Override
        public void commit() {
            connection.commit();
        }

        @Override
        public void rollback() {
            connection.rollback();
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    private static Part everything(TablePlan table) {
        return Part.reached(table.table(), table.table(), table.reach(), OptionalInt.empty());
    }

    /** How many rows of the persons each table holds: one statement for all tables. */
    private Sql counting() {
        return Sql.of(
                "SELECT ",
                Sql.join(
                        ", ",
                        tables.stream()
                                .map(table -> statements.count(everything(table)))
                                .toList()));
    }

    private Map<TableName, Long> counted(Answer answer) {
        Map<TableName, Long> rows = new LinkedHashMap<>();
        for (int i = 0; i < tables.size(); i++) {
            rows.put(tables.get(i).table(), answer.number(i));
        }
        return rows;
    }

    private LookResult look(StoreConnection store, Map<TableName, Long> rows) {
        Map<TableName, TableLook> looks = new LinkedHashMap<>();
        tables.forEach(table -> looks.put(table.table(), TableLook.none()));
        List<TablePlan> left = tables.stream()
                .filter(table -> rows.getOrDefault(table.table(), 0L) > 0)
                .toList();
        List<Answer> answers = store.run(left.stream().map(look::statement).toList());
        for (int i = 0; i < left.size(); i++) {
            looks.put(left.get(i).table(), Look.read(answers.get(i)));
        }
        return new LookResult(looks);
    }

    /** What is done to one table: locks, then changes. */
    private record Treatment(TablePlan table, List<Sql> locks, List<Sql> changes) {

        /** Nothing has to be read between its statements. */
        boolean plain() {
            return !pointsToShared(table) && table.rekey().isEmpty();
        }

        int length() {
            return Stream.concat(locks.stream(), changes.stream())
                    .mapToInt(sql -> sql.text().length())
                    .sum();
        }
    }

    private Treatment treatment(TablePlan planned) {
        TablePlan table = Given.of(planned);
        Part part = everything(table);
        List<Sql> changes = new ArrayList<>();
        table.cuts().forEach(cut -> changes.add(statements.cut(part, cut)));
        if (removes(table)) {
            changes.add(
                    table.clocks().isEmpty()
                            ? statements.delete(part, table.removable())
                            : statements.deleteTogether(part, table.removable(), table.clocks(), Optional.empty()));
        }
        if (!table.clearings().isEmpty()) {
            changes.add(statements.clear(part, table.clearings()));
        }
        return new Treatment(table, locks(table, part), changes);
    }

    /** Tables treated in one round trip; or a group that is repeated until it comes to rest. */
    private record Stage(List<Treatment> together, Optional<Plan.Group> repeated) {}

    /** Tables that follow each other and have short statements go in one round trip: always the same ones, whoever holds what. */
    private List<Stage> stages(Plan plan) {
        List<Stage> stages = new ArrayList<>();
        int length = 0;
        for (Plan.Group group : plan.groups()) {
            if (group.repeated()) {
                stages.add(new Stage(List.of(), Optional.of(group)));
                continue;
            }
            for (TablePlan table : group.tables()) {
                Treatment next = treatment(table.leavingOwners());
                length += next.length();
                boolean joins = !stages.isEmpty()
                        && stages.getLast().repeated().isEmpty()
                        && next.plain()
                        && stages.getLast().together().getLast().plain()
                        && length <= MOST_CHARACTERS;
                if (joins) {
                    stages.getLast().together().add(next);
                } else {
                    stages.add(new Stage(new ArrayList<>(List.of(next)), Optional.empty()));
                    length = next.length();
                }
            }
        }
        return stages;
    }

    /** What a pass works with. */
    private record Work(
            Set<TableName> held, StoreConnection store, Rekeying rekeying, FaultPoints faults, Tally tally) {
        boolean concerns(TablePlan table) {
            return held.contains(table.table());
        }
    }

    private void treat(Stage stage, Work work) {
        if (stage.repeated().isEmpty()) {
            treat(stage.together(), work);
            return;
        }
        // Where it does not come to rest, the look finds what is left.
        stage.repeated().get().settle(MOST_PASSES, tables -> {
            long before = work.tally().changed();
            tables.stream().filter(work::concerns).forEach(table -> treat(List.of(treatment(table)), work));
            return work.tally().changed() != before;
        });
    }

    private void treat(List<Treatment> together, Work work) {
        if (together.stream().map(Treatment::table).anyMatch(work::concerns)) {
            treat(together, work, List.of());
        }
    }

    /** The same, and asks something afterwards in the same round trip. */
    private List<Answer> treat(List<Treatment> together, Work work, List<Sql> afterwards) {
        StoreConnection store = work.store();
        Tally tally = work.tally();
        Pointers pointers = new Pointers();
        List<Sql> all = new ArrayList<>();
        for (Treatment one : together) {
            if (pointsToShared(one.table())) {
                locks(one.table(), everything(one.table()), store, one.locks(), pointers);
            } else {
                all.addAll(one.locks());
            }
            all.addAll(one.changes());
        }
        all.addAll(afterwards);
        List<Answer> answers = store.run(all);
        int position = 0;
        for (Treatment one : together) {
            position += pointsToShared(one.table()) ? 0 : one.locks().size();
            for (Cut cut : one.table().cuts()) {
                tally.cleared(cut.link().from(), answers.get(position++).count());
            }
            if (removes(one.table())) {
                removed(one.table(), answers.get(position++), tally);
            }
            if (!one.table().clearings().isEmpty()) {
                tally.cleared(one.table().table(), answers.get(position++).count());
            }
        }
        work.faults().reached(Point.ROWS_DELETED);
        together.forEach(one -> rekey(one.table(), work));
        if (pointers.any()) {
            releasing.release(pointers, store, tally);
            work.faults().reached(Point.SHARED_RELEASED);
        }
        return answers.subList(answers.size() - afterwards.size(), answers.size());
    }

    private static boolean removes(TablePlan table) {
        return !table.removable().equals(Condition.FALSE);
    }

    private void rekey(TablePlan table, Work work) {
        table.rekey().ifPresent(rekey -> {
            for (TableName relation : statements.tables().relations(table.table())) {
                Part some = Part.reached(table.table(), relation, table.reach(), OptionalInt.empty());
                work.rekeying().rekey(rekey, some, work.store(), work.tally());
            }
            work.faults().reached(Point.KEYS_REPLACED);
        });
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

    /**
     * Locks of the table's rows and of what dates them. Rows that are decided by their own columns and by what they point to, which is locked,
     * are locked by the statement that changes them: it decides again where it had to wait.
     */
    private List<Sql> locks(TablePlan table, Part part) {
        List<Way> ways = Way.readBy(conditions(table));
        List<Sql> locks = new ArrayList<>();
        boolean decided = !table.needsDecision()
                && ways.stream().allMatch(way -> way.upwards() && coverage.covers(table, way, roots));
        if (!decided && !roots.contains(table.table())) {
            locks.add(statements.lockAll(part, List.of()));
        }
        Way.readByContent(conditions(table)).stream()
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
