package dev.kept.server.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * A write that belongs to the same transaction as another. Several go to the database in one round trip.
 *
 * @param sql one statement with {@code ?} for each value
 * @param values lists are arrays of text
 */
public record StateChange(String sql, List<@Nullable Object> values) {

    /** More statements than these the driver may send in several parts, each a transaction of its own. */
    private static final int MOST_AT_ONCE = 20;

    public StateChange {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    static StateChange of(String sql, @Nullable Object... values) {
        return new StateChange(sql, Arrays.asList(values));
    }

    /**
     * Does them all, or none: where they are few, in one round trip, which is a transaction by itself. It is one only while the driver need not
     * divide it, so that what is done together returns no rows but a number.
     */
    static void together(Jdbi jdbi, List<StateChange> changes) {
        if (changes.size() <= MOST_AT_ONCE) {
            jdbi.useHandle(handle -> apply(handle, changes));
        } else {
            jdbi.useTransaction(handle -> apply(handle, changes));
        }
    }

    /** Does only this. */
    void apply(Handle handle) {
        apply(handle, List.of(this));
    }

    /**
     * Does them all in one round trip, in this order; within the handle's transaction.
     *
     * @return how many rows each has changed
     */
    static List<Integer> apply(Handle handle, List<StateChange> changes) {
        if (changes.isEmpty()) {
            return List.of();
        }
        String sql = changes.stream().map(StateChange::sql).collect(Collectors.joining("; "));
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            int position = 1;
            for (StateChange change : changes) {
                for (Object value : change.values()) {
                    set(statement, position++, value);
                }
            }
            return counts(statement);
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

    private static List<Integer> counts(PreparedStatement statement) throws SQLException {
        List<Integer> counts = new ArrayList<>();
        boolean rows = statement.execute();
        while (true) {
            int count = statement.getUpdateCount();
            if (!rows && count < 0) {
                return counts;
            }
            counts.add(rows ? 0 : count);
            rows = statement.getMoreResults();
        }
    }
}
