package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How finders are asked of a store: columns of a person's row, and of tables whose rows belong to her. */
final class Finders {

    private Finders() {}

    /** That a finder of this name has the value; empty where the kind has none. */
    static Optional<Sql> condition(LiveStore store, Table.Person kind, String finder, String value) {
        Table.Finder own = kind.foundBy().get(finder);
        Table.FinderBeside beside = kind.foundBeside().get(finder);
        if (own != null) {
            return Optional.of(is(own.column(), own.match(), value));
        }
        if (beside == null) {
            return Optional.empty();
        }
        Link link = link(store, kind, beside);
        SqlTables tables = tables(store);
        Row hers = Row.outer(link.to());
        Row row = hers.inner(beside.table());
        return Optional.of(Sql.of(
                tables.pointedTo(link, hers) + " IN (SELECT " + tables.pointingSought(link, row) + " FROM "
                        + SqlTables.name(beside.table()) + " AS " + row.alias() + " WHERE ",
                is(beside.column(), beside.match(), value),
                ")"));
    }

    private static Sql is(String name, Match match, String value) {
        String column = Sql.quoted(name);
        Parameter parameter = Parameter.value(value);
        return match == Match.CASEFOLD_TRIM
                ? Sql.of("lower(btrim(" + column + "::text)) = lower(btrim(", parameter, "::text))")
                : Sql.of(column + "::text = ", parameter, "::text");
    }

    /** Her finders' values in other tables, one map a value; what she was named by comes first. */
    static List<Map<String, String>> beside(
            LiveStore store,
            StoreConnection connection,
            BoundTable table,
            Table.Person kind,
            List<Sql> conditions,
            Named person) {
        List<Map<String, String>> values = new ArrayList<>();
        kind.foundBeside().forEach((name, finder) -> {
            Link link = link(store, kind, finder);
            SqlTables tables = tables(store);
            Row hers = Row.outer(table.name());
            // inside a condition about her row stands another one of that table
            Row row = hers.inner(finder.table()).inner(finder.table());
            String said = person.by().getOrDefault(name, "");
            List<List<@Nullable String>> rows = connection
                    .run(List.of(Sql.of(
                            "SELECT DISTINCT " + row.column(finder.column()) + "::text FROM "
                                    + SqlTables.name(finder.table()) + " AS " + row.alias() + " WHERE "
                                    + tables.pointingSought(link, row) + " IN (SELECT " + tables.pointedTo(link, hers)
                                    + " FROM " + SqlTables.name(table.name()) + " AS " + hers.alias() + " WHERE ",
                            Sql.and(conditions),
                            ") ORDER BY 1 LIMIT " + Finding.MOST_ROWS_OF_ONE)))
                    .getFirst()
                    .rows();
            connection.rollback();
            rows.stream()
                    .flatMap(found -> Optional.ofNullable(found.getFirst()).stream())
                    .filter(value -> !value.isBlank())
                    .sorted(Comparator.comparing(
                            (String value) -> !Found.folded(value).equals(Found.folded(said))))
                    .forEach(value -> values.add(Map.of(name, value)));
        });
        return values;
    }

    private static Link link(LiveStore store, Table.Person kind, Table.FinderBeside finder) {
        return store.bound()
                .toFound(kind, finder)
                .orElseThrow(() ->
                        new IllegalStateException("`" + finder.table() + "` does not lead to a `" + kind.kind() + "`"));
    }

    private static SqlTables tables(LiveStore store) {
        return new SqlTables(store.catalogue());
    }
}
