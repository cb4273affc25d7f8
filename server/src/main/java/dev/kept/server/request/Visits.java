package dev.kept.server.request;

import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.server.state.Token;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which browser asked what, and until when it counts as the person's. A browser is known by the secret in its cookie, of which only a hash is kept. */
public final class Visits {

    /** How long a browser sees what it asked. */
    public static final Duration LASTS = Duration.ofDays(120);

    /** How long after a proof a browser sees what is hers: messages, the answer. */
    public static final Duration PROVEN = Duration.ofMinutes(30);

    /** The most that are listed; older ones are there all the same. */
    private static final int MOST_LISTED = 100;

    private static final String PURPOSE = "browser";

    private final State state;

    Visits(State state) {
        this.state = state;
    }

    /** A secret for a browser that has none yet. */
    public static String secret() {
        return Token.fresh();
    }

    static byte[] hash(String secret) {
        return Secret.hash(PURPOSE, secret);
    }

    StateChange asked(UUID request, byte[] browser, Instant now) {
        return StateChange.of(
                "insert into kept.request_visit (browser, request, ends_at) values (?, ?, ?) on conflict do nothing",
                browser,
                request,
                Requests.at(now.plus(LASTS)));
    }

    StateChange proven(UUID request, byte[] browser, Instant now) {
        return StateChange.of(
                "insert into kept.request_visit (browser, request, proven_until, ends_at) values (?, ?, ?, ?)"
                        + " on conflict (browser, request) do update set proven_until = excluded.proven_until,"
                        + " ends_at = excluded.ends_at",
                browser,
                request,
                Requests.at(now.plus(PROVEN)),
                Requests.at(now.plus(LASTS)));
    }

    /** Links that are under way to the same browser stay good in it. */
    StateChange moved(byte[] before, byte[] after) {
        return StateChange.of(
                "with proofs as (update kept.request_proof set browser = ? where browser = ?),"
                        + " wanted as (update kept.request_asked_link set browser = ? where browser = ?)"
                        + " update kept.request_visit set browser = ? where browser = ?",
                after,
                before,
                after,
                before,
                after,
                before);
    }

    /**
     * What a browser asked.
     *
     * @param proven whether it counts as the person's now
     */
    public record Visit(UUID request, boolean proven) {}

    /** Newest first. */
    public List<Visit> of(String secret) {
        Instant now = state.clock().instant();
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select request, proven_until from kept.request_visit join kept.request on id = request"
                                        + " where browser = ? and ends_at > ? order by first_received_at desc limit "
                                        + MOST_LISTED)
                        .bind(0, hash(secret))
                        .bind(1, Requests.at(now))
                        .map((row, context) -> visit(row, now))
                        .list());
    }

    private static Visit visit(ResultSet row, Instant now) throws SQLException {
        boolean proven = Optional.ofNullable(row.getObject("proven_until", OffsetDateTime.class))
                .filter(until -> until.toInstant().isAfter(now))
                .isPresent();
        return new Visit(row.getObject("request", UUID.class), proven);
    }

    /** Whether the browser asked this, and whether it counts as the person's now. */
    public Optional<Visit> of(String secret, UUID request) {
        Instant now = state.clock().instant();
        return state.database()
                .withHandle(handle -> handle.createQuery("select request, proven_until from kept.request_visit"
                                + " where browser = ? and request = ? and ends_at > ?")
                        .bind(0, hash(secret))
                        .bind(1, request)
                        .bind(2, Requests.at(now))
                        .map((row, context) -> visit(row, now))
                        .findOne());
    }

    /** When a browser proved that a request is hers, as long as that counts. */
    Optional<Instant> provenAt(String secret, UUID request) {
        return state.database()
                .withHandle(handle -> handle.createQuery("select proven_until from kept.request_visit"
                                + " where browser = ? and request = ? and proven_until > ?")
                        .bind(0, hash(secret))
                        .bind(1, request)
                        .bind(2, Requests.at(state.clock().instant()))
                        .mapTo(OffsetDateTime.class)
                        .findOne())
                .map(until -> until.toInstant().minus(PROVEN));
    }

    /** The browser is nobody's any more. */
    public void leave(String secret) {
        state.database()
                .useHandle(handle -> handle.execute("delete from kept.request_visit where browser = ?", hash(secret)));
    }

    int forgetEnded() {
        return state.database()
                .withHandle(handle -> handle.execute(
                        "delete from kept.request_visit where ends_at <= ?",
                        Requests.at(state.clock().instant())));
    }
}
