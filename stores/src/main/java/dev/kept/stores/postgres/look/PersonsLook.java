package dev.kept.stores.postgres.look;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.UseState;
import dev.kept.stores.postgres.look.LookResult.TableLook;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlClearings;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlMembers;
import dev.kept.stores.postgres.sql.SqlTables;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a plan for many persons leaves of each of them: one statement a table, whose rows are told apart by whose they are, so that
 * each gets an answer of her own.
 */
public final class PersonsLook {

    /** What stands before the counts of {@link UseCounts}: the person, and what is still to be deleted, cleared and given a new key. */
    private static final int BEFORE_COUNTS = 4;

    private final SqlConditions conditions;
    private final SqlClearings clearings;

    public PersonsLook(Catalogue catalogue) {
        this.conditions = new SqlConditions(new SqlTables(catalogue));
        this.clearings = new SqlClearings(conditions);
    }

    /**
     * Looks in a snapshot of its own.
     *
     * @param plan for persons
     * @param people each one's keys by kind
     * @param limit how long each statement may take
     * @return of each of them, in their order; a table in which she has no row is not named
     */
    public List<LookResult> look(
            StoreConnection store, Plan plan, List<Map<String, List<List<String>>>> people, Duration limit) {
        if (!(plan.scope() instanceof Scope.Persons persons)) {
            throw new IllegalArgumentException("a plan for everybody is nobody's");
        }
        SqlMembers members = new SqlMembers(conditions, persons, people);
        List<Map<TableName, TableLook>> found = new ArrayList<>();
        people.forEach(person -> found.add(new LinkedHashMap<>()));
        store.run(List.of(
                Sql.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"),
                Sql.of(
                        "SELECT set_config('statement_timeout', ",
                        Parameter.value(Long.toString(limit.toMillis())),
                        ", true)")));
        try {
            plan.tables()
                    .forEach(table -> statement(table, members)
                            .ifPresent(asked ->
                                    read(table, store.run(asked), plan.asOf().zone(), found)));
        } finally {
            store.rollback();
        }
        return found.stream().map(LookResult::new).toList();
    }

    private static void read(TablePlan table, Answer answer, ZoneId zone, List<Map<TableName, TableLook>> found) {
        UseCounts counts = new UseCounts(table);
        for (List<@Nullable String> row : answer.rows()) {
            found.get((int) number(row, 0))
                    .put(
                            table.table(),
                            counts.read(
                                    row.subList(BEFORE_COUNTS, row.size()),
                                    number(row, 1),
                                    number(row, 2),
                                    number(row, 3),
                                    zone));
        }
    }

    private static long number(List<@Nullable String> row, int position) {
        String number = row.get(position);
        return number == null ? 0 : Long.parseLong(number);
    }

    private Optional<Sql> statement(TablePlan plan, SqlMembers members) {
        Row row = Row.outer(plan.table());
        return members.members(plan.reach(), row).map(all -> statement(plan, row, all, members));
    }

    private Sql statement(TablePlan plan, Row row, Sql all, SqlMembers members) {
        UseCounts.Asked asked =
                new UseCounts(plan).asked(conditions, row, unknown(plan, row), use -> own(plan, use, row, members));
        List<Sql> named = new ArrayList<>(asked.named());
        Sql removable = conditions.holds(plan.removable(), row);
        named.add(Sql.of("(", removable, ") AS removable"));
        named.add(Sql.of("(", clearings.outstanding(plan.clearings(), row), ") AS outstanding"));
        named.add(Sql.of(
                "(",
                plan.rekey()
                        .map(rekey ->
                                Sql.and(List.of(conditions.holds(rekey.when(), row), clearings.rekeyDue(rekey, row))))
                        .orElse(Sql.of("FALSE")),
                ") AS rekey"));
        return Sql.of(
                "SELECT person, count(*) FILTER (WHERE removable), count(*) FILTER (WHERE removable IS NOT TRUE AND outstanding),"
                        + " count(*) FILTER (WHERE rekey), ",
                Sql.join(", ", asked.counts()),
                " FROM (SELECT whose.person AS person, ",
                Sql.join(", ", named),
                " FROM (",
                all,
                ") AS whose JOIN ",
                SqlTables.as(row),
                " ON " + row.alias() + ".ctid = whose.c AND " + row.alias() + ".tableoid = whose.o OFFSET 0) AS asked"
                        + " GROUP BY person");
    }

    /** Whether the row is that person's own by the use's role; by other roles it is hers all the same. */
    private static Sql own(TablePlan plan, UseState use, Row row, SqlMembers members) {
        if (use.own().equals(plan.reach())) {
            return Sql.of("TRUE");
        }
        return members.members(use.own(), row)
                .map(own -> Sql.of("(whose.person, whose.o, whose.c) IN (SELECT person, o, c FROM (", own, ") AS own)"))
                .orElse(Sql.of("FALSE"));
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
        return Sql.of("(", conditions.value(condition, row), ") IS NULL");
    }
}
