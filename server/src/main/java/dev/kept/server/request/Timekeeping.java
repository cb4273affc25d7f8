package dev.kept.server.request;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.Value;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Deadline.Alarm;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.server.configuration.RequestSettings;
import dev.kept.server.failure.Apart;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.ConnectionException;

/** What time does to requests: nobody proves who asks, the last day comes nearer or is over, a restriction ends, a link is worth nothing any more. */
public final class Timekeeping {

    private static final int MOST_AT_ONCE = 500;

    private final State state;
    private final Requests requests;
    private final Telling telling;
    private final RequestSettings settings;

    public Timekeeping(State state, Requests requests, Telling telling, RequestSettings settings) {
        this.state = state;
        this.requests = requests;
        this.telling = telling;
        this.settings = settings;
    }

    /** Does what is due by now; where a part of it fails the others are done all the same. */
    public void step() {
        Visits visits = new Visits(state);
        Apart apart = new Apart();
        List.<Runnable>of(
                        this::expire,
                        this::moveStanding,
                        new Unreached(state, requests)::step,
                        this::warn,
                        new Restrictions(state, requests)::lift,
                        visits::forgetEnded,
                        new Proofs(state)::forgetEnded,
                        this::forgetSent)
                .forEach(apart::run);
        apart.end();
    }

    /** What could have been sent twice, and no longer can: calls of programs, tokens of the company's own site. */
    private void forgetSent() {
        var now = Requests.at(state.clock().instant());
        state.apply(List.of(
                StateChange.of("delete from kept.api_call where ends_at <= ?", now),
                StateChange.of("delete from kept.site_token where ends_at <= ?", now)));
    }

    private LocalDate today() {
        return Deadline.day(state.clock().instant(), requests.terms());
    }

    private List<UUID> ids(String where, Object... values) {
        return state.database().withHandle(handle -> {
            var query = handle.createQuery(
                    "select id from kept.request where " + where + " order by due_on, id limit " + MOST_AT_ONCE);
            for (int i = 0; i < values.length; i++) {
                query.bind(i, values[i]);
            }
            return query.mapTo(UUID.class).list();
        });
    }

    /** What nobody has proven in time is over: nothing was done, and nobody is told. Who was sent no link yet, or has one that is good, is not late. */
    private void expire() {
        Instant before = state.clock().instant().minus(settings.unproven().atMostDays(), ChronoUnit.DAYS);
        Apart apart = new Apart();
        for (UUID id : ids(
                "closed_at is null and not proven and channel = 'form' and kind <> 'question' and stage <> 'held'"
                        + " and received_at <= ? and work is distinct from 'address'"
                        + " and not exists (select from kept.request_proof where request = request.id and ends_at > ?)",
                Requests.at(before),
                Requests.at(state.clock().instant()))) {
            apart.run(() ->
                    requests.find(id).ifPresent(stored -> happen(stored, new Event.Expire(), List.of(Works.none(id)))));
        }
        apart.end();
    }

    private void happen(StoredRequest stored, Event event, List<StateChange> with) {
        try {
            requests.happen(stored, event, Actor.KEPT, with);
        } catch (NotAllowed | Changed e) {
            // somebody was first
        }
    }

    /** While the clock stands, the last day moves with the days: lists are in order of it. */
    private void moveStanding() {
        LocalDate today = today();
        state.apply(List.of(StateChange.of(
                "update kept.request set due_on = due_on + (?::date - pauses_on), pauses_on = ?"
                        + " where closed_at is null and pauses_on < ?",
                today,
                today,
                today)));
    }

    /** A request that is nearer to its last day than staff were told. */
    private record Nearer(StoredRequest stored, LocalDate due, Alarm alarm) {}

    /**
     * Staff are told once for each step nearer, of all requests in one letter; of what is over the ledger hears, too: a promise is broken. One that cannot be
     * read, or of which that cannot be noted, keeps the others from nothing.
     */
    private void warn() {
        LocalDate today = today();
        List<Nearer> nearer = new ArrayList<>();
        Apart apart = new Apart();
        for (UUID id : ids(
                "closed_at is null and reading <> 'stands' and due_on <= ?"
                        + " and warned is distinct from case when due_on < ? then 'overdue' when due_on <= ? then 'urgent' else 'soon' end",
                today.plusDays(Deadline.WARNED_DAYS),
                today,
                today.plusDays(Deadline.URGENT_DAYS))) {
            apart.run(() -> nearer(id, today).ifPresent(nearer::add));
        }
        warn(nearer, today, apart);
        apart.end();
    }

    private Optional<Nearer> nearer(UUID id, LocalDate today) {
        return requests.find(id).flatMap(stored -> {
            Deadline deadline =
                    stored.request().deadline(requests.terms(), state.clock().instant());
            Alarm alarm = deadline.alarm(today);
            return warned(id)
                    .filter(warned -> alarm != Alarm.NONE && !alarm.word().equals(warned))
                    .map(warned -> new Nearer(stored, deadline.due(), alarm));
        });
    }

    /** All in one letter; where that fails, by halves, until the one that fails is alone. */
    private void warn(List<Nearer> nearer, LocalDate today, Apart apart) {
        if (nearer.size() < 2) {
            nearer.forEach(one -> apart.run(() -> warn(List.of(one), today)));
            return;
        }
        try {
            warn(nearer, today);
        } catch (ConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            int half = nearer.size() / 2;
            warn(nearer.subList(0, half), today, apart);
            warn(nearer.subList(half, nearer.size()), today, apart);
        }
    }

    private void warn(List<Nearer> nearer, LocalDate today) {
        List<StateChange> changes = new ArrayList<>();
        nearer.forEach(one -> changes.addAll(warned(one)));
        settings.warn()
                .ifPresent(address -> changes.addAll(
                        nearer.size() == 1 ? letter(address, nearer.getFirst(), today) : letter(address, nearer)));
        state.apply(changes);
    }

    /** Of what; empty where it is forgotten by now. */
    private Optional<String> warned(UUID request) {
        return state.database()
                .withHandle(handle -> handle.createQuery("select coalesce(warned, '') from kept.request where id = ?")
                        .bind(0, request)
                        .mapTo(String.class)
                        .findOne());
    }

    private List<StateChange> warned(Nearer one) {
        List<StateChange> changes = new ArrayList<>();
        changes.add(StateChange.of(
                "update kept.request set warned = ? where id = ?",
                one.alarm().word(),
                one.stored().id()));
        if (one.alarm() == Alarm.OVERDUE) {
            Map<String, Object> entry = new TreeMap<>();
            entry.put("event", "overdue");
            entry.put("request", one.stored().id().toString());
            entry.put("kind", one.stored().request().ask().kind().word());
            entry.put("due", one.due().toString());
            entry.put("actor", Map.of("role", Actor.KEPT.role()));
            changes.add(state.journal().entry(one.stored().id(), "request", entry));
        }
        return changes;
    }

    private List<StateChange> letter(String address, Nearer one, LocalDate today) {
        Map<String, Value> values = new HashMap<>(telling.common(one.stored()));
        values.put("by", new Value.Day(one.due()));
        values.put("left", new Value.Count(Math.max(0, ChronoUnit.DAYS.between(today, one.due()))));
        values.put("link", telling.addresses().console(one.stored().number()));
        return telling.toStaff(one.stored(), address, staffLanguage(), LetterKind.STAFF_DEADLINE, values);
    }

    /** About the one whose last day is first, as far as a letter is about one. */
    private List<StateChange> letter(String address, List<Nearer> several) {
        Nearer first = several.stream().min(Comparator.comparing(Nearer::due)).orElseThrow();
        long late = several.stream().filter(one -> one.alarm() == Alarm.OVERDUE).count();
        Map<String, Value> values = new HashMap<>();
        values.put("several", new Value.Count(several.size()));
        values.put("late", new Value.Count(late));
        values.put("by", new Value.Day(first.due()));
        values.put("link", telling.addresses().inbox());
        return telling.toStaff(first.stored(), address, staffLanguage(), LetterKind.STAFF_DEADLINES, values);
    }

    /** The notice's original: staff are not answered in the language of who asks. */
    private String staffLanguage() {
        return requests.notice().languages().stream().findFirst().orElse("en");
    }
}
