package dev.kept.server.request;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.Value;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.RequestSettings;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.EndingService;
import dev.kept.server.run.RunService;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;

/**
 * What Kept does about requests by itself: looks who asks, gives them to a person or carries them out, tries again what failed. Every step can be
 * broken off and done again: what was done is noted before the next thing is, and an event happens once.
 */
public final class Work {

    /** The most requests looked at in one go. */
    public static final int MOST_AT_ONCE = 1_000;

    /** After which a thing that failed is tried again; the last goes on. */
    private static final List<Duration> AGAIN = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6));

    /** What is done by hand is due so many days before the answer. */
    private static final int BY_HAND_BEFORE = 7;

    private final State state;
    private final Requests requests;
    private final Telling telling;
    private final Addressing addressing;
    private final CarryingOut carrying;
    private final Details details;
    private final PersonFactsOf facts;
    private final HandingOut handing;
    private final Duplicates duplicates;
    private final Sharing sharing;
    private final Notes notes;
    private final Corrections corrections;
    private final Together together;
    private final FaultPoints faults;

    public Work(State state, Requests requests, Telling telling, FaultPoints faults) {
        this.state = state;
        this.requests = requests;
        this.telling = telling;
        this.addressing = new Addressing(state, requests, telling);
        this.carrying = new CarryingOut(state);
        this.details = new Details(state);
        this.facts = new PersonFactsOf(state);
        this.handing = new HandingOut(state, requests, telling);
        this.duplicates = new Duplicates(state, requests);
        this.sharing = new Sharing(state, requests);
        this.notes = new Notes(state, requests, faults);
        this.corrections = new Corrections(state);
        this.together = new Together(state, requests, carrying, notes, faults);
        this.faults = faults;
    }

    /** Something to do about a request. */
    private record Due(UUID id, Works.Next next, int tries) {}

    /** Whether something is to be done by now. */
    public boolean due() {
        return linksDue() || restDue();
    }

    /** Whether somebody waits for a link, to prove who she is. */
    boolean linksDue() {
        return addressing.due();
    }

    /** Whether anything else is to be done. */
    boolean restDue() {
        return corrections.leftBehind()
                || state.database()
                        .withHandle(handle -> handle.createQuery(
                                        "select exists (select from kept.request where work <> ? and work_at <= ?)")
                                .bind(0, Works.Next.ADDRESS.word())
                                .bind(1, Requests.at(state.clock().instant()))
                                .mapTo(Boolean.class)
                                .one());
    }

    /**
     * Does what is due.
     *
     * @param home the folder as it is now
     * @param complaints what goes wrong, a line each, without personal data
     * @return how many requests were looked at
     */
    public int step(Home home, Consumer<String> complaints) {
        return rest(home, complaints) + links(home, complaints);
    }

    /** Sends links to those who wait for one: apart from the rest, which may take long. */
    int links(Home home, Consumer<String> complaints) {
        return addressing.step(home, complaints);
    }

    /** Does all else that is due. */
    int rest(Home home, Consumer<String> complaints) {
        if (corrections.leftBehind()) {
            corrections.takeUp();
        }
        List<Due> due = dueNow();
        if (!due.isEmpty()) {
            Workplace place = Workplace.of(home);
            place.problems().forEach((store, problem) -> complaints.accept("store `" + store + "`: " + problem));
            due.stream().filter(one -> one.next() == Works.Next.CARRY_OUT).forEach(this::retry);
            Set<UUID> seenTo =
                    together.step(ids(due, Works.Next.CARRY_OUT), ids(due, Works.Next.NOTE), place, complaints);
            Gathering gathering = handing.gathering(ids(due, Works.Next.CARRY_OUT), place, complaints);
            due.stream()
                    .filter(one -> !seenTo.contains(one.id()))
                    .forEach(one -> one(one, place, gathering, complaints));
        }
        return due.size();
    }

    private static List<UUID> ids(List<Due> due, Works.Next next) {
        return due.stream().filter(one -> one.next() == next).map(Due::id).toList();
    }

    private static boolean begun(StoredRequest stored) {
        return stored.request().stage() instanceof Stage.CarryingOut;
    }

    private List<Due> dueNow() {
        return state.database()
                .withHandle(handle -> handle.createQuery("select id, work, tries from kept.request"
                                + " where work <> ? and work_at <= ? order by work_at, id limit ?")
                        .bind(0, Works.Next.ADDRESS.word())
                        .bind(1, Requests.at(state.clock().instant()))
                        .bind(2, MOST_AT_ONCE)
                        .map((row, context) -> new Due(
                                row.getObject("id", UUID.class),
                                Works.Next.of(row.getString("work")),
                                row.getInt("tries")))
                        .list());
    }

    /** What failed is carried out again, and says so before anything is done: meanwhile nobody takes it back or refuses it. */
    private void retry(Due due) {
        try {
            requests.find(due.id())
                    .filter(stored -> stored.request().stage() instanceof Stage.Failed)
                    .ifPresent(stored -> requests.happen(stored, new Event.Retry(), Actor.KEPT, List.of()));
        } catch (NotAllowed | Changed e) {
            // somebody was first
        }
    }

    private void one(Due due, Workplace place, Gathering gathering, Consumer<String> complaints) {
        Optional<StoredRequest> found = requests.find(due.id());
        if (found.isEmpty()) {
            return;
        }
        StoredRequest stored = found.get();
        try {
            switch (due.next()) {
                case ADDRESS -> {} // what was done of it meanwhile is done: see Addressing
                case PROVEN -> proven(stored, place);
                case CARRY_OUT -> carryOut(stored, place, gathering);
                case RENEW -> handing.renew(stored, place);
                case TELL -> tellRecipients(stored, place);
                case NOTE -> notes.note(stored, place);
                case LIFT -> notes.lift(stored, place);
            }
        } catch (NotAllowed | Changed e) {
            // somebody was first, and what has to be done next stands with what they did
        } catch (CannotRun e) {
            complaints.accept("request " + stored.number() + ": " + e.problem());
            failed(stored, due);
        } catch (StoreException e) {
            complaints.accept("request " + stored.number() + ": " + e.getMessage());
            failed(stored, due);
        } catch (JdbiException | IllegalStateException | IllegalArgumentException e) {
            // its message may hold what a person wrote; the others that wait go on
            complaints.accept("request " + stored.number() + ": an error of the program, "
                    + e.getClass().getSimpleName());
            failed(stored, due);
        } finally {
            if (mayHaveChanged(stored, due.next())) {
                gathering.changed(stored);
            }
        }
    }

    /** Whether what was done about it is done in the stores, whole or in part. */
    private static boolean mayHaveChanged(StoredRequest stored, Works.Next next) {
        return switch (next) {
            case CARRY_OUT -> !HandingOut.reads(stored.request().ask().kind());
            case NOTE, LIFT -> true;
            case ADDRESS, PROVEN, RENEW, TELL -> false;
        };
    }

    /** It is shown as failing, and tried again. */
    private void failed(StoredRequest stored, Due due) {
        Instant again = state.clock().instant().plus(AGAIN.get(Math.min(due.tries(), AGAIN.size() - 1)));
        StateChange later = Works.later(stored.id(), due.next(), again);
        Optional<StoredRequest> now = requests.find(stored.id());
        try {
            if (now.isPresent() && begun(now.get())) {
                requests.happen(now.get(), new Event.Fail(), Actor.KEPT, List.of(later));
            } else {
                state.apply(List.of(later));
            }
        } catch (NotAllowed | Changed e) {
            // somebody was first
        }
    }

    /** It is known who asks: a person looks at it, or it is carried out. */
    private void proven(StoredRequest stored, Workplace place) {
        if (!(stored.request().stage() instanceof Stage.Proven)) {
            state.apply(List.of(Works.done(stored.id(), Works.Next.PROVEN)));
            return;
        }
        Optional<StoredRequest> before = duplicates.before(stored);
        if (before.isPresent()) {
            List<StateChange> with = new ArrayList<>(duplicates.goOn(stored, before.get()));
            with.add(Works.none(stored.id()));
            with.add(PersonFactsOf.weighed(stored.id()));
            requests.happen(stored, new Event.Join(before.get().id()), Actor.KEPT, with);
            return;
        }
        RequestSettings settings = place.home().settings().requests();
        Kind kind = stored.request().ask().kind();
        boolean nothingHeld = details.nothingHeld(stored);
        if (!nothingHeld && !settings.reviewed(kind)) {
            StateChange next =
                    Works.next(stored.id(), Works.Next.CARRY_OUT, state.clock().instant());
            requests.happen(stored, new Event.CarryOut(), Actor.KEPT, List.of(next));
            return;
        }
        Map<String, Value> values = new HashMap<>(telling.common(stored));
        values.put("by", new Value.Day(due(stored)));
        List<StateChange> with = new ArrayList<>(telling.tell(stored, LetterKind.RECEIVED, values));
        with.add(
                kind == Kind.OBJECTION
                        ? Works.next(stored.id(), Works.Next.NOTE, state.clock().instant())
                        : Works.none(stored.id()));
        requests.happen(stored, new Event.Review(why(kind, nothingHeld)), Actor.KEPT, with);
    }

    private static Stage.Review why(Kind kind, boolean nothingHeld) {
        if (nothingHeld) {
            return Stage.Review.NOTHING_HELD;
        }
        if (kind == Kind.OBJECTION) {
            return Stage.Review.WEIGHING;
        }
        return kind.needsPerson() ? Stage.Review.KIND : Stage.Review.SETTINGS;
    }

    private LocalDate due(StoredRequest stored) {
        return stored.request()
                .deadline(requests.terms(), state.clock().instant())
                .due();
    }

    private void carryOut(StoredRequest stored, Workplace place, Gathering gathering) {
        if (!begun(stored)) {
            state.apply(List.of(Works.done(stored.id(), Works.Next.CARRY_OUT)));
            return;
        }
        if (Lookup.frozen(state, stored.id()).isEmpty()) {
            throw new CannotRun("no store knows the person", "answer in words that nothing is held");
        }
        switch (stored.request().ask().kind()) {
            case ACCESS, PORTABILITY -> handOut(stored, place, gathering);
            case RESTRICTION -> restrict(stored, place);
            case ERASURE -> erase(stored, place);
            case MARKETING_OBJECTION, WITHDRAWAL, OBJECTION, TESTIMONIAL_REMOVAL -> end(stored, place);
            case RECTIFICATION, TESTIMONIAL_CHANGE, HUMAN_REVIEW, QUESTION ->
                state.apply(List.of(Works.done(stored.id(), Works.Next.CARRY_OUT)));
        }
    }

    /** Answers, if every store has done its part; else it is shown as failing. */
    private void answer(
            StoredRequest stored, boolean whole, LetterKind letter, Map<String, Value> values, List<StateChange> with) {
        if (!whole) {
            throw new CannotRun("a store has not done its part", "see the request in the console");
        }
        List<StateChange> changes = new ArrayList<>(with);
        changes.add(Works.none(stored.id()));
        changes.addAll(telling.tell(stored, letter, values));
        requests.happen(stored, new Event.Answer(), Actor.KEPT, changes);
    }

    private LocalDate byHandDue(StoredRequest stored) {
        return due(stored).minusDays(BY_HAND_BEFORE);
    }

    private void erase(StoredRequest stored, Workplace place) {
        RunService runs = new RunService(state, state.clock(), faults);
        boolean whole = carrying.everywhere(stored, place, byHandDue(stored), new Erasing(runs));
        List<StateChange> told = whole ? sharing.tellErased(stored, place) : List.of();
        answer(stored, whole, LetterKind.DONE, telling.common(stored), told);
    }

    /** The uses have ended for her since she was proven, or since somebody upheld her objection. */
    private void end(StoredRequest stored, Workplace place) {
        Instant since = Ending.since(requests, stored);
        Ending ending = new Ending(
                new RunService(state, state.clock(), faults),
                new EndingService(state, state.clock(), faults),
                stored.request().ask().uses(),
                since);
        boolean whole = carrying.everywhere(stored, place, byHandDue(stored), ending);
        Map<String, Value> values = new HashMap<>(telling.common(stored));
        values.put("day", new Value.Day(Deadline.day(since, requests.terms())));
        boolean atOnce = stored.request().ask().kind().atOnce();
        Set<String> uses = Set.copyOf(stored.request().ask().uses());
        List<StateChange> told = whole ? sharing.tell(stored, place, Kind.ERASURE, uses) : List.of();
        answer(stored, whole, atOnce ? LetterKind.STOPPED : LetterKind.DONE, values, told);
    }

    /** Restriction is a fact, and binds before any store is asked: whatever fails, nothing of her is swept meanwhile. */
    private void restrict(StoredRequest stored, Workplace place) {
        state.apply(facts.add(stored.id(), new What.Restricted()));
        boolean whole = carrying.everywhere(
                stored, place, byHandDue(stored), (store, keys, operator) -> notes.restrict(stored, store, keys));
        Map<String, Value> values = new HashMap<>(telling.common(stored));
        values.put("day", new Value.Day(today()));
        List<StateChange> told = whole ? sharing.tell(stored, place, Kind.RESTRICTION, Set.of()) : List.of();
        answer(stored, whole, LetterKind.RESTRICTED, values, told);
    }

    /** What somebody of the company did, or was done of what was asked for, recipients hear of, too (Art. 19). */
    private void tellRecipients(StoredRequest stored, Workplace place) {
        Set<String> uses = Set.copyOf(stored.request().ask().uses());
        List<StateChange> told = switch (stored.request().ask().kind()) {
            case RECTIFICATION, TESTIMONIAL_CHANGE -> sharing.tellCorrection(stored, place);
            case RESTRICTION -> sharing.tell(stored, place, Kind.RESTRICTION, Set.of());
            case ERASURE -> sharing.tellErased(stored, place);
            case WITHDRAWAL, MARKETING_OBJECTION, OBJECTION, TESTIMONIAL_REMOVAL ->
                sharing.tell(stored, place, Kind.ERASURE, uses);
            case ACCESS, PORTABILITY, HUMAN_REVIEW, QUESTION -> List.of();
        };
        List<StateChange> changes = new ArrayList<>(told);
        changes.add(Works.done(stored.id(), Works.Next.TELL));
        state.apply(changes);
    }

    private LocalDate today() {
        return Deadline.day(state.clock().instant(), requests.terms());
    }

    /** Everything held is read in one go: a package that lacks a store is none. */
    private void handOut(StoredRequest stored, Workplace place, Gathering gathering) {
        boolean whole = carrying.everywhere(
                stored,
                place,
                byHandDue(stored),
                (store, keys, operator) -> CarryingOut.Part.done(Optional.empty(), Map.of()));
        if (!whole || !place.problems().isEmpty()) {
            throw new CannotRun("a store has not done its part", "see the request in the console");
        }
        HandingOut.Packed made = handing.make(stored, place, gathering.of(stored));
        answer(stored, true, LetterKind.READY, made.values(), made.release());
    }
}
