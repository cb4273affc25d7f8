package dev.kept.server.state;

import dev.kept.core.datamap.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Legal holds: opened by hand on named records, with a reason and a date to review them. */
public final class Holds {

    private final Jdbi jdbi;
    private final InstantSource clock;

    Holds(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A hold that stands. */
    public record OpenHold(
            UUID id, String store, TableName table, List<String> key, String reason, LocalDate reviewOn) {}

    /** A hold on one record, to be opened with what is recorded of it. */
    public StateChange opening(
            UUID id,
            String store,
            TableName table,
            List<String> key,
            String reason,
            LocalDate reviewOn,
            String commitment) {
        return StateChange.of(
                "insert into kept.hold (id, store, table_name, record_key, reason, review_on, opened_at,"
                        + " actor_commitment) values (?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                store,
                table.toString(),
                key,
                reason,
                reviewOn,
                Runs.at(clock.instant()),
                commitment);
    }

    /** Lifts a hold, and records that with it; answers whether it stood. What it delayed is due again with the next sweep. */
    public boolean lift(UUID id, List<StateChange> with) {
        return jdbi.inTransaction(handle -> {
            boolean stood =
                    handle.createUpdate("update kept.hold set lifted_at = :now where id = :id and lifted_at is null")
                                    .bind("now", Runs.at(clock.instant()))
                                    .bind("id", id)
                                    .execute()
                            == 1;
            if (stood) {
                StateChange.apply(handle, with);
            }
            return stood;
        });
    }

    /** A hold stays on its record under the record's new key, with something else. */
    public StateChange rekey(UUID id, List<String> after) {
        return StateChange.of("update kept.hold set record_key = ? where id = ?", after, id);
    }

    /** Holds of a store that stand, soonest review first. */
    private static final String OF_STORE = "select id, store, table_name, record_key, reason, review_on from kept.hold"
            + " where store = ? and lifted_at is null order by review_on, id";

    public List<OpenHold> open(String store) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_STORE)
                .bind(0, store)
                .map((row, context) -> read(row))
                .list());
    }

    /** A hold by its id, whether it stands or was lifted. */
    public Optional<OpenHold> find(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, store, table_name, record_key, reason, review_on from kept.hold where id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne());
    }

    /** A row of {@link #OF_STORE}. */
    private static OpenHold read(ResultSet row) throws SQLException {
        return new OpenHold(
                row.getObject("id", UUID.class),
                row.getString("store"),
                TableName.parse(row.getString("table_name")),
                key(row.getArray("record_key").getArray()),
                row.getString("reason"),
                row.getObject("review_on", LocalDate.class));
    }

    static List<String> key(Object array) throws SQLException {
        if (array instanceof String[] parts) {
            return Arrays.asList(parts);
        }
        throw new SQLException("a record's key is an array of text");
    }
}
