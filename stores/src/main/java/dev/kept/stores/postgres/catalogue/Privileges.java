package dev.kept.stores.postgres.catalogue;

import dev.kept.core.datamap.TableName;
import dev.kept.core.live.Grants;
import dev.kept.stores.postgres.catalogue.CatalogueReading.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/** What the connected role may do with tables, partitions by themselves: they are swept one by one. */
final class Privileges {

    private Privileges() {}

    static Map<TableName, Grants> read(Query query) throws SQLException {
        Map<TableName, Grants> grants = new LinkedHashMap<>();
        query.each(
                """
                SELECT n.nspname, c.relname, has_schema_privilege(n.oid, 'USAGE'), has_table_privilege(c.oid, 'DELETE'),
                    row_security_active(c.oid),
                    (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
                     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                       AND has_column_privilege(c.oid, a.attnum, 'SELECT')),
                    (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
                     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                       AND has_column_privilege(c.oid, a.attnum, 'UPDATE')),
                    has_column_privilege(c.oid, (-1)::smallint, 'SELECT'),
                    (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
                     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                       AND has_column_privilege(c.oid, a.attnum, 'INSERT'))
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ANY (?) AND c.relkind IN ('r', 'p')
                ORDER BY n.nspname, c.relname""",
                row -> grants.put(
                        new TableName(row.getString(1), row.getString(2)),
                        new Grants(
                                row.getBoolean(3),
                                new LinkedHashSet<>(Query.texts(row, 6)),
                                row.getBoolean(8),
                                new LinkedHashSet<>(Query.texts(row, 7)),
                                row.getBoolean(4),
                                new LinkedHashSet<>(Query.texts(row, 9)),
                                row.getBoolean(5))));
        return grants;
    }

    static String role(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_user")) {
            row.next();
            return row.getString(1);
        }
    }
}
