package dev.kept.stores.postgres.sql;

import dev.kept.core.datamap.Link;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Moment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Conditions about rows of which a few or very many are read: the single row that a link leads to is joined, once for all questions about it, and
 * PostgreSQL remembers the answers for the rows that lead to the same one. What else is related is looked up as {@link SqlConditions} does, through indexes.
 * Answers are Kleene's: TRUE, FALSE, or NULL for unknown.
 */
public final class Upwards {

    private final SqlConditions conditions;
    private final Row row;
    private final Map<Link, Joined> joined = new LinkedHashMap<>();

    /** Questions about {@code row}; {@link #joins} reads what they ask about. */
    public Upwards(SqlConditions conditions, Row row) {
        this.conditions = conditions;
        this.row = row;
    }

    /** The row that a link leads to: a join in which each question is one column. */
    private final class Joined {
        private final Link link;
        private final String alias;
        private final Row to;
        private final Map<Object, String> known = new LinkedHashMap<>();
        private final List<Sql> columns = new ArrayList<>();

        Joined(Link link, String alias) {
            this.link = link;
            this.alias = alias;
            this.to = row.inner(link.to());
        }

        Sql ask(Object question, Function<Row, Sql> answer) {
            return Sql.of(known.computeIfAbsent(question, asked -> {
                columns.add(answer.apply(to));
                return alias + ".c" + (columns.size() - 1);
            }));
        }

        /** {@code OFFSET 0} keeps the questions in there, where their answers are remembered. */
        Sql join() {
            List<Sql> named = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                named.add(Sql.of(columns.get(i), " AS c" + i));
            }
            return Sql.of(
                    " LEFT JOIN LATERAL (SELECT ",
                    Sql.join(", ", named),
                    " FROM ",
                    SqlTables.as(to),
                    " WHERE ",
                    conditions.tables().joins(link, row, to),
                    " OFFSET 0) AS " + alias + " ON TRUE");
        }
    }

    private Joined up(Link link) {
        return joined.computeIfAbsent(link, to -> new Joined(to, "u" + joined.size()));
    }

    /** All that is joined to the row: to be asked for last. */
    public Sql joins() {
        return Sql.join("", joined.values().stream().map(Joined::join).toList());
    }

    /** The answer for the row: TRUE, FALSE, or NULL for unknown. */
    public Sql value(Condition condition) {
        return asked(conditions.factored(condition));
    }

    private Sql asked(Condition condition) {
        return switch (condition) {
            case Condition.All all -> Sql.and(all.of().stream().map(this::asked).toList());
            case Condition.Any any -> Sql.or(any.of().stream().map(this::asked).toList());
            case Condition.Not not -> Sql.of("NOT (", asked(not.of()), ")");
            case Condition.Known known -> Sql.of("(", asked(known.of()), ") IS TRUE");
            case Condition.Through through
            when through.link().unique() ->
                up(through.link()).ask(through.of(), to -> conditions.asked(through.of(), to));
            default -> conditions.asked(condition, row);
        };
    }

    /**
     * Something of a moment's time, a date or a timestamp.
     *
     * @param of NULL of NULL
     */
    public Sql of(Moment moment, Function<Sql, Sql> of) {
        return moment instanceof Moment.Through through && through.link().unique()
                ? up(through.link()).ask(through.of(), to -> of.apply(conditions.stamp(through.of(), to)))
                : of.apply(conditions.stamp(moment, row));
    }
}
