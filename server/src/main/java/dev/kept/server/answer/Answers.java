package dev.kept.server.answer;

import dev.kept.server.state.SealKey;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The answers of Kept. Each lies sealed under a key of its own, which exists from the moment the answer is whole until it expires; then the key is
 * destroyed, and after it what it sealed.
 */
public final class Answers {

    /** How long an answer is there, unless it is said. */
    public static final Duration STAYS = Duration.ofDays(30);

    /** The longest it may be there. */
    public static final Duration LONGEST_STAY = Duration.ofDays(368);

    /** The largest answer that is kept, in bytes. */
    public static final long LARGEST_BYTES = 512L << 20;

    /** How long after a proof an answer is handed out. */
    public static final Duration PROOF_LASTS = Duration.ofMinutes(30);

    /** How often the answer to one request is made, the first time included. */
    public static final int MOST_OF_A_REQUEST = 5;

    /** Whoever makes an answer for longer has ended. */
    static final Duration LONGEST_MAKING = Duration.ofHours(12);

    private static final int CHUNKS_AT_ONCE = 200;
    private static final String KEPT =
            "select id, request, state, made_at, ends_at, gone_at, downloads from kept.answer";

    private final Jdbi jdbi;
    private final State state;
    private final InstantSource clock;
    private final long largestBytes;

    public Answers(State state) {
        this(state, LARGEST_BYTES);
    }

    Answers(State state, long largestBytes) {
        this.state = state;
        this.jdbi = state.database();
        this.clock = state.clock();
        this.largestBytes = largestBytes;
    }

    /** Writes an answer; it need not close the stream, and must not where it failed. */
    @FunctionalInterface
    public interface Maker<T> {
        T write(OutputStream out) throws IOException;
    }

    /**
     * An answer that is whole and not there yet.
     *
     * @param made what its maker returned
     * @param release to be written with what tells of the answer: with it, it is there, and earlier answers to the request are gone
     */
    public record Made<T>(UUID id, T made, long size, Instant endsAt, List<StateChange> release) {
        public Made {
            release = List.copyOf(release);
        }
    }

    /** Whether the answer to a request may be made again. */
    public boolean renewable(UUID request) {
        return of(request).stream()
                        .filter(answer -> answer.standing() != KeptAnswer.Standing.MAKING)
                        .count()
                < MOST_OF_A_REQUEST;
    }

    /**
     * Makes an answer, for the first time or again.
     *
     * @param stays how long it is there
     * @throws TooLarge where it is larger than is kept
     * @throws IOException where the maker failed; nothing can be read of what it wrote
     */
    public <T> Made<T> make(UUID request, About about, Duration stays, Maker<T> maker) throws IOException {
        if (stays.isNegative() || stays.isZero() || stays.compareTo(LONGEST_STAY) > 0) {
            throw new IllegalArgumentException("an answer stays at most " + LONGEST_STAY.toDays() + " days");
        }
        if (!renewable(request)) {
            throw new IllegalStateException("the answer to a request is made at most " + MOST_OF_A_REQUEST + " times");
        }
        UUID id = UUID.randomUUID();
        SealKey key = SealKey.fresh();
        begin(id, request);
        boolean whole = false;
        try {
            Sealing sealing = new Sealing(jdbi, id, key, largestBytes);
            T made = maker.write(sealing);
            sealing.close();
            About.Measured measured = sealing.measured(about);
            whole = true;
            Instant end = clock.instant().plus(stays);
            return new Made<>(id, made, measured.size(), end, release(id, request, key, measured, end));
        } finally {
            if (!whole) {
                forget(id);
            }
        }
    }

    private void begin(UUID id, UUID request) {
        Instant now = clock.instant();
        jdbi.useHandle(handle -> handle.createUpdate("insert into kept.answer (id, request, state, made_at, ends_at)"
                        + " values (:id, :request, 'making', :now, :end)")
                .bind("id", id)
                .bind("request", request)
                .bind("now", at(now))
                .bind("end", at(now.plus(LONGEST_MAKING)))
                .execute());
    }

    private List<StateChange> release(UUID id, UUID request, SealKey key, About.Measured measured, Instant end) {
        OffsetDateTime now = at(clock.instant());
        return List.of(
                StateChange.of(
                        "with before as (update kept.answer set state = 'gone', about = null, gone_at = ? where request = ?"
                                + " and id <> ? and state = 'there' returning id) delete from kept.answer_key where answer in (select id from before)",
                        now,
                        request,
                        id),
                // fails where the answer is not being made any more: it took too long, and was cleared away
                StateChange.of(
                        "with there as (update kept.answer set state = 'there', made_at = ?, ends_at = ?, about = ?"
                                + " where id = ? and state = 'making' returning id)"
                                + " insert into kept.answer_key (answer, key) select (select id from there), ?",
                        now,
                        at(end),
                        key.seal(Chunks.about(id), measured.bytes()),
                        id,
                        key.bytes()));
    }

    private void forget(UUID id) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from kept.answer where id = :id")
                .bind("id", id)
                .execute());
    }

    /** Destroys the answers to a request before their time, with something else; one that is being made comes to nothing. */
    public StateChange end(UUID request) {
        return StateChange.of(
                "with ended as (update kept.answer set state = 'gone', about = null, gone_at = ? where request = ? and state <> 'gone'"
                        + " returning id) delete from kept.answer_key where answer in (select id from ended)",
                at(clock.instant()),
                request);
    }

    /** The answers to a request, newest first. */
    public List<KeptAnswer> of(UUID request) {
        return jdbi.withHandle(
                handle -> handle.createQuery(KEPT + " where request = :request order by made_at desc, id limit 100")
                        .bind("request", request)
                        .map((row, context) -> read(row))
                        .list());
    }

    /**
     * An answer as it is handed out.
     *
     * @param content throws {@link NotReadable} where the answer expires meanwhile
     */
    public record Download(About about, long size, InputStream content) {}

    /**
     * Hands an answer out, and notes that it was.
     *
     * @return empty where there is none to be handed out now, whatever the reason: it tells nobody which numbers there are
     */
    public Optional<Download> open(UUID answer, Proof proof) {
        Instant now = clock.instant();
        if (proof.at().isAfter(now) || proof.at().plus(PROOF_LASTS).isBefore(now)) {
            return Optional.empty();
        }
        return jdbi.inTransaction(handle -> open(handle, answer, proof.request(), now));
    }

    private Optional<Download> open(Handle handle, UUID answer, UUID request, Instant now) {
        Optional<Locked> found = handle.createQuery("update kept.answer set downloads = downloads + 1 where id = :id"
                        + " and request = :request and state = 'there' and ends_at > :now returning about, downloads,"
                        + " (select key from kept.answer_key where answer = id) as key")
                .bind("id", answer)
                .bind("request", request)
                .bind("now", at(now))
                .map((row, context) -> new Locked(row.getBytes("about"), row.getBytes("key"), row.getInt("downloads")))
                .findOne();
        return found.flatMap(locked -> opened(answer, locked)).map(download -> {
            state.journal()
                    .appendWithin(
                            handle,
                            "answer",
                            Map.of(
                                    "answer",
                                    answer.toString(),
                                    "request",
                                    request.toString(),
                                    "event",
                                    "downloaded",
                                    "downloads",
                                    (long) found.orElseThrow().downloads()));
            return download;
        });
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
    private record Locked(byte @Nullable [] about, byte @Nullable [] key, int downloads) {}

    private Optional<Download> opened(UUID answer, Locked locked) {
        byte[] about = locked.about();
        byte[] bytes = locked.key();
        if (about == null || bytes == null) {
            return Optional.empty();
        }
        SealKey key = SealKey.of(bytes);
        return key.open(Chunks.about(answer), about)
                .map(About.Measured::of)
                .map(measured -> new Download(
                        measured.about(), measured.size(), new Opening(jdbi, clock, answer, key, measured.chunks())));
    }

    /**
     * Destroys what has expired: first the keys, then what they sealed.
     *
     * @return how many answers have expired
     */
    public int expire() {
        Instant now = clock.instant();
        int expired = jdbi.inTransaction(handle -> {
            // whoever was making these has ended; nothing ever told of them
            handle.createUpdate("delete from kept.answer where state = 'making' and ends_at <= :now")
                    .bind("now", at(now))
                    .execute();
            int count = handle.createQuery(
                            "with ended as (update kept.answer set state = 'gone', about = null, gone_at = :now"
                                    + " where state = 'there' and ends_at <= :now returning id), keys as (delete from"
                                    + " kept.answer_key where answer in (select id from ended)) select count(*) from ended")
                    .bind("now", at(now))
                    .mapTo(Integer.class)
                    .one();
            if (count > 0) {
                state.journal().appendWithin(handle, "answer", Map.of("event", "expired", "answers", (long) count));
            }
            return count;
        });
        clear();
        return expired;
    }

    /** Chunks without a key say nothing; they go in batches. */
    private void clear() {
        int gone;
        do {
            gone = jdbi.withHandle(handle -> handle.createUpdate(
                            "delete from kept.answer_chunk where (answer, number) in (select answer, number from kept.answer_chunk"
                                    + " join kept.answer on answer.id = answer_chunk.answer where state = 'gone' limit :most)")
                    .bind("most", CHUNKS_AT_ONCE)
                    .execute());
        } while (gone == CHUNKS_AT_ONCE);
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static KeptAnswer read(ResultSet row) throws SQLException {
        return new KeptAnswer(
                row.getObject("id", UUID.class),
                row.getObject("request", UUID.class),
                KeptAnswer.Standing.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("gone_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getInt("downloads"));
    }
}
