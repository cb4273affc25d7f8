package dev.kept.stores.postgres.session;

import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** A store's connection through PostgreSQL's JDBC driver. Statements are prepared once and found again by their text. */
public final class JdbcStoreConnection implements StoreConnection {

    /** From which use on the server keeps a statement prepared: the first, since each is used again for the next batch or person. */
    private static final int PREPARE_FROM = 1;

    private final Connection connection;

    private JdbcStoreConnection(Connection connection) {
        this.connection = connection;
    }

    /** Connections of a data source (unpooled: a session's settings and locks belong to it alone). */
    public static StoreConnector connector(DataSource source) {
        return () -> {
            try {
                return of(source.getConnection());
            } catch (SQLException e) {
                throw StoreException.of(e);
            }
        };
    }

    /** Takes over an open connection; closing this closes it. */
    public static StoreConnection of(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.unwrap(PGConnection.class).setPrepareThreshold(PREPARE_FROM);
        return new JdbcStoreConnection(connection);
    }

    @Override
    public List<Answer> run(List<Sql> statements) {
        if (statements.isEmpty()) {
            return List.of();
        }
        String text = statements.stream().map(Sql::text).collect(Collectors.joining(";\n"));
        try (PreparedStatement prepared = connection.prepareStatement(text)) {
            int position = 1;
            for (Sql statement : statements) {
                for (Parameter parameter : statement.parameters()) {
                    prepared.setObject(position++, parameter.text(), Types.OTHER);
                }
            }
            return answers(prepared);
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    private static List<Answer> answers(PreparedStatement prepared) throws SQLException {
        List<Answer> answers = new ArrayList<>();
        boolean rows = prepared.execute();
        while (true) {
            if (rows) {
                answers.add(read(prepared.getResultSet()));
            } else {
                long count = prepared.getLargeUpdateCount();
                if (count < 0) {
                    return answers;
                }
                answers.add(Answer.changed(count));
            }
            rows = prepared.getMoreResults();
        }
    }

    private static Answer read(ResultSet result) throws SQLException {
        int width = result.getMetaData().getColumnCount();
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (result.next()) {
            List<@Nullable String> row = new ArrayList<>(width);
            for (int column = 1; column <= width; column++) {
                row.add(result.getString(column));
            }
            rows.add(row);
        }
        return new Answer(rows.size(), rows);
    }

    @Override
    public void alone(Sql statement) {
        try {
            connection.setAutoCommit(true);
            try (Statement plain = connection.createStatement()) {
                plain.execute(statement.text());
            } finally {
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    @Override
    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    @Override
    public void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }
}
