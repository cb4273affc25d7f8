package dev.kept.stores.postgres.sql;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A row and, joined to it, every related row that is asked about: each is read once, however many questions there are. Rows that point here
 * (or several that are pointed to) are gathered: grouped by what they are joined on, one aggregate for each question.
 */
final class Joined {

    private final SqlTables tables;
    private final Row row;
    private final Names names;
    private final Map<Link, Joined> up = new LinkedHashMap<>();
    private final Map<Way, Gathered> gathered = new LinkedHashMap<>();

    Joined(SqlTables tables, Row row) {
        this(tables, row, new Names(row.depth()));
    }

    private Joined(SqlTables tables, Row row, Names names) {
        this.tables = tables;
        this.row = row;
        this.names = names;
        names.rows.put(row, this);
    }

    boolean joins() {
        return !up.isEmpty() || !gathered.isEmpty();
    }

    /** The rows of a statement; each has a name that no other has. */
    private static final class Names {
        private final Map<Row, Joined> rows = new LinkedHashMap<>();
        private int last;

        Names(int first) {
            this.last = first;
        }

        int next() {
            return ++last;
        }
    }

    private enum Kind {
        TARGETS,
        POINTING,
        SIBLINGS
    }

    private record Way(Kind kind, List<Link> links) {}

    /** Rows that are grouped by what they are joined on. */
    static final class Gathered {
        private final String alias;
        private final Joined each;
        private final List<String> keys;
        private final List<String> sought;
        private final Sql restriction;
        private final Map<Object, String> known = new LinkedHashMap<>();
        private final List<Sql> aggregates = new ArrayList<>();

        private Gathered(String alias, Joined each, List<String> keys, List<String> sought, Sql restriction) {
            this.alias = alias;
            this.each = each;
            this.keys = keys;
            this.sought = sought;
            this.restriction = restriction;
        }

        /** One of the rows. */
        Joined each() {
            return each;
        }

        /** The answer to a question about all of them; NULL where there is none. The same question is asked once. */
        String ask(Object question, Supplier<Sql> aggregate) {
            String column = known.get(question);
            if (column == null) {
                Sql asked = aggregate.get();
                column = alias + ".v" + aggregates.size();
                aggregates.add(asked);
                known.put(question, column);
            }
            return column;
        }

        private Sql join() {
            List<Sql> columns = new ArrayList<>();
            List<String> conditions = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                columns.add(Sql.of(keys.get(i) + " AS k" + i));
                conditions.add(sought.get(i) + " = " + alias + ".k" + i);
            }
            for (int i = 0; i < aggregates.size(); i++) {
                columns.add(Sql.of(aggregates.get(i), " AS v" + i));
            }
            return Sql.of(
                    " LEFT JOIN (SELECT ",
                    Sql.join(", ", columns),
                    " FROM ",
                    each.from(),
                    restriction,
                    " GROUP BY " + String.join(", ", keys) + ") AS " + alias + " ON "
                            + String.join(" AND ", conditions));
        }
    }

    Row row() {
        return row;
    }

    /** The same statement at another of its rows. */
    Joined at(Row other) {
        Joined there = names.rows.get(other);
        if (there == null) {
            throw new IllegalArgumentException("the statement has no row " + other.alias());
        }
        return there;
    }

    /** The one row that a unique link leads to; all its columns are NULL where there is none. */
    Joined up(Link link) {
        Joined there = up.get(link);
        if (there == null) {
            there = another(link.to());
            up.put(link, there);
        }
        return there;
    }

    private Joined another(TableName table) {
        return new Joined(tables, new Row(table, names.next()), names);
    }

    /** True where the row is there: of a row that a link leads to. */
    String present() {
        return row.alias() + ".ctid IS NOT NULL";
    }

    /** All rows that a link leads to. */
    Gathered targets(Link link) {
        return gathered(new Way(Kind.TARGETS, List.of(link)), () -> {
            Joined each = another(link.to());
            return new Gathered(
                    name(),
                    each,
                    tables.pointedToValues(link, each.row),
                    tables.pointingValuesSought(link, row),
                    Sql.EMPTY);
        });
    }

    /** All rows that point here. */
    Gathered pointing(Link link) {
        return gathered(new Way(Kind.POINTING, List.of(link)), () -> {
            Joined each = another(link.from());
            return new Gathered(
                    name(),
                    each,
                    tables.pointingValues(link, each.row),
                    tables.pointedToValuesSought(link, row),
                    Sql.EMPTY);
        });
    }

    /** All rows of this table that lead to the same row as this one, by a way whose links but the last are unique. */
    Gathered siblings(List<Link> path) {
        return gathered(new Way(Kind.SIBLINGS, path), () -> {
            Joined each = another(row.table());
            Joined there = each;
            Joined here = this;
            for (Link link : path.subList(0, path.size() - 1)) {
                there = there.up(link);
                here = here.up(link);
            }
            Link last = path.getLast();
            Row target = new Row(last.to(), names.next());
            Sql leads = Sql.of(
                    " WHERE EXISTS (SELECT FROM ",
                    SqlTables.as(target),
                    " WHERE ",
                    tables.joins(last, there.row, target),
                    ")");
            return new Gathered(
                    name(),
                    each,
                    tables.pointingValues(last, there.row),
                    tables.pointingValuesSought(last, here.row),
                    leads);
        });
    }

    private String name() {
        return "g" + names.next();
    }

    private Gathered gathered(Way way, Supplier<Gathered> anew) {
        Gathered known = gathered.get(way);
        if (known == null) {
            known = anew.get();
            gathered.put(way, known);
        }
        return known;
    }

    /** The row and all that is joined to it, once everything has been asked. */
    Sql from() {
        List<Sql> joins = new ArrayList<>();
        joins.add(Sql.of(SqlTables.as(row)));
        joins(joins);
        return Sql.join("", joins);
    }

    private void joins(List<Sql> joins) {
        up.forEach((link, there) -> {
            joins.add(Sql.of(" LEFT JOIN ", SqlTables.as(there.row), " ON ", tables.joins(link, row, there.row)));
            there.joins(joins);
        });
        gathered.values().forEach(rows -> joins.add(rows.join()));
    }
}
