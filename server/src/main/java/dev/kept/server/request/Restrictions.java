package dev.kept.server.request;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.rights.request.Deadline;
import dev.kept.server.failure.Apart;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Restrictions whose end was said, see {@link Lifting}: they end when the day has come and the person was told before (GDPR Art. 18(3)), and bind again
 * where it turns out afterwards that she was not.
 */
final class Restrictions {

    /**
     * Mail servers may try for four to five days before they send a letter back (RFC 5321, section 4.5.4.1): one that was taken and has not come back by
     * then is held to have arrived.
     */
    static final Duration COMES_BACK_WITHIN = Duration.ofDays(5);

    /** A lift that is being undone at the same time in the stores is done by then. */
    private static final Duration NOTED_AGAIN = Duration.ofMinutes(1);

    private static final int MOST_AT_ONCE = 500;

    private static final String DUE =
            "select lift.request from kept.request_lift lift join kept.request on request.id = lift.request"
                    + " where request.stage = 'answered' and lift.lifted_at is null and lift.on_day <= :today"
                    + " and (lift.otherwise or exists (select from kept.mail where mail.request = lift.request"
                    + " and mail.kind = :letter and mail.made_at >= lift.told_at and mail.state = 'sent'"
                    + " and mail.done_at < lift.on_day::timestamp at time zone :zone and mail.done_at <= :taken))";

    private final State state;
    private final Requests requests;

    Restrictions(State state, Requests requests) {
        this.state = state;
        this.requests = requests;
    }

    /**
     * Ends those whose day has come: a mail server took the letter before that day and {@link #COMES_BACK_WITHIN} ago, or staff have told her otherwise. Where
     * the letter left late it ends later than was said, never earlier.
     */
    void lift() {
        Apart apart = new Apart();
        List<UUID> due = state.database()
                .withHandle(handle ->
                        due(handle, " limit " + MOST_AT_ONCE).mapTo(UUID.class).list());
        due.forEach(request -> apart.run(() -> state.inTransaction(handle -> lift(handle, request))));
        apart.end();
    }

    private Query due(Handle handle, String and) {
        Instant now = state.clock().instant();
        return handle.createQuery(DUE + and)
                .bind("today", Deadline.day(now, requests.terms()))
                .bind("letter", LetterKind.RESTRICTION_ENDS.word())
                .bind("zone", requests.terms().zone().getId())
                .bind("taken", Requests.at(now.minus(COMES_BACK_WITHIN)));
    }

    /** Looked at once more under lock: another process may have done it, or somebody have begun the request anew. */
    private List<StateChange> lift(Handle handle, UUID request) {
        boolean due = due(handle, " and lift.request = :request for update of request, lift")
                .bind("request", request)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
        if (!due) {
            return List.of();
        }
        Instant now = state.clock().instant();
        return List.of(
                StateChange.of(
                        "update kept.request_lift set lifted_at = ? where request = ?", Requests.at(now), request),
                StateChange.of("delete from kept.person_fact where request = ? and what = 'restricted'", request),
                StateChange.of("update kept.request set settled_at = ? where id = ?", Requests.at(now), request),
                Works.next(request, Works.Next.LIFT, now),
                entry(request, "restriction-lifted"));
    }

    /**
     * What becomes of a restriction of whose end the person was not told.
     *
     * @param said to staff; empty where nothing comes of it
     */
    record Fate(String said, List<StateChange> changes) {}

    /**
     * A letter did not reach her. It ends nothing, and where the restriction has ended already it binds again; only where Kept no longer knows who she is in
     * the stores it stays ended. A letter about an end that was said before the one that stands now changes nothing.
     *
     * @param madeAt when the letter was written
     */
    Fate untold(Handle handle, UUID request, Instant madeAt) {
        Optional<Boolean> lifted = handle.createQuery(
                        "select lift.lifted_at is not null from kept.request_lift lift join kept.request on request.id = lift.request"
                                + " where lift.request = :request and request.stage = 'answered' and not lift.otherwise"
                                + " and lift.told_at <= :made for update of request, lift")
                .bind("request", request)
                .bind("made", Requests.at(madeAt))
                .mapTo(Boolean.class)
                .findOne();
        if (lifted.isEmpty()) {
            return new Fate("", List.of());
        }
        if (!lifted.get()) {
            return new Fate(
                    " The restriction goes on: tell her first, and say then when it ends.",
                    List.of(notSaid(request), entry(request, "restriction-goes-on")));
        }
        Map<String, Map<String, List<List<String>>>> person = Lookup.frozen(state, request);
        return person.isEmpty() ? staysEnded(request) : bindsAgain(request, person);
    }

    private Fate staysEnded(UUID request) {
        return new Fate(
                " The restriction has ended already, and Kept no longer knows who she is in the stores: it does not bind again by itself.",
                List.of(entry(request, "restriction-lifted-untold")));
    }

    private Fate bindsAgain(UUID request, Map<String, Map<String, List<List<String>>>> person) {
        List<StateChange> changes =
                new ArrayList<>(new PersonFactsOf(state).add(request, person, new What.Restricted()));
        changes.add(notSaid(request));
        changes.add(StateChange.of("update kept.request set settled_at = null where id = ?", request));
        changes.add(Works.next(request, Works.Next.NOTE, state.clock().instant().plus(NOTED_AGAIN)));
        changes.add(entry(request, "restriction-put-back"));
        return new Fate(
                " The restriction had ended already, and binds again from now on; what was done with her data in between is not undone."
                        + " Tell her first, and say then when it ends.",
                changes);
    }

    private static StateChange notSaid(UUID request) {
        return StateChange.of("delete from kept.request_lift where request = ?", request);
    }

    private StateChange entry(UUID request, String event) {
        Map<String, Object> entry = new TreeMap<>();
        entry.put("event", event);
        entry.put("request", request.toString());
        entry.put("actor", Map.of("role", Actor.KEPT.role()));
        return state.journal().entry(request, "request", entry);
    }
}
