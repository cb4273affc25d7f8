package dev.kept.stores.postgres.catalogue;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.TableName;
import dev.kept.core.live.Grants;
import dev.kept.core.live.LeftOut;
import dev.kept.core.live.LiveSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the catalogue of a PostgreSQL database (15 to 18): what {@code kept map} writes down and planning builds on.
 *
 * <p>Ordinary tables and the roots of partitioned ones; types, checks and index expressions are written with their schemas, whatever the
 * session's search path. Nothing of the tables' contents is read.
 */
public final class CatalogueReading {

    /** Tables that an extension made are its own affair. */
    static final String NOT_OF_AN_EXTENSION = """
            NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')""";

    /** How long one question to the catalogue may take, and how long it may wait for a lock. */
    private static final Duration QUESTION = Duration.ofSeconds(60);

    private static final Duration LOCK = Duration.ofSeconds(5);

    private CatalogueReading() {}

    /** The schemas of the database that are not PostgreSQL's own. */
    public static List<String> schemas(Connection connection) throws SQLException {
        return transaction(connection, () -> {
            List<String> schemas = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            SELECT nspname FROM pg_namespace
                            WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY nspname""")) {
                while (rows.next()) {
                    schemas.add(rows.getString(1));
                }
            }
            return schemas;
        });
    }

    /** Everything a check of the live schema asks for: all schemas but PostgreSQL's own, and what the connected role may do there. */
    public static LiveSchema live(Connection connection) throws SQLException {
        List<String> schemas = schemas(connection);
        Catalogue catalogue = read(connection, schemas);
        List<LeftOut> leftOut = leftOut(connection, schemas);
        return transaction(connection, () -> {
            Map<TableName, Grants> grants = Privileges.read(new Query(connection, schemas));
            return new LiveSchema(catalogue, Privileges.role(connection), grants, leftOut);
        });
    }

    /** Reads the tables of the schemas, in one snapshot. */
    public static Catalogue read(Connection connection, Collection<String> schemas) throws SQLException {
        return transaction(connection, () -> {
            Query query = new Query(connection, schemas);
            Map<Long, TableName> names = new LinkedHashMap<>();
            List<TableRow> rows = tables(query, names);
            Columns columns = Columns.read(query);
            Constraints constraints = Constraints.read(query, names);
            Indexes indexes = Indexes.read(query);
            Triggers triggers = Triggers.read(query);
            Partitions partitions = Partitions.read(query);
            Map<TableName, CatalogueTable> tables = new LinkedHashMap<>();
            for (TableRow row : rows) {
                long table = row.oid();
                tables.put(
                        row.name(),
                        new CatalogueTable(
                                row.name(),
                                columns.of(table),
                                constraints.primaryKey(table),
                                indexes.uniqueKeys(table),
                                constraints.foreignKeys(table),
                                constraints.checks(table),
                                indexes.of(table),
                                triggers.of(table),
                                partitions.of(table),
                                row.rowSecurity(),
                                partitions.rows(table).orElse(row.tuples()),
                                partitions.pages(table).orElse(row.pages())));
            }
            return new Catalogue("PostgreSQL " + version(connection), tables);
        });
    }

    /** What else holds rows in the schemas: said to people, since Kept does not treat it. */
    public static List<LeftOut> leftOut(Connection connection, Collection<String> schemas) throws SQLException {
        return transaction(connection, () -> {
            List<LeftOut> found = new ArrayList<>();
            new Query(connection, schemas)
                    .each(
                            """
                    SELECT n.nspname, c.relname, c.relkind::text
                    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = ANY (?) AND (c.relkind IN ('m', 'f')
                        OR (c.relkind = 'r' AND NOT c.relispartition AND EXISTS (
                            SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid)))
                      AND %s
                    ORDER BY n.nspname, c.relname""".formatted(NOT_OF_AN_EXTENSION),
                            row -> found.add(new LeftOut(
                                    new TableName(row.getString(1), row.getString(2)),
                                    switch (row.getString(3)) {
                                        case "m" -> LeftOut.Kind.MATERIALIZED_VIEW;
                                        case "f" -> LeftOut.Kind.FOREIGN_TABLE;
                                        default -> LeftOut.Kind.INHERITING_TABLE;
                                    })));
            return found;
        });
    }

    private record TableRow(long oid, TableName name, boolean rowSecurity, long tuples, long pages) {}

    private static List<TableRow> tables(Query query, Map<Long, TableName> names) throws SQLException {
        List<TableRow> rows = new ArrayList<>();
        query.each("""
                SELECT c.oid, n.nspname, c.relname, c.relrowsecurity, c.reltuples::bigint, c.relpages
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ANY (?) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                  AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid)
                  AND %s
                ORDER BY n.nspname, c.relname""".formatted(NOT_OF_AN_EXTENSION), row -> {
            TableName name = new TableName(row.getString(2), row.getString(3));
            names.put(row.getLong(1), name);
            rows.add(new TableRow(row.getLong(1), name, row.getBoolean(4), row.getLong(5), row.getLong(6)));
        });
        return rows;
    }

    private static String version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_version")) {
            row.next();
            return row.getString(1).replaceFirst(" .*", "");
        }
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    /** One snapshot for all questions, and names printed with their schemas. */
    private static <T> T transaction(Connection connection, Work<T> work) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            statement.execute("SET LOCAL search_path = ''");
            statement.execute("SET LOCAL statement_timeout = " + QUESTION.toMillis());
            statement.execute("SET LOCAL lock_timeout = " + LOCK.toMillis());
            return work.run();
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    /** Questions about the tables of some schemas. */
    record Query(Connection connection, Collection<String> schemas) {

        interface Each {
            void row(ResultSet row) throws SQLException;
        }

        void each(String sql, Each each) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setArray(1, connection.createArrayOf("text", schemas.toArray(String[]::new)));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        each.row(rows);
                    }
                }
            }
        }

        static List<String> texts(ResultSet row, int position) throws SQLException {
            java.sql.Array array = row.getArray(position);
            return array == null ? List.of() : List.of((String[]) array.getArray());
        }

        static Optional<String> text(ResultSet row, int position) throws SQLException {
            return Optional.ofNullable(row.getString(position));
        }
    }
}
