package dev.kept.stores.postgres.catalogue;

import dev.kept.core.datamap.Catalogue.Partitioning;
import dev.kept.core.datamap.TableName;
import dev.kept.stores.postgres.catalogue.CatalogueReading.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How tables are partitioned, their leaves, and what these sum up to. */
final class Partitions {

    private record Root(String strategy, List<String> columns) {}

    private final Map<Long, Root> roots = new HashMap<>();
    private final Map<Long, List<TableName>> leaves = new HashMap<>();
    private final Map<Long, Long> rows = new HashMap<>();
    private final Map<Long, Long> pages = new HashMap<>();

    static Partitions read(Query query) throws SQLException {
        Partitions partitions = new Partitions();
        query.each(
                """
                SELECT p.partrelid, p.partstrat::text,
                    (SELECT array_agg(coalesce(a.attname::text, '(expression)') ORDER BY o.position)
                     FROM unnest(p.partattrs::smallint[]) WITH ORDINALITY AS o(number, position)
                     LEFT JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = o.number AND o.number > 0)
                FROM pg_partitioned_table p
                JOIN pg_class c ON c.oid = p.partrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ANY (?) AND NOT c.relispartition""",
                row -> partitions.roots.put(row.getLong(1), new Root(strategy(row.getString(2)), Query.texts(row, 3))));
        query.each("""
                SELECT c.oid, ln.nspname, l.relname, l.reltuples::bigint, l.relpages, l.relkind::text
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                CROSS JOIN LATERAL pg_partition_tree(c.oid) t
                JOIN pg_class l ON l.oid = t.relid JOIN pg_namespace ln ON ln.oid = l.relnamespace
                WHERE n.nspname = ANY (?) AND c.relkind = 'p' AND NOT c.relispartition AND t.isleaf
                ORDER BY c.oid, ln.nspname, l.relname""", row -> {
            long root = row.getLong(1);
            if (row.getString(6).equals("r")) {
                partitions
                        .leaves
                        .computeIfAbsent(root, r -> new ArrayList<>())
                        .add(new TableName(row.getString(2), row.getString(3)));
                partitions.rows.merge(root, row.getLong(4), Partitions::sum);
                partitions.pages.merge(root, row.getLong(5), Long::sum);
            }
        });
        return partitions;
    }

    /** -1 means that nothing is known; then the sum is not known either. */
    private static long sum(long a, long b) {
        return a < 0 || b < 0 ? -1 : a + b;
    }

    private static String strategy(String code) {
        return switch (code) {
            case "l" -> "list";
            case "h" -> "hash";
            default -> "range";
        };
    }

    Optional<Partitioning> of(long table) {
        return Optional.ofNullable(roots.get(table))
                .map(root -> new Partitioning(root.strategy(), root.columns(), leaves.getOrDefault(table, List.of())));
    }

    OptionalLong rows(long table) {
        return of(rows, table);
    }

    OptionalLong pages(long table) {
        return of(pages, table);
    }

    private OptionalLong of(Map<Long, Long> sums, long table) {
        if (!roots.containsKey(table)) {
            return OptionalLong.empty();
        }
        Long sum = sums.get(table);
        return OptionalLong.of(sum == null ? 0 : sum);
    }
}
