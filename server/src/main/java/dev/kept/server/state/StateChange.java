package dev.kept.server.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * A write that belongs to the same transaction as another. Several go to the database in one round trip.
 *
 * @param sql one statement with {@code ?} for each value
 * @param values lists are arrays of text
 * @param last whether it is done after all others: it locks what every other process needs, too
 */
public record StateChange(String sql, List<@Nullable Object> values, boolean last) {

    /** More statements than these the driver may send in several parts, each a transaction of its own. */
    private static final int MOST_AT_ONCE = 20;

    public StateChange {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    StateChange(String sql, List<@Nullable Object> values) {
        this(sql, values, false);
    }

    /** One statement with its values. */
    public static StateChange of(String sql, @Nullable Object... values) {
        return new StateChange(sql, Arrays.asList(values));
    }

    /**
     * Does them all, or none: where they are few, in one round trip, which is a transaction by itself. It is one only while the driver need not
     * divide it, so that what is done together returns nothing but numbers and truth values: before a statement that answers with text, of unknown length,
     * the driver ends the transaction. Straight on a connection: a run does this several times.
     */
    static void together(DataSource source, List<StateChange> changes) {
        try (Connection connection = source.getConnection()) {
            if (changes.size() <= MOST_AT_ONCE) {
                apply(connection, changes);
            } else {
                inTransaction(connection, changes);
            }
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    /** The pool gives the connection its ordinary ways back. */
    private static void inTransaction(Connection connection, List<StateChange> changes) throws SQLException {
        connection.setAutoCommit(false);
        try {
            apply(connection, changes);
            connection.commit();
        } catch (RuntimeException | SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    /** Does only this, within the handle's transaction. */
    public void within(Handle handle) {
        apply(handle);
    }

    /** Does only this. */
    void apply(Handle handle) {
        apply(handle, List.of(this));
    }

    /** Does them all in one round trip, in this order but for those that come last; within the handle's transaction. */
    static void apply(Handle handle, List<StateChange> changes) {
        apply(handle.getConnection(), changes);
    }

    private static void apply(Connection connection, List<StateChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        List<StateChange> ordered =
                changes.stream().sorted(Comparator.comparing(StateChange::last)).toList();
        String sql = ordered.stream().map(StateChange::sql).collect(Collectors.joining("; "));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int position = 1;
            for (StateChange change : ordered) {
                for (Object value : change.values()) {
                    set(statement, position++, value);
                }
            }
            finish(statement);
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    private static void set(PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(position, Types.NULL);
        } else if (value instanceof List<?> parts) {
            Connection connection = statement.getConnection();
            statement.setArray(position, connection.createArrayOf("text", parts.toArray()));
        } else {
            statement.setObject(position, value);
        }
    }

    /** Sees to the end of each statement. */
    private static void finish(PreparedStatement statement) throws SQLException {
        boolean rows = statement.execute();
        while (rows || statement.getUpdateCount() >= 0) {
            rows = statement.getMoreResults();
        }
    }
}
