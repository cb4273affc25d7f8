package dev.kept.server.signin;

import dev.kept.server.signin.Sealing.Purpose;
import dev.kept.server.state.Account;
import dev.kept.server.state.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Sessions of staff in Kept's own database, so that any process knows them. A session always begins under a token that was made for it
 * (nothing a browser brought along lives on), is bound to its roles, and ends when nobody uses it, at its last hour, or when it is ended.
 */
final class Sessions {

    /** How long a session lives without being used. */
    static final Duration IDLE = Duration.ofMinutes(30);

    /** How long it lives at all. */
    static final Duration LONGEST = Duration.ofHours(10);

    /** How long it lives without its provider having said that all is as it was. */
    static final Duration UNCONFIRMED = Duration.ofHours(1);

    /** Use is noted so often at most: a page is read, not written. */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private static final String ALIVE =
            " ends_at > :now and seen_at > :idle and (issuer is null or confirmed_at > :confirmed)";

    private final Jdbi jdbi;
    private final InstantSource clock;

    Sessions(State state) {
        this.jdbi = state.database();
        this.clock = state.clock();
    }

    /**
     * A session with what only this package may know of it.
     *
     * @param renewal the provider's refresh token, sealed
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
    record Found(StaffSession session, Instant seen, Instant confirmed, Instant asked, Optional<byte[]> renewal) {}

    /** Begins a session; other sessions of the same account that hold other roles end. */
    Secret begin(Identity identity) {
        return jdbi.inTransaction(handle -> begin(handle, identity));
    }

    Secret begin(Handle handle, Identity identity) {
        Secret token = Secret.fresh();
        Instant now = clock.instant();
        String[] roles = words(identity.roles());
        forgetEnded(handle, now);
        identity.provider()
                .ifPresent(account -> handle.createUpdate("delete from kept.staff_session where issuer = :issuer"
                                + " and subject = :subject and roles <> :roles")
                        .bind("issuer", account.issuer())
                        .bind("subject", account.subject())
                        .bind("roles", roles)
                        .execute());
        handle.createUpdate("insert into kept.staff_session (id, token_hash, issuer, subject, provider_session, names,"
                        + " roles, renewal, id_token, confirmed_at, asked_at, began_at, seen_at, ends_at) values (:id, :hash, :issuer, :subject,"
                        + " :session, :names, :roles, :renewal, :idToken, :now, :now, :now, :now, :ends)")
                .bind("id", UUID.randomUUID())
                .bind("hash", token.hash())
                .bind("issuer", identity.provider().map(Account::issuer).orElse(null))
                .bind("subject", identity.provider().map(Account::subject).orElse(null))
                .bind("session", identity.providerSession().orElse(null))
                .bind("names", identity.names().toArray(String[]::new))
                .bind("roles", roles)
                .bind(
                        "renewal",
                        identity.renewal()
                                .map(text -> Sealing.seal(token, Purpose.RENEWAL, text))
                                .orElse(null))
                .bind(
                        "idToken",
                        identity.idToken()
                                .map(text -> Sealing.seal(token, Purpose.ID_TOKEN, text))
                                .orElse(null))
                .bind("now", at(now))
                .bind("ends", at(now.plus(LONGEST)))
                .execute();
        return token;
    }

    /** The session that a token opens, while it lives. */
    Optional<Found> find(Secret token) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> {
            Optional<Found> found = handle.createQuery(
                            "select id, names, roles, issuer, subject, seen_at, confirmed_at, asked_at, renewal"
                                    + " from kept.staff_session where token_hash = :hash and" + ALIVE)
                    .bind("hash", token.hash())
                    .bind("now", at(now))
                    .bind("idle", at(now.minus(IDLE)))
                    .bind("confirmed", at(now.minus(UNCONFIRMED)))
                    .map((row, context) -> read(row, token))
                    .findOne();
            found.filter(session -> session.seen().isBefore(now.minus(NOTED_EVERY)))
                    .ifPresent(session -> handle.createUpdate(
                                    "update kept.staff_session set seen_at = :now where id = :id")
                            .bind("now", at(now))
                            .bind("id", session.session().id())
                            .execute());
            return found;
        });
    }

    /** Whether it is for this caller to ask the provider: of several at once one does. */
    boolean asks(Found found) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "update kept.staff_session set asked_at = :now where id = :id and asked_at = :before")
                        .bind("now", at(clock.instant()))
                        .bind("id", found.session().id())
                        .bind("before", at(found.asked()))
                        .execute()
                == 1);
    }

    /** The provider has said that all is as it was. */
    void confirm(StaffSession session, Secret token, Optional<String> renewal) {
        jdbi.useHandle(handle -> handle.createUpdate("update kept.staff_session set confirmed_at = :now,"
                        + " renewal = coalesce(:renewal, renewal) where id = :id")
                .bind("now", at(clock.instant()))
                .bind(
                        "renewal",
                        renewal.map(text -> Sealing.seal(token, Purpose.RENEWAL, text))
                                .orElse(null))
                .bind("id", session.id())
                .execute());
    }

    void end(UUID session) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from kept.staff_session where id = :id")
                .bind("id", session)
                .execute());
    }

    /** Ends a session that somebody signs out of, and hands out the ID token that it began with. */
    Optional<String> leave(UUID session, Secret token) {
        return jdbi.withHandle(
                        handle -> handle.createQuery("delete from kept.staff_session where id = :id returning id_token")
                                .bind("id", session)
                                .map((row, context) -> Optional.ofNullable(row.getBytes("id_token")))
                                .findOne())
                .flatMap(bytes -> bytes)
                .flatMap(bytes -> Sealing.open(token, Purpose.ID_TOKEN, bytes));
    }

    /** Ends what a provider says has ended: one of its sessions, or all of an account's. Answers how many there were. */
    int end(Handle handle, String issuer, Optional<String> subject, Optional<String> providerSession) {
        return handle.createUpdate("delete from kept.staff_session where issuer = :issuer"
                        + " and (provider_session = :session or (:session::text is null and subject = :subject))")
                .bind("issuer", issuer)
                .bind("subject", subject.orElse(null))
                .bind("session", providerSession.orElse(null))
                .execute();
    }

    private static void forgetEnded(Handle handle, Instant now) {
        handle.createUpdate("delete from kept.staff_session where ends_at <= :now or seen_at <= :idle")
                .bind("now", at(now))
                .bind("idle", at(now.minus(IDLE)))
                .execute();
    }

    private static Found read(ResultSet row, Secret token) throws SQLException {
        String issuer = row.getString("issuer");
        StaffSession session = new StaffSession(
                row.getObject("id", UUID.class),
                List.of((String[]) row.getArray("names").getArray()),
                roles(List.of((String[]) row.getArray("roles").getArray())),
                Base64.getUrlEncoder().withoutPadding().encodeToString(token.derived("form")),
                issuer == null ? Optional.empty() : Optional.of(new Account(issuer, row.getString("subject"))));
        return new Found(
                session,
                instant(row, "seen_at"),
                instant(row, "confirmed_at"),
                instant(row, "asked_at"),
                Optional.ofNullable(row.getBytes("renewal")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static String[] words(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::word).toArray(String[]::new);
    }

    static Set<Role> roles(List<String> words) {
        return words.stream().flatMap(word -> Role.of(word).stream()).collect(Collectors.toSet());
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
