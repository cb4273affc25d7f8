package dev.kept.server.request;

import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.Identity;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.answer.Answers;
import dev.kept.server.answer.KeptAnswer;
import dev.kept.server.answer.Proof;
import dev.kept.server.request.StoredRequest.Channel;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a person does about her requests: asks, proves who she is, answers a question, takes a request back. Nothing here looks into a store: what
 * needs a look is left to {@link Work}, so that an answer says nothing of who is known, in words or in time.
 */
public final class Desk {

    private final State state;
    private final Requests requests;
    private final Proofs proofs;
    private final Visits visits;
    private final Messages messages;
    private final PersonFactsOf facts;
    private final Answers answers;

    public Desk(State state, Requests requests) {
        this.state = state;
        this.requests = requests;
        this.proofs = new Proofs(state);
        this.visits = new Visits(state);
        this.messages = new Messages(state);
        this.facts = new PersonFactsOf(state);
        this.answers = new Answers(state);
    }

    public Visits visits() {
        return visits;
    }

    public Messages messages() {
        return messages;
    }

    /**
     * Takes a request in. Whether anybody of that address is known is found out later, and shown to nobody who asks.
     *
     * @param browser the secret of her cookie, see {@link Visits#secret}
     */
    public StoredRequest receive(Ask ask, Typed typed, String language, String browser) {
        Instant now = state.clock().instant();
        StoredRequest fresh = requests.fresh(ask, Channel.FORM, language, now);
        List<StateChange> with = new ArrayList<>();
        with.add(visits.asked(fresh.id(), Visits.hash(browser), now));
        with.add(Works.next(fresh.id(), Works.Next.ADDRESS, now));
        requests.add(fresh, typed, Actor.PERSON, with);
        return fresh;
    }

    /** The request of a link, if it is good in this browser; looking does not use it up, so that programs that read mail do no harm. */
    public Optional<StoredRequest> look(String token, String browser) {
        return proofs.look(token, Visits.hash(browser)).flatMap(requests::find);
    }

    /** Uses a link up: whoever holds it in the browser that asked is the person of the address it went to. */
    public Optional<StoredRequest> open(String token, String browser) {
        byte[] hash = Visits.hash(browser);
        Optional<UUID> redeemed = state.database().inTransaction(handle -> proofs.redeem(handle, token, hash));
        return redeemed.flatMap(requests::find).map(stored -> proven(stored, Identity.Way.LINK, hash));
    }

    /** What came of a code that was typed. */
    public sealed interface Code {
        record Right(StoredRequest stored) implements Code {}

        /** It is of another letter to the same address: another goes out for this request. */
        record Another() implements Code {}

        record Wrong() implements Code {}
    }

    /** Tries a code for a request of this browser. */
    public Code code(UUID request, String code, String browser) {
        byte[] hash = Visits.hash(browser);
        Optional<StoredRequest> stored = visits.of(browser, request).flatMap(visit -> requests.find(visit.request()));
        if (stored.isEmpty()) {
            return new Code.Wrong();
        }
        return switch (proofs.tryCode(request, code, hash)) {
            case RIGHT -> new Code.Right(proven(stored.get(), Identity.Way.CODE, hash));
            case WRONG -> {
                if (!proofs.read(request, code)) {
                    yield new Code.Wrong();
                }
                String address = new Details(state).addressOnFile(request).orElse("");
                askLink(stored.get().number(), address, browser);
                yield new Code.Another();
            }
            case EXHAUSTED -> new Code.Wrong();
        };
    }

    /** Gives a browser that has proven who it is another secret: one that somebody had planted there opens nothing. */
    public String renewed(String browser) {
        String fresh = Visits.secret();
        state.apply(List.of(visits.moved(Visits.hash(browser), Visits.hash(fresh))));
        return fresh;
    }

    /** A proof opens what the browser sees, and moves a request on that waited for it. */
    private StoredRequest proven(StoredRequest stored, Identity.Way way, byte[] browser) {
        Instant now = state.clock().instant();
        List<StateChange> with = List.of(visits.proven(stored.id(), browser, now), Proofs.used(stored.id(), now));
        if (!stored.request().open() || stored.request().identity().isPresent()) {
            state.apply(with);
            return stored;
        }
        return prove(
                stored,
                new Identity(way, now, Optional.empty()),
                Lookup.frozen(state, stored.id()),
                Actor.PERSON,
                with);
    }

    /**
     * Takes a request in from somebody whom the company's own site hands over, signed in there.
     *
     * @param person who she is in the stores, looked up before; nobody is answered like anybody
     * @param once fails where the same was handed over before, and with it all of this
     */
    public StoredRequest signedIn(Ask ask, String language, Lookup.Known person, String browser, StateChange once) {
        Instant now = state.clock().instant();
        StoredRequest fresh = requests.fresh(ask, Channel.SITE, language, now);
        List<StateChange> with = List.of(once, visits.asked(fresh.id(), Visits.hash(browser), now));
        requests.add(fresh, new Typed("", "", "", Map.of()), Actor.PERSON, with);
        return signedIn(fresh, person, browser, List.of());
    }

    /**
     * The same for a request that this browser asked. One that is proven opens again for whom it is about.
     *
     * @throws NotAllowed where it is at its end unproven, or another's
     */
    public StoredRequest signedIn(StoredRequest stored, Lookup.Known person, String browser, StateChange once) {
        return signedIn(stored, person, browser, List.of(once));
    }

    private StoredRequest signedIn(StoredRequest stored, Lookup.Known person, String browser, List<StateChange> once) {
        Instant now = state.clock().instant();
        byte[] hash = Visits.hash(browser);
        List<StateChange> with = new ArrayList<>(once);
        with.add(visits.proven(stored.id(), hash, now));
        if (stored.request().identity().isPresent()) {
            if (person.nobody() || !person.keys().equals(Lookup.frozen(state, stored.id()))) {
                throw new NotAllowed("the request is not of who was handed over");
            }
            state.apply(with);
            return stored;
        }
        with.addAll(Lookup.freeze(stored.id(), person));
        with.add(Proofs.used(stored.id(), now));
        Identity identity = new Identity(Identity.Way.SIGNED_IN, now, Optional.empty());
        return prove(stored, identity, person.keys(), Actor.PERSON, with);
    }

    /**
     * It is known who asks: what takes effect at once takes effect in the same transaction, before any store is asked (Art. 7(3), 21(3)); a
     * use that is objected to is restricted until somebody has weighed it; the rest goes its way.
     */
    StoredRequest prove(
            StoredRequest stored,
            Identity identity,
            Map<String, Map<String, List<List<String>>>> persons,
            Actor actor,
            List<StateChange> with) {
        Ask ask = stored.request().ask();
        Instant now = state.clock().instant();
        List<StateChange> all = new ArrayList<>(with);
        List<Event> events = new ArrayList<>(List.of(new Event.Prove(identity)));
        Stage next = stored.request().as(events.getFirst(), now).stage();
        // one that is held, or about which a question is open, takes effect all the same, and goes on later
        boolean goesOn = ask.kind().atOnce() && next instanceof Stage.Proven && !persons.isEmpty();
        if (ask.kind().atOnce()) {
            ask.uses().forEach(use -> all.addAll(facts.add(stored.id(), persons, new What.Ended(use))));
        }
        if (goesOn) {
            events.add(new Event.CarryOut());
        }
        if (ask.kind() == Kind.OBJECTION) {
            ask.uses().forEach(use -> all.addAll(facts.add(stored.id(), persons, new What.Objected(use))));
        }
        all.add(Works.next(stored.id(), goesOn ? Works.Next.CARRY_OUT : Works.Next.PROVEN, now));
        return requests.happen(stored, events, actor, all);
    }

    /** Somebody wants a link for a request that is there. Whether there is one, and for that address, is found out later. */
    public void askLink(String number, String address, String browser) {
        if (number.length() > 40 || address.length() > Typed.MOST_ADDRESS) {
            return;
        }
        state.apply(List.of(StateChange.of(
                "insert into kept.request_asked_link (id, number, address, browser, at) values (?, ?, ?, ?, ?)",
                UUID.randomUUID(),
                number,
                address,
                Visits.hash(browser),
                Requests.at(state.clock().instant()))));
    }

    /**
     * She answers a question, or writes besides.
     *
     * @throws NotAllowed where the request is at its end
     */
    public StoredRequest write(StoredRequest stored, String text) {
        StateChange message = messages.write(stored.id(), Messages.Author.PERSON, false, text);
        if (stored.request().stage() instanceof Stage.Clarifying clarifying) {
            StateChange goesOn =
                    Works.goOn(stored.id(), clarifying.before(), state.clock().instant());
            return requests.happen(stored, new Event.Clarify(), Actor.PERSON, List.of(message, goesOn));
        }
        if (!stored.request().open()) {
            throw new NotAllowed("the request is at its end");
        }
        state.apply(List.of(message));
        return stored;
    }

    /**
     * Hands her the answer, in a browser that has proven just now that it is hers.
     *
     * @return empty where it has not, or there is none (any more)
     */
    public Optional<Answers.Download> download(StoredRequest stored, String browser) {
        return visits.provenAt(browser, stored.id())
                .filter(at -> stored.request().stage() instanceof Stage.Answered)
                .flatMap(at ->
                        current(stored).flatMap(answer -> answers.open(answer.id(), new Proof(stored.id(), at))));
    }

    /** The answer that can be fetched, if one is there. */
    public Optional<KeptAnswer> current(StoredRequest stored) {
        return answers.of(stored.id()).stream()
                .filter(answer -> answer.standing() == KeptAnswer.Standing.THERE
                        && answer.endsAt().isAfter(state.clock().instant()))
                .findFirst();
    }

    /** Whether an answer that has expired can be made anew. */
    public boolean renewable(StoredRequest stored) {
        return stored.request().stage() instanceof Stage.Answered
                && HandingOut.reads(stored.request().ask().kind())
                && current(stored).isEmpty()
                && answers.renewable(stored.id());
    }

    /** Wants an answer that has expired anew, in a browser that has proven just now that it is hers. */
    public boolean renew(StoredRequest stored, String browser) {
        if (!renewable(stored) || visits.provenAt(browser, stored.id()).isEmpty()) {
            return false;
        }
        try {
            state.inTransaction(handle -> {
                Requests.asItWas(handle, stored);
                return List.of(
                        Works.next(stored.id(), Works.Next.RENEW, state.clock().instant()));
            });
            return true;
        } catch (Changed e) {
            return false;
        }
    }

    /** Whether she can take it back: work on it has not begun, and nothing was done. */
    public boolean withdrawable(StoredRequest stored) {
        return stored.request().open()
                && !(stored.request().stage() instanceof Stage.CarryingOut)
                && !state.database().withHandle(handle -> Standing.of(handle, stored));
    }

    /**
     * She takes it back.
     *
     * @throws NotAllowed where work on it has begun, something was done already, or it is at its end
     */
    public StoredRequest withdraw(StoredRequest stored) {
        Instant now = state.clock().instant();
        return requests.happen(
                stored,
                new Event.Withdraw(),
                Actor.PERSON,
                List.of(Works.over(stored, now), Proofs.used(stored.id(), now), PersonFactsOf.weighed(stored.id())));
    }
}
