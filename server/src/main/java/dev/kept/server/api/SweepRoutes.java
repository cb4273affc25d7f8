package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.must;

import dev.kept.server.api.Route.Effect;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Approvals;
import dev.kept.server.run.Approvals.Eyes;
import dev.kept.server.run.Operator;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.ApiKeys;
import dev.kept.server.signin.Caller;
import dev.kept.server.state.PrivateLog.Who;
import dev.kept.server.state.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A second person's yes to a sweep that takes more of a table than one may decide. */
final class SweepRoutes {

    private final Bureau bureau;
    private final ApiKeys keys;

    SweepRoutes(Bureau bureau) {
        this.bureau = bureau;
        this.keys = new ApiKeys(bureau.state());
    }

    List<Route> all() {
        return List.of(Route.post(
                        "/runs/{id}/approve",
                        Effect.ADDS,
                        Action.APPROVE_SWEEP,
                        "approve-sweep",
                        "A second person's yes to a sweep that waits; neither she nor who granted the key may have started it.",
                        Shape.thing(must("by", Shape.line(1, 200), "who says yes; for the private log")),
                        this::approve)
                .answering(Answers.RUN)
                .toldAgain(done -> RecordRoutes.run(bureau, done)));
    }

    private Answer approve(Asked asked) {
        UUID id = RecordRoutes.id(asked)
                .filter(run -> bureau.state().runs().find(run).isPresent())
                .orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND));
        if (bureau.state()
                .runs()
                .find(id)
                .filter(run -> run.state() == RunState.WAITING)
                .isEmpty()) {
            throw NotDone.of(ProblemType.NOT_POSSIBLE, "this run does not wait for approval");
        }
        Caller caller = asked.holder().caller();
        String by = person(asked);
        Operator named = new Operator(by + ", with " + caller.name(), "approved run " + id);
        try {
            Approvals.approve(
                    bureau.state(),
                    id,
                    named,
                    behind(asked, by),
                    caller.role(),
                    asked.noted().apply(id));
        } catch (CannotRun e) {
            throw NotDone.of(ProblemType.NOT_POSSIBLE, e.problem());
        }
        return RecordRoutes.run(bureau, id);
    }

    private static String person(Asked asked) {
        try {
            return Operator.named(asked.body().text("by"), "").name();
        } catch (CannotRun e) {
            throw NotDone.flawed(
                    ProblemType.INVALID_BODY, List.of(Flaw.at("/by", "is the name of no person", "say who says yes")));
        }
    }

    /** Whoever holds a key says whatever name she likes: so who granted it may not have started the sweep either. */
    private List<Eyes> behind(Asked asked, String by) {
        List<Who> owners = keys.owners(asked.holder().key());
        if (owners.isEmpty()) {
            throw NotDone.of(
                    ProblemType.NOT_POSSIBLE,
                    "it is not known any more who granted this key, so that nobody can be said to be another");
        }
        List<Eyes> behind = new ArrayList<>();
        behind.add(new Eyes(List.of(by), Optional.empty()));
        owners.forEach(owner -> behind.add(new Eyes(List.of(owner.name()), owner.account())));
        return behind;
    }
}
