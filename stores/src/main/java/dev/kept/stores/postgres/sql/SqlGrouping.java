package dev.kept.stores.postgres.sql;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Statistics.Form;
import dev.kept.core.lifecycle.DateKind;
import dev.kept.core.lifecycle.Grouping;
import dev.kept.core.lifecycle.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is left of deleted rows, as parts of the one statement that deletes them: what it deletes is what is grouped, and what was grouped is
 * gone with its commit.
 */
public final class SqlGrouping {

    /** A byte of IPv4 as it is written. */
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

    private final SqlTables tables;
    private final SqlMoments moments;
    private final Grouping grouping;

    /** The name under which the deleted rows stand in the statement; its parts are named after it. */
    private final String from;

    public SqlGrouping(SqlTables tables, Grouping grouping, String from) {
        this.tables = tables;
        this.moments = SqlMoments.asking(tables);
        this.grouping = grouping;
        this.from = from;
    }

    // ---- of each row -----------------------------------------------------------------------------------------------

    /** What a deleted row answers: its generalised values ({@code c0_0} …), its numbers ({@code s0} …), and whose it is ({@code o0} …). */
    public Sql returning(Row row) {
        List<Sql> values = new ArrayList<>();
        for (int i = 0; i < grouping.common().size(); i++) {
            Grouping.Common common = grouping.common().get(i);
            for (int step = 0; step < common.forms().size(); step++) {
                values.add(Sql.of(value(common, common.forms().get(step), row), " AS " + column(i, step)));
            }
        }
        for (int i = 0; i < grouping.sums().size(); i++) {
            String number = row.column(grouping.sums().get(i).of());
            values.add(Sql.of("CASE WHEN ", finite(number), " THEN " + number + "::numeric END AS s" + i));
        }
        for (int i = 0; i < grouping.roles().size(); i++) {
            values.add(Sql.of(person(grouping.roles().get(i), 0, row), " AS o" + i));
        }
        return Sql.join(", ", values);
    }

    private static String column(int common, int step) {
        return "c" + common + "_" + step;
    }

    /** As text, NULL where there is nothing to say. */
    private Sql value(Grouping.Common common, Form form, Row row) {
        String value = row.column(common.of());
        return switch (form) {
            case Form.Value itself -> Sql.of(value + "::text");
            case Form.Year year -> date(common, row, "year", common.asDate() ? "" : "YYYY");
            case Form.Month month -> date(common, row, "month", common.asDate() ? "" : "YYYY-MM");
            case Form.First(int characters) -> Sql.of("left(" + value + "::text, " + characters + ")");
            case Form.Network network -> Sql.of(network(common, network, row));
            case Form.Steps(var width) ->
                Sql.of(
                        "CASE WHEN ",
                        finite(value),
                        " THEN (floor(" + value + "::numeric / " + width.toPlainString() + ") * "
                                + width.toPlainString() + ")::text END");
        };
    }

    private static String finite(String number) {
        return number + "::text NOT IN ('NaN', 'Infinity', '-Infinity')";
    }

    private Sql date(Grouping.Common common, Row row, String unit, String pattern) {
        Moment.At at = common.moment().orElseThrow();
        Sql value = moments.stamp(at, row);
        String zone = Sql.literal(grouping.zone().getId());
        Sql local = switch (at.kind()) {
            case INSTANT, EPOCH_SECONDS, EPOCH_MILLISECONDS, EPOCH_MICROSECONDS ->
                Sql.of("(", value, " AT TIME ZONE ", zone, ")");
            case LOCAL ->
                Sql.of("(", value, " AT TIME ZONE ", Sql.literal(at.zone().getId()), " AT TIME ZONE ", zone, ")");
            case DATE -> Sql.of("(", value, ")::timestamp");
        };
        Sql cut = Sql.of("date_trunc('" + unit + "', ", local, ")");
        return Sql.of(
                "CASE WHEN isfinite(",
                at.kind() == DateKind.DATE ? value : Sql.of("(", value, ")"),
                ") THEN ",
                pattern.isEmpty() ? Sql.of(cut, "::date::text") : Sql.of("to_char(", cut, ", '" + pattern + "')"),
                " END");
    }

    private String network(Grouping.Common common, Form.Network kept, Row row) {
        String value = row.column(common.of());
        if (tables.isText(row.table(), common.of())) {
            String text = "btrim(" + value + "::text)";
            return "CASE WHEN " + text + " ~ '^(" + BYTE + "[.]){3}" + BYTE + "$' THEN "
                    + network(text + "::inet", kept.bits4()) + " END";
        }
        String address = value + "::inet";
        return "CASE family(" + address + ") WHEN 4 THEN " + network(address, kept.bits4()) + " ELSE "
                + network(address, kept.bits6()) + " END";
    }

    private static String network(String address, int bits) {
        return "network(set_masklen(" + address + ", least(masklen(" + address + "), " + bits + ")))::text";
    }

    /** Who is told apart from whom, as text; NULL where the way leads nowhere. */
    private Sql person(Grouping.Persons persons, int step, Row row) {
        if (step == persons.path().size()) {
            return Sql.of(identity(persons, row));
        }
        Link link = persons.path().get(step);
        Row to = row.inner(link.to());
        return Sql.of(
                "(SELECT min(",
                person(persons, step + 1, to),
                ") FROM ",
                SqlTables.as(to),
                " WHERE ",
                tables.joins(link, row, to),
                ")");
    }

    private static String identity(Grouping.Persons persons, Row row) {
        String missing = persons.key().stream()
                .map(column -> row.column(column) + " IS NULL")
                .collect(Collectors.joining(" OR "));
        String key = "CASE WHEN " + missing + " THEN NULL ELSE jsonb_build_array("
                + persons.key().stream()
                        .map(column -> row.column(column) + "::text")
                        .collect(Collectors.joining(", "))
                + ")::text END";
        return persons.value()
                .map(value -> "coalesce(nullif(" + SqlTables.compared(row.column(value.column()), value.match())
                        + "::text, ''), " + key + ")")
                .orElse(key);
    }

    // ---- of all of them --------------------------------------------------------------------------------------------

    /** Named parts of the statement, to stand after the one that deletes. */
    public List<Sql> parts() {
        List<List<Integer>> levels = grouping.levels();
        List<Sql> parts = new ArrayList<>();
        List<String> written = new ArrayList<>();
        for (int level = 0; level < levels.size(); level++) {
            parts.add(Sql.of(rows(level, levels.get(level))));
            parts.add(Sql.of(large(level)));
            written.add(group(level, levels.get(level)));
        }
        parts.add(Sql.of(from + "_groups AS (" + String.join(" UNION ALL ", written) + ")"));
        parts.add(added());
        return parts;
    }

    /** The rows that are in no group yet, and what their group at this level is called. */
    private String rows(int level, List<Integer> steps) {
        String name = "jsonb_build_array(" + named(steps) + ")::text AS k" + level;
        return from + "_rows" + level + " AS (SELECT r.*, " + name + " FROM "
                + (level == 0
                        ? from + " AS r WHERE "
                                + IntStream.range(0, grouping.roles().size())
                                        .mapToObj(i -> "r.o" + i + " IS NOT NULL")
                                        .collect(Collectors.joining(" OR "))
                        : from + "_rows" + (level - 1) + " AS r WHERE NOT EXISTS (SELECT FROM " + from + "_large"
                                + (level - 1) + " AS g WHERE g.k = r.k" + (level - 1) + ")")
                + ")";
    }

    private String named(List<Integer> steps) {
        return IntStream.range(0, steps.size())
                .filter(i -> grouping.common().get(i).form(steps.get(i)).isPresent())
                .mapToObj(i -> "r." + column(i, steps.get(i)))
                .collect(Collectors.joining(", "));
    }

    /** The groups that are large enough, person by person of each role. */
    private String large(int level) {
        String sums = IntStream.range(0, grouping.sums().size())
                .mapToObj(i -> ", sum(abs(coalesce(r.s" + i + ", 0))) AS s" + i)
                .collect(Collectors.joining());
        String ofRole = IntStream.range(0, grouping.sums().size())
                .mapToObj(i -> ", max(s" + i + ") AS most" + i + ", sum(s" + i + ") AS sum" + i
                        + ", count(*) FILTER (WHERE s" + i + " <> 0) AS some" + i)
                .collect(Collectors.joining());
        String shares = IntStream.range(0, grouping.sums().size())
                .mapToObj(i -> " AND most" + i + " * 2 <= sum" + i + " AND (some" + i + " = 0 OR some" + i + " >= "
                        + grouping.atLeast() + ")")
                .collect(Collectors.joining());
        return from + "_large" + level
                + " AS (SELECT k FROM (SELECT k, role, count(*) AS persons, max(n) AS most, sum(n) AS n"
                + ofRole + " FROM (SELECT r.k" + level + " AS k, v.role, v.person, count(*) AS n" + sums + " FROM "
                + from + "_rows" + level + " AS r CROSS JOIN LATERAL (VALUES "
                + IntStream.range(0, grouping.roles().size())
                        .mapToObj(i -> "(" + i + ", r.o" + i + ")")
                        .collect(Collectors.joining(", "))
                + ") AS v(role, person) WHERE v.person IS NOT NULL GROUP BY 1, 2, 3) AS each GROUP BY k, role) AS of_role"
                + " GROUP BY k HAVING bool_and(persons >= " + grouping.atLeast() + " AND most * 2 <= n" + shares + "))";
    }

    /** The figures of the groups that are large enough; its persons are counted anew. */
    private String group(int level, List<Integer> steps) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            boolean dropped = grouping.common().get(i).form(steps.get(i)).isEmpty();
            values.add((dropped ? "NULL::text" : "min(r." + column(i, steps.get(i)) + ")") + " AS c" + i);
        }
        for (int i = 0; i < grouping.sums().size(); i++) {
            values.add("sum(r.s" + i + ") AS s" + i);
        }
        values.add("count(*) AS n");
        values.add("least("
                + IntStream.range(0, grouping.roles().size())
                        .mapToObj(i -> "nullif(count(DISTINCT r.o" + i + "), 0)")
                        .collect(Collectors.joining(", "))
                + ") AS persons");
        return "SELECT " + String.join(", ", values) + " FROM " + from + "_rows" + level
                + " AS r WHERE EXISTS (SELECT FROM " + from + "_large" + level + " AS g WHERE g.k = r.k" + level
                + ") GROUP BY r.k" + level;
    }

    private Sql added() {
        List<String> columns = new ArrayList<>();
        List<Sql> values = new ArrayList<>();
        for (int i = 0; i < grouping.common().size(); i++) {
            write(grouping.common().get(i).column(), Sql.of("c" + i), columns, values);
        }
        for (int i = 0; i < grouping.sums().size(); i++) {
            write(grouping.sums().get(i).column(), Sql.of("s" + i), columns, values);
        }
        grouping.rows().forEach(column -> write(column, Sql.of("n"), columns, values));
        grouping.persons().forEach(column -> write(column, Sql.of("persons"), columns, values));
        grouping.days().forEach(day -> write(day.column(), Sql.of(Sql.literal(day.text())), columns, values));
        return Sql.of(
                from + "_added AS (INSERT INTO " + SqlTables.name(grouping.into()) + " (" + String.join(", ", columns)
                        + ") SELECT ",
                Sql.join(", ", values),
                " FROM " + from + "_groups RETURNING 1)");
    }

    private void write(String column, Sql value, List<String> columns, List<Sql> values) {
        columns.add(Sql.quoted(column));
        values.add(Sql.of(value, "::", tables.castType(grouping.into(), column)));
    }

    /**
     * What is asked of the groups: how many there are, how many rows they are made of, and how many of them are of too few persons — none, or
     * nothing is committed.
     */
    public List<Sql> answers() {
        return List.of(
                Sql.of("(SELECT count(*) FROM " + from + "_added)"),
                Sql.of("(SELECT coalesce(sum(n), 0) FROM " + from + "_groups)"),
                Sql.of("(SELECT count(*) FROM " + from + "_groups WHERE (persons >= " + grouping.atLeast()
                        + " AND n >= persons) IS NOT TRUE)"));
    }
}
