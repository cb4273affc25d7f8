package dev.kept.stores.postgres;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Prepared;
import dev.kept.core.model.Database;
import dev.kept.core.model.Model;
import dev.kept.core.model.SweepExecutor;
import dev.kept.core.rules.MemorySweep;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.run.PlanExecutor;
import dev.kept.stores.postgres.run.RunJournal;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunResult;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.JdbcStoreConnection;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreSession;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Binder, planner and PostgreSQL, end to end: the tables are made anew for each question. */
final class PostgresSweep implements SweepExecutor {

    private final TestDatabase database;
    private final RunOptions options;
    private @Nullable RunResult last;
    private @Nullable Catalogue made;
    private @Nullable Database there;

    PostgresSweep(TestDatabase database, RunOptions options) {
        this.database = database;
        this.options = options;
    }

    @Override
    public Database sweep(Model.Question question, List<Model.Persons> persons) {
        Prepared plan = MemorySweep.prepared(question, persons);
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            put(connection, question.catalogue(), question.before());
            Map<TableName, List<String>> texts = texts(connection, question.catalogue());
            Database before = unload(connection, question.catalogue());
            connection.commit();
            carryOut(plan, question.catalogue());
            Database after = unload(connection, question.catalogue());
            sameTexts(before, texts, after, texts(connection, question.catalogue()));
            there = after;
            return after;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Makes the tables anew where they are others than the last time; else only puts other rows in them, if they are others. */
    private void put(Connection connection, Catalogue catalogue, Database rows) throws SQLException {
        boolean same = catalogue.equals(made);
        if (!same) {
            made = null;
            load(connection, catalogue, rows);
        } else if (!rows.equals(there)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL session_replication_role = replica;"
                        + catalogue.tables().keySet().stream()
                                .map(table -> "DELETE FROM " + name(table))
                                .collect(Collectors.joining("; ")));
            }
            for (CatalogueTable table : catalogue.tables().values()) {
                insert(connection, table, rows.rows(table.name()));
            }
        }
        there = null;
        made = catalogue;
    }

    /** A row that is the same is the same byte for byte. */
    private static void sameTexts(
            Database before,
            Map<TableName, List<String>> textsBefore,
            Database after,
            Map<TableName, List<String>> textsAfter) {
        before.tables().keySet().forEach(table -> {
            int changed = without(before.rows(table), after.rows(table));
            int changedTexts =
                    without(textsBefore.getOrDefault(table, List.of()), textsAfter.getOrDefault(table, List.of()));
            if (changed != changedTexts) {
                throw new IllegalStateException(
                        "rows of `" + table + "` are not byte for byte what they were, though nothing in them changed");
            }
        });
    }

    /** How many of the first are not among the second, each counted once. */
    private static int without(List<?> first, List<?> second) {
        List<Object> left = new ArrayList<>(first);
        second.forEach(left::remove);
        return left.size();
    }

    private static Map<TableName, List<String>> texts(Connection connection, Catalogue catalogue) throws SQLException {
        Map<TableName, List<String>> texts = new LinkedHashMap<>();
        for (TableName table : catalogue.tables().keySet()) {
            List<String> rows = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT t::text FROM " + name(table) + " t")) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
            texts.put(table, rows);
        }
        return texts;
    }

    private void carryOut(Prepared plan, Catalogue catalogue) {
        try (StoreSession session = StoreSession.open(
                JdbcStoreConnection.connector(database.dataSource()),
                SessionOptions.sweeping("kept test"),
                FaultPoints.NONE)) {
            last = new PlanExecutor(catalogue, options, duration -> {})
                    .run(session, plan, Optional.empty(), RunJournal.forgetful(), RunWatch.NONE);
        }
    }

    /** What the last run did. */
    RunResult last() {
        RunResult result = last;
        if (result == null) {
            throw new IllegalStateException("nothing was run yet");
        }
        return result;
    }

    // ---- tables and rows -------------------------------------------------------------------------------------------

    static void load(Connection connection, Catalogue catalogue, Database rows) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            List<String> schemas = new ArrayList<>(List.of("public"));
            catalogue.tables().keySet().stream()
                    .map(TableName::schema)
                    .distinct()
                    .filter(s -> !schemas.contains(s))
                    .forEach(schemas::add);
            for (String schema : schemas) {
                statement.execute(
                        "DROP SCHEMA IF EXISTS " + quoted(schema) + " CASCADE; CREATE SCHEMA " + quoted(schema));
            }
            for (CatalogueTable table : catalogue.tables().values()) {
                statement.execute(create(table));
            }
        }
        for (CatalogueTable table : catalogue.tables().values()) {
            insert(connection, table, rows.rows(table.name()));
        }
        try (Statement statement = connection.createStatement()) {
            for (CatalogueTable table : catalogue.tables().values()) {
                for (String constraint : constraints(table)) {
                    statement.execute(constraint);
                }
            }
        }
        connection.commit();
    }

    private static String create(CatalogueTable table) {
        return "CREATE TABLE " + name(table.name()) + " ("
                + table.columns().values().stream()
                        .map(column ->
                                quoted(column.name()) + " " + column.type() + (column.notNull() ? " NOT NULL" : ""))
                        .collect(Collectors.joining(", "))
                + (table.primaryKey().isEmpty() ? "" : ", PRIMARY KEY " + list(table.primaryKey())) + ")";
    }

    private static List<String> constraints(CatalogueTable table) {
        String alter = "ALTER TABLE " + name(table.name()) + " ADD ";
        List<String> all = new ArrayList<>();
        table.uniqueKeys()
                .forEach(key -> all.add(alter + "UNIQUE " + (key.nullsNotDistinct() ? "NULLS NOT DISTINCT " : "")
                        + list(key.columns())));
        table.checks().forEach(check -> all.add(alter + "CHECK (" + check.expression() + ")"));
        table.foreignKeys()
                .forEach(key -> all.add(alter + "FOREIGN KEY " + list(key.columns()) + " REFERENCES "
                        + name(key.to()) + list(key.targetColumns()) + " ON DELETE "
                        + key.onDelete().name().replace('_', ' ') + " ON UPDATE "
                        + key.onUpdate().name().replace('_', ' ') + (key.deferrable() ? " DEFERRABLE" : "")));
        return all;
    }

    private static void insert(Connection connection, CatalogueTable table, List<Map<String, @Nullable Object>> rows)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        List<String> columns = List.copyOf(table.columns().keySet());
        String values = table.columns().values().stream()
                .map(column -> "?::" + column.type())
                .collect(Collectors.joining(", "));
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO " + name(table.name()) + list(columns) + " VALUES (" + values + ")")) {
            for (Map<String, @Nullable Object> row : rows) {
                for (int i = 0; i < columns.size(); i++) {
                    statement.setObject(i + 1, printed(row.get(columns.get(i))), Types.OTHER);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static @Nullable String printed(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant instant -> instant.equals(Instant.MAX) ? "infinity" : instant.toString();
            case LocalDateTime local -> local.equals(LocalDateTime.MAX) ? "infinity" : local.toString();
            case LocalDate date -> date.equals(LocalDate.MAX) ? "infinity" : date.toString();
            case Map<?, ?> map -> json(map);
            case List<?> list -> json(list);
            default -> value.toString();
        };
    }

    private static String json(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> json(entry.getKey()) + ": " + json(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list -> list.stream().map(PostgresSweep::json).collect(Collectors.joining(", ", "[", "]"));
            case String text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            default -> value.toString();
        };
    }

    // The class file of `Database` does not tell NullAway that values may be missing; its source does.
    @SuppressWarnings("NullAway")
    static Database unload(Connection connection, Catalogue catalogue) throws SQLException {
        Map<TableName, List<Map<String, @Nullable Object>>> tables = new LinkedHashMap<>();
        for (CatalogueTable table : catalogue.tables().values()) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT * FROM " + name(table.name()))) {
                while (result.next()) {
                    Map<String, @Nullable Object> row = new LinkedHashMap<>();
                    for (CatalogueColumn column : table.columns().values()) {
                        row.put(column.name(), read(result, column));
                    }
                    rows.add(row);
                }
            }
            tables.put(table.name(), rows);
        }
        return new Database(tables);
    }

    private static @Nullable Object read(ResultSet result, CatalogueColumn column) throws SQLException {
        String text = result.getString(column.name());
        if (text == null) {
            return null;
        }
        boolean infinity = text.equals("infinity");
        return switch (column.baseType().replaceAll("\\(.*\\)", "")) {
            case "smallint", "integer" -> Integer.valueOf(text);
            case "bigint" -> Long.valueOf(text);
            case "boolean" -> text.equals("t");
            case "numeric" -> new BigDecimal(text);
            case "uuid" -> UUID.fromString(text);
            case "date" -> infinity ? LocalDate.MAX : LocalDate.parse(text);
            case "timestamp without time zone" ->
                infinity ? LocalDateTime.MAX : result.getObject(column.name(), LocalDateTime.class);
            case "timestamp with time zone" ->
                infinity
                        ? Instant.MAX
                        : result.getObject(column.name(), OffsetDateTime.class).toInstant();
            case "json", "jsonb" -> new Load(LoadSettings.builder().build()).loadFromString(text);
            default -> text;
        };
    }

    private static String name(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.name());
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String list(List<String> columns) {
        return columns.stream().map(PostgresSweep::quoted).collect(Collectors.joining(", ", "(", ")"));
    }
}
