package dev.kept.stores.postgres.correct;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.rights.Correction;
import dev.kept.core.rights.CorrectionPlan.FinderColumn;
import dev.kept.core.rights.CorrectionPlan.Target;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlReach;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The questions a correction asks of a store. Values are parameters, and are shown to nobody. */
final class CorrectionSql {

    private final SqlTables tables;
    private final SqlConditions conditions;
    private final SqlReach reaches;

    CorrectionSql(SqlTables tables) {
        this.tables = tables;
        this.conditions = new SqlConditions(tables);
        this.reaches = new SqlReach(conditions);
    }

    SqlTables tables() {
        return tables;
    }

    static Parameter hidden(String value) {
        return new Parameter(value, "'…'");
    }

    /** A value as the column's type; lengths are left out, since a cast would cut the value off. */
    Sql typed(TableName table, String column, String value) {
        return Sql.of(hidden(value), "::", tables.castType(table, column));
    }

    // ------------------------------------------------------------------------------------------------ rows

    /** Locks rows, in key order, and answers where they stand. */
    Sql lock(TableName table, Sql condition, int most) {
        Row row = Row.outer(table);
        return Sql.of(
                "SELECT t0.tableoid::oid::text, t0.ctid::text FROM ",
                SqlTables.as(row),
                " WHERE ",
                condition,
                " ORDER BY ",
                tables.order(row),
                " LIMIT " + most + " FOR UPDATE OF t0");
    }

    Sql reached(Reach reach, Row row) {
        return reaches.reached(reach, row);
    }

    /** What stands in the row is what the request says under {@code where}. */
    Sql where(List<Correction.Cell> where, Row row) {
        return Sql.and(where.stream()
                .map(cell -> equal(row, cell.column(), cell.value()))
                .toList());
    }

    /** The column has this value; NULL is a value here. */
    Sql equal(Row row, String column, Optional<String> value) {
        if (value.isEmpty()) {
            return Sql.of(row.column(column), " IS NULL");
        }
        return tables.hasEquality(row.table(), column)
                ? Sql.of(row.column(column), " = ", typed(row.table(), column, value.get()))
                : Sql.of(row.column(column), "::text = ", hidden(value.get()), "::text");
    }

    /** These very rows. */
    static Sql at(Collection<RowPlace> places, Row row) {
        List<String> positions = places.stream().map(RowPlace::position).toList();
        List<String> relations =
                places.stream().map(RowPlace::relation).distinct().toList();
        Sql here = Sql.of(row.alias() + ".ctid = ANY (", Parameter.values(positions), "::tid[])");
        if (relations.size() == 1) {
            return Sql.of(here, " AND " + row.alias() + ".tableoid = ", Parameter.value(relations.getFirst()), "::oid");
        }
        Sql pairs = Sql.of(
                "(" + row.alias() + ".tableoid, " + row.alias() + ".ctid) IN (SELECT * FROM unnest(",
                Parameter.values(places.stream().map(RowPlace::relation).toList()),
                "::oid[], ",
                Parameter.values(positions),
                "::tid[]))");
        return Sql.of(here, " AND ", pairs);
    }

    /** Looks at locked rows: where they stand, whether they are held, the columns asked for, and six answers for each target. */
    Sql look(
            TableName table,
            Condition held,
            List<String> columns,
            List<Target> targets,
            Function<Target, Sql> asked,
            Sql condition) {
        Row row = Row.outer(table);
        List<Sql> selected = new ArrayList<>();
        selected.add(Sql.of("t0.tableoid::oid::text, t0.ctid::text"));
        selected.add(Sql.of("(", conditions.holds(held, row), ") IS TRUE"));
        columns.forEach(column -> selected.add(Sql.of(row.column(column), "::text")));
        for (Target target : targets) {
            selected.add(Sql.of("(", reaches.reached(target.mine(), row), ") IS TRUE"));
            selected.add(Sql.of("(", conditions.holds(target.others(), row), ") IS TRUE"));
            selected.add(text(target, row));
            selected.add(json(target, row, target.path()));
            selected.add(json(target, row, around(target)));
            selected.add(Sql.of("(", asked.apply(target), ") IS TRUE"));
        }
        return Sql.of(
                "SELECT ",
                Sql.join(", ", selected),
                " FROM ",
                SqlTables.as(row),
                " WHERE ",
                condition,
                " ORDER BY ",
                tables.order(row));
    }

    private static List<String> around(Target target) {
        return target.path().isEmpty()
                ? List.of()
                : target.path().subList(0, target.path().size() - 1);
    }

    private static Sql json(Target target, Row row, List<String> path) {
        return target.path().isEmpty()
                ? Sql.of("NULL::text")
                : Sql.of("jsonb_typeof(" + row.column(target.column()) + " #> ", path(path), ")");
    }

    static Sql path(List<String> path) {
        return Sql.of(Parameter.values(path), "::text[]");
    }

    /** What stands at the target, as text. */
    private static Sql text(Target target, Row row) {
        return target.path().isEmpty()
                ? Sql.of(row.column(target.column()), "::text")
                : Sql.of("(" + row.column(target.column()) + " #>> ", path(target.path()), ")");
    }

    /** The old value stands there, but for case and blanks, and the new one does not. */
    static Sql still(Target target, String before, Optional<String> after, Row row) {
        Sql here = text(target, row);
        Sql old = Sql.of("lower(btrim(", here, ")) = lower(btrim(", hidden(before), "::text))");
        return after.isEmpty() ? old : Sql.of(old, " AND ", here, " <> ", hidden(after.get()), "::text");
    }

    /** Locks the rows that say whose these rows are, so that nobody gives them away meanwhile. */
    List<Sql> lockOwners(List<List<Link>> ways, Collection<RowPlace> places) {
        List<Sql> locks = new ArrayList<>();
        for (List<Link> way : ways) {
            for (int length = 1; length <= way.size(); length++) {
                List<Link> path = way.subList(0, length);
                Row row = Row.outer(path.getLast().to());
                locks.add(Sql.of(
                        "SELECT count(*) FROM (SELECT 1 FROM ",
                        SqlTables.as(row),
                        " WHERE ",
                        ledTo(path, row, places),
                        " ORDER BY ",
                        tables.order(row),
                        " FOR SHARE OF t0) AS locked"));
            }
        }
        return locks;
    }

    private Sql ledTo(List<Link> path, Row row, Collection<RowPlace> places) {
        Link link = path.getLast();
        Row from = row.inner(link.from());
        Sql before = path.size() == 1 ? at(places, from) : ledTo(path.subList(0, path.size() - 1), from, places);
        return Sql.of(
                tables.pointedTo(link, row),
                " IN (SELECT ",
                SqlTables.unwrapped(tables.pointingSought(link, from)),
                " FROM ",
                SqlTables.as(from),
                " WHERE ",
                before,
                ")");
    }

    // ---------------------------------------------------------------------------------------- what is there already

    /** The rows that refer through the link to a row with these values; none by a value that stands for nobody there. */
    Sql referring(Link link, Map<String, Optional<String>> values, Row row) {
        List<Sql> all = new ArrayList<>();
        for (int i = 0; i < link.columns().size(); i++) {
            String value = values.getOrDefault(link.targetColumns().get(i), Optional.empty())
                    .orElseThrow();
            all.add(matching(row, link.columns().get(i), value, link.match(), link, i));
        }
        if (!link.none().isEmpty()) {
            all.add(Sql.of(tables.leads(link, row)));
        }
        return Sql.and(all);
    }

    private Sql matching(Row row, String column, String value, Match match, Link link, int position) {
        if (match == Match.CASEFOLD_TRIM) {
            return casefold(row, column, value);
        }
        String here = tables.castType(link.from(), link.columns().get(position));
        String there = tables.castType(link.to(), link.targetColumns().get(position));
        return here.equals(there)
                ? Sql.of(row.column(column), " = ", typed(row.table(), column, value))
                : Sql.of(row.column(column), "::text = ", hidden(value), "::text");
    }

    private static Sql casefold(Row row, String column, String value) {
        return Sql.of("lower(btrim(" + row.column(column) + "::text)) = lower(btrim(", hidden(value), "::text))");
    }

    /** How many rows of the link's target have these values: a value that refers to several does not say to whom. */
    Sql targets(Link link, Map<String, Optional<String>> values) {
        Row row = Row.outer(link.to());
        List<Sql> all = new ArrayList<>();
        for (String column : link.targetColumns()) {
            String value = values.getOrDefault(column, Optional.empty()).orElseThrow();
            all.add(
                    link.match() == Match.CASEFOLD_TRIM
                            ? casefold(row, column, value)
                            : equal(row, column, Optional.of(value)));
        }
        return Sql.of("SELECT count(*) FROM ", SqlTables.as(row), " WHERE ", Sql.and(all));
    }

    Sql exists(TableName table, Sql condition) {
        return Sql.of("SELECT EXISTS (SELECT 1 FROM ", SqlTables.as(Row.outer(table)), " WHERE ", condition, ")");
    }

    /** Somebody else is found by the value. */
    Sql taken(FinderColumn finder, String value) {
        Row row = Row.outer(finder.table());
        Sql match = finder.match() == Match.CASEFOLD_TRIM
                ? casefold(row, finder.column(), value)
                : Sql.of(row.column(finder.column()), "::text = ", hidden(value), "::text");
        return exists(finder.table(), Sql.of(match, " AND (", conditions.holds(finder.she(), row), ") IS NOT TRUE"));
    }

    /** Another row has the same values in all these columns. */
    Sql duplicate(RowPlace place, Map<String, Optional<String>> values) {
        Row row = Row.outer(place.table());
        List<Sql> all = new ArrayList<>();
        values.forEach((column, value) -> all.add(equal(row, column, value)));
        all.add(Sql.of("NOT (", at(List.of(place), row), ")"));
        return exists(place.table(), Sql.and(all));
    }

    /** A value as the database would print it, once it stands in the column. */
    Sql printed(TableName table, String column, String value) {
        return Sql.of("SELECT ", kept(table, column, value), "::text");
    }

    /** The value as it stands in the column afterwards: rounded as its type rounds. */
    Sql kept(TableName table, String column, String value) {
        String type =
                tables.isText(table, column) || tables.castType(table, column).equals("bit varying")
                        ? tables.castType(table, column)
                        : tables.column(table, column).baseType();
        return Sql.of(hidden(value), "::", type);
    }
}
