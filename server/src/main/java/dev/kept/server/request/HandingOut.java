package dev.kept.server.request;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.Value;
import dev.kept.core.notice.Span;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.answer.About;
import dev.kept.server.answer.Answers;
import dev.kept.server.answer.Answers.Made;
import dev.kept.server.answer.TooLarge;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.own.OwnRequests;
import dev.kept.server.own.OwnStore;
import dev.kept.server.request.Gathering.Ready;
import dev.kept.server.run.AccessOfMany.Asking;
import dev.kept.server.run.AccessService;
import dev.kept.server.run.AccessService.Extent;
import dev.kept.server.run.AccessService.Written;
import dev.kept.server.run.LiveStore;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Makes the package of an answer, sealed until it expires; it is there together with the letter that tells of it. */
final class HandingOut {

    private final State state;
    private final Requests requests;
    private final Telling telling;
    private final Answers answers;

    HandingOut(State state, Requests requests, Telling telling) {
        this.state = state;
        this.requests = requests;
        this.telling = telling;
        this.answers = new Answers(state);
    }

    /** What Kept itself holds about her requests is handed out, too. */
    private static List<LiveStore> withOwn(Workplace place) {
        List<LiveStore> stores = new ArrayList<>(place.stores());
        stores.add(OwnStore.live(place.home()));
        return stores;
    }

    /**
     * A package that is whole.
     *
     * @param values for the letter
     * @param release what makes it available, to be written with the letter
     */
    record Packed(Map<String, Value> values, List<StateChange> release) {}

    /** What is read of all who wait, as many at once as may be. */
    Gathering gathering(List<UUID> waiting, Workplace place, Consumer<String> complaints) {
        return gathering(waiting, place, complaints, Gathering.Bounds.USUAL);
    }

    Gathering gathering(List<UUID> waiting, Workplace place, Consumer<String> complaints, Gathering.Bounds bounds) {
        return new Gathering(state, requests, waiting, place, withOwn(place), complaints, bounds);
    }

    /**
     * What a request asks for as it stands now.
     *
     * @param keys hers, as they are frozen
     */
    static Asking asking(State state, StoredRequest stored, Map<String, Map<String, List<List<String>>>> keys) {
        return new Asking(
                OwnRequests.with(state, keys),
                stored.request().ask().kind() == Kind.PORTABILITY ? Extent.PORTABLE : Extent.EVERYTHING,
                CarryingOut.operator(stored),
                stored.language());
    }

    /**
     * Makes her package.
     *
     * @param ready what was done already, together with others; it counts only if she asks the same still
     * @throws CannotRun where a store cannot be read whole, or the package is larger than is kept
     */
    Packed make(StoredRequest stored, Workplace place, Optional<Ready> ready) {
        Map<String, Map<String, List<List<String>>>> keys = Lookup.frozen(state, stored.id());
        if (keys.isEmpty()) {
            throw new CannotRun("no store knows the person", "answer in words that nothing is held");
        }
        Instant now = state.clock().instant();
        Instant until = end(place.home().settings().requests().answer(), now);
        Kind kind = stored.request().ask().kind();
        AccessService access = new AccessService(state, state.clock());
        List<LiveStore> stores = withOwn(place);
        Asking asking = asking(state, stored, keys);
        Ready hers = ready.filter(done -> done.person().asking().equals(asking))
                .orElseGet(() ->
                        Ready.apart(access.recorded(stores, List.of(asking)).getFirst()));
        try {
            Made<Written> made = answers.make(
                    stored.id(),
                    new About(kind.word() + "-" + stored.number() + ".zip", About.ZIP),
                    Duration.between(now, until),
                    out -> hers.gathered().isPresent()
                            ? access.write(stores, hers.gathered().get(), out)
                            : access.write(stores, place.home().prose(), hers.person(), out));
            Map<String, Value> values = new HashMap<>(telling.common(stored));
            values.put("until", new Value.Moment(until.atZone(requests.terms().zone())));
            List<StateChange> release = new ArrayList<>(made.release());
            release.add(made.made().evidence());
            // what is needed to make it again stays as long after it has expired as it was there
            release.add(StateChange.of(
                    "update kept.request set settled_at = ? where id = ?", Requests.at(until), stored.id()));
            return new Packed(values, release);
        } catch (TooLarge e) {
            throw new CannotRun("the answer is larger than is kept", "hand it out with `kept access`", e);
        } catch (IOException e) {
            throw new CannotRun("the answer cannot be written", "see that Kept's own database has room", e);
        }
    }

    /** To the end of a day where the controller is, and never longer than an answer may stay. */
    private Instant end(Span stays, Instant now) {
        Instant end = Deadline.day(now, requests.terms())
                .plus(stays.period())
                .plusDays(1)
                .atStartOfDay(requests.terms().zone())
                .toInstant();
        Instant longest = now.plus(Answers.LONGEST_STAY);
        return end.isAfter(longest) ? longest : end;
    }

    /**
     * Makes the answer anew for who proved again that it is hers.
     *
     * @throws Changed where the request is another by the time it is made
     */
    void renew(StoredRequest stored, Workplace place) {
        boolean had = stored.request().stage() instanceof Stage.Answered
                && reads(stored.request().ask().kind());
        if (!had || !answers.renewable(stored.id())) {
            state.apply(List.of(Works.done(stored.id(), Works.Next.RENEW)));
            return;
        }
        if (!place.problems().isEmpty()) {
            throw new CannotRun("a store does not answer: " + place.problems().keySet(), "see that it runs");
        }
        Packed made = make(stored, place, Optional.empty());
        List<StateChange> changes = new ArrayList<>(made.release());
        changes.add(Works.done(stored.id(), Works.Next.RENEW));
        changes.addAll(telling.tell(stored, LetterKind.READY, made.values()));
        // begun anew meanwhile, it may be another's
        state.inTransaction(handle -> {
            Requests.asItWas(handle, stored);
            return changes;
        });
    }

    static boolean reads(Kind kind) {
        return kind == Kind.ACCESS || kind == Kind.PORTABILITY;
    }
}
