package dev.kept.server.api;

import dev.kept.core.source.Sha256;
import dev.kept.server.http.Reply;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Calls that may be sent again ({@code Idempotency-Key}, draft-ietf-httpapi-idempotency-key-header): a call is claimed before it does anything, its
 * effect notes itself in its own transaction, and its answer is kept for a day. What breaks off in between is told from what was done.
 */
final class Calls {

    /** How long a call is known. */
    static final Duration KNOWN = Duration.ofHours(24);

    /** How long a process may work on one before it counts as broken off. */
    static final Duration BUSY = Duration.ofMinutes(2);

    /** An RFC 8941 string without commas and escapes, as the draft has it; or without quotes, as many programs send it. */
    private static final Pattern KEY = Pattern.compile("\"([ !#-+\\--\\[\\]-~]{1,100})\"|([A-Za-z0-9._~:+/=-]{1,100})");

    private final State state;

    Calls(State state) {
        this.state = state;
    }

    /** A call of one key. Only hashes of what it sent. */
    @SuppressWarnings("ArrayRecordComponent") // handed on and never compared
    record Call(UUID apiKey, byte[] hash, byte[] fingerprint) {

        /** To be written in the transaction of what it does: a second time it fails. */
        List<StateChange> effect(UUID request) {
            return List.of(StateChange.of(
                    "insert into kept.api_effect (api_key, call_hash, done_to) values (?, ?, ?)",
                    apiKey,
                    hash,
                    request));
        }

        @Override
        public String toString() {
            return "a call";
        }
    }

    /** What is known of a call that comes in. */
    sealed interface Claim {
        /** It is this process's to do. */
        record Fresh(Call call) implements Claim {}

        /** It was done, and this was the answer. */
        record Answered(Answer answer) implements Claim {}

        /** It was done to this request; the process broke off before it answered. */
        record Done(UUID request) implements Claim {}
    }

    /**
     * The call that a header names.
     *
     * @param sent what identifies the same call: method, path, body
     * @throws NotDone where the header is no key
     */
    static Call call(UUID apiKey, String header, byte[]... sent) {
        var matcher = KEY.matcher(header.strip());
        if (!matcher.matches()) {
            throw NotDone.of(
                    ProblemType.IDEMPOTENCY_KEY_MISSING, "a key has 1 to 100 characters, as in \"6f1c5a9e-7d0b\"");
        }
        String key = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        // keyed with what only the caller has: from the hash of a body nobody can try out who was in it
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(Sha256.bytes("fingerprint\n" + key));
        for (byte[] part : sent) {
            all.writeBytes(digest(part));
        }
        return new Call(apiKey, Sha256.bytes("call\n" + key), digest(all.toByteArray()));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // read once and never compared as a whole
    private record Known(
            byte @Nullable [] fingerprint, Instant busyUntil, Optional<Answer> answer, Optional<UUID> effect) {}

    /**
     * Claims a call, or tells what became of it.
     *
     * @throws NotDone where another process is at it, or the key came with something else
     */
    Claim claim(Call call) {
        Instant now = state.clock().instant();
        state.database().useHandle(handle -> handle.execute("delete from kept.api_call where ends_at <= ?", at(now)));
        return state.database().inTransaction(handle -> {
            int inserted = handle.execute(
                    "insert into kept.api_call (api_key, call_hash, fingerprint, busy_until, ends_at)"
                            + " values (?, ?, ?, ?, ?) on conflict do nothing",
                    call.apiKey(),
                    call.hash(),
                    call.fingerprint(),
                    at(now.plus(BUSY)),
                    at(now.plus(KNOWN)));
            return inserted == 1 ? new Claim.Fresh(call) : known(handle, call, now);
        });
    }

    private static Claim known(Handle handle, Call call, Instant now) {
        Optional<Known> found = handle.createQuery("select fingerprint, busy_until, status, headers, body, done_to"
                        + " from kept.api_call left join kept.api_effect using (api_key, call_hash)"
                        + " where api_key = ? and call_hash = ? for update of api_call")
                .bind(0, call.apiKey())
                .bind(1, call.hash())
                .map((row, context) -> read(row))
                .findOne();
        if (found.isEmpty()) { // it failed and was given up this very moment
            throw NotDone.of(ProblemType.IN_PROGRESS).with("Retry-After", "1");
        }
        Known known = found.get();
        if (!MessageDigest.isEqual(known.fingerprint(), call.fingerprint())) {
            throw NotDone.of(ProblemType.IDEMPOTENCY_KEY_REUSED, "take a fresh key for every new call");
        }
        if (known.answer().isPresent()) {
            return new Claim.Answered(known.answer().get());
        }
        if (known.effect().isPresent()) {
            return new Claim.Done(known.effect().get());
        }
        if (known.busyUntil().isAfter(now)) {
            throw NotDone.of(ProblemType.IN_PROGRESS)
                    .with(
                            "Retry-After",
                            Long.toString(Math.max(
                                    1, Duration.between(now, known.busyUntil()).toSeconds())));
        }
        handle.execute(
                "update kept.api_call set busy_until = ? where api_key = ? and call_hash = ?",
                at(now.plus(BUSY)),
                call.apiKey(),
                call.hash());
        return new Claim.Fresh(call);
    }

    private static Known read(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        Optional<Answer> answer = row.wasNull()
                ? Optional.empty()
                : Optional.of(
                        new Answer(status, row.getBytes("body"), headers(row.getString("headers")), Answer.Told.AGAIN));
        return new Known(
                row.getBytes("fingerprint"),
                row.getObject("busy_until", OffsetDateTime.class).toInstant(),
                answer,
                Optional.ofNullable(row.getObject("done_to", UUID.class)));
    }

    private static List<Reply.Header> headers(String json) {
        List<Reply.Header> headers = new ArrayList<>();
        CanonicalJson.texts(json).forEach((name, value) -> headers.add(new Reply.Header(name, value)));
        return headers;
    }

    /** Keeps the answer, unless it has a secret. */
    void answered(Call call, Answer answer) {
        if (answer.told() == Answer.Told.ONCE) {
            return;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        answer.headers().forEach(header -> headers.put(header.name(), header.value()));
        state.database()
                .useHandle(handle -> handle.execute(
                        "update kept.api_call set status = ?, headers = ?::jsonb, body = ? where api_key = ? and call_hash = ?",
                        answer.status(),
                        CanonicalJson.write(headers),
                        answer.body(),
                        call.apiKey(),
                        call.hash()));
    }

    /** Nothing was done: it may be sent again at once, changed or not. What did have an effect stays known. */
    void failed(Call call) {
        state.database()
                .useHandle(handle -> handle.execute(
                        "delete from kept.api_call as c where api_key = ? and call_hash = ? and status is null and not exists"
                                + " (select from kept.api_effect as e where e.api_key = c.api_key and e.call_hash = c.call_hash)",
                        call.apiKey(),
                        call.hash()));
    }

    /** What a header's value is hashed as. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
