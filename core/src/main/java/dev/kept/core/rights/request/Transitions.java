package dev.kept.core.rights.request;

import dev.kept.core.rights.request.Stage.Answered;
import dev.kept.core.rights.request.Stage.Aside;
import dev.kept.core.rights.request.Stage.CarryingOut;
import dev.kept.core.rights.request.Stage.Clarifying;
import dev.kept.core.rights.request.Stage.Closed;
import dev.kept.core.rights.request.Stage.Expired;
import dev.kept.core.rights.request.Stage.Failed;
import dev.kept.core.rights.request.Stage.Held;
import dev.kept.core.rights.request.Stage.InReview;
import dev.kept.core.rights.request.Stage.Joined;
import dev.kept.core.rights.request.Stage.Open;
import dev.kept.core.rights.request.Stage.Proven;
import dev.kept.core.rights.request.Stage.Question;
import dev.kept.core.rights.request.Stage.Received;
import dev.kept.core.rights.request.Stage.Refused;
import dev.kept.core.rights.request.Stage.Withdrawn;
import java.util.Optional;

/** The edges between stages. Those that lead to work on data take the identity out of the stage they begin at: there is no other. */
final class Transitions {

    private Transitions() {}

    /** @throws NotAllowed where there is no such edge */
    static Stage next(Request request, Event event) {
        Kind kind = request.ask().kind();
        Stage stage = request.stage();
        return switch (event) {
            case Event.Prove(Identity identity) -> proven(stage, identity);
            case Event.Review(Stage.Review why) ->
                stage instanceof Proven(Identity identity) ? new InReview(identity, why) : no(stage, event);
            case Event.CarryOut carryOut -> carriedOut(kind, stage, event);
            case Event.Fail fail ->
                stage instanceof CarryingOut(Identity identity) ? new Failed(identity) : no(stage, event);
            case Event.Retry retry ->
                stage instanceof Failed(Identity identity) ? new CarryingOut(identity) : no(stage, event);
            case Event.AskBack(Question question) -> asked(stage, question, event);
            case Event.Clarify clarify ->
                stage instanceof Clarifying clarifying ? clarifying.before() : no(stage, event);
            case Event.Extend extend -> extended(request, event);
            case Event.Untold untold -> untold(request, event);
            case Event.Hold hold -> new Held(hold.reviewOn(), waiting(stage, event));
            case Event.Release release -> stage instanceof Held held ? held.before() : no(stage, event);
            case Event.Answer answer -> answered(kind, stage, event);
            case Event.AnswerInPart inPart ->
                stage instanceof Failed(Identity identity)
                        ? new Answered(Optional.of(identity), true)
                        : no(stage, event);
            case Event.Refuse(RefusalGround ground) -> refused(kind, stage, ground, event);
            case Event.Withdraw withdraw ->
                new Withdrawn(interruptible(stage, event).known());
            case Event.Expire expire -> expired(stage, event);
            case Event.Join(var into) -> {
                if (into.equals(request.id())) {
                    throw new NotAllowed("a request is not its own duplicate");
                }
                yield new Joined(into, interruptible(stage, event).known());
            }
            case Event.Reopen reopen -> stage instanceof Closed ? new Received() : no(stage, event);
        };
    }

    private static Stage proven(Stage stage, Identity identity) {
        return switch (stage) {
            case Received received -> new Proven(identity);
            case Clarifying(Question question, Received received) -> new Proven(identity);
            case Held(var reviewOn, Received received) -> new Held(reviewOn, new Proven(identity));
            case Proven s -> known();
            case InReview s -> known();
            case CarryingOut s -> known();
            case Failed s -> known();
            case Clarifying s -> known();
            case Held s -> known();
            case Answered s -> closed();
            case Refused s -> closed();
            case Withdrawn s -> closed();
            case Expired s -> closed();
            case Joined s -> closed();
        };
    }

    private static Stage known() {
        throw new NotAllowed("it is known already who asks");
    }

    private static Stage closed() {
        throw new NotAllowed("the request is at its end");
    }

    private static Stage carriedOut(Kind kind, Stage stage, Event event) {
        if (!kind.touchesData()) {
            throw new NotAllowed("a question is answered, not carried out");
        }
        if (stage instanceof InReview(Identity identity, Stage.Review why)) {
            return new CarryingOut(identity);
        }
        if (stage instanceof Proven(Identity identity)) {
            if (kind.needsPerson()) {
                throw new NotAllowed("a request of kind `" + kind.word() + "` is looked at by a person first");
            }
            return new CarryingOut(identity);
        }
        return no(stage, event);
    }

    private static Stage asked(Stage stage, Question question, Event event) {
        if (question == Question.IDENTITY && stage.known().isPresent()) {
            return known();
        }
        return new Clarifying(question, waiting(stage, event));
    }

    private static Stage extended(Request request, Event event) {
        if (request.extension().isPresent()) {
            throw new NotAllowed("the time was extended already, and that is possible once");
        }
        return request.stage() instanceof Open open ? open : no(request.stage(), event);
    }

    private static Stage untold(Request request, Event event) {
        if (request.extension().isEmpty()) {
            throw new NotAllowed("the time was not extended");
        }
        return request.stage() instanceof Open open ? open : no(request.stage(), event);
    }

    private static Stage answered(Kind kind, Stage stage, Event event) {
        if (stage instanceof CarryingOut(Identity identity)) {
            return new Answered(Optional.of(identity), false);
        }
        boolean waits = stage instanceof Received || stage instanceof Proven || stage instanceof InReview;
        return waits && !kind.touchesData() ? new Answered(stage.known(), false) : no(stage, event);
    }

    private static Stage refused(Kind kind, Stage stage, RefusalGround ground, Event event) {
        Optional<Identity> known = interruptible(stage, event).known();
        if (!ground.fits(kind)) {
            throw new NotAllowed(
                    "a request of kind `" + kind.word() + "` cannot be refused as `" + ground.word() + "`");
        }
        if (known.isEmpty() && ground.saysOfData()) {
            throw new NotAllowed(
                    "`" + ground.word() + "` says something of a person's data, and nobody knows yet who asks");
        }
        if (known.isPresent() && ground == RefusalGround.IDENTITY_NOT_ESTABLISHED) {
            return known();
        }
        return new Refused(known, ground);
    }

    private static Stage expired(Stage stage, Event event) {
        boolean unproven = stage instanceof Open && stage.known().isEmpty() && !(stage instanceof Held);
        return unproven ? new Expired() : no(stage, event);
    }

    /** A stage that can be waited in. */
    private static Open waiting(Stage stage, Event event) {
        boolean waits = !(stage instanceof Aside) && !(stage instanceof CarryingOut);
        return waits && stage instanceof Open open ? open : refuse(stage, event);
    }

    /** A stage in which no work on data is under way. */
    private static Open interruptible(Stage stage, Event event) {
        return stage instanceof Open open && !(open instanceof CarryingOut) ? open : refuse(stage, event);
    }

    private static Stage no(Stage stage, Event event) {
        return refuse(stage, event);
    }

    private static Open refuse(Stage stage, Event event) {
        throw new NotAllowed("`" + event.word() + "` cannot happen to a request that is `" + stage.word() + "`");
    }
}
