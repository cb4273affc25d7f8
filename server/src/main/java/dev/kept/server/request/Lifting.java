package dev.kept.server.request;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.Value;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The end of a restriction: the person is told before, and it ends on the day she is told (GDPR Art. 18(3)). A letter that does not reach her tells her
 * nothing: then it goes on, see {@link Unreached}.
 */
public final class Lifting {

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

    /** How a person hears that a restriction ends. */
    public enum Hears {
        /** By a letter to her address on file, which goes out now. */
        LETTER,
        /** Staff have told her: by post, by telephone. */
        OTHERWISE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Hears> parse(String word) {
            return List.of(values()).stream()
                    .filter(hears -> hears.word().equals(word))
                    .findFirst();
        }
    }

    void announce(StoredRequest stored, LocalDate onDay, String reason, Hears hears, Actor staff) {
        Instant now = state.clock().instant();
        check(stored, onDay, hears, now);
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
        state.apply(changes);
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
        if (said(stored)) {
            throw new NotAllowed("it was said already when the restriction ends");
        }
    }

    private boolean said(StoredRequest stored) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select exists (select from kept.request_lift where request = :request)")
                        .bind("request", stored.id())
                        .mapTo(Boolean.class)
                        .one());
    }
}
