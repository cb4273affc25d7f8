package dev.kept.server.run;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.TableName;
import dev.kept.server.failure.CannotRun;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** What the values of text columns look like, from a sample of rows counted in the database: no value leaves it. */
public final class Samples {

    private static final int SAMPLED_ROWS = 200;
    private static final int ENOUGH_PERCENT = 60;
    private static final Set<String> TEXT = Set.of("text", "character varying", "citext", "character");
    private static final Map<String, String> SHAPES = Map.of(
            "email", "^[^@[:space:]]+@[^@[:space:]]+\\.[^@[:space:]]+$",
            "phone", "^\\+?[0-9][0-9 ()/.-]{6,17}$",
            "log", "^([0-9]{1,3}\\.){3}[0-9]{1,3}$");

    private Samples() {}

    /** By table and column: {@code email}, {@code phone} or {@code log} (an IP address) where most sampled values look like it. */
    public static Map<TableName, Map<String, String>> of(DataSource source, Catalogue catalogue) {
        Map<TableName, Map<String, String>> samples = new LinkedHashMap<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setReadOnly(true);
            for (CatalogueTable table : catalogue.tables().values()) {
                List<String> columns = table.columns().values().stream()
                        .filter(column -> TEXT.contains(column.baseType().replaceAll("\\(\\d+\\)", "")))
                        .map(CatalogueColumn::name)
                        .toList();
                if (!columns.isEmpty()) {
                    samples.put(table.name(), looks(statement, table.name(), columns));
                }
            }
        } catch (SQLException e) {
            throw new CannotRun(
                    "the store cannot be sampled (SQLSTATE " + e.getSQLState() + ")",
                    "see that the role may read the tables",
                    e);
        }
        return samples;
    }

    private static Map<String, String> looks(Statement statement, TableName table, List<String> columns)
            throws SQLException {
        StringBuilder select = new StringBuilder("SELECT 1");
        for (String column : columns) {
            String name = Sql.quoted(column) + "::text";
            for (String shape : SHAPES.keySet().stream().sorted().toList()) {
                select.append(", 100 * count(*) FILTER (WHERE ")
                        .append(name)
                        .append(" ~ ")
                        .append(Sql.literal(SHAPES.getOrDefault(shape, "")))
                        .append(") / greatest(1, count(")
                        .append(name)
                        .append("))");
            }
        }
        select.append(" FROM (SELECT * FROM ")
                .append(SqlTables.name(table))
                .append(" LIMIT ")
                .append(SAMPLED_ROWS)
                .append(") AS sample");
        Map<String, String> looks = new LinkedHashMap<>();
        try (ResultSet row = statement.executeQuery(select.toString())) {
            row.next();
            int position = 2;
            for (String column : columns) {
                for (String shape : SHAPES.keySet().stream().sorted().toList()) {
                    if (row.getInt(position++) >= ENOUGH_PERCENT) {
                        looks.putIfAbsent(column, shape);
                    }
                }
            }
        }
        return looks;
    }
}
