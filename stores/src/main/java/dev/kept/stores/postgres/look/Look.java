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
import dev.kept.stores.postgres.session.Pauses;
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
import java.util.Optional;

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

    /** Whether others are at work: then one processor of the server is enough. */
    private static final Sql BESIDE = Sql.of(
            "SELECT CASE WHEN ",
            Neighbours.AT_WORK,
            " THEN set_config('max_parallel_workers_per_gather', '0', true) END IS NOT NULL");

    private final Optional<Pauses> beside;
    private final SqlTables tables;
    private final SqlConditions conditions;
    private final SqlClearings clearings;
    private final SqlReach reaches;

    public Look(Catalogue catalogue) {
        this(catalogue, Optional.of(Pauses.sleeping()));
    }

    /** @param beside how it pauses where others are at work; empty to make no room for them */
    public Look(Catalogue catalogue, Optional<Pauses> beside) {
        this.beside = beside;
        this.tables = new SqlTables(catalogue);
        this.conditions = new SqlConditions(tables);
        this.clearings = new SqlClearings(conditions);
        this.reaches = new SqlReach(conditions);
    }

    /**
     * Looks in a snapshot of its own.
     *
     * @param limit how long each statement may take
     */
    public LookResult look(StoreConnection store, Plan plan, Depth depth, Duration limit) {
        List<Answer> begun = store.run(List.of(
                Sql.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"),
                Sql.of(
                        "SELECT set_config('statement_timeout', ",
                        Parameter.value(Long.toString(limit.toMillis())),
                        ", true)"),
                beside.isPresent() ? BESIDE : Sql.of("SELECT FALSE")));
        Optional<Portions> portions =
                beside.filter(some -> begun.getLast().yes(0)).map(some -> new Portions(tables, some));
        Map<TableName, TableLook> looks = new LinkedHashMap<>();
        try {
            plan.tables().forEach(table -> looks.put(table.table(), look(store, table, plan.asOf(), depth, portions)));
        } finally {
            store.rollback();
        }
        return new LookResult(looks);
    }

    private TableLook look(StoreConnection store, TablePlan table, AsOf at, Depth depth, Optional<Portions> portions) {
        if (!inOnePass(table, depth)) {
            return read(table, at, store.run(statements(table, depth)), depth);
        }
        return portions.filter(some -> alone(table))
                .map(some -> some.look(store, table.table(), rows -> pass(table, rows)))
                .orElseGet(() -> read(store.run(pass(table, Sql.EMPTY))));
    }

    /** A few persons' rows are found through indexes; everybody's are read in one pass with all that they are asked about. */
    private List<Sql> statements(TablePlan plan, Depth depth) {
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

    /** Whether its rows are decided without reading other tables whole. */
    private boolean alone(TablePlan plan) {
        JoinedConditions asked = new JoinedConditions(conditions, Row.outer(plan.table()));
        asked.value(plan.removable());
        asked.value(plan.dead());
        plan.clearings().forEach(clearing -> asked.value(clearing.when()));
        plan.rekey().ifPresent(rekey -> asked.value(rekey.when()));
        return !asked.joins();
    }

    /**
     * All counts of one table: each condition is asked once a row, then counted.
     *
     * @param rows which of its rows; all where it is empty
     */
    private Sql pass(TablePlan plan, Sql rows) {
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
                rows.text().isEmpty() ? Sql.EMPTY : Sql.of(" WHERE ", rows),
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
