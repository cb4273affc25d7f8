package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.may;
import static dev.kept.server.api.Shape.Field.must;

import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Extension;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.RefusalGround;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.api.Route.Effect;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Changed;
import dev.kept.server.request.Details.StoreState;
import dev.kept.server.request.Hears;
import dev.kept.server.request.Messages;
import dev.kept.server.request.StaffDesk;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.Acts;
import dev.kept.server.state.StateChange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What is done about a request: the same that staff do in the console, by the same rules. */
final class ActRoutes {

    private static final Shape TEXT = Shape.text(1, Messages.MOST_CHARACTERS);
    private static final Shape.Field REASON = must("reason", TEXT, "told to the person");
    private static final Shape.Field TOLD = may(
            "told",
            Shape.words(Hears.values()),
            "`otherwise`: by post or telephone, as `how` says; by default a letter goes to her address on file");
    private static final Shape.Field HOW = may("how", Shape.text(0, Actor.MOST_CHARACTERS), "for the private log");
    private static final Shape.Field ANSWER = must("text", TEXT, "told to the person");

    private final Bureau bureau;

    ActRoutes(Bureau bureau) {
        this.bureau = bureau;
    }

    List<Route> all() {
        List<Route> routes = new ArrayList<>();
        routes.add(act(
                "prove",
                Action.PROVE_IDENTITY,
                "Says that staff established who asks, and how.",
                Proving.proof(),
                new Proving(bureau)::prove));
        routes.add(act(
                "approve",
                Action.APPROVE_REQUEST,
                "A person's yes: it is carried out. An objection is upheld with a reason.",
                Shape.thing(may("reason", TEXT, "of an objection, and needed there: told to the person")),
                this::approve));
        routes.add(act(
                "refuse",
                Action.REFUSE_REQUEST,
                "Refuses on a ground of the closed list; the person is told of it and where to complain.",
                Shape.thing(must("ground", Shape.words(RefusalGround.values()), ""), REASON),
                this::refuse));
        routes.add(act(
                "extend",
                Action.EXTEND_REQUEST,
                "Extends the time, within the first month, and tells the person why (Art. 12(3)). A letter that does not reach her extends nothing.",
                Shape.thing(
                        must("why", Shape.words(Extension.Reason.values()), ""),
                        must("months", Shape.whole(1, Extension.MOST_MONTHS), ""),
                        REASON,
                        TOLD,
                        HOW),
                this::extend));
        routes.add(act(
                "ask-back",
                Action.ASK_BACK,
                "Asks the person something; who asks and what is meant stop the clock.",
                Shape.thing(must("question", Shape.words(Stage.Question.values()), ""), ANSWER),
                this::askBack));
        routes.add(act(
                "clarify",
                Action.ASK_BACK,
                "The answer to a question was found elsewhere.",
                Shape.thing(),
                asked -> happen(
                        asked, (desk, stored) -> desk.clarify(stored, asked.actor("found the answer elsewhere")))));
        routes.add(act(
                "hold",
                Action.HOLD_REQUEST,
                "Puts it on hold until a review. The clock runs on.",
                Shape.thing(must("review-on", Shape.day(), ""), must("reason", TEXT, "a note among staff")),
                this::hold));
        routes.add(act(
                "release",
                Action.HOLD_REQUEST,
                "Lets it go on.",
                Shape.thing(),
                asked -> happen(asked, (desk, stored) -> desk.release(stored, asked.actor("released a request")))));
        routes.add(act(
                "retry",
                Action.RETRY_REQUEST,
                "Tries again what a store did not do.",
                Shape.thing(),
                asked -> happen(asked, (desk, stored) -> desk.retry(stored, asked.actor("tried a request again")))));
        routes.addAll(ends());
        return routes;
    }

    private List<Route> ends() {
        List<Route> routes = new ArrayList<>();
        routes.add(act(
                "answer",
                Action.APPROVE_REQUEST,
                "Answers in words what no machine carries out.",
                Shape.thing(ANSWER),
                asked -> happen(
                        asked,
                        (desk, stored) ->
                                desk.answer(stored, asked.body().text("text"), asked.actor("answered a request")))));
        routes.add(act(
                "answer-in-part",
                Action.APPROVE_REQUEST,
                "Answers although a store did not do its part; the text says what is missing.",
                Shape.thing(ANSWER),
                asked -> happen(
                        asked,
                        (desk, stored) -> desk.answerInPart(
                                stored, asked.body().text("text"), asked.actor("answered a request in part")))));
        routes.add(act(
                "join",
                Action.APPROVE_REQUEST,
                "The same was asked before: that one is answered.",
                Shape.thing(must("into", Answers.NUMBER, "the number of the other request")),
                this::join));
        routes.add(act(
                "reopen",
                Action.APPROVE_REQUEST,
                "It begins anew, and who asks has to be established anew.",
                Shape.thing(),
                asked -> happen(asked, (desk, stored) -> desk.reopen(stored, asked.actor("reopened a request")))));
        routes.add(act(
                "lift-restriction",
                Action.APPROVE_REQUEST,
                "Says that a restriction ends on a later day; the person is told first (Art. 18(3)). Of a letter the day is 6 to 300 days away; one that does not reach her ends nothing.",
                Shape.thing(must("on", Shape.day(), ""), REASON, TOLD, HOW),
                this::lift));
        routes.add(act(
                "done-by-hand",
                Action.RETRY_REQUEST,
                "A store that Kept cannot reach was done by hand.",
                Shape.thing(must("store", Shape.line(1, 200), "")),
                this::byHand));
        Correcting correcting = new Correcting(bureau);
        routes.add(act(
                        "correct",
                        Action.APPROVE_REQUEST,
                        "Corrects values in the person's own rows of one store, or says what stands against it. The values are not kept.",
                        Shape.thing(
                                must("store", Shape.line(1, 200), ""),
                                must("set", new Shape.Anything(), "as in docs/correct.md"),
                                may("dry-run", new Shape.Flag(), "only looks")),
                        correcting::correct)
                .answering(Answers.CORRECTED)
                .toldAgain(correcting::again));
        routes.add(Route.post(
                RequestRoutes.ONE + "/notes",
                Effect.ADDS,
                Action.NOTE,
                "note",
                "Adds a note among staff, never shown to the person.",
                Shape.thing(must("text", TEXT, "")),
                this::note));
        return routes;
    }

    private static Route act(String name, Action needs, String says, Shape body, Route.Handler handler) {
        return Route.post(RequestRoutes.ONE + "/" + name, Effect.ACTS, needs, name, says, body, handler);
    }

    /** An act that leaves a request as another. */
    interface Act {
        StoredRequest on(StaffDesk desk, StoredRequest stored);
    }

    private Answer happen(Asked asked, Act act) {
        return happen(asked, asked.noted(), act);
    }

    private Answer happen(Asked asked, Function<UUID, List<StateChange>> noted, Act act) {
        StoredRequest stored = RequestRoutes.find(bureau, asked);
        asked.fresh(stored);
        return told(bureau, noted, act, stored);
    }

    static Answer told(Bureau bureau, Function<UUID, List<StateChange>> noted, Act act, StoredRequest stored) {
        try {
            return RequestRoutes.answer(bureau, act.on(bureau.office().staffDesk(noted), stored));
        } catch (NotAllowed e) {
            throw NotDone.of(ProblemType.NOT_POSSIBLE, e.getMessage() == null ? "" : e.getMessage());
        } catch (Changed e) {
            throw Asked.stale();
        }
    }

    private Answer approve(Asked asked) {
        Optional<String> reason = asked.body().word("reason");
        return happen(
                asked,
                (desk, stored) -> reason.isPresent()
                        ? desk.uphold(stored, reason.get(), asked.actor("upheld an objection"))
                        : desk.approve(stored, asked.actor("approved a request")));
    }

    private Answer refuse(Asked asked) {
        RefusalGround ground = RefusalGround.parse(asked.body().text("ground")).orElseThrow();
        return happen(
                asked,
                (desk, stored) ->
                        desk.refuse(stored, ground, asked.body().text("reason"), asked.actor("refused a request")));
    }

    private Answer extend(Asked asked) {
        Extension.Reason why = read(Extension.Reason.class, asked.body().text("why"));
        int months = asked.body().whole("months", 1);
        Hears hears = hears(asked.body());
        Actor actor = asked.actor(how(asked.body(), "extended a request"));
        return happen(
                asked,
                (desk, stored) -> desk.extend(stored, why, months, asked.body().text("reason"), hears, actor));
    }

    private Answer askBack(Asked asked) {
        Stage.Question question = read(Stage.Question.class, asked.body().text("question"));
        return happen(
                asked,
                (desk, stored) -> desk.askBack(stored, question, asked.body().text("text"), asked.actor("asked back")));
    }

    private static <E extends Enum<E>> E read(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private Answer hold(Asked asked) {
        LocalDate review = later(asked.body(), "review-on");
        return happen(
                asked,
                (desk, stored) ->
                        desk.hold(stored, review, asked.body().text("reason"), asked.actor("held a request")));
    }

    private LocalDate later(Given body, String name) {
        LocalDate day = body.day(name);
        if (!day.isAfter(
                Deadline.day(bureau.instant(), bureau.office().requests().terms()))) {
            throw NotDone.flawed(
                    ProblemType.INVALID_BODY,
                    List.of(Flaw.at("/" + name, "is over, or today", "name a day that is still to come")));
        }
        return day;
    }

    private Answer join(Asked asked) {
        StoredRequest into = bureau.office()
                .requests()
                .byNumber(asked.body().text("into"))
                .orElseThrow(() -> NotDone.flawed(
                        ProblemType.INVALID_BODY, List.of(Flaw.at("/into", "is the number of no request", ""))));
        return happen(asked, (desk, stored) -> desk.join(stored, into, asked.actor("joined a duplicate")));
    }

    private Answer lift(Asked asked) {
        LocalDate on = later(asked.body(), "on");
        Hears hears = hears(asked.body());
        Actor actor = asked.actor(how(asked.body(), "lifts a restriction"));
        return happen(asked, (desk, stored) -> {
            desk.liftRestriction(stored, on, asked.body().text("reason"), hears, actor);
            return stored;
        });
    }

    /** How she hears of it: by a letter, unless it is said otherwise, and then how. */
    private static Hears hears(Given body) {
        Hears hears = Hears.parse(body.text("told")).orElse(Hears.LETTER);
        if (hears == Hears.OTHERWISE && body.text("how").isEmpty()) {
            throw NotDone.flawed(
                    ProblemType.INVALID_BODY,
                    List.of(Flaw.at("/how", "is missing: how she was told", "say when, and by which way")));
        }
        return hears;
    }

    private static String how(Given body, String otherwise) {
        return body.text("how").isEmpty() ? otherwise : body.text("how");
    }

    private Answer byHand(Asked asked) {
        String store = asked.body().text("store");
        return happen(asked, (desk, stored) -> {
            boolean waits = bureau.office().details().stores(stored.id()).stream()
                    .anyMatch(part -> part.store().equals(store) && part.state() == StoreState.BY_HAND);
            if (!waits) {
                throw new NotAllowed("nothing is to be done by hand in a store of that name");
            }
            desk.doneByHand(stored, store, asked.actor("did a store's part by hand"));
            return stored;
        });
    }

    private Answer note(Asked asked) {
        StoredRequest found = RequestRoutes.find(bureau, asked);
        Acts.Noted act = new Acts(bureau.state())
                .act(
                        asked.holder().caller(),
                        "request-noted",
                        "noted something about a request",
                        Map.of("request", found.id().toString()));
        Function<UUID, List<StateChange>> noted = request -> {
            List<StateChange> all = new ArrayList<>(asked.noted().apply(request));
            all.addAll(act.writes());
            return all;
        };
        return told(
                bureau,
                noted,
                (desk, stored) -> {
                    desk.note(stored, asked.body().text("text"));
                    return stored;
                },
                found);
    }
}
