package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.must;

import dev.kept.core.datamap.BoundStore;
import dev.kept.server.api.Route.Effect;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Approvals;
import dev.kept.server.run.Approvals.Eyes;
import dev.kept.server.run.Operator;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.Acts;
import dev.kept.server.signin.ApiKeys;
import dev.kept.server.signin.Caller;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.PrivateLog.Who;
import dev.kept.server.state.RunState;
import dev.kept.server.task.SweepTasks;
import dev.kept.server.task.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Sweeps: what the next one would do, one begun, and a second person's yes to one that takes more of a table than one may decide. */
final class SweepRoutes {

    private static final String NEXT = "/stores/{store}/next-sweep";
    private static final String SWEEP = "/stores/{store}/sweep";

    private final Bureau bureau;
    private final ApiKeys keys;
    private final SweepTasks sweeps;
    private final Acts acts;

    SweepRoutes(Bureau bureau) {
        this.bureau = bureau;
        this.keys = new ApiKeys(bureau.state());
        this.sweeps = new SweepTasks(new Tasks(bureau.state()));
        this.acts = new Acts(bureau.state());
    }

    List<Route> all() {
        return List.of(
                Route.get(
                        NEXT,
                        Action.SEE_SWEEPS,
                        "next-sweep",
                        "What the next sweep of a store would do in its first pass, as the last look found it, and why it would wait for a second person.",
                        Answers.NEXT_SWEEP,
                        this::ahead),
                Route.post(
                                NEXT,
                                Effect.ADDS,
                                Action.LOOK_AHEAD,
                                "look-ahead",
                                "Begins to look, unless that is under way: reads the whole store and changes nothing.",
                                Shape.thing(),
                                this::look)
                        .answering(Answers.NEXT_SWEEP),
                Route.get(
                        SWEEP,
                        Action.SEE_SWEEPS,
                        "sweep",
                        "What came of the last sweep of a store that was begun by hand here, or in the console.",
                        Answers.SWEEP,
                        this::begun),
                Route.post(
                                SWEEP,
                                Effect.ADDS,
                                Action.START_SWEEP,
                                "start-sweep",
                                "Begins a sweep, or carries out the one that waited and was approved; neither who starts it nor who granted the key can approve it.",
                                Shape.thing(must("by", Shape.line(1, 200), "who starts it; for the private log")),
                                this::begin)
                        .answering(Answers.SWEEP),
                Route.post(
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

    private BoundStore store(Asked asked) {
        return bureau.home().stores(Optional.empty()).stream()
                .filter(store -> store.store().name().equals(asked.parts().getFirst()))
                .findFirst()
                .orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND));
    }

    private Answer ahead(Asked asked) {
        return ahead(store(asked).store().name());
    }

    private Answer ahead(String store) {
        Tasks.Standing look = sweeps.ahead(store)
                .orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND, "nobody has looked at this store yet"));
        Map<String, Object> view = TaskView.of(look, bureau.instant(), "looked");
        Map<String, Object> found = CanonicalJson.read(look.result().orElse("{}"));
        view.put("store", store);
        view.put("tables", TaskView.named("table", found.get("tables")));
        view.put("brakes", TaskView.several(found.get("brakes")));
        Optional.ofNullable(found.get("doubt")).ifPresent(doubt -> view.put("doubt", doubt));
        return Answer.ok(view);
    }

    private Answer look(Asked asked) {
        BoundStore store = store(asked);
        String name = store.store().name();
        Acts.Noted noted = acts.act(
                asked.holder().caller(),
                "sweep-looked-ahead",
                "looked at what the next sweep would do",
                Map.of("store", name));
        sweeps.look(bureau.home(), store, noted.writes());
        return ahead(name);
    }

    private Answer begun(Asked asked) {
        return begun(store(asked).store().name());
    }

    private Answer begun(String store) {
        Tasks.Standing last = sweeps.begun(store)
                .orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND, "no sweep of this store was begun by hand yet"));
        Map<String, Object> view = TaskView.of(last, bureau.instant(), "ended");
        view.put("store", store);
        view.putAll(CanonicalJson.read(last.result().orElse("{}")));
        return Answer.ok(view);
    }

    private Answer begin(Asked asked) {
        BoundStore store = store(asked);
        Caller caller = asked.holder().caller();
        String by = person(asked);
        List<Operator> behind = owners(asked).stream()
                .map(owner ->
                        new Operator(owner.name(), owner.account(), "granted the key with which a sweep was started"))
                .toList();
        Operator operator =
                new Operator(by, Optional.empty(), "started a sweep, with " + caller.name(), caller.role(), behind);
        Caller named = new Caller(List.of(by + ", with " + caller.name()), caller.role(), caller.actions());
        Acts.Noted noted = acts.act(
                named,
                "sweep-begun",
                "began a sweep",
                Map.of("store", store.store().name()));
        if (!sweeps.begin(bureau.home(), store, operator, noted.writes())) {
            throw NotDone.of(ProblemType.NOT_POSSIBLE, "a sweep of this store is under way");
        }
        return begun(store.store().name());
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
                    ProblemType.INVALID_BODY, List.of(Flaw.at("/by", "is the name of no person", "say who acts")));
        }
    }

    /** Whoever holds a key says whatever name she likes: so who granted it stands behind what is done in a name. */
    private List<Who> owners(Asked asked) {
        List<Who> owners = keys.owners(asked.holder().key());
        if (owners.isEmpty()) {
            throw NotDone.of(
                    ProblemType.NOT_POSSIBLE,
                    "it is not known any more who granted this key, so that nobody can be said to be another");
        }
        return owners;
    }

    private List<Eyes> behind(Asked asked, String by) {
        List<Eyes> behind = new ArrayList<>();
        behind.add(new Eyes(List.of(by), Optional.empty()));
        owners(asked).forEach(owner -> behind.add(new Eyes(List.of(owner.name()), owner.account())));
        return behind;
    }
}
