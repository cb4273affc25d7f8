package dev.kept.server.signin;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.PrivateLog.Who;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Keys for programs: each has a name, says what it is good for, and ends. A key is shown once; Kept has its hash. */
public final class ApiKeys {

    /** The longest a key lives. */
    public static final Period LONGEST = Period.ofYears(1);

    public static final int LONGEST_NAME = 100;

    /** Before the secret, so that a key is recognized where it lies about. */
    static final String PREFIX = "kept_key_";

    /** The most that are listed. */
    public static final int MOST_LISTED = 500;

    private static final String NAMED = "key ";

    /** The most keys of which one granted the next. */
    private static final int LONGEST_CHAIN = 100;

    private final State state;
    private final Acts acts;

    public ApiKeys(State state) {
        this.state = state;
        this.acts = new Acts(state);
    }

    /** A key as it is listed. */
    public record Key(
            UUID id,
            String name,
            Set<Action> scopes,
            Instant granted,
            Instant ends,
            Optional<Instant> revoked,
            Optional<LocalDate> usedOn) {
        public Key {
            scopes = Set.copyOf(scopes);
        }
    }

    /** A key that was granted; {@code secret} is known here only. */
    public record Granted(UUID id, String secret) {
        @Override
        public String toString() {
            return "a key";
        }
    }

    /**
     * Grants a key.
     *
     * @throws CannotRun where the caller holds less than the key would, or name or end do not fit
     */
    public Granted grant(Caller caller, String name, Set<Action> scopes, Instant ends) {
        return grant(caller, name, scopes, ends, key -> List.of());
    }

    /** @param with written in the same transaction, by the key's id */
    public Granted grant(
            Caller caller, String name, Set<Action> scopes, Instant ends, Function<UUID, List<StateChange>> with) {
        if (!caller.mayGrant(scopes)) {
            throw new CannotRun(
                    "nobody grants more than they hold", "ask somebody who may do all that the key shall do");
        }
        if (scopes.isEmpty()) {
            throw new CannotRun("the key would be good for nothing", "choose what it may do");
        }
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new CannotRun(
                    "a key has a name of at most " + LONGEST_NAME + " characters", "name the program that uses it");
        }
        Instant now = state.clock().instant();
        if (!ends.isAfter(now)
                || ends.isAfter(now.atOffset(ZoneOffset.UTC).plus(LONGEST).toInstant())) {
            throw new CannotRun(
                    "a key ends within a year", "name a day that is still to come, at most a year from now");
        }
        UUID id = UUID.randomUUID();
        Secret secret = Secret.fresh();
        String[] words = scopes.stream().sorted().map(Action::word).toArray(String[]::new);
        Map<String, Object> entry = Map.of("key", id.toString(), "scopes", List.of(words), "ends", ends.toString());
        Acts.Noted noted = acts.act(caller, "key-granted", "granted the key " + id, entry);
        state.database().useTransaction(handle -> {
            handle.createUpdate(
                            "insert into kept.api_key (id, key_hash, name, scopes, granted_at, ends_at, actor_commitment)"
                                    + " values (:id, :hash, :name, :scopes, :now, :ends, :actor)")
                    .bind("id", id)
                    .bind("hash", secret.hash())
                    .bind("name", name)
                    .bind("scopes", words)
                    .bind("now", Sessions.at(now))
                    .bind("ends", Sessions.at(ends))
                    .bind("actor", noted.commitment())
                    .execute();
            with.apply(id).forEach(write -> write.within(handle));
            noted.writes().forEach(write -> write.within(handle));
        });
        return new Granted(id, PREFIX + secret.value());
    }

    /** Who calls with a key, from the header {@code Authorization: Bearer …} (RFC 6750, section 2.1). */
    public Optional<Caller> caller(String authorization) {
        return holder(authorization).map(Holder::caller);
    }

    /** A program that called, and the key it called with. */
    public record Holder(UUID key, Caller caller) {}

    /** The same with the key's id. */
    public Optional<Holder> holder(String authorization) {
        String scheme = "Bearer " + PREFIX;
        if (!authorization.startsWith(scheme)) {
            return Optional.empty();
        }
        Instant now = state.clock().instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return Secret.sent(authorization.substring(scheme.length()))
                .flatMap(secret -> state.database().withHandle(handle -> {
                    Optional<Key> key = handle.createQuery(
                                    "select * from kept.api_key where key_hash = :hash and revoked_at is null and ends_at > :now")
                            .bind("hash", secret.hash())
                            .bind("now", Sessions.at(now))
                            .map((row, context) -> read(row))
                            .findOne();
                    key.filter(found -> !found.usedOn().equals(Optional.of(today)))
                            .ifPresent(found -> handle.createUpdate(
                                            "update kept.api_key set used_on = :today where id = :id")
                                    .bind("today", today)
                                    .bind("id", found.id())
                                    .execute());
                    return key.map(found ->
                            new Holder(found.id(), new Caller(List.of(named(found.id())), "key", found.scopes())));
                }));
    }

    /** Ends a key at once; false where there is none that is good still. */
    public boolean revoke(Caller caller, UUID id) {
        return revoke(caller, id, List.of());
    }

    /** @param with written in the same transaction */
    public boolean revoke(Caller caller, UUID id, List<StateChange> with) {
        Acts.Noted noted = acts.act(caller, "key-revoked", "revoked the key " + id, Map.of("key", id.toString()));
        return state.database().inTransaction(handle -> {
            boolean stood = handle.createUpdate(
                                    "update kept.api_key set revoked_at = :now where id = :id and revoked_at is null")
                            .bind("now", Sessions.at(state.clock().instant()))
                            .bind("id", id)
                            .execute()
                    == 1;
            if (stood) {
                with.forEach(write -> write.within(handle));
                noted.writes().forEach(write -> write.within(handle));
            }
            return stood;
        });
    }

    /** Where a page of keys ended: the next one begins after it. */
    public record After(Instant granted, UUID id) {}

    /** The keys there are, the newest first. */
    public List<Key> list(Optional<After> after, int most) {
        String where = after.isPresent() ? " where (granted_at, id) < (:at, :id)" : "";
        return state.database().withHandle(handle -> {
            var query = handle.createQuery(
                            "select * from kept.api_key" + where + " order by granted_at desc, id desc limit :most")
                    .bind("most", most);
            after.ifPresent(
                    last -> query.bind("at", Sessions.at(last.granted())).bind("id", last.id()));
            return query.map((row, context) -> read(row)).list();
        });
    }

    /** A key by its id, whether it is good still or not. */
    public Optional<Key> find(UUID id) {
        return state.database()
                .withHandle(handle -> handle.createQuery("select * from kept.api_key where id = :id")
                        .bind("id", id)
                        .map((row, context) -> read(row))
                        .findOne());
    }

    /**
     * Who stands behind a key: the person who granted it; where another key did, that key, too, and who stands behind that one. Empty where the
     * private log does not know it all any more.
     */
    public List<Who> owners(UUID id) {
        List<Who> owners = new ArrayList<>();
        Optional<UUID> key = Optional.of(id);
        while (key.isPresent()) {
            Optional<Who> granter = key.flatMap(this::granter);
            if (granter.isEmpty() || owners.size() == LONGEST_CHAIN) {
                return List.of();
            }
            owners.add(granter.get());
            key = granter.filter(who -> who.account().isEmpty()).flatMap(who -> named(who.name()));
        }
        return owners;
    }

    private Optional<Who> granter(UUID key) {
        return state.database()
                .withHandle(handle -> handle.createQuery("select actor_commitment from kept.api_key where id = :id")
                        .bind("id", key)
                        .mapTo(String.class)
                        .findOne())
                .flatMap(state.privateLog()::who);
    }

    /** How the private log calls a key. */
    private static String named(UUID key) {
        return NAMED + key;
    }

    private static Optional<UUID> named(String name) {
        return name.matches(NAMED + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(name.substring(NAMED.length())))
                : Optional.empty();
    }

    private static Key read(ResultSet row) throws SQLException {
        Set<Action> scopes = EnumSet.noneOf(Action.class);
        for (String word : (String[]) row.getArray("scopes").getArray()) {
            Action.of(word).ifPresent(scopes::add);
        }
        return new Key(
                row.getObject("id", UUID.class),
                row.getString("name"),
                scopes,
                row.getObject("granted_at", OffsetDateTime.class).toInstant(),
                row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("revoked_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getObject("used_on", LocalDate.class)));
    }
}
