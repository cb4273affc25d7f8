package dev.kept.stores.postgres.catalogue;

import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.stores.postgres.catalogue.CatalogueReading.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of tables, with what their domains and enumerations allow. */
final class Columns {

    private final Map<Long, Map<String, CatalogueColumn>> byTable = new HashMap<>();

    static Columns read(Query query) throws SQLException {
        Columns columns = new Columns();
        Map<Long, List<Check>> domainChecks = domainChecks(query);
        query.each(
                """
                WITH RECURSIVE domains AS (
                    SELECT t.oid AS domain, t.oid AS at, t.typbasetype AS base, t.typtypmod AS mod, t.typnotnull AS strict
                    FROM pg_type t WHERE t.typtype = 'd'
                    UNION ALL
                    SELECT d.domain, t.oid, t.typbasetype, CASE WHEN d.mod = -1 THEN t.typtypmod ELSE d.mod END,
                        d.strict OR t.typnotnull
                    FROM domains d JOIN pg_type t ON t.oid = d.base AND t.typtype = 'd'
                ), bases AS (
                    SELECT d.domain, d.base, d.mod, d.strict FROM domains d JOIN pg_type t ON t.oid = d.base
                    WHERE t.typtype <> 'd'
                )
                SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod),
                    format_type(coalesce(b.base, a.atttypid), coalesce(b.mod, a.atttypmod)),
                    a.attnotnull OR coalesce(b.strict, false), a.attgenerated <> '', a.attidentity <> '', a.atttypid,
                    (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e
                     WHERE e.enumtypid = coalesce(b.base, a.atttypid))
                FROM pg_attribute a
                JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN bases b ON b.domain = a.atttypid
                WHERE n.nspname = ANY (?) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                  AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY a.attrelid, a.attnum""",
                row -> columns.byTable
                        .computeIfAbsent(row.getLong(1), table -> new LinkedHashMap<>())
                        .put(
                                row.getString(2),
                                new CatalogueColumn(
                                        row.getString(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getBoolean(5),
                                        row.getBoolean(6),
                                        row.getBoolean(7),
                                        domainChecks.getOrDefault(row.getLong(8), List.of()),
                                        Query.texts(row, 9))));
        return columns;
    }

    /** The checks of each domain and of the domains below it. */
    private static Map<Long, List<Check>> domainChecks(Query query) throws SQLException {
        Map<Long, List<Check>> checks = new HashMap<>();
        query.each(
                """
                WITH RECURSIVE domains AS (
                    SELECT t.oid AS domain, t.oid AS at, t.typbasetype AS base FROM pg_type t WHERE t.typtype = 'd'
                    UNION ALL
                    SELECT d.domain, t.oid, t.typbasetype
                    FROM domains d JOIN pg_type t ON t.oid = d.base AND t.typtype = 'd'
                )
                SELECT d.domain, c.conname, pg_get_expr(c.conbin, 0)
                FROM domains d JOIN pg_constraint c ON c.contypid = d.at
                WHERE c.contype = 'c' AND ?::text[] IS NOT NULL
                ORDER BY d.domain, c.conname""",
                row -> checks.computeIfAbsent(row.getLong(1), domain -> new ArrayList<>())
                        .add(new Check(row.getString(2), List.of(), row.getString(3))));
        return checks;
    }

    Map<String, CatalogueColumn> of(long table) {
        return byTable.getOrDefault(table, Map.of());
    }
}
