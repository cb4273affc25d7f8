package dev.kept.stores.postgres.look;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.stores.postgres.look.LookResult.TableLook;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.Neighbours;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.JoinedConditions;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlClearings;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlReach;
import dev.kept.stores.postgres.sql.SqlTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at what a plan would still do: all tables in one read-only snapshot with a limit in time. */
public final class Look {

    /** How much is asked. */
    public enum Depth {
        /** What is left to do. */
        LEFT,
        /** Also what is unknown. */
        UNKNOWN,
        /** Also how many rows each use keeps, for whom, and until when. */
        USES
    }

    private final SqlConditions conditions;
    private final SqlClearings clearings;
    private final SqlReach reaches;

    public Look(Catalogue catalogue) {
        this.conditions = new SqlConditions(new SqlTables(catalogue));
        this.clearings = new SqlClearings(conditions);
        this.reaches = new SqlReach(conditions);
    }

    /**
     * Looks in a snapshot of its own.
     *
     * @param limit how long each statement may take
     */
    public LookResult look(StoreConnection store, Plan plan, Depth depth, Duration limit) {
        store.run(List.of(
                Sql.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"),
                Sql.of(
                        "SELECT set_config('statement_timeout', ",
                        Parameter.value(Long.toString(limit.toMillis())),
                        ", true)"),
                // One processor of the server is enough where others need them.
                Sql.of("SELECT set_config('max_parallel_workers_per_gather', '0', true) WHERE ", Neighbours.AT_WORK)));
        Map<TableName, TableLook> tables = new LinkedHashMap<>();
        try {
            plan.tables()
                    .forEach(table -> tables.put(
                            table.table(), read(table, plan.asOf(), store.run(statements(table, depth)), depth)));
        } finally {
            store.rollback();
        }
        return new LookResult(tables);
    }

    /** Everybody's rows are read in one pass with all that they are asked about; a few persons' through indexes. */
    private List<Sql> statements(TablePlan plan, Depth depth) {
        if (inOnePass(plan, depth)) {
            return List.of(pass(plan));
        }
        List<Sql> statements = new ArrayList<>(counts(plan));
        if (depth != Depth.LEFT) {
            Row row = Row.outer(plan.table());
            statements.add(
                    depth == Depth.USES
                            ? new UseCounts(plan).statement(conditions, reaches, row, unknown(plan, row))
                            : states(plan, row));
        }
        return statements;
    }

    private static boolean inOnePass(TablePlan plan, Depth depth) {
        return plan.reach() instanceof Reach.Everything && depth != Depth.USES;
    }

    /** All counts of one table: each condition is asked once a row, then counted. */
    private Sql pass(TablePlan plan) {
        Row row = Row.outer(plan.table());
        JoinedConditions asked = new JoinedConditions(conditions, row);
        List<Sql> answers = new ArrayList<>();
        answers.add(Sql.of(asked.value(plan.removable()), " AS removable"));
        answers.add(Sql.of(asked.value(plan.dead()), " AS dead"));
        List<Sql> outstanding = new ArrayList<>();
        List<Sql> unknown = new ArrayList<>();
        unknown.add(Sql.of("dead IS NULL"));
        for (int i = 0; i < plan.clearings().size(); i++) {
            TablePlan.Clearing clearing = plan.clearings().get(i);
            answers.add(Sql.of(asked.value(clearing.when()), " AS w" + i));
            answers.add(Sql.of(clearings.differs(clearing.columns(), row), " AS d" + i));
            outstanding.add(Sql.of("w" + i + " AND d" + i));
            unknown.add(Sql.of("w" + i + " IS NULL AND d" + i));
        }
        answers.add(Sql.of(
                plan.rekey()
                        .map(rekey ->
                                Sql.of("(", asked.value(rekey.when()), ") AND (", clearings.rekeyDue(rekey, row), ")"))
                        .orElse(Sql.of("FALSE")),
                " AS rekey"));
        return Sql.of(
                "SELECT ",
                Sql.join(
                        ", ",
                        List.of(
                                counted(Sql.of("removable")),
                                // What goes as a whole is not cleared besides.
                                counted(Sql.of("removable IS NOT TRUE AND (", Sql.or(outstanding), ")")),
                                counted(Sql.of("rekey")),
                                Sql.of("count(*)"),
                                counted(Sql.or(unknown)))),
                " FROM (SELECT ",
                Sql.join(", ", answers),
                " FROM ",
                asked.from(),
                " OFFSET 0) AS asked");
    }

    private static Sql counted(Sql condition) {
        return Sql.of("count(*) FILTER (WHERE ", condition, ")");
    }

    private List<Sql> counts(TablePlan plan) {
        Row row = Row.outer(plan.table());
        Sql rekeys = plan.rekey()
                .map(rekey -> Sql.and(List.of(conditions.holds(rekey.when(), row), clearings.rekeyDue(rekey, row))))
                .orElse(Sql.of("FALSE"));
        return List.of(
                count(plan, row, conditions.holds(plan.removable(), row)),
                count(plan, row, outstanding(plan, row)),
                count(plan, row, rekeys));
    }

    private Sql outstanding(TablePlan plan, Row row) {
        Sql outstanding = clearings.outstanding(plan.clearings(), row);
        Sql removable = conditions.holds(plan.removable(), row);
        return outstanding.is("FALSE") || removable.is("FALSE")
                ? outstanding
                : Sql.and(List.of(outstanding, Sql.of("(", removable, ") IS NOT TRUE")));
    }

    /** All that is left and unknown in one table, as one statement; {@link #read(Answer)} understands its answer. */
    public Sql statement(TablePlan plan) {
        List<Sql> counts =
                counts(plan).stream().map(count -> Sql.of("(", count, ")")).toList();
        return Sql.of(
                "SELECT ", Sql.join(", ", counts), ", s.* FROM (", states(plan, Row.outer(plan.table())), ") AS s");
    }

    /** Understands the answer to {@link #statement}. */
    public static TableLook read(Answer answer) {
        return new TableLook(answer.number(3), answer.number(0), answer.number(1), answer.number(2), answer.number(4));
    }

    private Sql count(TablePlan plan, Row row, Sql condition) {
        return condition.is("FALSE")
                ? Sql.of("SELECT 0")
                : Sql.of(
                        "SELECT count(*) FROM ",
                        SqlTables.as(row),
                        " WHERE ",
                        Sql.and(List.of(reaches.reached(plan.reach(), row), condition)));
    }

    private Sql states(TablePlan plan, Row row) {
        return Sql.of(
                "SELECT count(*), count(*) FILTER (WHERE ",
                unknown(plan, row),
                ") FROM ",
                SqlTables.as(row),
                " WHERE ",
                reaches.reached(plan.reach(), row));
    }

    private Sql unknown(TablePlan plan, Row row) {
        List<Sql> unknown = new ArrayList<>();
        unknown.add(isNull(plan.dead(), row));
        plan.clearings()
                .forEach(clearing -> unknown.add(
                        Sql.and(List.of(isNull(clearing.when(), row), clearings.differs(clearing.columns(), row)))));
        return Sql.or(unknown);
    }

    private Sql isNull(Condition condition, Row row) {
        // Neither known to hold nor known not to: both are asked with EXISTS, which PostgreSQL can hash, where one
        // scalar question about every row would look its owners up one by one.
        return Sql.of(
                "((",
                conditions.holds(condition, row),
                ") IS NOT TRUE AND (",
                conditions.holds(Condition.not(condition), row),
                ") IS NOT TRUE)");
    }

    private static TableLook read(TablePlan plan, AsOf at, List<Answer> answers, Depth depth) {
        if (inOnePass(plan, depth)) {
            return read(answers.getFirst());
        }
        long removable = answers.get(0).number(0);
        long outstanding = answers.get(1).number(0);
        long rekeys = answers.get(2).number(0);
        if (depth == Depth.LEFT) {
            return new TableLook(-1, removable, outstanding, rekeys, 0);
        }
        if (depth == Depth.USES) {
            return new UseCounts(plan).read(answers.get(3), removable, outstanding, rekeys, at.zone());
        }
        Answer states = answers.get(3);
        return new TableLook(states.number(0), removable, outstanding, rekeys, states.number(1));
    }
}
