package dev.kept.server.state;

import dev.kept.core.suppression.Identifier;
import dev.kept.core.suppression.Sighting.Fit;
import dev.kept.core.suppression.SuppressionKey;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Keyed hashes of what erased persons were known by. Hashes are made with a key of the store's and the month's, so that its last hash takes the
 * key with it: what was hashed can then not even be tried any more.
 */
public final class Suppressions {

    /** A key outlives its month by this, for runs that begin at its very end. */
    private static final int DAYS_AFTER = 1;

    /** That the run whose erasure it is has ended. */
    private static final String ENDED =
            " not exists (select from kept.run r where r.id = s.run and r.ended_at is null)";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Jdbi jdbi;
    private final InstantSource clock;

    Suppressions(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A key, and its number, by which hashes name it. */
    public record NumberedKey(long number, SuppressionKey key) {}

    /**
     * The key with which hashes of a store are made now; it is made where there is none.
     *
     * @param identity the system the store is: before its first person is erased nobody can come back, so it counts as looked through
     */
    public NumberedKey current(String store, String identity) {
        LocalDate month = today().withDayOfMonth(1);
        byte[] secret = new byte[SuppressionKey.BYTES];
        RANDOM.nextBytes(secret);
        return jdbi.inTransaction(handle -> {
            handle.execute(
                    "insert into kept.suppression_key (store, period, secret) values (?, ?, ?) on conflict do nothing",
                    store,
                    month,
                    secret);
            handle.execute(
                    "insert into kept.suppression_look (store, at, store_identity) values (?, ?, ?) on conflict do nothing",
                    store,
                    Runs.at(clock.instant()),
                    identity);
            return handle.createQuery("select id, secret from kept.suppression_key where store = ? and period = ?")
                    .bind(0, store)
                    .bind(1, month)
                    .map((row, context) -> key(row))
                    .one();
        });
    }

    /** Every key with which hashes of a store may have been made. */
    public List<NumberedKey> keys(String store) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, secret from kept.suppression_key where store = ? order by period")
                .bind(0, store)
                .map((row, context) -> key(row))
                .list());
    }

    private static NumberedKey key(ResultSet row) throws SQLException {
        return new NumberedKey(row.getLong("id"), new SuppressionKey(row.getBytes("secret")));
    }

    /**
     * Hashes of what a run is about to erase, to be noted before the COMMIT of its first step. They count once it has ended.
     *
     * @param again whether some may have been noted of this run before: these take their place
     * @param erasedAt the run's T
     * @param endsAt when it is forgotten that they were erased
     */
    public StateChange marks(
            NumberedKey key,
            String store,
            UUID run,
            boolean again,
            Map<Identifier, Fit> identifiers,
            Instant erasedAt,
            Instant endsAt) {
        Map<String, Fit> hashes = new LinkedHashMap<>();
        identifiers.forEach((identifier, fit) -> hashes.put(key.key().hash(store, identifier), fit));
        // The key's number is looked up once: no hash goes in under a key that is gone, or another store's.
        String insert = "insert into kept.suppression (suppression_key, hash, run, fit, erased_at, ends_at)"
                + " select (select k.id from kept.suppression_key k where k.id = ?::bigint and k.store = ?),"
                + " decode(m.hash, 'hex'), ?::uuid, m.fit, ?::timestamptz, ?::timestamptz"
                + " from unnest(?::text[], ?::text[]) as m (hash, fit)";
        List<Object> values = new ArrayList<>(again ? dropped(run, erasedAt).values() : List.of());
        values.addAll(List.of(
                key.number(),
                store,
                run,
                Runs.at(erasedAt),
                Runs.at(endsAt),
                List.copyOf(hashes.keySet()),
                hashes.values().stream().map(Suppressions::word).toList()));
        return new StateChange(again ? dropped(run, erasedAt).sql() + "; " + insert : insert, new ArrayList<>(values));
    }

    /**
     * The erasure is given up, to be noted with that.
     *
     * @param erasedAt the run's T
     */
    public StateChange dropped(UUID run, Instant erasedAt) {
        return StateChange.of(
                "delete from kept.suppression where run = ?::uuid and erased_at = ?::timestamptz",
                run,
                Runs.at(erasedAt));
    }

    /**
     * Of these hashes those of erased persons.
     *
     * @param hashes made with the key
     */
    public Map<String, Mark> find(NumberedKey key, List<String> hashes) {
        Map<String, Mark> found = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("select encode(hash, 'hex') as hash, fit, erased_at, ends_at"
                        + " from kept.suppression s where suppression_key = :key and ends_at > :now and" + ENDED
                        + " and hash in (select decode(h, 'hex') from unnest(:hashes) as h)")
                .bind("key", key.number())
                .bind("now", Runs.at(clock.instant()))
                .bindArray("hashes", String.class, hashes)
                .map((row, context) -> Map.entry(
                        row.getString("hash"),
                        new Mark(fit(row.getString("fit")), at(row, "erased_at"), at(row, "ends_at"))))
                .forEach(mark -> found.merge(mark.getKey(), mark.getValue(), Mark::and)));
        return found;
    }

    /**
     * What is known of an identifier that was erased.
     *
     * @param erasedAt T of the latest erasure
     * @param endsAt until when it is known
     */
    public record Mark(Fit fit, Instant erasedAt, Instant endsAt) {

        /** What two of them say together: of one erasure what says more, of two erasures what says less. */
        public Mark and(Mark other) {
            boolean one = erasedAt.equals(other.erasedAt);
            Fit weaker = fit.and(other.fit) == fit ? other.fit : fit;
            return new Mark(
                    one ? fit.and(other.fit) : weaker,
                    erasedAt.isAfter(other.erasedAt) ? erasedAt : other.erasedAt,
                    endsAt.isAfter(other.endsAt) ? endsAt : other.endsAt);
        }
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** How many erasures of a store are known by hashes. */
    public long erasures(String store) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(distinct run) from kept.suppression s"
                        + " join kept.suppression_key k on k.id = s.suppression_key where k.store = :store and ends_at > :now and"
                        + ENDED)
                .bind("store", store)
                .bind("now", Runs.at(clock.instant()))
                .mapTo(Long.class)
                .one());
    }

    /** Forgets what has ended: hashes, keys that made no other, and what was decided of doubts. */
    public void forgetEnded() {
        jdbi.useTransaction(handle -> {
            OffsetDateTime now = Runs.at(clock.instant());
            handle.execute("delete from kept.suppression s where ends_at <= ? and" + ENDED, now);
            handle.execute("delete from kept.suppression_doubt where left_at is not null and ends_at <= ?", now);
            destroyKeys(handle);
        });
    }

    private void destroyKeys(Handle handle) {
        handle.execute(
                "delete from kept.suppression_key k where period + interval '1 month' + make_interval(days => ?) <= ?"
                        + " and not exists (select from kept.suppression s where s.suppression_key = k.id)",
                DAYS_AFTER,
                today());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Which system a store was, and when, when it was last looked through for erased persons. */
    public Optional<Looked> looked(String store) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select at, store_identity from kept.suppression_look where store = ?")
                .bind(0, store)
                .map((row, context) -> new Looked(at(row, "at"), row.getString("store_identity")))
                .findOne());
    }

    /** A look through all of a store. */
    public record Looked(Instant at, String identity) {}

    /** A store was looked through to the end, with something else. */
    public StateChange look(String store, Instant at, String identity) {
        return StateChange.of(
                "insert into kept.suppression_look (store, at, store_identity) values (?, ?, ?)"
                        + " on conflict (store) do update set at = excluded.at, store_identity = excluded.store_identity",
                store,
                Runs.at(at),
                identity);
    }

    private static String word(Fit fit) {
        return fit.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Fit fit(String word) {
        return Arrays.stream(Fit.values())
                .filter(fit -> word(fit).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("unknown fit `" + word + "`"));
    }
}
