package dev.kept.stores.postgres.sql;

import dev.kept.core.datamap.Match;
import dev.kept.core.lifecycle.Reach;
import java.util.List;
import java.util.stream.IntStream;

/** Reaches as semi-joins from arrays of keys, in forms that find rows through indexes. */
public final class SqlReach {

    private final SqlConditions conditions;
    private final SqlTables tables;
    private final Among among;

    public SqlReach(SqlConditions conditions) {
        this(conditions, Among.ALL);
    }

    /** @param among where the rows on the way are looked for */
    public SqlReach(SqlConditions conditions, Among among) {
        this.conditions = conditions;
        this.tables = conditions.tables();
        this.among = among;
    }

    /** Where rows are looked for that a reach finds; what is asked of them is asked all the same. */
    public interface Among {

        /** Among all of the table's. */
        Among ALL = (row, reach) -> Sql.of(SqlTables.as(row));

        /** What stands after FROM; it has to have every row that the reach finds. */
        Sql from(Row row, Reach reach);
    }

    /** TRUE for rows that are reached; else FALSE or NULL. */
    public Sql reached(Reach reach, Row row) {
        return switch (reach) {
            case Reach.Everything everything -> Sql.of("TRUE");
            case Reach.AnyOf anyOf ->
                Sql.or(anyOf.of().stream().map(of -> reached(of, row)).toList());
            case Reach.Keys keys -> keys(keys, row);
            case Reach.Into into -> {
                Row to = row.inner(into.link().to());
                yield Sql.of(
                        tables.pointing(into.link(), row),
                        " IN (SELECT ",
                        SqlTables.unwrapped(tables.pointedToSought(into.link(), to)),
                        " FROM ",
                        among.from(to, into.of()),
                        " WHERE ",
                        reached(into.of(), to),
                        ")");
            }
            case Reach.From from -> {
                Row pointing = row.inner(from.link().from());
                yield Sql.of(
                        tables.pointedTo(from.link(), row),
                        " IN (SELECT ",
                        SqlTables.unwrapped(tables.pointingSought(from.link(), pointing)),
                        " FROM ",
                        among.from(pointing, from.of()),
                        " WHERE ",
                        reached(from.of(), pointing),
                        ")");
            }
            case Reach.Below below -> below(below, row);
        };
    }

    private Sql keys(Reach.Keys reach, Row row) {
        if (reach.keys().isEmpty()) {
            return Sql.of("FALSE");
        }
        List<String> columns = reach.columns();
        if (columns.size() > 1) {
            List<String> sought = columns.stream()
                    .map(column -> SqlTables.compared(row.column(column), reach.match()))
                    .toList();
            return Sql.of(
                    "(",
                    String.join(", ", sought),
                    ") IN (SELECT ",
                    conditions.unnested(columns, reach.match(), reach.keys(), row),
                    ")");
        }
        String sought = SqlTables.compared(row.column(columns.getFirst()), reach.match());
        Sql array = conditions.array(columns, 0, reach.match(), reach.keys(), row);
        return reach.match() == Match.EXACT
                ? Sql.of(sought, " = ANY (", array, ")")
                : Sql.of(
                        sought,
                        " = ANY (ARRAY(SELECT lower(btrim(k)) FROM unnest(",
                        array,
                        ") AS k WHERE btrim(k) <> ''))");
    }

    /** The reached rows and all below them; their keys are walked, each once, so that circles end. */
    private Sql below(Reach.Below below, Row row) {
        Row start = row.inner(below.parent().to());
        Row child = row.inner(below.parent().from());
        String walked = "down" + row.depth();
        List<String> names = IntStream.range(0, below.parent().columns().size())
                .mapToObj(i -> "k" + i)
                .toList();
        String keys = String.join(", ", names);
        String qualified = String.join(
                ", ", names.stream().map(name -> walked + "." + name).toList());
        return Sql.of(
                tables.pointedTo(below.parent(), row),
                " IN (WITH RECURSIVE ",
                walked,
                "(",
                keys,
                ") AS (SELECT ",
                SqlTables.unwrapped(tables.pointedToSought(below.parent(), start)),
                " FROM ",
                among.from(start, below.of()),
                " WHERE ",
                reached(below.of(), start),
                " UNION SELECT ",
                SqlTables.unwrapped(tables.pointedToSought(below.parent(), child)),
                " FROM ",
                SqlTables.as(child),
                ", ",
                walked,
                " WHERE ",
                tables.pointing(below.parent(), child),
                " = ",
                names.size() == 1 ? qualified : "(" + qualified + ")",
                ") SELECT ",
                keys,
                " FROM ",
                walked,
                ")");
    }
}
