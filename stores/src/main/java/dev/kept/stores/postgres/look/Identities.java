package dev.kept.stores.postgres.look;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Several;
import dev.kept.core.datamap.Table;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Reach;
import dev.kept.stores.postgres.session.Snapshot;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlReach;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What persons of one kind are known by in a store: their keys, and the values of their finders in the form in which the map compares them. */
public final class Identities {

    /** Rows beyond which values are not sought without an index. */
    static final long MOST_ROWS_SCANNED = 10_000;

    /** Sent along with a question: nothing stays open, and no round trip is made for it. */
    private static final Sql END = Sql.of("ROLLBACK");

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
     */
    public record Known(List<String> key, Map<String, String> values) {
        public Known {
            key = List.copyOf(key);
            values = Map.copyOf(values);
        }

        @Override
        public String toString() {
            return "what somebody is known by";
        }
    }

    public String kind() {
        return kind.kind();
    }

    /** What these persons are known by; those who are not there are left out. No transaction may be open, and none is afterwards. */
    public List<Known> of(StoreConnection connection, List<List<String>> keys) {
        Row row = Row.outer(table.name());
        SqlReach reach = new SqlReach(new SqlConditions(tables));
        KeySet set = new KeySet("persons to be erased", keys);
        return read(connection
                .run(List.of(
                        Sql.of(
                                "SELECT ",
                                selected(row),
                                " FROM ",
                                SqlTables.as(row),
                                " WHERE ",
                                reach.reached(new Reach.Keys(kind.key(), Match.EXACT, set), row)),
                        END))
                .getFirst()
                .rows());
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
        List<Known> known = new ArrayList<>(rows.size());
        for (List<@Nullable String> row : rows) {
            List<String> key = new ArrayList<>();
            for (String part : row.subList(0, kind.key().size())) {
                if (part != null) {
                    key.add(part);
                }
            }
            Map<String, String> values = new LinkedHashMap<>();
            int position = kind.key().size();
            for (String finder : kind.foundBy().keySet()) {
                String value = row.get(position++);
                if (value != null && !value.isBlank()) {
                    values.put(finder, value);
                }
            }
            if (key.size() == kind.key().size()) {
                known.add(new Known(key, values));
            }
        }
        return known;
    }

    /**
     * Finders of which it is sure that nobody but these persons has their values; the others' values may be somebody else's, too.
     *
     * @param alone finders whose values are theirs
     * @param others by finder, values that rows of others have
     */
    public record Ownership(Set<String> alone, Map<String, Set<String>> others) {
        public Ownership {
            alone = Set.copyOf(alone);
            others = Map.copyOf(others);
        }

        public boolean isOthers(String finder, String value) {
            return others.getOrDefault(finder, Set.of()).contains(value);
        }

        @Override
        public String toString() {
            return "whose values are";
        }
    }

    /**
     * Whether somebody else of the kind has a value of these persons', where that can be asked through an index or the table is small. No transaction may
     * be open, and none is afterwards.
     */
    public Ownership ownership(StoreConnection connection, List<Known> persons) {
        Set<String> alone = new HashSet<>();
        Map<String, Set<String>> others = new HashMap<>();
        kind.foundBy().forEach((name, finder) -> {
            Map<String, Long> hers = new HashMap<>();
            persons.forEach(person -> {
                String value = person.values().get(name);
                if (value != null) {
                    hers.merge(value, 1L, Long::sum);
                }
            });
            if (finder.several() == Several.ONE_PERSON || unique(finder)) {
                alone.add(name);
            } else if (!hers.isEmpty() && cheap(finder)) {
                alone.add(name);
                others.put(name, ofOthers(connection, finder, hers));
            }
        });
        return new Ownership(alone, others);
    }

    private Set<String> ofOthers(StoreConnection connection, Table.Finder finder, Map<String, Long> hers) {
        Row row = Row.outer(table.name());
        String sought = SqlTables.compared(row.column(finder.column()), finder.match());
        String type = finder.match() == Match.EXACT ? tables.castType(table.name(), finder.column()) : "text";
        Set<String> others = new HashSet<>();
        connection
                .run(List.of(
                        Sql.of(
                                "SELECT (" + sought + ")::text, count(*) FROM ",
                                SqlTables.as(row),
                                " WHERE " + sought + " = ANY (",
                                Parameter.hidden("values of persons to be erased", List.copyOf(hers.keySet())),
                                "::" + type + "[]) GROUP BY 1"),
                        END))
                .getFirst()
                .rows()
                .forEach(found -> {
                    String value = String.valueOf(found.get(0));
                    if (Long.parseLong(String.valueOf(found.get(1))) > hers.getOrDefault(value, 0L)) {
                        others.add(value);
                    }
                });
        return others;
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
        if (catalogue.rows() <= MOST_ROWS_SCANNED) {
            return true;
        }
        return catalogue.indexes().stream()
                .filter(index -> index.partial().isEmpty() && !index.columns().isEmpty())
                .map(index -> index.columns().getFirst())
                .anyMatch(first -> finder.match() == Match.EXACT
                        ? first.equals(finder.column())
                        : first.startsWith("lower(btrim(") && first.contains(finder.column()));
    }
}
