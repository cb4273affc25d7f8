package dev.kept.stores.postgres.catalogue;

import dev.kept.core.datamap.Catalogue.Action;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.TableName;
import dev.kept.stores.postgres.catalogue.CatalogueReading.Query;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Primary keys, foreign keys and CHECK constraints of tables. */
final class Constraints {

    private final Map<Long, List<String>> primaryKeys = new HashMap<>();
    private final Map<Long, List<ForeignKey>> foreignKeys = new HashMap<>();
    private final Map<Long, List<Check>> checks = new HashMap<>();

    /**
     * Constraints that a partitioned table's root declares are those of its leaves: their copies ({@code conparentid}, {@code coninhcount}) are
     * left out. What a leaf declares by itself is the root's, too, as that is the table Kept treats.
     */
    static Constraints read(Query query, Map<Long, TableName> names) throws SQLException {
        Constraints constraints = new Constraints();
        query.each("""
                SELECT min(k.contype::text), k.root, min(k.conname), k.columns, k.confrelid, fn.nspname, f.relname, k.targets,
                    k.confdeltype::text, k.confupdtype::text, bool_or(k.condeferrable), k.expression,
                    bool_or(k.loose) OR (bool_or(k.leaf) AND count(*) < (
                        SELECT count(*) FROM pg_partition_tree(k.root::regclass) t WHERE t.isleaf))
                FROM (
                    SELECT k.contype, k.conname, k.confdeltype, k.confupdtype, k.condeferrable, c.relispartition AS leaf,
                        NOT k.convalidated OR coalesce(to_jsonb(k) ->> 'conenforced', 'true') = 'false' AS loose,
                        coalesce(pg_partition_root(k.conrelid)::oid, k.conrelid) AS root,
                        coalesce(pg_partition_root(k.confrelid)::oid, k.confrelid) AS confrelid,
                        (SELECT array_agg(a.attname::text ORDER BY o.position)
                         FROM unnest(k.conkey) WITH ORDINALITY AS o(number, position)
                         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.number) AS columns,
                        (SELECT array_agg(a.attname::text ORDER BY o.position)
                         FROM unnest(k.confkey) WITH ORDINALITY AS o(number, position)
                         JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = o.number) AS targets,
                        CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END AS expression
                    FROM pg_constraint k
                    JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = ANY (?) AND k.conparentid = 0
                      AND (k.contype IN ('f', 'c') OR (k.contype = 'p' AND NOT c.relispartition))
                      AND NOT (c.relispartition AND k.coninhcount > 0 AND k.contype = 'c')
                ) AS k
                LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
                GROUP BY k.contype, k.root, k.columns, k.confrelid, fn.nspname, f.relname, k.targets, k.confdeltype, k.confupdtype,
                    k.expression, CASE WHEN NOT k.leaf THEN k.conname END
                ORDER BY k.root, 3""", row -> constraints.add(row, names));
        return constraints;
    }

    private void add(ResultSet row, Map<Long, TableName> names) throws SQLException {
        long table = row.getLong(2);
        TableName from = names.get(table);
        if (from == null) {
            return;
        }
        String name = row.getString(3);
        List<String> columns = Query.texts(row, 4);
        switch (row.getString(1)) {
            case "p" -> primaryKeys.put(table, columns);
            case "c" ->
                checks.computeIfAbsent(table, t -> new ArrayList<>()).add(new Check(name, columns, row.getString(12)));
            default ->
                foreignKeys
                        .computeIfAbsent(table, t -> new ArrayList<>())
                        .add(new ForeignKey(
                                name,
                                from,
                                columns,
                                new TableName(row.getString(6), row.getString(7)),
                                Query.texts(row, 8),
                                action(row.getString(9)),
                                action(row.getString(10)),
                                row.getBoolean(11),
                                row.getBoolean(13)));
        }
    }

    private static Action action(String code) {
        return switch (code) {
            case "r" -> Action.RESTRICT;
            case "c" -> Action.CASCADE;
            case "n" -> Action.SET_NULL;
            case "d" -> Action.SET_DEFAULT;
            default -> Action.NO_ACTION;
        };
    }

    List<String> primaryKey(long table) {
        return primaryKeys.getOrDefault(table, List.of());
    }

    List<ForeignKey> foreignKeys(long table) {
        return foreignKeys.getOrDefault(table, List.of());
    }

    List<Check> checks(long table) {
        return checks.getOrDefault(table, List.of());
    }
}
