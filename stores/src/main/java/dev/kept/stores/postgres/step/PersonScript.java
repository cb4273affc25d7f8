package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.Clearing;
import dev.kept.core.lifecycle.TablePlan.Clock;
import dev.kept.core.lifecycle.TablePlan.Release;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A whole plan for few persons in one transaction and two round trips: everything that is changed or read is locked, persons first; then
 * all steps follow in the plan's order, and the look at what they left.
 */
public final class PersonScript {

    private final Plan plan;
    private final List<TablePlan> tables;
    private final Statements statements;
    private final Rekeying rekeying;
    private final Look look;
    private final List<Locking> locking = new ArrayList<>();

    /** A statement that locks, and whose pointers it answers. */
    private record Locking(Sql statement, List<Release> releases) {}

    public PersonScript(Catalogue catalogue, Plan plan) {
        this.plan = plan;
        this.tables = plan.tables().toList();
        this.statements = new Statements(new SqlTables(catalogue));
        this.rekeying = new Rekeying(statements);
        this.look = new Look(catalogue);
        prepareLocks();
    }

    /**
     * What one pass did and left.
     *
     * @param treated false where more rows would have been locked than allowed, and nothing was done
     */
    public record Pass(boolean treated, Tally tally, LookResult look) {}

    /** Locks, treats and looks, unless more rows would be locked than allowed. */
    public Pass pass(StoreConnection store, FaultPoints faults, int mostRows) {
        Tally tally = new Tally();
        Pointers pointers = new Pointers();
        if (lock(store, pointers) > mostRows) {
            return new Pass(false, tally, new LookResult(Map.of()));
        }
        faults.reached(Point.ROWS_LOCKED);
        Script script = new Script(store, tally);
        for (TablePlan table : tables) {
            treat(table, pointers, script);
        }
        Map<TableName, TableLook> looks = new LinkedHashMap<>();
        for (TablePlan table : tables) {
            script.add(look.statement(table), answer -> looks.put(table.table(), Look.read(answer)));
        }
        script.run();
        faults.reached(Point.LOOK_DONE);
        return new Pass(true, tally, new LookResult(looks));
    }

    // ---- locking -------------------------------------------------------------------------------------------------

    private void prepareLocks() {
        Coverage coverage = new Coverage(plan);
        Set<TableName> read = new LinkedHashSet<>();
        Map<TablePlan, List<Way>> ways = new LinkedHashMap<>();
        for (TablePlan table : tables) {
            List<Way> all = Way.readBy(conditions(table));
            ways.put(table, all);
            all.forEach(way -> read.add(way.table()));
            if (!all.isEmpty() || table.needsDecision()) {
                read.add(table.table());
            }
        }
        for (TablePlan table : tables.reversed()) {
            if (read.contains(table.table()) || !table.releases().isEmpty()) {
                Part part = everything(table);
                locking.add(
                        new Locking(statements.lockAll(part, Pointers.columns(table.releases())), table.releases()));
            }
        }
        ways.forEach((table, all) -> all.stream()
                .filter(way -> !coverage.covers(table, way))
                .forEach(way ->
                        locking.add(new Locking(statements.lock(way, way.guards(all), everything(table)), List.of()))));
        for (TablePlan table : tables) {
            for (Clock clock : table.clocks()) {
                Reach clocks = into(clock.path(), table.reach());
                Part part = Part.reached(clock.table(), clock.table(), clocks, OptionalInt.empty());
                locking.add(
                        new Locking(statements.lockAll(part, Pointers.columns(clock.releases())), clock.releases()));
                clock.releases().forEach(release -> lockShared(release, clocks));
            }
            table.releases().forEach(release -> lockShared(release, table.reach()));
        }
    }

    private void lockShared(Release release, Reach pointing) {
        TableName shared = release.pointer().to();
        Reach reach = new Reach.From(release.pointer(), pointing);
        Part part = Part.reached(shared, shared, reach, OptionalInt.empty());
        locking.add(new Locking(statements.lockAll(part, Pointers.columns(release.next())), release.next()));
        List<Way> ways = Way.readBy(List.of(release.orphaned(), release.removable()));
        ways.forEach(way -> locking.add(new Locking(statements.lock(way, way.guards(ways), part), List.of())));
        release.next().forEach(next -> lockShared(next, reach));
    }

    private static Reach into(List<Link> path, Reach reach) {
        Reach seen = reach;
        for (Link link : path.reversed()) {
            seen = new Reach.Into(link, seen);
        }
        return seen;
    }

    private static List<Condition> conditions(TablePlan table) {
        List<Condition> all = new ArrayList<>();
        all.add(table.removable());
        table.clearings().forEach(clearing -> all.add(clearing.when()));
        table.rekey().ifPresent(rekey -> all.add(rekey.when()));
        return all;
    }

    private static Part everything(TablePlan table) {
        return Part.reached(table.table(), table.table(), table.reach(), OptionalInt.empty());
    }

    private long lock(StoreConnection store, Pointers pointers) {
        List<Answer> answers =
                store.run(locking.stream().map(Locking::statement).toList());
        long rows = 0;
        for (int i = 0; i < answers.size(); i++) {
            List<Release> releases = locking.get(i).releases();
            Answer answer = answers.get(i);
            List<String> columns = Pointers.columns(releases);
            if (columns.isEmpty()) {
                rows += answer.number(0);
            } else {
                rows += answer.count();
                pointers.remember(releases, columns, answer.rows(), 0);
            }
        }
        return rows;
    }

    // ---- the steps -----------------------------------------------------------------------------------------------

    private void treat(TablePlan table, Pointers pointers, Script script) {
        Part part = everything(table);
        if (!table.removable().equals(Condition.FALSE)) {
            if (table.clocks().isEmpty()) {
                script.add(
                        statements.delete(part, table.removable()),
                        answer -> script.tally.deleted(table.table(), answer.count()));
            } else {
                script.add(statements.deleteWithClocks(part, table.removable(), table.clocks()), answer -> {
                    script.tally.deleted(table.table(), answer.number(0));
                    for (int i = 0; i < table.clocks().size(); i++) {
                        script.tally.deleted(table.clocks().get(i).table(), answer.number(i + 1));
                    }
                });
            }
        }
        if (!table.clearings().isEmpty()) {
            script.add(
                    statements.clear(part, table.clearings()),
                    answer -> script.tally.cleared(table.table(), answer.count()));
        }
        table.rekey().ifPresent(rekey -> {
            script.run();
            for (TableName relation : statements.tables().relations(table.table())) {
                Part some = Part.reached(table.table(), relation, table.reach(), OptionalInt.empty());
                rekeying.rekey(rekey, some, script.store, script.tally);
            }
        });
        for (Clock clock : table.clocks()) {
            clock.releases().forEach(release -> release(release, pointers, script));
        }
        table.releases().forEach(release -> release(release, pointers, script));
    }

    private void release(Release release, Pointers pointers, Script script) {
        Set<List<String>> keys = pointers.values().getOrDefault(release, Set.of());
        if (keys.isEmpty()) {
            return;
        }
        TableName shared = release.pointer().to();
        Reach reach = new Reach.Keys(
                release.pointer().targetColumns(), release.pointer().match(), new KeySet("shared", List.copyOf(keys)));
        Part part = Part.reached(shared, shared, reach, OptionalInt.empty());
        script.add(
                statements.delete(part, release.removable()), answer -> script.tally.released(shared, answer.count()));
        if (!release.husk().isEmpty()) {
            script.add(
                    statements.clear(part, List.of(new Clearing(release.orphaned(), release.husk()))),
                    answer -> script.tally.cleared(shared, answer.count()));
        }
        release.next().forEach(next -> release(next, pointers, script));
    }

    /** Statements that are sent together. */
    private static final class Script {

        private interface Reader {
            void read(Answer answer);
        }

        private final StoreConnection store;
        private final Tally tally;
        private final List<Sql> waiting = new ArrayList<>();
        private final List<Reader> readers = new ArrayList<>();

        Script(StoreConnection store, Tally tally) {
            this.store = store;
            this.tally = tally;
        }

        void add(Sql statement, Reader reader) {
            waiting.add(statement);
            readers.add(reader);
        }

        void run() {
            List<Answer> answers = store.run(List.copyOf(waiting));
            for (int i = 0; i < answers.size(); i++) {
                readers.get(i).read(answers.get(i));
            }
            waiting.clear();
            readers.clear();
        }
    }
}
