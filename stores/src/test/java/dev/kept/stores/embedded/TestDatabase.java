package dev.kept.stores.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A database of a {@link TestCluster}.
 *
 * @param postgres its server
 * @param name its name
 */
public record TestDatabase(EmbeddedPostgres postgres, String name) implements AutoCloseable {

    public String jdbcUrl() {
        return postgres.jdbcUrl(name);
    }

    public String user() {
        return postgres.user();
    }

    public String password() {
        return postgres.password().reveal();
    }

    /** New connections, unpooled; right also after the server was restarted. */
    public DataSource dataSource() {
        return postgres.dataSource(name);
    }

    public Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    /** Runs a script of statements, in one transaction. */
    public void execute(String script) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Drops the database, cutting off who is still connected. */
    @Override
    public void close() {
        try (Connection connection = postgres.dataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
