package dev.kept.server.request;

import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.server.state.Token;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One-time links, each with a code for who reads the mail elsewhere. A link is good once, for a short time, in the browser that asked; a code in
 * that browser, a few times, counted in the database for all processes together.
 */
public final class Proofs {

    public static final Duration LASTS = Duration.ofMinutes(30);

    /** How often a code may be tried for one request, over all its links, within {@link #TRIES_WITHIN}. */
    public static final int MOST_TRIES = 5;

    public static final Duration TRIES_WITHIN = Duration.ofHours(24);

    /** Links that may be sent for one request within {@link #TRIES_WITHIN}. */
    public static final int MOST_LINKS = 5;

    /** Letters with a link that go to one address within {@link #TRIES_WITHIN}, whoever asks for them. */
    public static final int MOST_LETTERS = 20;

    /** In place of a browser: no letter went out, or somebody has shown that she reads it. */
    private static final byte[] NOBODYS = {};

    private static final String OF_A_LETTER = " (p.browser is null or octet_length(p.browser) > 0)";

    /** 40 bits: with {@link #MOST_TRIES} nobody guesses it. */
    private static final int CODE_CHARACTERS = 8;

    private final State state;

    Proofs(State state) {
        this.state = state;
    }

    /** What goes into the mail. */
    record Sent(String token, String code, StateChange write) {
        @Override
        public String toString() {
            return "a link that was sent";
        }
    }

    /** A new link; those before it are void. Empty where too many were sent. */
    Optional<Sent> issue(UUID request, byte @Nullable [] browser) {
        Instant now = state.clock().instant();
        int issued = state.database()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from kept.request_proof as p where request = ? and ends_at > ? and"
                                        + OF_A_LETTER)
                        .bind(0, request)
                        .bind(1, Requests.at(now.plus(LASTS).minus(TRIES_WITHIN)))
                        .mapTo(Integer.class)
                        .one());
        if (issued >= MOST_LINKS) {
            return Optional.empty();
        }
        String token = Token.fresh();
        String code = Secret.code(CODE_CHARACTERS);
        StateChange write = StateChange.of(
                "with void as (update kept.request_proof set used_at = coalesce(used_at, ?::timestamptz)"
                        + " where request = ?)"
                        + " insert into kept.request_proof (hash, request, browser, code, ends_at) values (?, ?, ?, ?, ?)",
                Requests.at(now),
                request,
                Secret.hash("link", token),
                request,
                browser,
                code(request, code),
                Requests.at(now.plus(LASTS)));
        return Optional.of(new Sent(token, code, write));
    }

    /** Whether so many letters went to an address lately that no more go there. */
    boolean crowded(String address) {
        return letters(address).size() >= MOST_LETTERS;
    }

    @SuppressWarnings("ArrayRecordComponent") // read once and never compared
    private record Letter(byte[] hash, UUID request, byte[] code) {}

    private List<Letter> letters(String address) {
        return state.database()
                .withHandle(handle -> handle.createQuery("select p.hash, p.request, p.code from kept.request_proof as p"
                                + " join kept.request_on_file as f on f.request = p.request"
                                + " where lower(f.address) = lower(?) and p.ends_at > ? and" + OF_A_LETTER
                                + " order by p.ends_at desc limit ?")
                        .bind(0, address)
                        .bind(1, Requests.at(state.clock().instant().plus(LASTS).minus(TRIES_WITHIN)))
                        .bind(2, 2 * MOST_LETTERS)
                        .map((row, context) -> new Letter(
                                row.getBytes("hash"), row.getObject("request", UUID.class), row.getBytes("code")))
                        .list());
    }

    /** In place of a letter that does not go out: what is typed for the request is counted all the same. */
    StateChange unsent(UUID request) {
        Instant now = state.clock().instant();
        return StateChange.of(
                "insert into kept.request_proof (hash, request, browser, code, ends_at, used_at)"
                        + " select ?, ?::uuid, ?, ?, ?::timestamptz, ?::timestamptz"
                        + " where not exists (select from kept.request_proof where request = ?)",
                Secret.hash("link", Token.fresh()),
                request,
                NOBODYS,
                Secret.hash("code", Token.fresh()),
                Requests.at(now.plus(LASTS)),
                Requests.at(now),
                request);
    }

    /**
     * Whether a code is of any letter that went to the same address lately. It proves nothing for this request, but that somebody reads what goes
     * there: that letter counts no more, so that another can go. Each code does so once.
     */
    boolean read(UUID request, String typed) {
        Optional<String> address = new Details(state).addressOnFile(request);
        Optional<Letter> found = address.stream()
                .flatMap(known -> letters(known).stream())
                .filter(letter -> MessageDigest.isEqual(letter.code(), code(letter.request(), typed)))
                .findFirst();
        return found.isPresent()
                && state.database()
                                .withHandle(handle -> handle.createUpdate(
                                                "update kept.request_proof as p set browser = :nobodys,"
                                                        + " used_at = coalesce(used_at, :now) where hash = :hash and"
                                                        + OF_A_LETTER)
                                        .bind("nobodys", NOBODYS)
                                        .bind("now", Requests.at(state.clock().instant()))
                                        .bind("hash", found.get().hash())
                                        .execute())
                        == 1;
    }

    private static byte[] code(UUID request, String code) {
        return Secret.hash("code " + request, Secret.plain(code));
    }

    /** What a link is about, if it can still be used by this browser; looking does not use it up. */
    Optional<UUID> look(String token, byte[] browser) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select request from kept.request_proof"
                                        + " where hash = ? and used_at is null and ends_at > ? and (browser is null or browser = ?)")
                        .bind(0, Secret.hash("link", token))
                        .bind(1, Requests.at(state.clock().instant()))
                        .bind(2, browser)
                        .mapTo(UUID.class)
                        .findOne());
    }

    /** Uses a link up, within a transaction; empty where it is not, or not here, or no longer good. */
    Optional<UUID> redeem(Handle handle, String token, byte[] browser) {
        Instant now = state.clock().instant();
        return handle.createQuery("update kept.request_proof set used_at = ?"
                        + " where hash = ? and used_at is null and ends_at > ? and (browser is null or browser = ?)"
                        + " returning request")
                .bind(0, Requests.at(now))
                .bind(1, Secret.hash("link", token))
                .bind(2, Requests.at(now))
                .bind(3, browser)
                .mapTo(UUID.class)
                .findOne();
    }

    /** What became of a code that was typed. */
    public enum Tried {
        RIGHT,
        WRONG,
        /** Tried too often: it waits for a new day or another way. */
        EXHAUSTED
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
    private record Code(byte[] hash, byte[] code, boolean good) {}

    /**
     * Tries a code. Each try is counted and committed before anything is compared, so that many processes, or many connections at once, have no
     * more tries than one.
     */
    Tried tryCode(UUID request, String typed, byte[] browser) {
        Instant now = state.clock().instant();
        Optional<Code> counted = state.database().inTransaction(handle -> counted(handle, request, browser, now));
        if (counted.isEmpty()) {
            return Tried.EXHAUSTED;
        }
        Code code = counted.get();
        return code.good() && MessageDigest.isEqual(code.code(), code(request, typed)) ? Tried.RIGHT : Tried.WRONG;
    }

    private static Optional<Code> counted(Handle handle, UUID request, byte[] browser, Instant now) {
        handle.createQuery("select id from kept.request where id = ? for update")
                .bind(0, request)
                .mapTo(UUID.class)
                .findOne();
        OffsetDateTime since = Requests.at(now.plus(LASTS).minus(TRIES_WITHIN));
        int tried = handle.createQuery(
                        "select coalesce(sum(tries), 0) from kept.request_proof" + " where request = ? and ends_at > ?")
                .bind(0, request)
                .bind(1, since)
                .mapTo(Integer.class)
                .one();
        if (tried >= MOST_TRIES) {
            return Optional.empty();
        }
        List<Code> counted = handle.createQuery(
                        "update kept.request_proof set tries = tries + 1 where hash ="
                                + " (select hash from kept.request_proof where request = ? order by ends_at desc, hash limit 1)"
                                + " returning hash, code, used_at is null and ends_at > ? and (browser is null or browser = ?) as good")
                .bind(0, request)
                .bind(1, Requests.at(now))
                .bind(2, browser)
                .map((row, context) -> new Code(row.getBytes("hash"), row.getBytes("code"), row.getBoolean("good")))
                .list();
        return counted.isEmpty()
                ? Optional.of(new Code(new byte[0], new byte[0], false))
                : Optional.of(counted.getFirst());
    }

    /** Uses the links of a request up, with something else. */
    static StateChange used(UUID request, Instant now) {
        return StateChange.of(
                "update kept.request_proof set used_at = coalesce(used_at, ?::timestamptz) where request = ?",
                Requests.at(now),
                request);
    }

    int forgetEnded() {
        return state.database()
                .withHandle(handle -> handle.execute(
                        "delete from kept.request_proof where ends_at <= ?",
                        Requests.at(state.clock().instant().minus(TRIES_WITHIN))));
    }
}
