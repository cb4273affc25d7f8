package dev.kept.core.rights.request;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A request as it stands: what its events made of it, one after the other. Names, addresses and texts are no part of it.
 *
 * @param receivedAt when it came, or came again: from then the time to answer counts
 * @param pauses oldest first; at most one is open
 * @param closedAt empty while it is open
 */
public record Request(
        UUID id,
        Ask ask,
        Instant receivedAt,
        Stage stage,
        List<Pause> pauses,
        Optional<Extension> extension,
        Optional<Instant> closedAt) {

    public Request {
        pauses = List.copyOf(pauses);
    }

    /** As it comes in, whoever enters it and from wherever: nobody knows yet who asks. */
    public static Request received(UUID id, Ask ask, Instant at) {
        return new Request(id, ask, at, new Stage.Received(), List.of(), Optional.empty(), Optional.empty());
    }

    public boolean open() {
        return stage instanceof Stage.Open;
    }

    /** Who is known to ask. */
    public Optional<Identity> identity() {
        return stage.known();
    }

    /** Whether something is asked back while nobody knows who asks: it is answered without a proof. */
    public boolean asksUnproven() {
        return stage instanceof Stage.Clarifying && identity().isEmpty();
    }

    public Deadline deadline(Terms terms, Instant now) {
        return Deadline.of(this, terms, now);
    }

    /**
     * What an event makes of it.
     *
     * @throws NotAllowed where it cannot happen to a request that stands where this one stands
     */
    public Request after(Event event, Instant at, Terms terms) {
        LocalDate extendBy = deadline(terms, at).extendBy();
        if (event instanceof Event.Extend && Deadline.day(at, terms).isAfter(extendBy)) {
            throw new NotAllowed(
                    "the person can be told of an extension within the first month only, and that ended on "
                            + extendBy);
        }
        return as(event, at);
    }

    /** What an event made of it that happened, whatever the notice's time to answer is by now. */
    public Request as(Event event, Instant at) {
        Stage next = Transitions.next(this, event);
        if (event instanceof Event.Reopen) {
            return received(id, ask, at);
        }
        Optional<Instant> end = next instanceof Stage.Closed ? Optional.of(at) : Optional.empty();
        return new Request(id, ask, receivedAt, next, pauses(stage, next, at), extension(event, at), end);
    }

    private Optional<Extension> extension(Event event, Instant at) {
        if (event instanceof Event.Untold) {
            return Optional.empty();
        }
        return event instanceof Event.Extend(Extension.Reason reason, int months)
                ? Optional.of(new Extension(reason, months, at))
                : extension;
    }

    /** The clock stands exactly while a necessary question is open. */
    private List<Pause> pauses(Stage before, Stage next, Instant at) {
        Optional<Stage.Question> standing = standing(before);
        Optional<Stage.Question> stands = standing(next);
        if (standing.equals(stands)) {
            return pauses;
        }
        List<Pause> changed = new ArrayList<>(pauses);
        if (standing.isPresent()) {
            Pause open = changed.removeLast();
            changed.add(new Pause(open.question(), open.from(), Optional.of(at)));
        }
        stands.ifPresent(question -> changed.add(new Pause(question, at, Optional.empty())));
        return changed;
    }

    private static Optional<Stage.Question> standing(Stage stage) {
        return stage instanceof Stage.Clarifying(Stage.Question question, Stage.Open before) && question.stopsClock()
                ? Optional.of(question)
                : Optional.empty();
    }
}
