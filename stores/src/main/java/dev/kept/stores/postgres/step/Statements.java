package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Grouping;
import dev.kept.core.lifecycle.TablePlan.Clearing;
import dev.kept.core.lifecycle.TablePlan.Clock;
import dev.kept.core.lifecycle.TablePlan.Cut;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlClearings;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlGrouping;
import dev.kept.stores.postgres.sql.SqlReach;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements of a batch. In each that changes rows the whole predicate stands in the outer WHERE. */
final class Statements {

    private final SqlTables tables;
    private final SqlConditions conditions;
    private final SqlClearings clearings;
    private final SqlReach reaches;

    Statements(SqlTables tables) {
        this.tables = tables;
        this.conditions = new SqlConditions(tables);
        this.clearings = new SqlClearings(conditions);
        this.reaches = new SqlReach(conditions);
    }

    SqlTables tables() {
        return tables;
    }

    SqlConditions conditions() {
        return conditions;
    }

    SqlClearings clearings() {
        return clearings;
    }

    /** {@code ONLY "public"."orders" AS t0}: where rows stand is each relation's own. */
    private String target(Part part, Row row) {
        boolean root = part.relation().equals(part.table())
                && tables.table(part.table()).partitioning().isPresent();
        return (root ? "" : "ONLY ") + SqlTables.name(part.relation()) + " AS " + row.alias();
    }

    Sql within(Part part, Row row, Sql... conditions) {
        List<Sql> all = new ArrayList<>();
        all.add(part.holds(row, reaches));
        all.addAll(List.of(conditions));
        return Sql.and(all);
    }

    /** How many rows the part has, as an expression. */
    Sql count(Part part) {
        Row row = Row.outer(part.table());
        return Sql.of("(SELECT count(*) FROM ", target(part, row), " WHERE ", within(part, row), ")");
    }

    /** How many rows the part has, and whether any of them stays. */
    Sql staying(Part part, Condition removable) {
        Row row = Row.outer(part.table());
        Sql stays = Sql.of("(", conditions.holds(removable, row), ") IS NOT TRUE");
        return Sql.of("SELECT count(*), coalesce(bool_or(", stays, "), false) FROM ", target(part, row));
    }

    /** Whether the part has rows, and none of them stays: stops at the first that does. */
    Sql ended(Part part, Condition removable) {
        Row row = Row.outer(part.table());
        return Sql.of(
                "SELECT EXISTS (SELECT FROM ",
                target(part, row),
                ") AND NOT EXISTS (SELECT FROM ",
                target(part, row),
                " WHERE (",
                conditions.holds(removable, row),
                ") IS NOT TRUE)");
    }

    Sql delete(Part part, Condition removable) {
        Row row = Row.outer(part.table());
        return Sql.of(
                "DELETE FROM ", target(part, row), " WHERE ", within(part, row, conditions.holds(removable, row)));
    }

    /**
     * Deletes rows and the rows that date them in one statement: both are decided on the same snapshot, and foreign keys are checked when
     * all of them are gone. What is left of them is grouped there, too: of what went, and of nothing else. Answers how many rows went, the
     * table's own first, then each clock's; then what {@link SqlGrouping#answers()} says of each of these that leaves something.
     */
    Sql deleteTogether(Part part, Condition removable, List<Clock> clocks, Optional<Grouping> grouping) {
        List<Sql> with = new ArrayList<>();
        List<Sql> counts = new ArrayList<>(List.of(Sql.of("(SELECT count(*) FROM gone)")));
        List<SqlGrouping> groups = new ArrayList<>();
        grouping.ifPresent(own -> groups.add(new SqlGrouping(tables, own, "gone")));
        for (int i = 0; i < clocks.size(); i++) {
            Clock clock = clocks.get(i);
            String name = "c" + i;
            Row row = Row.outer(clock.table());
            with.add(Sql.of(
                    name + " AS (DELETE FROM ",
                    SqlTables.as(row),
                    " WHERE ",
                    leads(clock.path(), row, part, base -> within(part, base, conditions.holds(removable, base))),
                    returning(clock.grouping(), name, row),
                    ")"));
            counts.add(Sql.of("(SELECT count(*) FROM " + name + ")"));
            clock.grouping().ifPresent(its -> groups.add(new SqlGrouping(tables, its, name)));
        }
        with.add(Sql.of(
                "gone AS (", delete(part, removable), returning(grouping, "gone", Row.outer(part.table())), ")"));
        groups.forEach(group -> {
            with.addAll(group.parts());
            counts.addAll(group.answers());
        });
        return Sql.of("WITH ", Sql.join(", ", with), " SELECT ", Sql.join(", ", counts));
    }

    private Sql returning(Optional<Grouping> grouping, String name, Row row) {
        return Sql.of(
                " RETURNING ",
                grouping.map(left -> new SqlGrouping(tables, left, name).returning(row))
                        .orElse(Sql.of("1")));
    }

    private interface Base {
        Sql restrict(Row row);
    }

    /** The row leads to rows of the part by a path of links. */
    private Sql leads(List<Link> path, Row row, Part part, Base base) {
        Link link = path.getFirst();
        Row to = row.inner(link.to());
        boolean last = path.size() == 1;
        Sql rest = last ? base.restrict(to) : leads(path.subList(1, path.size()), to, part, base);
        return Sql.of(
                tables.pointing(link, row),
                " IN (SELECT ",
                SqlTables.unwrapped(tables.pointedToSought(link, to)),
                " FROM ",
                last ? target(part, to) : SqlTables.as(to),
                " WHERE ",
                rest,
                ")");
    }

    Sql clear(Part part, List<Clearing> due) {
        Row row = Row.outer(part.table());
        return Sql.of(
                "UPDATE ",
                target(part, row),
                " SET ",
                clearings.set(due, row),
                " WHERE ",
                within(part, row, clearings.outstanding(due, row)));
    }

    /** Cuts links by value in the rows that meet rows of the part. */
    Sql cut(Part part, Cut cut) {
        Row row = Row.outer(cut.link().from());
        return Sql.of(
                "UPDATE ",
                SqlTables.as(row),
                " SET ",
                clearings.set(cut.clearings(), row),
                " WHERE ",
                Sql.and(List.of(
                        leads(List.of(cut.link()), row, part, base -> within(part, base)),
                        clearings.outstanding(cut.clearings(), row))));
    }

    /** Locks rows in key order; answers where they stand and the values asked for. */
    Sql lock(Part part, Sql condition, List<String> columns) {
        Row row = Row.outer(part.table());
        StringBuilder values = new StringBuilder();
        columns.forEach(column -> values.append(", ").append(row.column(column)).append("::text"));
        return Sql.of(
                "SELECT ",
                (part.spans(tables) ? row.alias() + ".tableoid::text || ' ' || " : "") + row.alias() + ".ctid::text"
                        + values,
                " FROM ",
                target(part, row),
                " WHERE ",
                within(part, row, condition),
                " ORDER BY ",
                tables.order(row),
                part.most().isPresent() ? " LIMIT " + part.most().getAsInt() : "",
                " FOR UPDATE OF ",
                row.alias());
    }

    /** Locks all rows of the part, in key order; answers the values asked for, or, where none are, how many rows there were. */
    Sql lockAll(Part part, List<String> columns) {
        Row row = Row.outer(part.table());
        String values = String.join(
                ", ",
                columns.stream().map(column -> row.column(column) + "::text").toList());
        Sql lock = Sql.of(
                "SELECT ",
                columns.isEmpty() ? "1" : values,
                " FROM ",
                target(part, row),
                " WHERE ",
                within(part, row),
                " ORDER BY ",
                tables.order(row),
                " FOR UPDATE OF ",
                row.alias());
        return columns.isEmpty() ? Sql.of("SELECT count(*) FROM (", lock, ") AS locked") : lock;
    }

    /** Locks the rows of another table that a decision about the part's rows reads. */
    Sql lock(Way way, boolean guards, Part part) {
        Row row = Row.outer(way.table());
        return Sql.of(
                "SELECT count(*) FROM (SELECT 1 FROM ",
                SqlTables.as(row),
                " WHERE ",
                read(way.steps(), row, part),
                " ORDER BY ",
                tables.order(row),
                guards ? " FOR UPDATE" : " FOR SHARE",
                " OF ",
                row.alias(),
                ") AS locked");
    }

    /** Locks the clocks of the part's rows; answers the values asked for. */
    Sql lockClock(Clock clock, Part part, List<String> columns) {
        Row row = Row.outer(clock.table());
        List<String> values =
                columns.stream().map(column -> row.column(column) + "::text").toList();
        return Sql.of(
                "SELECT ",
                values.isEmpty() ? "NULL" : String.join(", ", values),
                " FROM ",
                SqlTables.as(row),
                " WHERE ",
                leads(clock.path(), row, part, base -> within(part, base)),
                " ORDER BY ",
                tables.order(row),
                " FOR UPDATE OF ",
                row.alias());
    }

    private Sql read(List<Way.Step> steps, Row row, Part part) {
        Way.Step step = steps.getLast();
        List<Way.Step> before = steps.subList(0, steps.size() - 1);
        TableName table = before.isEmpty() ? part.table() : before.getLast().to();
        Row previous = row.inner(table);
        Link link = step.link();
        Sql source = Sql.of(
                " FROM ",
                before.isEmpty() ? target(part, previous) : SqlTables.as(previous),
                " WHERE ",
                before.isEmpty() ? within(part, previous) : read(before, previous, part));
        return switch (step) {
            case Way.Step.Up up ->
                Sql.of(
                        tables.pointedTo(link, row),
                        " IN (SELECT ",
                        SqlTables.unwrapped(tables.pointingSought(link, previous)),
                        source,
                        ")");
            case Way.Step.Down down ->
                Sql.of(
                        tables.pointing(link, row),
                        " IN (SELECT ",
                        SqlTables.unwrapped(tables.pointedToSought(link, previous)),
                        source,
                        ")");
            case Way.Step.Above above -> {
                Row up = previous.inner(link.to());
                String keys = keys(link, "");
                yield Sql.of(
                        tables.pointedTo(link, row),
                        " IN (WITH RECURSIVE up(",
                        keys,
                        ") AS (SELECT ",
                        SqlTables.unwrapped(tables.pointingSought(link, previous)),
                        source,
                        " UNION SELECT ",
                        SqlTables.unwrapped(tables.pointingSought(link, up)),
                        " FROM ",
                        SqlTables.as(up),
                        ", up WHERE (",
                        SqlTables.unwrapped(tables.pointedToSought(link, up)),
                        ") = (",
                        keys(link, "up."),
                        ")) SELECT ",
                        keys,
                        " FROM up)");
            }
        };
    }

    private static String keys(Link link, String prefix) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < link.columns().size(); i++) {
            names.add(prefix + "k" + i);
        }
        return String.join(", ", names);
    }
}
