package dev.kept.server.state;

import dev.kept.core.lifecycle.Facts.PersonFact;
import dev.kept.core.lifecycle.Facts.What;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What Kept itself knows about persons: requests that stand, uses ended, restrictions. Each goes when it has nothing left to say. */
public final class PersonFacts {

    private static final String RESTRICT_DOUBTFUL =
            "insert into kept.person_fact (id, store, person_kind, person_key, what, since, run, request)"
                    + " select gen_random_uuid(), store, person_kind, person_key, 'restricted', ?, id, id"
                    + " from kept.suppression_doubt where ";

    private final Jdbi jdbi;
    private final DataSource source;
    private final InstantSource clock;

    PersonFacts(Jdbi jdbi, DataSource source, InstantSource clock) {
        this.jdbi = jdbi;
        this.source = source;
        this.clock = clock;
    }

    /** A row with the columns of the same names. */
    static PersonFact read(ResultSet row) throws SQLException {
        return new PersonFact(
                what(row.getString("what"), Optional.ofNullable(row.getString("use_id"))),
                row.getString("person_kind"),
                List.of(key(row.getArray("person_key").getArray())));
    }

    private static List<String> key(Object array) throws SQLException {
        if (array instanceof String[] parts) {
            return Arrays.asList(parts);
        }
        throw new SQLException("a person's key is an array of text");
    }

    /** Adds a fact, with something else; one that stands already stays as it is. */
    public StateChange add(String store, String kind, List<String> key, What what, UUID run) {
        return StateChange.of(
                "insert into kept.person_fact (id, store, person_kind, person_key, what, use_id, since, run)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                UUID.randomUUID(),
                store,
                kind,
                key,
                word(what),
                use(what).orElse(null),
                Runs.at(clock.instant()),
                run);
    }

    /** The same of many persons of a kind. */
    public StateChange addAll(String store, String kind, List<List<String>> keys, What what, UUID run) {
        return StateChange.of(
                "insert into kept.person_fact (id, store, person_kind, person_key, what, use_id, since, run)"
                        + " select gen_random_uuid(), ?, ?, array(select part.text from jsonb_array_elements_text(keys.one)"
                        + " with ordinality as part (text, place) order by part.place), ?, ?, ?, ?"
                        + " from jsonb_array_elements(?::jsonb -> 'keys') as keys (one) on conflict do nothing",
                store,
                kind,
                word(what),
                use(what).orElse(null),
                Runs.at(clock.instant()),
                run,
                CanonicalJson.write(java.util.Map.of("keys", keys)));
    }

    /** A person who is doubtful is neither used nor swept until it is decided, with something else; she may be restricted already. */
    public StateChange restrictDoubtful(String store, String kind, List<String> key) {
        return StateChange.of(
                RESTRICT_DOUBTFUL
                        + "store = ? and person_kind = ? and person_key = ? and left_at is null on conflict do nothing",
                Runs.at(clock.instant()),
                store,
                kind,
                key);
    }

    /** The same of one of whom it was decided, and of whom something is left. Her key may be another by now. */
    public StateChange restrictDoubtful(Doubts.Doubt doubt) {
        return StateChange.of(
                RESTRICT_DOUBTFUL + "id = ? and left_at is null on conflict do nothing",
                Runs.at(clock.instant()),
                doubt.id());
    }

    /** Whether a person's being doubtful keeps her data from use; within a transaction. */
    public boolean restrictsDoubtful(Handle handle, UUID doubt) {
        return handle.createQuery("select exists (select from kept.person_fact where run = ? and what = 'restricted')")
                .bind(0, doubt)
                .mapTo(Boolean.class)
                .one();
    }

    /** It was decided about a person who was doubtful, with something else. */
    public StateChange decided(UUID doubt) {
        return StateChange.of("delete from kept.person_fact where run = ? and what = 'restricted'", doubt);
    }

    /** Adds a fact that a request of hers brought, with something else; one that stands already stays as it is. */
    public StateChange addFor(UUID request, String store, String kind, List<String> key, What what) {
        return StateChange.of(
                "insert into kept.person_fact (id, store, person_kind, person_key, what, use_id, since, request)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                UUID.randomUUID(),
                store,
                kind,
                key,
                word(what),
                use(what).orElse(null),
                Runs.at(clock.instant()),
                request);
    }

    /** A fact that stands: a request for erasure. */
    public record Request(String id, PersonFact fact) {}

    /** Requests of a store that stand, those first that have not been looked at for longest. */
    public List<Request> standing(String store, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, person_kind, person_key, what, use_id from kept.person_fact where store = ?"
                                + " and what = 'erased' order by looked_at nulls first, since, id limit ?")
                .bind(0, store)
                .bind(1, most)
                .map((row, context) -> new Request(row.getString("id"), read(row)))
                .list());
    }

    /**
     * A use that has ended for a person, by Kept's word.
     *
     * @param request as which the fact is looked at, and removed
     * @param since when it ended
     */
    public record Ended(Request request, String use, Instant since) {}

    /** Uses that have ended for persons of a store, those first that have not been looked at for longest. */
    public List<Ended> ended(String store, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, person_kind, person_key, what, use_id, since from kept.person_fact where store = ?"
                                + " and what = 'ended' order by looked_at nulls first, since, id limit ?")
                .bind(0, store)
                .bind(1, most)
                .map((row, context) -> new Ended(
                        new Request(row.getString("id"), read(row)),
                        row.getString("use_id"),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list());
    }

    /** Facts that were looked at and still stand, with something else. */
    public StateChange looked(List<String> ids) {
        return StateChange.of(
                "update kept.person_fact set looked_at = ? where id = any (?::uuid[])", Runs.at(clock.instant()), ids);
    }

    /** Removes a fact, whatever requests it came from, with something else; one that does not stand is no failure. */
    public StateChange remove(String store, String kind, List<String> key, What what) {
        return StateChange.of(
                "delete from kept.person_fact where store = ? and person_kind = ? and person_key = ? and what = ?"
                        + " and use_id is not distinct from ?::text",
                store,
                kind,
                key,
                word(what),
                use(what).orElse(null));
    }

    /**
     * A fact about one person.
     *
     * @param request of hers that brought it; empty where it stands by itself
     */
    public record Known(What what, Instant since, Optional<UUID> request) {}

    /** What is known of a person, oldest first. */
    public List<Known> of(String store, String kind, List<String> key) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select what, use_id, since, request from kept.person_fact"
                                + " where store = :store and person_kind = :kind and person_key = :key order by since, what, use_id")
                .bind("store", store)
                .bind("kind", kind)
                .bindArray("key", String.class, key)
                .map((row, context) -> new Known(
                        what(row.getString("what"), Optional.ofNullable(row.getString("use_id"))),
                        row.getObject("since", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("request", UUID.class))))
                .list());
    }

    /** Removes a fact of which nothing is left to say, with something else. */
    public StateChange remove(Request request) {
        return StateChange.of("delete from kept.person_fact where id = ?::uuid", request.id());
    }

    /** What is known of a person, and who she is in requests and doubts that are open, goes on under a new key, with something else. */
    public StateChange rekey(String store, String kind, List<String> before, List<String> after) {
        return StateChange.of(
                "with requests as (update kept.request_person p set person_key = ? where store = ? and person_kind = ?"
                        + " and person_key = ? and not exists (select from kept.request_person q where q.request = p.request"
                        + " and q.store = p.store and q.person_kind = p.person_kind and q.person_key = ?)),"
                        + " doubts as (update kept.suppression_doubt d set person_key = ? where store = ? and person_kind = ?"
                        + " and person_key = ? and not exists (select from kept.suppression_doubt q where q.store = d.store"
                        + " and q.person_kind = d.person_kind and q.person_key = ?))"
                        + " update kept.person_fact set person_key = ? where store = ? and person_kind = ? and person_key = ?",
                after,
                store,
                kind,
                before,
                after,
                after,
                store,
                kind,
                before,
                after,
                after,
                store,
                kind,
                before);
    }

    /** Applies changes of facts alone. */
    public void apply(List<StateChange> changes) {
        StateChange.together(source, changes);
    }

    private static String word(What what) {
        return switch (what) {
            case What.Ended ended -> "ended";
            case What.Erased erased -> "erased";
            case What.Restricted restricted -> "restricted";
            case What.Given given -> "given";
            case What.Objected objected -> "objected";
        };
    }

    private static Optional<String> use(What what) {
        return switch (what) {
            case What.Ended ended -> Optional.of(ended.use());
            case What.Given given -> Optional.of(given.use());
            case What.Objected objected -> Optional.of(objected.use());
            case What.Erased erased -> Optional.empty();
            case What.Restricted restricted -> Optional.empty();
        };
    }

    private static What what(String word, Optional<String> use) {
        return switch (word) {
            case "ended" -> new What.Ended(use.orElseThrow());
            case "given" -> new What.Given(use.orElseThrow());
            case "objected" -> new What.Objected(use.orElseThrow());
            case "erased" -> new What.Erased();
            case "restricted" -> new What.Restricted();
            default -> throw new IllegalStateException("unknown fact `" + word + "`");
        };
    }
}
