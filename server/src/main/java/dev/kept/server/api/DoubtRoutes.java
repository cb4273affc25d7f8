package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.must;

import dev.kept.server.api.Route.Effect;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.request.Actor;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.signin.Action;
import dev.kept.server.state.Doubts.Doubt;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.server.suppression.DecidedAlready;
import dev.kept.server.suppression.Deciding;
import dev.kept.server.suppression.Deciding.Decider;
import dev.kept.server.suppression.DoubtsDocument;
import dev.kept.stores.postgres.session.FaultPoints;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Persons who may be those who were erased: those that wait, and a person's decision about one. */
final class DoubtRoutes {

    private static final String ERASE = "erase-doubtful";
    private static final String LEAVE = "leave-doubtful";

    private static final Shape DECISION = Shape.thing(
            must("by", Shape.line(1, 200), "who decided; for the private log"),
            must("checked", Shape.text(1, Operator.MAX_CHARACTERS), "what was looked at; for the private log"));

    private final Bureau bureau;

    DoubtRoutes(Bureau bureau) {
        this.bureau = bureau;
    }

    List<Route> all() {
        return List.of(
                Route.get(
                        "/doubts",
                        Action.SEE_DOUBTS,
                        "doubts",
                        "Persons of whom somebody has to decide whether they are those who were erased.",
                        Answers.DOUBTS,
                        this::list),
                Route.post(
                                "/doubts/{id}/erase",
                                Effect.ADDS,
                                Action.DECIDE_DOUBT,
                                ERASE,
                                "It is she who was erased: erases her again. This cannot be taken back.",
                                DECISION,
                                this::erase)
                        .answering(Answers.DECIDED)
                        .toldAgain(done -> decided(bureau.state(), done, ERASE)),
                Route.post(
                                "/doubts/{id}/leave",
                                Effect.ADDS,
                                Action.DECIDE_DOUBT,
                                LEAVE,
                                "It is not she, or she came back by herself: leaves her alone.",
                                DECISION,
                                this::leave)
                        .answering(Answers.DECIDED)
                        .toldAgain(done -> decided(bureau.state(), done, LEAVE)));
    }

    private Answer list(Asked asked) {
        List<Doubt> open = bureau.state().doubts().open(Optional.empty(), DoubtsDocument.MOST);
        boolean whom = asked.may(Action.SEE_DOUBTFUL);
        return Answer.ok(Map.of(
                "doubts",
                open.stream()
                        .map(doubt -> {
                            Map<String, Object> view = new LinkedHashMap<>(DoubtsDocument.of(doubt));
                            doubt.erasing().ifPresent(since -> view.put("erasing", since.toString()));
                            if (whom) {
                                view.put("key", doubt.key());
                            }
                            return view;
                        })
                        .toList(),
                "all",
                bureau.state().doubts().count()));
    }

    private Doubt doubt(Asked asked) {
        return RecordRoutes.id(asked)
                .flatMap(bureau.state().doubts()::find)
                .orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND, "no such doubt waits"));
    }

    private static Decider decider(Asked asked, Doubt doubt) {
        Given body = asked.body();
        Actor actor = asked.actor(body.text("by"), body.text("checked"));
        Operator operator = new Operator(actor.name().orElseThrow(), actor.said());
        return new Decider(operator, actor.role(), asked.noted().apply(doubt.id()));
    }

    private Answer erase(Asked asked) {
        Doubt doubt = doubt(asked);
        LiveStore store = bureau.evenIsolated(doubt.store()).orElseThrow(() -> Bureau.unavailable(doubt.store()));
        try {
            Outcome outcome = deciding().erase(doubt, store, decider(asked, doubt));
            Map<String, Object> view =
                    view(doubt.id(), outcome.state() == RunState.DONE ? Decision.ERASED : Decision.IN_PART);
            view.put("run", outcome.run().toString());
            return Answer.ok(view);
        } catch (CannotRun e) {
            throw Bureau.unavailable(doubt.store());
        } catch (DecidedAlready e) {
            throw late(e);
        }
    }

    private Answer leave(Asked asked) {
        Doubt doubt = doubt(asked);
        try {
            deciding().leave(doubt, decider(asked, doubt));
            return Answer.ok(view(doubt.id(), Decision.LEFT_ALONE));
        } catch (DecidedAlready e) {
            throw late(e);
        }
    }

    private Deciding deciding() {
        return new Deciding(bureau.state(), FaultPoints.NONE);
    }

    private static NotDone late(DecidedAlready why) {
        return NotDone.of(ProblemType.NOT_POSSIBLE, String.valueOf(why.getMessage()));
    }

    /** What was decided, where nobody was answered when it was: who was erased whole waits no more. */
    private static Answer decided(State state, UUID doubt, String route) {
        Decision erased = state.doubts().find(doubt).isEmpty() ? Decision.ERASED : Decision.IN_PART;
        return Answer.ok(view(doubt, route.equals(ERASE) ? erased : Decision.LEFT_ALONE));
    }

    private static Map<String, Object> view(UUID doubt, Decision decision) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", doubt.toString());
        view.put("decision", decision.word());
        return view;
    }

    /** What came of a decision. */
    enum Decision {
        ERASED("erased"),
        /** Of some of her data it is not known whether it may go: the doubt waits on. */
        IN_PART("erased-in-part"),
        LEFT_ALONE("left-alone");

        private final String word;

        Decision(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static List<String> words() {
            return Arrays.stream(values()).map(Decision::word).toList();
        }
    }
}
