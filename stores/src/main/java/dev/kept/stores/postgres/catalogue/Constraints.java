package dev.kept.stores.postgres.catalogue;

import dev.kept.core.datamap.Catalogue.Action;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.TableName;
import dev.kept.stores.postgres.catalogue.CatalogueReading.Query;
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

    /** Constraints that a partitioned table's root declares are those of its leaves: their copies ({@code conparentid}) are left out. */
    static Constraints read(Query query, Map<Long, TableName> names) throws SQLException {
        Constraints constraints = new Constraints();
        query.each("""
                SELECT k.contype::text, k.conrelid, k.conname,
                    (SELECT array_agg(a.attname::text ORDER BY o.position)
                     FROM unnest(k.conkey) WITH ORDINALITY AS o(number, position)
                     JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.number),
                    k.confrelid, fn.nspname, f.relname,
                    (SELECT array_agg(a.attname::text ORDER BY o.position)
                     FROM unnest(k.confkey) WITH ORDINALITY AS o(number, position)
                     JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = o.number),
                    k.confdeltype::text, k.confupdtype::text, k.condeferrable,
                    CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END
                FROM pg_constraint k
                JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
                WHERE n.nspname = ANY (?) AND k.contype IN ('p', 'f', 'c') AND NOT c.relispartition AND k.conparentid = 0
                ORDER BY k.conrelid, k.conname""", row -> {
            long table = row.getLong(2);
            TableName from = names.get(table);
            if (from == null) {
                return;
            }
            String name = row.getString(3);
            List<String> columns = Query.texts(row, 4);
            switch (row.getString(1)) {
                case "p" -> constraints.primaryKeys.put(table, columns);
                case "c" ->
                    constraints
                            .checks
                            .computeIfAbsent(table, t -> new ArrayList<>())
                            .add(new Check(name, columns, row.getString(12)));
                default ->
                    constraints
                            .foreignKeys
                            .computeIfAbsent(table, t -> new ArrayList<>())
                            .add(new ForeignKey(
                                    name,
                                    from,
                                    columns,
                                    new TableName(row.getString(6), row.getString(7)),
                                    Query.texts(row, 8),
                                    action(row.getString(9)),
                                    action(row.getString(10)),
                                    row.getBoolean(11)));
            }
        });
        return constraints;
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
