package dev.kept.stores.postgres.look;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Several;
import dev.kept.core.datamap.Table;
import dev.kept.core.lifecycle.Binding;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Reach;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.Snapshot;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlReach;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What persons of one kind are known by in a store: their keys, and the values of their finders in the form in which the map compares them. */
public final class Identities {

    /** Rows beyond which values are not sought without an index. */
    static final long MOST_ROWS_SCANNED = 10_000;

    /** The same in bytes, as the table is when it is asked: what the catalogue knows of rows may be old. */
    private static final long MOST_BYTES_SCANNED = 64 << 20;

    /**
     * Characters beyond which a value is none by which anybody is known. Only where its type says how long a value can be does the driver ask for it
     * together with other things; else it makes a round trip of its own.
     */
    private static final int LONGEST = 4_000;

    private static final String CURSOR = "kept_identities";

    private final BoundTable table;
    private final Table.Person kind;
    private final SqlTables tables;
    private final CatalogueTable catalogue;

    /** Stands for the keys of those who are asked about: the question is written once. */
    private final KeySet place;

    private final Sql question;

    /** @param table whose rows are persons */
    public Identities(BoundTable table, SqlTables tables) {
        this.table = table;
        this.tables = tables;
        this.catalogue = tables.table(table.name());
        this.kind = table.map()
                .person()
                .orElseThrow(() -> new IllegalArgumentException("`" + table.name() + "` is no table of persons"));
        this.place = new KeySet(
                "persons to be erased",
                List.of(kind.key().stream().map(column -> "").toList()));
        this.question = question();
    }

    /**
     * What one row says. Personal data, to be hashed and forgotten.
     *
     * @param key empty where it was asked by keys
     * @param values by finder, as the map compares them; finders without a value are left out
     * @param others finders whose value somebody else of the kind has, too
     * @param told finders of which it was told whether somebody else has the value
     */
    public record Known(List<String> key, Map<String, String> values, Set<String> others, Set<String> told) {
        public Known {
            key = List.copyOf(key);
            values = Map.copyOf(values);
            others = Set.copyOf(others);
            told = Set.copyOf(told);
        }

        @Override
        public String toString() {
            return "what somebody is known by";
        }
    }

    public String kind() {
        return kind.kind();
    }

    /**
     * Asks what these persons are known by, and whether somebody else of the kind has the same value, where that can be told through an index or the
     * table is small; {@link #known(Answer)} reads the answer.
     */
    public Sql asking(List<List<String>> keys) {
        return question.with(Binding.of(place, new KeySet(place.name(), keys)));
    }

    private Sql question() {
        Row row = Row.outer(table.name());
        List<Object> pieces = new ArrayList<>(List.of("SELECT ", selected(row, List.of(), Identities::bounded)));
        kind.foundBy().forEach((name, finder) -> {
            if (asked(finder)) {
                pieces.addAll(List.of(", ", ofOthers(finder, row, place)));
            }
        });
        pieces.addAll(List.of(" FROM ", SqlTables.as(row), " WHERE ", among(place, row)));
        return Sql.of(pieces.toArray());
    }

    /** What they are known by besides their keys, which the asker has; those who are not there are left out. */
    public List<Known> known(Answer answer) {
        return read(answer.rows(), 0);
    }

    /** Without what is too long, and of a type that says so. */
    private static String bounded(String text) {
        return "(CASE WHEN length(%s) <= %d THEN %s END)::varchar(%d)".formatted(text, LONGEST, text, LONGEST);
    }

    private Sql among(KeySet persons, Row row) {
        return new SqlReach(new SqlConditions(tables)).reached(new Reach.Keys(kind.key(), Match.EXACT, persons), row);
    }

    /**
     * Whether a row that is none of these persons has the row's value: all of theirs are sought at once, in one pass over the table at most. Without an
     * index NULL where the table is large in fact, whatever the catalogue knew of its rows: then it is not told.
     */
    private Sql ofOthers(Table.Finder finder, Row row, KeySet persons) {
        Row other = row.inner(table.name());
        Row hers = other.inner(table.name());
        String sought = compared(finder, other);
        Sql shared = Sql.of(
                compared(finder, row) + " = ANY (ARRAY(SELECT " + sought + " FROM ",
                SqlTables.as(other),
                " WHERE " + sought + " IN (SELECT " + compared(finder, hers) + " FROM ",
                SqlTables.as(hers),
                " WHERE ",
                among(persons, hers),
                ") AND (",
                among(persons, other),
                ") IS NOT TRUE))");
        return indexed(finder)
                ? shared
                : Sql.of("CASE WHEN ", bytes(), " <= " + MOST_BYTES_SCANNED + " THEN ", shared, " END");
    }

    private static String compared(Table.Finder finder, Row row) {
        return SqlTables.compared(row.column(finder.column()), finder.match());
    }

    /** How large the table is now, with its partitions. */
    private Sql bytes() {
        String name = Sql.literal(SqlTables.name(table.name()));
        return Sql.of(
                "coalesce((SELECT sum(pg_relation_size(relid)) FROM pg_partition_tree(",
                name,
                "::regclass)), pg_relation_size(",
                name,
                "::regclass))");
    }

    /** Hands out everybody's, so many rows at a time: never more of a table stands in memory. */
    public void each(Snapshot snapshot, int rows, Consumer<List<Known>> reader) {
        Row row = Row.outer(table.name());
        snapshot.ask(Sql.of(
                "DECLARE " + CURSOR + " NO SCROLL CURSOR FOR SELECT ",
                selected(row, kind.key(), UnaryOperator.identity()),
                " FROM ",
                SqlTables.as(row)));
        while (true) {
            List<List<@Nullable String>> read =
                    snapshot.ask(Sql.of("FETCH " + rows + " FROM " + CURSOR)).rows();
            reader.accept(read(read, kind.key().size()));
            if (read.size() < rows) {
                break;
            }
        }
        snapshot.ask(Sql.of("CLOSE " + CURSOR));
    }

    private Sql selected(Row row, List<String> key, UnaryOperator<String> form) {
        List<String> columns = new ArrayList<>();
        key.forEach(column -> columns.add(row.column(column) + "::text"));
        kind.foundBy().values().forEach(finder -> columns.add(form.apply(compared(finder, row) + "::text")));
        return Sql.of(String.join(", ", columns));
    }

    /** @param width how many parts of a key stand before the values */
    private List<Known> read(List<List<@Nullable String>> rows, int width) {
        List<String> finders = List.copyOf(kind.foundBy().keySet());
        List<String> asked = finders.stream()
                .filter(name -> asked(Objects.requireNonNull(kind.foundBy().get(name))))
                .toList();
        List<String> alone = finders.stream()
                .filter(name -> alone(Objects.requireNonNull(kind.foundBy().get(name))))
                .toList();
        List<Known> known = new ArrayList<>(rows.size());
        for (List<@Nullable String> row : rows) {
            List<String> key = new ArrayList<>();
            for (String part : row.subList(0, width)) {
                if (part != null) {
                    key.add(part);
                }
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < finders.size(); i++) {
                String value = row.get(width + i);
                if (value != null && !value.isBlank()) {
                    values.put(finders.get(i), value);
                }
            }
            Set<String> others = new HashSet<>();
            Set<String> told = new HashSet<>(alone);
            for (int i = width + finders.size(); i < row.size(); i++) {
                String finder = asked.get(i - width - finders.size());
                String answer = row.get(i);
                if (answer != null) {
                    told.add(finder);
                }
                if ("t".equals(answer)) {
                    others.add(finder);
                }
            }
            if (key.size() == width) {
                known.add(new Known(key, values, others, told));
            }
        }
        return known;
    }

    /** Whether somebody else may have such a value, and it can be asked. */
    private boolean asked(Table.Finder finder) {
        return !alone(finder) && cheap(finder);
    }

    private boolean alone(Table.Finder finder) {
        return finder.several() == Several.ONE_PERSON || unique(finder);
    }

    private boolean unique(Table.Finder finder) {
        List<String> column = List.of(finder.column());
        return finder.match() == Match.EXACT
                && (catalogue.primaryKey().equals(column)
                        || catalogue.uniqueKeys().stream()
                                .anyMatch(key -> key.columns().equals(column)
                                        && !key.expression()
                                        && key.partial().isEmpty()));
    }

    private boolean cheap(Table.Finder finder) {
        return indexed(finder) || catalogue.rows() <= MOST_ROWS_SCANNED;
    }

    private boolean indexed(Table.Finder finder) {
        Set<String> names = Set.of(finder.column(), "\"" + finder.column().replace("\"", "\"\"") + "\"");
        Set<String> firsts = new HashSet<>();
        names.forEach(name -> firsts.addAll(
                finder.match() == Match.EXACT
                        ? Set.of(finder.column())
                        : Set.of(
                                "lower(btrim(" + name + "))",
                                "lower(btrim((" + name + ")::text))",
                                "lower(btrim(" + name + "::text))")));
        return catalogue.indexes().stream()
                .filter(index -> index.partial().isEmpty() && !index.columns().isEmpty())
                .anyMatch(index -> firsts.contains(index.columns().getFirst()));
    }
}
