package dev.kept.stores.postgres.sql;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Moment;
import dev.kept.core.lifecycle.Truth;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Conditions as boolean expressions about a row.
 *
 * <p>{@link #value} is faithful to Kleene: SQL's NULL is {@code UNKNOWN}. {@link #holds} stands where only one answer counts: it is TRUE
 * exactly when the condition is known to hold, and is written so that PostgreSQL can make semi-joins and anti-joins of it.
 */
public final class SqlConditions {

    private final SqlTables tables;
    private final SqlMoments moments;
    private final Factoring factoring;
    private final IdentityHashMap<Condition, Condition> factored = new IdentityHashMap<>();

    /** The same of those of which only the truth counts. */
    private final IdentityHashMap<Condition, Condition> decisive = new IdentityHashMap<>();

    public SqlConditions(SqlTables tables) {
        this.tables = tables;
        this.moments = SqlMoments.asking(tables);
        this.factoring = new Factoring(tables);
    }

    public SqlTables tables() {
        return tables;
    }

    /** The answer for the row: TRUE, FALSE, or NULL for unknown. */
    public Sql value(Condition condition, Row row) {
        return asked(factored(condition), row);
    }

    /** TRUE exactly where the condition is TRUE; else FALSE or NULL. */
    public Sql holds(Condition condition, Row row) {
        return known(decisive.computeIfAbsent(condition, asked -> factoring.of(TruthOnly.of(asked))), row);
    }

    /** The first moment of a chain that is not absent, in microseconds since 1970 (or {@code Infinity}); NULL where all are. */
    public Sql moment(List<Moment> chain, Row row) {
        if (chain.isEmpty()) {
            return Sql.of("NULL::numeric");
        }
        return Sql.of("extract(epoch FROM ", coalesce(moments.instants(chain, row)), ") * 1000000");
    }

    /** The time of a moment, of its column's type; NULL where it is absent. */
    public Sql time(Moment moment, Row row) {
        return moments.value(moment, row);
    }

    /** The time of a moment as a date or time, whatever its column counts; NULL where it is absent. */
    Sql stamp(Moment moment, Row row) {
        return moments.stamp(moment, row);
    }

    /** The same condition, its questions about the same row put together. */
    Condition factored(Condition condition) {
        return factored.computeIfAbsent(condition, factoring::of);
    }

    /** The same, without putting questions together first. */
    Sql asked(Condition condition, Row row) {
        return switch (condition) {
            case Condition.Always always -> Sql.of(constant(always.truth()));
            case Condition.All all ->
                Sql.and(all.of().stream().map(c -> asked(c, row)).toList());
            case Condition.Any any ->
                Sql.or(any.of().stream().map(c -> asked(c, row)).toList());
            case Condition.Not not -> Sql.of("NOT (", asked(not.of(), row), ")");
            case Condition.Known known -> Sql.of("(", known(known.of(), row), ") IS TRUE");
            case Condition.Past past ->
                coalesce(past.chain().stream()
                        .map(moment -> moments.atOrBefore(moment, past.cutoff(), row))
                        .toList());
            case Condition.Stands stands -> SqlMoments.stands(stands.cutoff());
            case Condition.Absent absent ->
                Sql.and(absent.chain().stream()
                        .map(moment -> Sql.of(moments.value(moment, row), " IS NULL"))
                        .toList());
            case Condition.Ordered ordered -> moments.ordered(ordered.earlier(), ordered.later(), row);
            case Condition.ValueIn in -> valueIn(in, row);
            case Condition.AnyNull any ->
                Sql.or(any.columns().stream()
                        .map(column -> Sql.of(row.column(column), " IS NULL"))
                        .toList());
            case Condition.KeyIn in -> keyIn(in, row);
            case Condition.Through through -> through(through, row);
            case Condition.Every every -> overPointing(every.link(), every.of(), row, "min", "TRUE");
            case Condition.Some some -> overPointing(some.link(), some.of(), row, "max", "FALSE");
            case Condition.Above above ->
                overAbove(above.parent(), row, (from, up) -> kleene("max", asked(above.of(), up), from, "FALSE"));
            case Condition.Surpassed surpassed ->
                Sql.of(moments.value(surpassed.moment(), row), " IS NULL OR ", later(surpassed, row));
            case Condition.Referred referred -> referred(referred, row);
            case Condition.Leads leads ->
                exists(leads.link(), row, row.inner(leads.link().to()), true, Sql.EMPTY);
            case Condition.Meets meets -> meets(meets, row);
        };
    }

    /** TRUE exactly where the condition is TRUE. */
    private Sql known(Condition condition, Row row) {
        return switch (condition) {
            case Condition.All all ->
                Sql.and(all.of().stream().map(c -> known(c, row)).toList());
            case Condition.Any any ->
                Sql.or(any.of().stream().map(c -> known(c, row)).toList());
            case Condition.Not not -> fails(not.of(), row);
            case Condition.Known known -> known(known.of(), row);
            case Condition.Through through
            when through.link().unique() -> {
                Row to = row.inner(through.link().to());
                yield exists(through.link(), row, to, true, known(through.of(), to));
            }
            case Condition.Every every -> {
                Row from = row.inner(every.link().from());
                yield Sql.of("NOT ", exists(every.link(), row, from, false, isNotTrue(known(every.of(), from))));
            }
            case Condition.Some some -> {
                Row from = row.inner(some.link().from());
                yield exists(some.link(), row, from, false, known(some.of(), from));
            }
            case Condition.Above above ->
                overAbove(
                        above.parent(),
                        row,
                        (from, up) -> Sql.of("EXISTS (SELECT ", from, " AND (", known(above.of(), up), "))"));
            case Condition.Always always -> Sql.of(always.truth().isTrue() ? "TRUE" : "FALSE");
            case Condition.Past past -> asked(past, row);
            case Condition.Stands stands -> asked(stands, row);
            case Condition.Absent absent -> asked(absent, row);
            case Condition.Ordered ordered -> asked(ordered, row);
            case Condition.ValueIn in -> asked(in, row);
            case Condition.AnyNull any -> asked(any, row);
            case Condition.KeyIn in -> amongKeys(in.columns(), in.match(), in.keys(), row);
            case Condition.Through through -> asked(through, row);
            case Condition.Surpassed surpassed -> asked(surpassed, row);
            case Condition.Referred referred -> asked(referred, row);
            case Condition.Leads leads -> asked(leads, row);
            case Condition.Meets meets -> asked(meets, row);
        };
    }

    /** TRUE exactly where the condition is FALSE; else FALSE or NULL. */
    private Sql fails(Condition condition, Row row) {
        return switch (condition) {
            case Condition.All all ->
                Sql.or(all.of().stream().map(c -> fails(c, row)).toList());
            case Condition.Any any ->
                Sql.and(any.of().stream().map(c -> fails(c, row)).toList());
            case Condition.Not not -> known(not.of(), row);
            case Condition.Known known -> isNotTrue(known(known.of(), row));
            case Condition.Through through
            when through.link().unique() -> {
                Row to = row.inner(through.link().to());
                yield exists(through.link(), row, to, true, fails(through.of(), to));
            }
            case Condition.Every every -> {
                Row from = row.inner(every.link().from());
                yield exists(every.link(), row, from, false, fails(every.of(), from));
            }
            case Condition.Some some -> {
                Row from = row.inner(some.link().from());
                yield Sql.of("NOT ", exists(some.link(), row, from, false, isNotTrue(fails(some.of(), from))));
            }
            case Condition.Above above ->
                overAbove(
                        above.parent(),
                        row,
                        (from, up) ->
                                Sql.of("NOT EXISTS (SELECT ", from, " AND ", isNotTrue(fails(above.of(), up)), ")"));
            case Condition.Always always -> Sql.of(always.truth() == Truth.FALSE ? "TRUE" : "FALSE");
            case Condition.Past past -> not(asked(past, row));
            case Condition.Stands stands -> not(asked(stands, row));
            case Condition.Absent absent -> not(asked(absent, row));
            case Condition.Ordered ordered -> not(asked(ordered, row));
            case Condition.ValueIn in -> not(asked(in, row));
            case Condition.AnyNull any -> not(asked(any, row));
            case Condition.KeyIn in -> not(asked(in, row));
            case Condition.Through through -> not(asked(through, row));
            case Condition.Surpassed surpassed ->
                Sql.of(moments.value(surpassed.moment(), row), " IS NOT NULL AND NOT ", later(surpassed, row));
            case Condition.Referred referred -> not(asked(referred, row));
            case Condition.Leads leads -> not(asked(leads, row));
            case Condition.Meets meets -> not(asked(meets, row));
        };
    }

    private static String constant(Truth truth) {
        return switch (truth) {
            case TRUE -> "TRUE";
            case FALSE -> "FALSE";
            case UNKNOWN -> "NULL::boolean";
        };
    }

    private static Sql not(Sql of) {
        return Sql.of("NOT (", of, ")");
    }

    private static Sql isNotTrue(Sql of) {
        return of.is("FALSE") ? Sql.of("TRUE") : Sql.of("(", of, ") IS NOT TRUE");
    }

    static Sql coalesce(List<Sql> values) {
        return values.size() == 1 ? values.getFirst() : Sql.of("COALESCE(", Sql.join(", ", values), ")");
    }

    private Sql valueIn(Condition.ValueIn in, Row row) {
        String column = row.column(in.column());
        if (in.values().isEmpty()) {
            return Sql.of("CASE WHEN ", column, " IS NOT NULL THEN FALSE END");
        }
        Parameter values = Parameter.values(in.values());
        return tables.hasEquality(row.table(), in.column())
                ? Sql.of(column, " = ANY (", values, "::", tables.castType(row.table(), in.column()), "[])")
                : Sql.of(column, "::text = ANY (", values, "::text[])");
    }

    private Sql keyIn(Condition.KeyIn in, Row row) {
        Sql among = amongKeys(in.columns(), in.match(), in.keys(), row);
        List<String> nullable = tables.nullable(row.table(), in.columns());
        if (nullable.isEmpty()) {
            return among;
        }
        List<String> present = nullable.stream()
                .map(column -> row.column(column) + " IS NOT NULL")
                .toList();
        return Sql.of("CASE WHEN ", String.join(" AND ", present), " THEN ", among, " END");
    }

    /** The columns' values are one of the keys: for conditions a hashed look-up, the same for few keys and many. */
    private Sql amongKeys(List<String> columns, Match match, KeySet keys, Row row) {
        if (keys.isEmpty()) {
            return Sql.of("FALSE");
        }
        String sought = String.join(
                ", ",
                columns.stream()
                        .map(column -> SqlTables.compared(row.column(column), match))
                        .toList());
        return Sql.of("(", sought, ") IN (SELECT ", unnested(columns, match, keys, row), ")");
    }

    /** The keys as rows of values in the columns' types. */
    Sql unnested(List<String> columns, Match match, KeySet keys, Row row) {
        if (columns.size() == 1) {
            Sql values = Sql.of("unnest(", array(columns, 0, match, keys, row), ")");
            return match == Match.EXACT
                    ? values
                    : Sql.of("lower(btrim(k)) FROM ", values, " AS k WHERE btrim(k) <> ''");
        }
        List<String> names =
                IntStream.range(0, columns.size()).mapToObj(i -> "k" + i).toList();
        List<Sql> arrays = IntStream.range(0, columns.size())
                .mapToObj(i -> array(columns, i, match, keys, row))
                .toList();
        List<String> selected =
                names.stream().map(name -> SqlTables.compared(name, match)).toList();
        return Sql.of(
                String.join(", ", selected),
                " FROM unnest(",
                Sql.join(", ", arrays),
                ") AS k(",
                String.join(", ", names),
                ")");
    }

    /** One column's part of the keys as a typed array. */
    Sql array(List<String> columns, int position, Match match, KeySet keys, Row row) {
        String type = match == Match.EXACT ? tables.castType(row.table(), columns.get(position)) : "text";
        return Sql.of(Parameter.keys(keys, position), "::", type, "[]");
    }

    /** Of a row pointed to: AND over several, unknown where there is none. */
    private Sql through(Condition.Through through, Row row) {
        Row to = row.inner(through.link().to());
        Sql from = Sql.of("FROM ", SqlTables.as(to), " WHERE ", tables.joins(through.link(), row, to));
        return through.link().unique()
                ? Sql.of("(SELECT ", asked(through.of(), to), " ", from, ")")
                : kleene("min", asked(through.of(), to), from, "NULL");
    }

    private Sql overPointing(Link link, Condition of, Row row, String aggregate, String none) {
        Row from = row.inner(link.from());
        return kleene(
                aggregate,
                asked(of, from),
                Sql.of("FROM ", SqlTables.as(from), " WHERE ", tables.joins(link, from, row)),
                none);
    }

    /** Kleene's AND ({@code min}) or OR ({@code max}) over rows: FALSE counts 0, unknown 1, TRUE 2. */
    private static Sql kleene(String aggregate, Sql value, Sql from, String none) {
        return Sql.of(
                "(SELECT CASE ",
                aggregate,
                "(CASE ",
                value,
                " WHEN TRUE THEN 2 WHEN FALSE THEN 0 ELSE 1 END) WHEN 2 THEN TRUE WHEN 1 THEN NULL WHEN 0 THEN FALSE ELSE ",
                none,
                " END ",
                from,
                ")");
    }

    /** A row joined through the link exists (and answers the question). */
    private Sql exists(Link link, Row row, Row other, boolean otherIsTarget, Sql question) {
        String join = otherIsTarget ? tables.joins(link, row, other) : tables.joins(link, other, row);
        Sql all = question.isEmpty() || question.is("TRUE") ? Sql.EMPTY : Sql.of(" AND (", question, ")");
        return Sql.of("EXISTS (SELECT FROM ", SqlTables.as(other), " WHERE ", join, all, ")");
    }

    private interface OverAbove {
        Sql ask(Sql from, Row above);
    }

    /** Asks about all rows above: their keys are walked first, each once, so that circles end. */
    private Sql overAbove(Link parent, Row row, OverAbove question) {
        Row up = row.inner(parent.to());
        String walked = "up" + row.depth();
        String names = String.join(
                ", ",
                IntStream.range(0, parent.columns().size())
                        .mapToObj(i -> "k" + i)
                        .toList());
        String seeds = SqlTables.unwrapped(tables.pointing(parent, row));
        String steps = SqlTables.unwrapped(tables.pointing(parent, up));
        String reached = "(" + SqlTables.unwrapped(tables.pointedTo(parent, up)) + ") IN (SELECT " + names + " FROM "
                + walked + ")";
        String joined = "(" + SqlTables.unwrapped(tables.pointedTo(parent, up)) + ") = ("
                + String.join(
                        ", ",
                        List.of(names.split(", ")).stream()
                                .map(n -> walked + "." + n)
                                .toList()) + ")";
        Sql with = Sql.of(
                "WITH RECURSIVE ",
                walked,
                "(",
                names,
                ") AS (SELECT ",
                seeds,
                " UNION SELECT ",
                steps,
                " FROM ",
                SqlTables.as(up),
                ", ",
                walked,
                " WHERE ",
                joined,
                ") ");
        Sql from = Sql.of("FROM ", SqlTables.as(up), " WHERE ", reached, " AND NOT (", SqlTables.same(up, row), ")");
        Sql asked = question.ask(from, up);
        return Sql.of("(", with, "SELECT ", asked, ")");
    }

    /** Another row of the table leads to the same row and has a later moment. */
    private Sql later(Condition.Surpassed surpassed, Row row) {
        List<Link> path = surpassed.path();
        Row here = row;
        StringBuilder from = new StringBuilder();
        StringBuilder joins = new StringBuilder();
        for (Link link : path) {
            Row next = here.inner(link.to());
            from.append(from.isEmpty() ? "" : ", ").append(SqlTables.as(next));
            joins.append(joins.isEmpty() ? "" : " AND ").append(tables.joins(link, here, next));
            here = next;
        }
        for (Link link : path.reversed()) {
            Row next = here.inner(link.from());
            from.append(", ").append(SqlTables.as(next));
            joins.append(" AND ").append(tables.joins(link, next, here));
            here = new Row(next.table(), next.depth());
        }
        Sql mine = moments.value(surpassed.moment(), row);
        Sql other = moments.value(surpassed.moment(), here);
        return Sql.of(
                "EXISTS (SELECT FROM ",
                from.toString(),
                " WHERE ",
                joins.toString(),
                " AND ",
                other,
                surpassed.earliest() ? " < " : " > ",
                mine,
                ")");
    }

    /** A row stands at the end of both ways; and none besides, where a link may lead to several. */
    private Sql meets(Condition.Meets meets, Row row) {
        Way one = way(meets.one(), row, row);
        List<Link> before = meets.other().subList(0, meets.other().size() - 1);
        Way other = way(before, row, one.end());
        Row last = before.isEmpty() ? row : other.end();
        String both = "EXISTS (SELECT FROM " + String.join(", ", concat(one.from(), other.from())) + " WHERE "
                + String.join(
                        " AND ",
                        concat(
                                concat(one.joins(), other.joins()),
                                List.of(tables.joins(meets.other().getLast(), last, one.end()))))
                + ")";
        boolean unique =
                Stream.concat(meets.one().stream(), meets.other().stream()).allMatch(Link::unique);
        return Sql.of(
                unique
                        ? both
                        : "(" + both + " AND (SELECT count(*) FROM (" + ends(meets.one(), row) + " UNION "
                                + ends(meets.other(), row) + ") AS ends) = 1)");
    }

    private String ends(List<Link> path, Row row) {
        Way way = way(path, row, row);
        return "SELECT " + way.end().alias() + ".tableoid, " + way.end().alias() + ".ctid FROM "
                + String.join(", ", way.from()) + " WHERE " + String.join(" AND ", way.joins());
    }

    /** A way of links from a row, joined: its rows by names that are free after {@code taken}. */
    private record Way(Row end, List<String> from, List<String> joins) {}

    private Way way(List<Link> path, Row row, Row taken) {
        List<String> from = new ArrayList<>();
        List<String> joins = new ArrayList<>();
        Row here = row;
        Row free = taken;
        for (Link link : path) {
            free = free.inner(link.to());
            from.add(SqlTables.as(free));
            joins.add(tables.joins(link, here, free));
            here = free;
        }
        return new Way(here, from, joins);
    }

    private static List<String> concat(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private Sql referred(Condition.Referred referred, Row row) {
        Link link = referred.link();
        Row from = row.inner(link.from());
        Sql other = link.from().equals(row.table()) ? Sql.of("NOT (", SqlTables.same(from, row), ")") : Sql.of("TRUE");
        Sql stays = isNotTrue(known(referred.removable(), from));
        Sql question = stays.is("TRUE") ? other : other.is("TRUE") ? stays : Sql.and(List.of(other, stays));
        return exists(link, row, from, false, question);
    }
}
