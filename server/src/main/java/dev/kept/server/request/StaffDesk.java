package dev.kept.server.request;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.Value;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.Extension;
import dev.kept.core.rights.request.Identity;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.RefusalGround;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.answer.Answers;
import dev.kept.server.request.StoredRequest.Channel;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What staff do about a request. Whoever acts is named; the ledger hears of the role alone. What the person is told is written in the same
 * transaction as what it tells of, and goes to an address on file, or is kept as a message for who proves to be her.
 */
public final class StaffDesk {

    /** After this the note of a request that was joined has been taken back. */
    private static final Duration NOTED_AGAIN = Duration.ofMinutes(1);

    private final State state;
    private final Requests requests;
    private final Desk desk;
    private final Telling telling;
    private final Details details;

    public StaffDesk(State state, Requests requests, Telling telling) {
        this.state = state;
        this.requests = requests;
        this.desk = new Desk(state, requests);
        this.telling = telling;
        this.details = new Details(state);
    }

    /**
     * Enters a request that came by telephone, letter or mail. Entering proves nothing.
     *
     * @param receivedAt when it reached the company: from then the time counts
     * @throws IllegalArgumentException where that is still to come
     */
    public StoredRequest enter(Ask ask, Typed typed, String language, Instant receivedAt, Actor staff) {
        return enter(ask, typed, language, receivedAt, Channel.STAFF, staff);
    }

    /** The same of a request that another system, or a program, hands over. */
    public StoredRequest enter(
            Ask ask, Typed typed, String language, Instant receivedAt, Channel channel, Actor staff) {
        Instant now = state.clock().instant();
        if (receivedAt.isAfter(now)) {
            throw new IllegalArgumentException("a request is not received before it comes");
        }
        StoredRequest fresh = requests.fresh(ask, channel, language, receivedAt);
        List<StateChange> with =
                typed.address().isBlank() ? List.of() : List.of(Works.next(fresh.id(), Works.Next.ADDRESS, now));
        requests.add(fresh, typed, staff, with);
        return fresh;
    }

    /**
     * Says that it was established who asks, in one of the ways that staff have.
     *
     * @param persons who she is in the stores, as {@link Lookup} found her by what was checked
     * @param staff with what was checked, in words; no copy of a document is kept anywhere
     */
    public StoredRequest prove(StoredRequest stored, Identity.Way way, Lookup.Known persons, Actor staff) {
        if (!way.byStaff() || staff.name().isEmpty() || staff.said().isBlank()) {
            throw new NotAllowed("staff say who they are and what they checked");
        }
        if (persons.nobody()) {
            throw new NotAllowed(
                    "no store knows such a person: look again by what she is known by, or refuse as not identified");
        }
        Instant now = state.clock().instant();
        // one entry of the private log says both: who checked, and what
        PrivateLog.Act act = staff.act(state.privateLog()).orElseThrow();
        List<StateChange> with = new ArrayList<>(Lookup.freeze(stored.id(), persons));
        with.add(act.write());
        with.add(Proofs.used(stored.id(), now));
        return desk.prove(
                stored,
                new Identity(way, now, Optional.of(act.commitment())),
                persons.keys(),
                new Actor(staff.role()),
                with);
    }

    /**
     * A person's yes: it is carried out.
     *
     * @throws NotAllowed where a person has to do more than say yes: to correct, see {@link Rectifying}; to answer in words; to say why, see {@link #uphold}
     */
    public StoredRequest approve(StoredRequest stored, Actor staff) {
        Kind kind = stored.request().ask().kind();
        if (kind == Kind.OBJECTION) {
            throw new NotAllowed("why an objection is upheld has to be said");
        }
        if (corrects(kind) || inWords(kind)) {
            throw new NotAllowed("a request of kind `" + kind.word() + "` needs more than a yes");
        }
        return carriedOut(stored, List.of(), staff);
    }

    /**
     * Upholds an objection: the uses it is about end (Art. 21(1)).
     *
     * @param reason which the person reads
     * @throws NotAllowed where it is another request
     */
    public StoredRequest uphold(StoredRequest stored, String reason, Actor staff) {
        if (stored.request().ask().kind() != Kind.OBJECTION) {
            throw new NotAllowed("only an objection is upheld with a reason");
        }
        StateChange message = desk.messages().write(stored.id(), Messages.Author.STAFF, false, reason);
        return carriedOut(stored, List.of(message), staff);
    }

    private StoredRequest carriedOut(StoredRequest stored, List<StateChange> said, Actor staff) {
        Ask ask = stored.request().ask();
        if (details.nothingHeld(stored)) {
            throw new NotAllowed("no store knows the person: answer in words that nothing is held");
        }
        List<StateChange> with = new ArrayList<>(said);
        with.add(carryOut(stored));
        if (ask.kind() == Kind.OBJECTION || ask.kind() == Kind.TESTIMONIAL_REMOVAL) {
            PersonFactsOf facts = new PersonFactsOf(state);
            ask.uses().forEach(use -> with.addAll(facts.add(stored.id(), new What.Ended(use))));
            with.add(PersonFactsOf.weighed(stored.id()));
        }
        return requests.happen(stored, new Event.CarryOut(), staff, with);
    }

    private StateChange carryOut(StoredRequest stored) {
        return Works.next(stored.id(), Works.Next.CARRY_OUT, state.clock().instant());
    }

    /** Tries again what a store did not do. */
    public StoredRequest retry(StoredRequest stored, Actor staff) {
        return requests.happen(stored, new Event.Retry(), staff, List.of(carryOut(stored)));
    }

    /** Refuses, with the reason in words; the letter adds the ground and where to complain. */
    public StoredRequest refuse(StoredRequest stored, RefusalGround ground, String reason, Actor staff) {
        Map<String, Value> values = new HashMap<>(telling.common(stored));
        values.put("ground", new Value.Term("ground." + ground.word()));
        values.put("reason", new Value.Text(reason));
        values.put("complaint", telling.complaint());
        List<StateChange> with = new ArrayList<>();
        with.add(desk.messages().write(stored.id(), Messages.Author.STAFF, false, reason));
        with.add(Works.over(stored, state.clock().instant()));
        with.add(PersonFactsOf.weighed(stored.id()));
        with.addAll(telling.tell(stored, LetterKind.REFUSED, values));
        return requests.happen(stored, new Event.Refuse(ground), staff, with);
    }

    /**
     * Extends the time by one or two months, and tells the person why, or takes staff's word that she was told.
     *
     * @throws NotAllowed after the first month, or where no letter reaches her
     */
    public StoredRequest extend(
            StoredRequest stored, Extension.Reason why, int months, String reason, Hears hears, Actor staff) {
        return new Extending(state, requests, telling).extend(stored, why, months, reason, hears, staff);
    }

    /** Asks the person something; who asks and what is meant stop the clock, anything else does not. */
    public StoredRequest askBack(StoredRequest stored, Stage.Question question, String text, Actor staff) {
        Map<String, Value> values = new HashMap<>(telling.common(stored));
        values.put("question", new Value.Text(text));
        Event asked = new Event.AskBack(question);
        Instant now = state.clock().instant();
        Deadline after = stored.request().after(asked, now, requests.terms()).deadline(requests.terms(), now);
        values.put(
                "clock", new Value.Term("clock." + (after.reading() == Deadline.Reading.STANDS ? "stands" : "runs")));
        List<StateChange> with = new ArrayList<>();
        with.add(desk.messages().write(stored.id(), Messages.Author.STAFF, false, text));
        with.addAll(telling.tell(stored, LetterKind.QUESTION, values));
        return requests.happen(stored, asked, staff, with);
    }

    /** The answer was found elsewhere: it goes on. */
    public StoredRequest clarify(StoredRequest stored, Actor staff) {
        return stored.request().stage() instanceof Stage.Clarifying clarifying
                ? requests.happen(stored, new Event.Clarify(), staff, List.of(goOn(stored, clarifying.before())))
                : requests.happen(stored, new Event.Clarify(), staff, List.of());
    }

    public StoredRequest hold(StoredRequest stored, LocalDate reviewOn, String reason, Actor staff) {
        return requests.happen(
                stored,
                new Event.Hold(reviewOn),
                staff,
                List.of(
                        desk.messages().write(stored.id(), Messages.Author.STAFF, true, reason),
                        Works.aside(stored.id())));
    }

    public StoredRequest release(StoredRequest stored, Actor staff) {
        return stored.request().stage() instanceof Stage.Held held
                ? requests.happen(stored, new Event.Release(), staff, List.of(goOn(stored, held.before())))
                : requests.happen(stored, new Event.Release(), staff, List.of());
    }

    private StateChange goOn(StoredRequest stored, Stage.Open next) {
        return Works.goOn(stored.id(), next, state.clock().instant());
    }

    /**
     * Answers in words: a question or complaint, a review by a person, a correction that was made; and that nothing is held of somebody whom no
     * store knows.
     *
     * @throws NotAllowed where words do not do what was asked for, or nobody is proven to ask
     */
    public StoredRequest answer(StoredRequest stored, String text, Actor staff) {
        answerable(stored);
        List<Event> events = new ArrayList<>();
        if (stored.request().stage() instanceof Stage.Failed && details.nothingHeld(stored)) {
            events.add(new Event.Retry());
        }
        if (stored.request().stage() instanceof Stage.InReview
                && stored.request().ask().kind().touchesData()) {
            events.add(new Event.CarryOut());
        }
        events.add(new Event.Answer());
        List<StateChange> with = new ArrayList<>();
        with.add(desk.messages().write(stored.id(), Messages.Author.STAFF, false, text));
        with.add(inWords(stored.request().ask().kind()) ? Works.none(stored.id()) : tellRecipients(stored));
        with.addAll(answered(stored, text));
        return requests.happen(stored, events, staff, with);
    }

    /** A plain question is answered by the letter itself: who asks it need not be known to any store, and proves nothing. */
    private List<StateChange> answered(StoredRequest stored, String text) {
        Map<String, Value> values = new HashMap<>(telling.common(stored));
        if (stored.request().ask().kind() != Kind.QUESTION) {
            return telling.tell(stored, LetterKind.DONE, values);
        }
        values.put("answer", new Value.Text(text));
        return telling.tell(stored, LetterKind.ANSWER, values);
    }

    /** What the stores have to do is not done by saying so. */
    private void answerable(StoredRequest stored) {
        Kind kind = stored.request().ask().kind();
        boolean words = inWords(kind) || corrects(kind);
        if (!words && !details.nothingHeld(stored)) {
            throw new NotAllowed(
                    "a request of kind `" + kind.word() + "` is carried out in the stores, not answered in words");
        }
    }

    /** Decides to answer although a store did not do its part; the text says what is missing. */
    public StoredRequest answerInPart(StoredRequest stored, String text, Actor staff) {
        List<StateChange> with = new ArrayList<>();
        with.add(desk.messages().write(stored.id(), Messages.Author.STAFF, false, text));
        with.add(tellRecipients(stored));
        with.addAll(telling.tell(stored, LetterKind.DONE, telling.common(stored)));
        return requests.happen(stored, new Event.AnswerInPart(), staff, with);
    }

    /**
     * Says that a restriction is to end, see {@link Lifting}.
     *
     * @throws NotAllowed where nothing is restricted by the request, its end was said already, or she cannot be told in time
     * @throws Changed where the request is another by now
     */
    public void liftRestriction(StoredRequest stored, LocalDate onDay, String reason, Hears hears, Actor staff) {
        new Lifting(state, requests, telling).announce(stored, onDay, reason, hears, staff);
    }

    private StateChange tellRecipients(StoredRequest stored) {
        return Works.next(stored.id(), Works.Next.TELL, state.clock().instant());
    }

    /** A note among staff. */
    public void note(StoredRequest stored, String text) {
        List<StateChange> changes = new ArrayList<>(requests.besides(stored.id()));
        changes.add(desk.messages().write(stored.id(), Messages.Author.STAFF, true, text));
        state.apply(changes);
    }

    /**
     * She asked the same before: that one is answered.
     *
     * @throws NotAllowed where it is not the same, or nothing says that it is the same person; or where something was done for it
     */
    public StoredRequest join(StoredRequest stored, StoredRequest into, Actor staff) {
        Map<String, Map<String, List<List<String>>>> person = details.persons(stored.id());
        boolean same = stored.request().ask().equals(into.request().ask())
                && into.request().open()
                && into.request().identity().isPresent()
                && stored.request().identity().isPresent()
                && !person.isEmpty()
                && person.equals(details.persons(into.id()));
        if (!same) {
            throw new NotAllowed(
                    "both requests have to be proven, of the same person and for the same, and the other one open");
        }
        return requests.happen(
                stored,
                new Event.Join(into.id()),
                staff,
                List.of(
                        Works.over(stored, state.clock().instant()),
                        Works.noteAgain(into.id(), state.clock().instant().plus(NOTED_AGAIN)),
                        PersonFactsOf.weighed(stored.id())));
    }

    /**
     * It begins anew; who asks is established anew, too.
     *
     * @throws NotAllowed where her data is or was restricted on its account, or recipients have still to be told of what was done
     */
    public StoredRequest reopen(StoredRequest stored, Actor staff) {
        Instant now = state.clock().instant();
        List<StateChange> with = List.of(
                new Answers(state).end(stored.id()),
                StateChange.of("delete from kept.request_person where request = ?", stored.id()),
                StateChange.of("delete from kept.request_on_file where request = ?", stored.id()),
                StateChange.of("delete from kept.request_store where request = ?", stored.id()),
                StateChange.of("update kept.request_visit set proven_until = null where request = ?", stored.id()),
                Proofs.used(stored.id(), now),
                Works.next(stored.id(), Works.Next.ADDRESS, now));
        return requests.happen(stored, new Event.Reopen(), staff, with);
    }

    /**
     * What was left to people is done. Where Kept can see for itself, it looks; a place it cannot reach is done by their word.
     *
     * @throws NotAllowed where nothing is left to people there, Kept is at work on the request, or it ended without an answer
     * @throws Changed where the request is another by now
     */
    public void doneByHand(StoredRequest stored, String store, Actor staff) {
        boolean open = stored.request().open();
        if (stored.request().stage() instanceof Stage.CarryingOut
                || (!open && !(stored.request().stage() instanceof Stage.Answered))) {
            throw new NotAllowed("nothing is left to people of a request that is `"
                    + stored.request().stage().word() + "`");
        }
        Instant now = state.clock().instant();
        Optional<PrivateLog.Act> act = staff.act(state.privateLog());
        Map<String, Object> who = new HashMap<>(Map.of("role", staff.role()));
        act.ifPresent(known -> who.put("commitment", known.commitment()));
        state.inTransaction(handle -> {
            Requests.asItWas(handle, stored);
            int done = handle.execute(
                    "update kept.request_store set state = case when run is null or not ? then 'done' else 'waiting' end,"
                            + " problem = null, changed_at = ? where request = ? and store = ? and state = 'by-hand'",
                    open,
                    Requests.at(now),
                    stored.id(),
                    store);
            if (done == 0) {
                throw new NotAllowed("nothing is left to people there");
            }
            List<StateChange> changes = new ArrayList<>(Actor.write(act));
            changes.add(state.journal()
                    .entry(
                            stored.id(),
                            "request",
                            Map.of(
                                    "event",
                                    "done-by-hand",
                                    "request",
                                    stored.id().toString(),
                                    "store",
                                    store,
                                    "actor",
                                    who)));
            if (open) {
                changes.add(carryOut(stored));
            }
            changes.addAll(requests.besides(stored.id()));
            return changes;
        });
    }

    /** Whether a kind is answered in words alone. */
    public static boolean inWords(Kind kind) {
        return kind == Kind.QUESTION || kind == Kind.HUMAN_REVIEW;
    }

    /** Whether somebody writes what is right, see {@link Rectifying}, and then answers in words. */
    public static boolean corrects(Kind kind) {
        return kind == Kind.RECTIFICATION || kind == Kind.TESTIMONIAL_CHANGE;
    }
}
