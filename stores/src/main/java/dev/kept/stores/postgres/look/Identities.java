package dev.kept.stores.postgres.look;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Several;
import dev.kept.core.datamap.Table;
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
import org.jspecify.annotations.Nullable;

/** What persons of one kind are known by in a store: their keys, and the values of their finders in the form in which the map compares them. */
public final class Identities {

    /** Rows beyond which values are not sought without an index. */
    static final long MOST_ROWS_SCANNED = 10_000;

    private static final String CURSOR = "kept_identities";

    private final BoundTable table;
    private final Table.Person kind;
    private final SqlTables tables;
    private final CatalogueTable catalogue;

    /** @param table whose rows are persons */
    public Identities(BoundTable table, SqlTables tables) {
        this.table = table;
        this.tables = tables;
        this.catalogue = tables.table(table.name());
        this.kind = table.map()
                .person()
                .orElseThrow(() -> new IllegalArgumentException("`" + table.name() + "` is no table of persons"));
    }

    /**
     * What one row says. Personal data, to be hashed and forgotten.
     *
     * @param values by finder, as the map compares them; finders without a value are left out
     * @param others finders whose value somebody else of the kind has, too, as far as it was asked
     */
    public record Known(List<String> key, Map<String, String> values, Set<String> others) {
        public Known {
            key = List.copyOf(key);
            values = Map.copyOf(values);
            others = Set.copyOf(others);
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
        Row row = Row.outer(table.name());
        KeySet set = new KeySet("persons to be erased", keys);
        List<Object> pieces = new ArrayList<>(List.of("SELECT ", selected(row)));
        kind.foundBy().forEach((name, finder) -> {
            if (asked(finder)) {
                pieces.addAll(List.of(", ", ofOthers(finder, row, set)));
            }
        });
        pieces.addAll(List.of(" FROM ", SqlTables.as(row), " WHERE ", among(set, row)));
        return Sql.of(pieces.toArray());
    }

    /** What they are known by; those who are not there are left out. */
    public List<Known> known(Answer answer) {
        return read(answer.rows());
    }

    private Sql among(KeySet persons, Row row) {
        return new SqlReach(new SqlConditions(tables)).reached(new Reach.Keys(kind.key(), Match.EXACT, persons), row);
    }

    /** Whether a row that is none of these persons has the row's value: looked up, or, without an index, sought once in a small table. */
    private Sql ofOthers(Table.Finder finder, Row row, KeySet persons) {
        Row other = row.inner(table.name());
        String hers = SqlTables.compared(row.column(finder.column()), finder.match());
        String others = SqlTables.compared(other.column(finder.column()), finder.match());
        Sql nobodysOfThem = Sql.of("(", among(persons, other), ") IS NOT TRUE");
        return indexed(finder)
                ? Sql.of(
                        "EXISTS (SELECT FROM ",
                        SqlTables.as(other),
                        " WHERE " + others + " = " + hers + " AND ",
                        nobodysOfThem,
                        ")")
                : Sql.of(
                        hers + " IN (SELECT " + others + " FROM ",
                        SqlTables.as(other),
                        " WHERE " + others + " IS NOT NULL AND ",
                        nobodysOfThem,
                        ")");
    }

    /** Hands out everybody's, so many rows at a time: never more of a table stands in memory. */
    public void each(Snapshot snapshot, int rows, Consumer<List<Known>> reader) {
        Row row = Row.outer(table.name());
        snapshot.ask(Sql.of(
                "DECLARE " + CURSOR + " NO SCROLL CURSOR FOR SELECT ", selected(row), " FROM ", SqlTables.as(row)));
        while (true) {
            List<List<@Nullable String>> read =
                    snapshot.ask(Sql.of("FETCH " + rows + " FROM " + CURSOR)).rows();
            reader.accept(read(read));
            if (read.size() < rows) {
                break;
            }
        }
        snapshot.ask(Sql.of("CLOSE " + CURSOR));
    }

    private Sql selected(Row row) {
        List<String> columns = new ArrayList<>();
        kind.key().forEach(column -> columns.add(row.column(column) + "::text"));
        kind.foundBy()
                .values()
                .forEach(finder ->
                        columns.add(SqlTables.compared(row.column(finder.column()), finder.match()) + "::text"));
        return Sql.of(String.join(", ", columns));
    }

    private List<Known> read(List<List<@Nullable String>> rows) {
        int width = kind.key().size();
        List<String> finders = List.copyOf(kind.foundBy().keySet());
        List<String> asked = finders.stream()
                .filter(name -> asked(Objects.requireNonNull(kind.foundBy().get(name))))
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
            for (int i = width + finders.size(); i < row.size(); i++) {
                if ("t".equals(row.get(i))) {
                    others.add(asked.get(i - width - finders.size()));
                }
            }
            if (key.size() == width) {
                known.add(new Known(key, values, others));
            }
        }
        return known;
    }

    /** Finders of which it is told whether somebody else has a value of these persons', or who cannot; the others' may be somebody else's, too. */
    public Set<String> told() {
        Set<String> told = new HashSet<>();
        kind.foundBy().forEach((name, finder) -> {
            if (alone(finder) || cheap(finder)) {
                told.add(name);
            }
        });
        return told;
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
        return catalogue.rows() <= MOST_ROWS_SCANNED || indexed(finder);
    }

    private boolean indexed(Table.Finder finder) {
        return catalogue.indexes().stream()
                .filter(index -> index.partial().isEmpty() && !index.columns().isEmpty())
                .map(index -> index.columns().getFirst())
                .anyMatch(first -> finder.match() == Match.EXACT
                        ? first.equals(finder.column())
                        : first.startsWith("lower(btrim(") && first.contains(finder.column()));
    }
}
