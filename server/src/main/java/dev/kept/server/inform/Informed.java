package dev.kept.server.inform;

import dev.kept.server.inform.Told.Standing;
import dev.kept.server.state.SealKey;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What recipients were told, what they confirmed, and what is left for somebody to do. */
public final class Informed {

    private static final String ALL =
            "select id, request, recipient, done, way, state, reason, made_at, told_at, due_at, ended_at,"
                    + " reminders from kept.informing";
    private static final int MOST_LISTED = 500;
    private static final int LONGEST_TOKEN = 100;

    private final State state;

    public Informed(State state) {
        this.state = state;
    }

    /** The recipients of what a request changed, in the order in which they were told. */
    public List<Told> of(UUID request) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                ALL + " where request = :request order by made_at, recipient limit :most")
                        .bind("request", request)
                        .bind("most", MOST_LISTED)
                        .map((row, context) -> read(row))
                        .list());
    }

    /** What somebody has to see to, soonest due first. */
    public List<Told> tasks(int most) {
        return state.database()
                .withHandle(handle -> handle.createQuery(ALL + " where state = 'task' order by due_at, id limit :most")
                        .bind("most", Math.min(most, MOST_LISTED))
                        .map((row, context) -> read(row))
                        .list());
    }

    /** How much somebody has to see to. */
    public long left() {
        return state.database()
                .withHandle(handle -> handle.createQuery("select count(*) from kept.informing where state = 'task'")
                        .mapTo(Long.class)
                        .one());
    }

    /** One recipient of what one request changed. */
    public Optional<Told> find(UUID informing) {
        return state.database()
                .withHandle(handle -> handle.createQuery(ALL + " where id = :id")
                        .bind("id", informing)
                        .map((row, context) -> read(row))
                        .findOne());
    }

    /** The tries of a message to a recipient's address; none where it is told another way. */
    public List<Attempt> attempts(UUID informing) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select hook from kept.informing where id = :id and hook is not null")
                        .bind("id", informing)
                        .mapTo(UUID.class)
                        .findOne())
                .map(hook -> new Hooks(state).attempts(hook))
                .orElse(List.of());
    }

    /**
     * What a recipient would be told, for whoever does it by hand: what it knows the person by, by category. Whoever asks may see it.
     *
     * @return empty where it is confirmed or closed: then it is destroyed
     */
    public Optional<Map<String, String>> knownBy(UUID informing) {
        return state.database().withHandle(handle -> knowing(handle, informing)).map(Knowing::person);
    }

    /** What is sealed of an informing, while it is. */
    static Optional<Knowing> knowing(Handle handle, UUID informing) {
        return handle.createQuery(
                        "select sealed, key from kept.informing join kept.informing_key on informing = id where id = :id")
                .bind("id", informing)
                .map((row, context) -> opened(informing, row.getBytes("key"), row.getBytes("sealed")))
                .findOne()
                .flatMap(found -> found);
    }

    private static Optional<Knowing> opened(UUID informing, byte[] key, byte @Nullable [] sealed) {
        return sealed == null
                ? Optional.empty()
                : SealKey.of(key).open(Informing.sealedAs(informing), sealed).map(Knowing::of);
    }

    /** What comes of a confirmation. */
    public enum Confirmation {
        CONFIRMED,
        /** It was before. */
        ALREADY,
        /** There is nothing to be confirmed by this. */
        UNKNOWN
    }

    /** What a token would confirm, without confirming it: programs follow links in mails before people do. */
    public Optional<Told> find(String token) {
        return token.length() > LONGEST_TOKEN
                ? Optional.empty()
                : state.database()
                        .withHandle(handle -> handle.createQuery(ALL + " where confirm = :confirm")
                                .bind("confirm", Informing.sha256(token))
                                .map((row, context) -> read(row))
                                .findOne());
    }

    /** A recipient confirms by its link. */
    public Confirmation confirm(String token) {
        Optional<Told> found = find(token);
        if (found.isEmpty()) {
            return Confirmation.UNKNOWN;
        }
        return state.database()
                        .inTransaction(handle -> end(handle, found.get(), Standing.CONFIRMED, Optional.empty(), "link"))
                ? Confirmation.CONFIRMED
                : Confirmation.ALREADY;
    }

    /**
     * Who of the staff acts, as the ledger says it.
     *
     * @param commitment of who it is, in the private log
     */
    public record Staff(String role, String commitment) {}

    /**
     * Somebody has seen to a task.
     *
     * @param with what is written with it
     * @return whether it was one
     */
    public boolean close(UUID informing, Staff staff, List<StateChange> with) {
        return state.database().inTransaction(handle -> {
            Optional<Told> found = handle.createQuery(ALL + " where id = :id and state = 'task' for update")
                    .bind("id", informing)
                    .map((row, context) -> read(row))
                    .findOne();
            found.ifPresent(task -> {
                with.forEach(change -> change.within(handle));
                end(handle, task, Standing.CLOSED, Optional.of(staff), "staff");
            });
            return found.isPresent();
        });
    }

    /** It is over: what was sealed is destroyed, and the ledger hears of it. */
    boolean end(Handle handle, Told told, Standing standing, Optional<Staff> staff, String by) {
        int ended = handle.createUpdate("update kept.informing set state = :state, ended_at = :now, sealed = null,"
                        + " actor_commitment = :commitment, reason = case when :state = 'confirmed' then null else reason end"
                        + " where id = :id and state not in ('confirmed', 'closed')")
                .bind("state", standing.word())
                .bind("now", Hooks.at(state.clock().instant()))
                .bind("commitment", staff.map(Staff::commitment).orElse(null))
                .bind("id", told.id())
                .execute();
        if (ended == 0) {
            return false;
        }
        handle.createUpdate("delete from kept.informing_key where informing = :id")
                .bind("id", told.id())
                .execute();
        entry(handle, told, standing.word(), by, staff);
        return true;
    }

    void entry(Handle handle, Told told, String event, String by) {
        entry(handle, told, event, by, Optional.empty());
    }

    private void entry(Handle handle, Told told, String event, String by, Optional<Staff> staff) {
        Map<String, Object> entry = new TreeMap<>();
        entry.put("event", event);
        entry.put("recipient", "shares." + told.recipient());
        entry.put("done", told.done());
        entry.put("by", by);
        staff.ifPresent(known -> entry.put("actor", Map.of("role", known.role(), "commitment", known.commitment())));
        state.journal().appendWithin(handle, told.request(), "recipients", entry);
    }

    static Told read(ResultSet row) throws SQLException {
        return new Told(
                row.getObject("id", UUID.class),
                row.getObject("request", UUID.class),
                row.getString("recipient"),
                row.getString("done"),
                row.getString("way"),
                Standing.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("reason")),
                instant(row, "made_at").orElseThrow(),
                instant(row, "told_at"),
                instant(row, "due_at").orElseThrow(),
                instant(row, "ended_at"),
                row.getInt("reminders"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** Rows of a query of informings that is to be gone on with. */
    static List<Told> list(Handle handle, String where, Instant now, int most) {
        return new ArrayList<>(
                handle.createQuery(ALL + where + " order by due_at, id limit :most for update skip locked")
                        .bind("now", Hooks.at(now))
                        .bind("most", most)
                        .map((row, context) -> read(row))
                        .list());
    }
}
