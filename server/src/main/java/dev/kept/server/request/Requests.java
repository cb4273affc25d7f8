package dev.kept.server.request;

import dev.kept.core.notice.Notice;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.AskCheck;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.EventData;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Request;
import dev.kept.core.rights.request.Stage;
import dev.kept.core.rights.request.Terms;
import dev.kept.server.request.StoredRequest.Channel;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Requests in Kept's own database. A request is what its events make of it, read back through the same rules that allowed them; columns beside
 * them are for finding it. Each event, what belongs to it, and its entry in the ledger are one transaction.
 */
public final class Requests {

    /** Characters of a number: 40 bits, so that numbers are neither counted nor guessed. */
    private static final int NUMBER_CHARACTERS = 8;

    private static final String COLUMNS =
            "id, number, kind, uses, language, channel, first_received_at, version from kept.request";

    private final State state;
    private final Notice notice;
    private final Terms terms;
    private final Function<UUID, List<StateChange>> besides;

    public Requests(State state, Notice notice) {
        this(state, notice, request -> List.of());
    }

    private Requests(State state, Notice notice, Function<UUID, List<StateChange>> besides) {
        this.state = state;
        this.notice = notice;
        this.terms = Terms.of(notice);
        this.besides = besides;
    }

    /**
     * The same requests for whoever notes something of their own with whatever is written about one.
     *
     * @param noted what is written in the same transaction, by the request's id
     */
    public Requests noting(Function<UUID, List<StateChange>> noted) {
        return new Requests(state, notice, noted);
    }

    /**
     * Holds a request as it was read, within a transaction.
     *
     * @throws Changed where it has changed since
     */
    static void asItWas(Handle handle, StoredRequest stored) {
        boolean same = handle.createQuery("select id from kept.request where id = ? and version = ? for update")
                .bind(0, stored.id())
                .bind(1, stored.version())
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
        if (!same) {
            throw new Changed();
        }
    }

    List<StateChange> besides(UUID request) {
        return besides.apply(request);
    }

    public Notice notice() {
        return notice;
    }

    public Terms terms() {
        return terms;
    }

    /**
     * A request that has come in, not written yet.
     *
     * @throws IllegalArgumentException where it is about a use that the notice does not have so
     */
    StoredRequest fresh(Ask ask, Channel channel, String language, Instant receivedAt) {
        if (!AskCheck.misfits(notice, ask).isEmpty()) {
            throw new IllegalArgumentException("a request of kind `"
                    + ask.kind().word() + "` is about a use of the notice of which that can be asked");
        }
        Instant at = receivedAt.truncatedTo(ChronoUnit.MICROS);
        Request request = Request.received(UUID.randomUUID(), ask, at);
        return new StoredRequest(request, Secret.code(NUMBER_CHARACTERS), language, channel, at, 0);
    }

    /** Writes it, with what belongs to it. */
    void add(StoredRequest fresh, Typed typed, Actor actor, List<StateChange> with) {
        Request request = fresh.request();
        Deadline deadline = request.deadline(terms, request.receivedAt());
        Optional<PrivateLog.Act> act = actor.act(state.privateLog());
        List<StateChange> changes = new ArrayList<>();
        changes.add(StateChange.of(
                "insert into kept.request (id, number, kind, uses, language, channel, first_received_at, received_at,"
                        + " stage, proven, reading, due_on) values (?, ?, ?, ?, ?, ?, ?, ?, ?, false, ?, ?)",
                request.id(),
                fresh.number(),
                request.ask().kind().word(),
                request.ask().uses(),
                fresh.language(),
                fresh.channel().word(),
                at(request.receivedAt()),
                at(request.receivedAt()),
                request.stage().word(),
                deadline.reading().word(),
                deadline.due()));
        changes.add(StateChange.of(
                "insert into kept.request_typed (request, name, address, words, details) values (?, ?, ?, ?, ?::jsonb)",
                request.id(),
                typed.name(),
                typed.address(),
                typed.words(),
                CanonicalJson.write(typed.details())));
        changes.addAll(Actor.write(act));
        changes.addAll(with);
        changes.addAll(besides(request.id()));
        Map<String, Object> entry = entry(request, Map.of("event", "receive"), actor, act);
        entry.put("channel", fresh.channel().word());
        changes.add(state.journal().entry(request.id(), "request", entry));
        state.inTransaction(handle -> changes);
    }

    public Optional<StoredRequest> find(UUID id) {
        return state.database().withHandle(handle -> find(handle, "id = ?", id));
    }

    /** How people call these requests; what is none is left out. */
    public Map<UUID, String> numbers(Collection<UUID> ids) {
        Map<UUID, String> numbers = new HashMap<>();
        state.database()
                .useHandle(handle -> handle.createQuery(
                                "select id, number from kept.request where id = any(cast(:ids as uuid[]))")
                        .bindArray(
                                "ids",
                                String.class,
                                ids.stream().map(UUID::toString).toList())
                        .map((row, context) -> numbers.put(row.getObject("id", UUID.class), row.getString("number")))
                        .list());
        return numbers;
    }

    /** @param number as people type it */
    public Optional<StoredRequest> byNumber(String number) {
        String plain = Secret.plain(number);
        if (plain.length() != NUMBER_CHARACTERS) {
            return Optional.empty();
        }
        String written = plain.substring(0, 4) + "-" + plain.substring(4);
        return state.database().withHandle(handle -> find(handle, "number = ?", written));
    }

    /**
     * Lets an event happen, with what belongs to it: all of it in one transaction, or nothing.
     *
     * @throws dev.kept.core.rights.request.NotAllowed where it cannot happen
     * @throws Changed where the request is another by now
     */
    public StoredRequest happen(StoredRequest stored, Event event, Actor actor, List<StateChange> with) {
        return happen(stored, List.of(event), actor, with);
    }

    /** The same with several events, one after the other. */
    StoredRequest happen(StoredRequest stored, List<Event> events, Actor actor, List<StateChange> with) {
        Instant now = state.clock().instant().truncatedTo(ChronoUnit.MICROS);
        Request request = stored.request();
        Optional<PrivateLog.Act> act = actor.act(state.privateLog());
        List<StateChange> changes = new ArrayList<>(Actor.write(act));
        long seq = stored.version();
        for (Event event : events) {
            request = request.after(event, now, terms);
            Map<String, String> data = EventData.of(event);
            changes.add(StateChange.of(
                    "insert into kept.request_event (request, seq, at, data, actor_role, actor_commitment)"
                            + " values (?, ?, ?, ?::jsonb, ?, ?)",
                    stored.id(),
                    seq++,
                    at(now),
                    CanonicalJson.write(data),
                    actor.role(),
                    act.map(PrivateLog.Act::commitment).orElse(null)));
            changes.add(state.journal().entry(stored.id(), "request", entry(request, data, actor, act)));
        }
        changes.addAll(with);
        changes.addAll(besides(stored.id()));
        Request after = request;
        long version = seq;
        state.inTransaction(handle -> {
            if (handle.execute(
                            "update kept.request set stage = ?, proven = ?, reading = ?, due_on = ?, pauses_on = ?,"
                                    + " received_at = ?, closed_at = ?, settled_at = ?, version = ? where id = ? and version = ?",
                            after.stage().word(),
                            after.identity().isPresent(),
                            after.deadline(terms, now).reading().word(),
                            after.deadline(terms, now).due(),
                            pausedOn(after, now),
                            at(after.receivedAt()),
                            after.closedAt().map(Requests::at).orElse(null),
                            settled(after).map(Requests::at).orElse(null),
                            version,
                            stored.id(),
                            stored.version())
                    == 0) {
                throw new Changed();
            }
            events.forEach(event -> Standing.check(handle, stored, event));
            return changes;
        });
        return new StoredRequest(
                after, stored.number(), stored.language(), stored.channel(), stored.firstReceivedAt(), version);
    }

    /** Since when the clock stands; a question that came too late does not stop it. */
    private @Nullable LocalDate pausedOn(Request request, Instant now) {
        return request.deadline(terms, now).reading() == Deadline.Reading.STANDS
                ? Deadline.day(request.pauses().getLast().from(), terms)
                : null;
    }

    /** When nothing is left to do about it: a restriction binds on until it is lifted. */
    private static Optional<Instant> settled(Request request) {
        boolean binds = request.ask().kind() == Kind.RESTRICTION && request.stage() instanceof Stage.Answered;
        return binds ? Optional.empty() : request.closedAt();
    }

    /** What the ledger says of an event: kinds, words, roles, days. */
    private Map<String, Object> entry(
            Request request, Map<String, String> data, Actor actor, Optional<PrivateLog.Act> act) {
        Map<String, Object> entry = new TreeMap<>(data);
        entry.put("request", request.id().toString());
        entry.put("kind", request.ask().kind().word());
        if (!request.ask().uses().isEmpty()) {
            entry.put("uses", request.ask().uses());
        }
        entry.put("stage", request.stage().word());
        entry.put("due", request.deadline(terms, state.clock().instant()).due().toString());
        Map<String, Object> who = new TreeMap<>(Map.of("role", actor.role()));
        act.ifPresent(known -> who.put("commitment", known.commitment()));
        entry.put("actor", who);
        return entry;
    }

    /** An event as it happened. */
    public record Happened(Instant at, Event event, String role, Optional<String> commitment) {}

    /** What happened, oldest first. */
    public List<Happened> events(UUID request) {
        return state.database().withHandle(handle -> events(handle, request));
    }

    private static List<Happened> events(Handle handle, UUID request) {
        return handle.createQuery("select at, data, actor_role, actor_commitment from kept.request_event"
                        + " where request = ? order by seq")
                .bind(0, request)
                .map((row, context) -> {
                    Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
                    return new Happened(
                            at,
                            EventData.read(CanonicalJson.texts(row.getString("data")), at),
                            row.getString("actor_role"),
                            Optional.ofNullable(row.getString("actor_commitment")));
                })
                .list();
    }

    private Optional<StoredRequest> find(Handle handle, String where, Object value) {
        return handle.createQuery("select " + COLUMNS + " where " + where)
                .bind(0, value)
                .map((row, context) -> read(row))
                .findOne()
                .map(received -> grown(received, events(handle, received.id())));
    }

    private StoredRequest grown(StoredRequest received, List<Happened> events) {
        Request request = received.request();
        for (Happened happened : events) {
            request = request.as(happened.event(), happened.at());
        }
        return new StoredRequest(
                request,
                received.number(),
                received.language(),
                received.channel(),
                received.firstReceivedAt(),
                events.size());
    }

    private static StoredRequest read(ResultSet row) throws SQLException {
        Instant received =
                row.getObject("first_received_at", OffsetDateTime.class).toInstant();
        Kind kind = Kind.parse(row.getString("kind")).orElseThrow();
        Ask ask = new Ask(kind, texts(row.getArray("uses")));
        return new StoredRequest(
                Request.received(row.getObject("id", UUID.class), ask, received),
                row.getString("number"),
                row.getString("language"),
                Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)),
                received,
                row.getLong("version"));
    }

    static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
