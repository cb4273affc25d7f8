package dev.kept.stores.postgres.access;

import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Moment;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.Truth;
import dev.kept.core.rights.SeenColumn;
import dev.kept.core.rights.SeenColumn.Guard;
import dev.kept.core.rights.SeenRow;
import dev.kept.core.rights.SeenRow.Cell;
import dev.kept.core.rights.SeenTable;
import dev.kept.core.rights.Shape;
import dev.kept.core.rights.Way;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlReach;
import dev.kept.stores.postgres.sql.SqlReach.Among;
import dev.kept.stores.postgres.sql.SqlTables;
import dev.kept.stores.postgres.sql.Upwards;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The one statement that reads a table, and what its answer means. What is not the person's, and what is secret, does not leave the
 * database: the statement selects NULL in its place.
 */
final class TableStatement {

    private static final String YES = "t";

    /** Of a number that surely has 64 bits, with its sign. */
    private static final int MOST_DIGITS = 18;

    private final SqlConditions conditions;
    private final Among among;
    private final SqlReach reaches;
    private final SeenTable table;
    private final Row row;
    private final List<Moment> moments;
    private final List<Guard> guards;
    private final boolean mayBeHeld;

    /** Of each column, whether its value is hers in every row that is read. */
    private final boolean[] everywhere;

    TableStatement(SqlConditions conditions, SeenTable table) {
        this(conditions, Among.ALL, table);
    }

    /** @param among where her rows are looked for */
    TableStatement(SqlConditions conditions, Among among, SeenTable table) {
        this.conditions = conditions;
        this.among = among;
        this.reaches = new SqlReach(conditions, among);
        this.table = table;
        this.row = Row.outer(table.name());
        this.moments = table.moments();
        this.guards = table.columns().stream()
                .flatMap(column -> column.guards().stream())
                .distinct()
                .toList();
        this.mayBeHeld = !table.held().equals(Condition.FALSE);
        this.everywhere = new boolean[table.columns().size()];
        for (int i = 0; i < everywhere.length; i++) {
            SeenColumn column = table.columns().get(i);
            everywhere[i] = column.guards().isEmpty()
                    && column.ways().size() == table.ways().size();
        }
    }

    SeenTable table() {
        return table;
    }

    Sql sql() {
        Upwards upwards = new Upwards(conditions, row);
        List<Sql> selected = selected(upwards);
        List<Sql> seen = seen();
        return Sql.of(
                "SELECT ",
                Sql.join(", ", selected),
                " FROM ",
                from(),
                upwards.joins(),
                seen.isEmpty() ? "" : Sql.of(", LATERAL (SELECT ", Sql.join(", ", seen), " OFFSET 0) AS w"),
                " WHERE ",
                reached(),
                " ORDER BY ",
                conditions.tables().order(row));
    }

    /** Whether any value of the rows is compressed: it may be far longer than what is stored. */
    Sql compressed() {
        List<Sql> columns = table.columns().stream()
                .filter(column ->
                        column.shape() == Shape.TEXT || column.shape() == Shape.JSON || column.shape() == Shape.BYTES)
                .map(SeenColumn::column)
                .distinct()
                .map(column -> Sql.of("pg_column_compression(" + row.column(column) + ") IS NOT NULL"))
                .toList();
        return Sql.of(
                "SELECT EXISTS (SELECT FROM ", from(), " WHERE ", Sql.and(List.of(reached(), Sql.or(columns))), ")");
    }

    /** Each way and guard is asked once a row. */
    private List<Sql> seen() {
        List<Sql> seen = new ArrayList<>();
        for (int i = 0; severalWays() && i < table.ways().size(); i++) {
            seen.add(Sql.of("(", reached(table.ways().get(i), row), ") IS TRUE AS w" + i));
        }
        for (int i = 0; i < guards.size(); i++) {
            Guard guard = guards.get(i);
            List<Sql> lets = new ArrayList<>();
            lets.add(reaches.reached(guard.own(), row));
            guard.columns().forEach(column -> lets.add(Sql.of(row.column(column), " IS NULL")));
            seen.add(Sql.of("(", Sql.or(lets), ") IS TRUE AS g" + i));
        }
        return seen;
    }

    /** Where there is one way only, every row that is read is hers by it. */
    private boolean severalWays() {
        return table.ways().size() > 1;
    }

    private Sql reached(Way way, Row of) {
        return reaches.reached(way.reach(), of);
    }

    /** Several ways are looked for one by one, each through its own indexes; OR between them would read the whole table. */
    private Sql reached() {
        if (table.ways().size() == 1) {
            return reached(table.ways().getFirst(), row);
        }
        if (table.key().isEmpty()) {
            return Sql.or(table.ways().stream().map(way -> reached(way, row)).toList());
        }
        Row found = row.inner(table.name());
        String key = columns(found);
        return Sql.of(
                "(" + columns(row) + ") IN (",
                Sql.join(
                        " UNION ALL ",
                        table.ways().stream()
                                .map(way -> Sql.of(
                                        "SELECT " + key + " FROM ",
                                        among.from(found, way.reach()),
                                        " WHERE ",
                                        reached(way, found)))
                                .toList()),
                ")");
    }

    /** By several ways its rows are found by their keys; else they are looked for themselves. */
    private Sql from() {
        if (table.ways().size() == 1) {
            return among.from(row, table.ways().getFirst().reach());
        }
        return table.key().isEmpty()
                ? among.from(
                        row,
                        new Reach.AnyOf(table.ways().stream().map(Way::reach).toList()))
                : Sql.of(SqlTables.as(row));
    }

    private String columns(Row of) {
        return String.join(", ", table.key().stream().map(of::column).toList());
    }

    /** What is the same in every row is not read row by row. */
    private List<Sql> selected(Upwards upwards) {
        List<Sql> selected = new ArrayList<>();
        if (severalWays()) {
            IntStream.range(0, table.ways().size()).forEach(i -> selected.add(Sql.of("w.w" + i)));
        }
        table.terms().forEach(term -> selected.add(upwards.value(term.ended())));
        moments.forEach(moment -> selected.add(
                upwards.of(moment, time -> Sql.of("trunc(extract(epoch from ", time, ") * 1000000)::text"))));
        if (mayBeHeld) {
            selected.add(conditions.holds(table.held(), row));
        }
        for (int i = 0; i < everywhere.length; i++) {
            SeenColumn column = table.columns().get(i);
            if (everywhere[i]) {
                selected.add(value(column));
            } else {
                selected.add(visible(column));
                selected.add(Sql.of("CASE WHEN ", visible(column), " THEN ", value(column), " END"));
            }
        }
        return selected;
    }

    private Sql visible(SeenColumn column) {
        List<Sql> all = new ArrayList<>();
        if (column.ways().size() < table.ways().size()) {
            all.add(Sql.or(
                    column.ways().stream().map(way -> Sql.of("w.w" + way)).toList()));
        }
        column.guards().forEach(guard -> all.add(Sql.of("w.g" + guards.indexOf(guard))));
        return Sql.and(all);
    }

    /** As {@link dev.kept.core.rights.Shape} has it; of a secret only that it is there. */
    private Sql value(SeenColumn column) {
        String whole = row.column(column.column());
        Sql value = column.path().isEmpty()
                ? Sql.of(whole)
                : Sql.of("(", whole, " #> ", Parameter.values(column.path()), "::text[])");
        if (column.secret()) {
            return Sql.of("CASE WHEN ", value, " IS NOT NULL THEN '' END");
        }
        return switch (column.shape()) {
            case NUMBER, BOOLEAN -> Sql.of(value, "::text");
            case TEXT ->
                conditions.tables().isText(table.name(), column.column())
                        ? Sql.of(value, "::text")
                        : Sql.of("to_json(", value, ") #>> '{}'");
            case TIME -> Sql.of("to_json(", value, ") #>> '{}'");
            case BYTES -> Sql.of("translate(encode(", value, ", 'base64'), chr(10), '')");
            case JSON ->
                column.type().startsWith("json") ? Sql.of(value, "::text") : Sql.of("to_json(", value, ")::text");
        };
    }

    /** Understands one row of the answer. */
    SeenRow read(List<@Nullable String> answer) {
        int at = 0;
        List<Boolean> mine = new ArrayList<>(table.ways().size());
        for (int i = 0; i < table.ways().size(); i++) {
            mine.add(!severalWays() || YES.equals(answer.get(at++)));
        }
        List<Truth> ended = new ArrayList<>(table.terms().size());
        for (int i = 0; i < table.terms().size(); i++) {
            String truth = answer.get(at++);
            ended.add(truth == null ? Truth.UNKNOWN : Truth.of(truth.equals(YES)));
        }
        List<Optional<Long>> times = new ArrayList<>(moments.size());
        for (int i = 0; i < moments.size(); i++) {
            times.add(micros(answer.get(at++)));
        }
        boolean held = mayBeHeld && YES.equals(answer.get(at++));
        List<Cell> cells = new ArrayList<>(table.columns().size());
        for (int i = 0; i < everywhere.length; i++) {
            boolean visible = everywhere[i] || YES.equals(answer.get(at++));
            cells.add(cell(table.columns().get(i), visible, answer.get(at++)));
        }
        return new SeenRow(mine, ended, times, held, cells);
    }

    private static Cell cell(SeenColumn column, boolean visible, @Nullable String value) {
        if (!visible) {
            return new Cell.NotHers();
        }
        if (value == null) {
            return new Cell.Nothing();
        }
        return column.secret() ? new Cell.Withheld() : new Cell.Value(value);
    }

    /** Whole microseconds as PostgreSQL writes them; infinite times, and those beyond 64 bits, date nothing. */
    private static Optional<Long> micros(@Nullable String text) {
        boolean finite =
                text != null && text.length() <= MOST_DIGITS && Character.isDigit(text.charAt(text.length() - 1));
        return finite ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
