package dev.kept.stores.postgres.catalogue;

import dev.kept.core.datamap.Catalogue.Index;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.stores.postgres.catalogue.CatalogueReading.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Valid indexes of tables; unique ones (constraints are made of them, too) also as unique keys, the primary key's left out there. */
final class Indexes {

    private final Map<Long, List<Index>> indexes = new HashMap<>();
    private final Map<Long, List<UniqueKey>> uniqueKeys = new HashMap<>();

    static Indexes read(Query query) throws SQLException {
        Indexes indexes = new Indexes();
        query.each("""
                SELECT i.indrelid, x.relname, i.indisunique, i.indisprimary, i.indnullsnotdistinct,
                    pg_get_expr(i.indpred, i.indrelid),
                    0 = ANY (i.indkey::smallint[]),
                    (SELECT array_agg(coalesce(a.attname::text, pg_get_indexdef(i.indexrelid, o.position::int, true))
                        ORDER BY o.position)
                     FROM unnest(i.indkey::smallint[]) WITH ORDINALITY AS o(number, position)
                     LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = o.number AND o.number > 0
                     WHERE o.position <= i.indnkeyatts)
                FROM pg_index i
                JOIN pg_class x ON x.oid = i.indexrelid
                JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ANY (?) AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND i.indisvalid
                ORDER BY i.indrelid, x.relname""", row -> {
            long table = row.getLong(1);
            String name = row.getString(2);
            boolean unique = row.getBoolean(3);
            Optional<String> partial = Query.text(row, 6);
            List<String> columns = Query.texts(row, 8);
            indexes.indexes
                    .computeIfAbsent(table, t -> new ArrayList<>())
                    .add(new Index(name, columns, unique, partial));
            if (unique && !row.getBoolean(4)) {
                indexes.uniqueKeys
                        .computeIfAbsent(table, t -> new ArrayList<>())
                        .add(new UniqueKey(name, columns, row.getBoolean(5), row.getBoolean(7), partial));
            }
        });
        return indexes;
    }

    List<Index> of(long table) {
        return indexes.getOrDefault(table, List.of());
    }

    List<UniqueKey> uniqueKeys(long table) {
        return uniqueKeys.getOrDefault(table, List.of());
    }
}
