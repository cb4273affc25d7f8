package dev.kept.server.request;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.Value;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.Stage;
import dev.kept.core.rights.request.Terms;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The end of a restriction: the person is told before, and it ends on the day she is told (GDPR Art. 18(3)). A letter that does not reach her tells her
 * nothing: then it goes on, see {@link Restrictions}.
 */
public final class Lifting {

    /** Of a letter nothing is known any more a year after it was written, and it may leave late: the day lies well within. */
    static final int LETTER_MOST_DAYS = 300;

    private final State state;
    private final Requests requests;
    private final Telling telling;
    private final Messages messages;

    Lifting(State state, Requests requests, Telling telling) {
        this.state = state;
        this.requests = requests;
        this.telling = telling;
        this.messages = new Messages(state);
    }

    void announce(StoredRequest stored, LocalDate onDay, String reason, Hears hears, Actor staff) {
        state.inTransaction(handle -> {
            Instant now = state.clock().instant();
            unsaid(handle, stored);
            check(stored, onDay, hears, now);
            return announced(stored, onDay, reason, hears, staff, now);
        });
    }

    /** Under lock until it is written: nobody says it twice, and nobody begins the request anew meanwhile. */
    private static void unsaid(Handle handle, StoredRequest stored) {
        Requests.asItWas(handle, stored);
        boolean said = handle.createQuery("select exists (select from kept.request_lift where request = ?)")
                .bind(0, stored.id())
                .mapTo(Boolean.class)
                .one();
        if (said) {
            throw new NotAllowed("it was said already when the restriction ends");
        }
    }

    private List<StateChange> announced(
            StoredRequest stored, LocalDate onDay, String reason, Hears hears, Actor staff, Instant now) {
        Optional<PrivateLog.Act> act = staff.act(state.privateLog());
        List<StateChange> changes = new ArrayList<>(Actor.write(act));
        if (hears == Hears.LETTER) {
            Map<String, Value> values = new HashMap<>(telling.common(stored));
            values.put("day", new Value.Day(onDay));
            values.put("reason", new Value.Text(reason));
            changes.addAll(telling.tell(stored, LetterKind.RESTRICTION_ENDS, values));
            changes.add(telling.notSentFrom(
                    stored, LetterKind.RESTRICTION_ENDS, requests.terms().startOf(onDay)));
        }
        changes.add(messages.write(stored.id(), Messages.Author.STAFF, false, reason));
        changes.add(StateChange.of(
                "insert into kept.request_lift (request, told_at, on_day, otherwise) values (?, ?, ?, ?)",
                stored.id(),
                Requests.at(now),
                onDay,
                hears == Hears.OTHERWISE));
        Map<String, Object> who = new HashMap<>(Map.of("role", staff.role()));
        act.ifPresent(known -> who.put("commitment", known.commitment()));
        Map<String, Object> entry = new HashMap<>();
        entry.put("event", "restriction-ends");
        entry.put("request", stored.id().toString());
        entry.put("on", onDay.toString());
        entry.put("told", hears.word());
        entry.put("actor", who);
        changes.add(state.journal().entry(stored.id(), "request", entry));
        changes.addAll(requests.besides(stored.id()));
        return changes;
    }

    private void check(StoredRequest stored, LocalDate onDay, Hears hears, Instant now) {
        boolean restricts = stored.request().ask().kind() == Kind.RESTRICTION
                && stored.request().stage() instanceof Stage.Answered;
        if (!restricts || !onDay.isAfter(Deadline.day(now, requests.terms()))) {
            throw new NotAllowed("a restriction that binds ends on a later day than today");
        }
        if (hears == Hears.LETTER && !telling.reaches(stored)) {
            throw new NotAllowed(
                    "the person has to be told before, and no address of hers is on file: tell her otherwise, and say so");
        }
        if (hears == Hears.LETTER) {
            within(onDay, now);
        }
    }

    /** The day leaves a letter the time to come back, and is one on which it is still known what became of it. */
    private void within(LocalDate onDay, Instant now) {
        LocalDate first = earliest(now, requests.terms());
        LocalDate last = Deadline.day(now, requests.terms()).plusDays(LETTER_MOST_DAYS);
        if (onDay.isBefore(first)) {
            throw new NotAllowed("a letter may come back for " + Restrictions.COMES_BACK_WITHIN.toDays()
                    + " days: the restriction ends on " + first
                    + " at the earliest, or tell her otherwise, and say so");
        }
        if (onDay.isAfter(last)) {
            throw new NotAllowed("what became of a letter is not known for ever: the restriction ends on " + last
                    + " at the latest, or say so later");
        }
    }

    /** The first day on which a restriction can end of which a letter tells that goes out now. */
    public static LocalDate earliest(Instant now, Terms terms) {
        return Deadline.day(now.plus(Restrictions.COMES_BACK_WITHIN), terms).plusDays(1);
    }
}
