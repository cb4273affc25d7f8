package dev.kept.stores.postgres.catalogue;

import dev.kept.core.datamap.Catalogue.Trigger;
import dev.kept.stores.postgres.catalogue.CatalogueReading.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** User triggers of tables, those of partitions with their root; those that PostgreSQL makes for constraints are left out. */
final class Triggers {

    private static final int ON_INSERT = 4;
    private static final int ON_DELETE = 8;
    private static final int ON_UPDATE = 16;
    private static final int ON_TRUNCATE = 32;

    private final Map<Long, List<Trigger>> triggers = new HashMap<>();

    static Triggers read(Query query) throws SQLException {
        Triggers triggers = new Triggers();
        query.each(
                """
                SELECT DISTINCT coalesce(pg_partition_root(g.tgrelid)::oid, g.tgrelid) AS root, g.tgname, g.tgtype::int,
                    (g.tgtype & 2) <> 0, g.tgenabled NOT IN ('D', 'R'), p.oid::regprocedure::text, p.prosrc
                FROM pg_trigger g
                JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_proc p ON p.oid = g.tgfoid
                WHERE n.nspname = ANY (?) AND NOT g.tgisinternal AND g.tgparentid = 0
                ORDER BY root, g.tgname""",
                row -> triggers.triggers
                        .computeIfAbsent(row.getLong(1), table -> new ArrayList<>())
                        .add(new Trigger(
                                row.getString(2),
                                events(row.getInt(3)),
                                row.getBoolean(4),
                                row.getBoolean(5),
                                row.getString(6) + ": " + row.getString(7).strip())));
        return triggers;
    }

    private static List<String> events(int type) {
        List<String> events = new ArrayList<>();
        if ((type & ON_DELETE) != 0) {
            events.add("DELETE");
        }
        if ((type & ON_UPDATE) != 0) {
            events.add("UPDATE");
        }
        if ((type & ON_INSERT) != 0) {
            events.add("INSERT");
        }
        if ((type & ON_TRUNCATE) != 0) {
            events.add("TRUNCATE");
        }
        return events;
    }

    List<Trigger> of(long table) {
        return triggers.getOrDefault(table, List.of());
    }
}
