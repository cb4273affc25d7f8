package dev.kept.server.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Persons who may be those who were erased, or not: somebody has to decide. */
public final class Doubts {

    private final Jdbi jdbi;
    private final InstantSource clock;

    Doubts(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * A person to be decided about.
     *
     * @param why {@code undated}, {@code mixed} or {@code shared}
     * @param erasing since when she can only be erased: somebody has begun
     */
    public record Doubt(
            UUID id,
            String store,
            String kind,
            List<String> key,
            String why,
            Instant foundAt,
            Optional<Instant> erasing) {

        /** Never the key. */
        @Override
        public String toString() {
            return "doubt " + id + " about a " + kind;
        }
    }

    /** Somebody is doubtful, with something else. Who was decided about stays decided about. */
    public StateChange add(String store, String kind, List<String> key, String why, Instant endsAt) {
        return StateChange.of(
                "insert into kept.suppression_doubt (id, store, person_kind, person_key, why, found_at, ends_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?) on conflict (store, person_kind, person_key)"
                        + " do update set ends_at = greatest(suppression_doubt.ends_at, excluded.ends_at)",
                UUID.randomUUID(),
                store,
                kind,
                key,
                why,
                Runs.at(clock.instant()),
                Runs.at(endsAt));
    }

    /** Nobody is left alone any more for what was decided before, with something else: the store was restored since. */
    public StateChange reopen(String store) {
        return StateChange.of("delete from kept.suppression_doubt where store = ? and left_at is not null", store);
    }

    /** Those that wait, oldest first. */
    public List<Doubt> open(Optional<String> store, int most) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select id, store, person_kind, person_key, why, found_at, erasing_at"
                                + " from kept.suppression_doubt where left_at is null and (:store::text is null or store = :store)"
                                + " order by found_at, id limit :most")
                        .bind("store", store.orElse(null))
                        .bind("most", most)
                        .map((row, context) -> read(row))
                        .list());
    }

    /** How many wait. */
    public long count() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from kept.suppression_doubt where left_at is null")
                        .mapTo(Long.class)
                        .one());
    }

    /** How many wait in a store. */
    public long count(String store) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) from kept.suppression_doubt where store = ? and left_at is null")
                .bind(0, store)
                .mapTo(Long.class)
                .one());
    }

    /** One that waits. */
    public Optional<Doubt> find(UUID id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select id, store, person_kind, person_key, why, found_at, erasing_at"
                                + " from kept.suppression_doubt where id = ? and left_at is null")
                        .bind(0, id)
                        .map((row, context) -> read(row))
                        .findOne());
    }

    /** Who was decided to be left alone, of these keys of a kind. */
    public List<List<String>> left(String store, String kind) {
        return jdbi.withHandle(handle -> handle.createQuery("select person_key from kept.suppression_doubt"
                        + " where store = ? and person_kind = ? and left_at is not null and ends_at > ?")
                .bind(0, store)
                .bind(1, kind)
                .bind(2, Runs.at(clock.instant()))
                .map((row, context) -> key(row))
                .list());
    }

    /**
     * It is not she: she is left alone, and not asked about again; within a transaction.
     *
     * @return whether it is: not where somebody decided meanwhile, and her data may be gone in part
     */
    public boolean leave(Handle handle, Doubt doubt) {
        return handle.execute(
                        "update kept.suppression_doubt set left_at = ?"
                                + " where id = ? and left_at is null and erasing_at is null",
                        Runs.at(clock.instant()),
                        doubt.id())
                == 1;
    }

    /**
     * It is she: from now on she can only be erased, also where that breaks off; within a transaction.
     *
     * @return whether it is: not where somebody decided meanwhile to leave her alone
     */
    public boolean erasing(Handle handle, Doubt doubt) {
        return handle.execute(
                        "update kept.suppression_doubt set erasing_at = coalesce(erasing_at, ?::timestamptz)"
                                + " where id = ? and left_at is null",
                        Runs.at(clock.instant()),
                        doubt.id())
                == 1;
    }

    /**
     * It was she, and she was erased again; within a transaction.
     *
     * @return whether nobody settled it before
     */
    public boolean settle(Handle handle, Doubt doubt) {
        return handle.execute("delete from kept.suppression_doubt where id = ?", doubt.id()) == 1;
    }

    /** Whether it still waits, and does until the end of the transaction. */
    public boolean waits(Handle handle, Doubt doubt) {
        return handle.createQuery("select id from kept.suppression_doubt where id = ? and left_at is null for update")
                .bind(0, doubt.id())
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    private static Doubt read(ResultSet row) throws SQLException {
        return new Doubt(
                row.getObject("id", UUID.class),
                row.getString("store"),
                row.getString("person_kind"),
                key(row),
                row.getString("why"),
                row.getObject("found_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("erasing_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static List<String> key(ResultSet row) throws SQLException {
        if (row.getArray("person_key").getArray() instanceof String[] parts) {
            return Arrays.asList(parts);
        }
        throw new SQLException("a person's key is an array of text");
    }
}
