package dev.kept.server.api;

import dev.kept.server.api.Route.Effect;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.Acts;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.task.RequestAhead;
import dev.kept.server.task.Tasks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a request would do in each store, before it runs, and what would stay on which ground. Counts; nobody is in it. */
final class PlanRoutes {

    private static final String PLAN = RequestRoutes.ONE + "/plan";

    private final Bureau bureau;
    private final RequestAhead ahead;
    private final Acts acts;

    PlanRoutes(Bureau bureau) {
        this.bureau = bureau;
        this.ahead = new RequestAhead(new Tasks(bureau.state()));
        this.acts = new Acts(bureau.state());
    }

    List<Route> all() {
        return List.of(
                Route.get(
                        PLAN,
                        Action.SEE_REQUESTS,
                        "plan",
                        "What the request would do in each store, and what would stay on which ground and until when, as the last look found it.",
                        Answers.PLAN,
                        asked -> last(RequestRoutes.find(bureau, asked))),
                Route.post(
                                PLAN,
                                Effect.ADDS,
                                Action.APPROVE_REQUEST,
                                "look-at-plan",
                                "Begins to look, unless that is under way: reads the person's rows and changes nothing. Of erasures, and of the end of uses.",
                                Shape.thing(),
                                this::look)
                        .answering(Answers.PLAN));
    }

    private Answer look(Asked asked) {
        StoredRequest stored = RequestRoutes.find(bureau, asked);
        Acts.Noted noted = acts.act(
                asked.holder().caller(),
                "request-looked-ahead",
                "looked at what a request would do",
                Map.of("request", stored.id().toString()));
        try {
            ahead.look(
                    bureau.home(),
                    stored.id(),
                    stored.request(),
                    bureau.office().details().persons(stored.id()),
                    noted.writes());
        } catch (CannotRun e) {
            throw NotDone.of(ProblemType.NOT_POSSIBLE, e.problem());
        }
        return last(stored);
    }

    private Answer last(StoredRequest stored) {
        Tasks.Standing look = ahead.last(stored.id())
                .orElseThrow(
                        () -> NotDone.of(ProblemType.NOT_FOUND, "nobody has looked at what this request would do"));
        Map<String, Object> view = TaskView.of(look, bureau.instant(), "looked");
        List<Map<String, Object>> stores = new ArrayList<>();
        CanonicalJson.read(look.result().orElse("{}")).forEach((name, parts) -> {
            if (parts instanceof Map<?, ?> found) {
                Map<String, Object> store = new LinkedHashMap<>();
                store.put("store", name);
                Optional.ofNullable(found.get("problem")).ifPresent(problem -> store.put("problem", problem));
                Optional.ofNullable(found.get("doubt")).ifPresent(doubt -> store.put("doubt", doubt));
                store.put("tables", TaskView.named("table", found.get("tables")));
                Object written = found.get("written");
                store.put("written", written == null ? Map.of() : written);
                store.put("by-hand", TaskView.several(found.get("byHand")));
                store.put("stays", TaskView.several(found.get("stays")));
                stores.add(store);
            }
        });
        view.put("stores", stores);
        return Answer.ok(view);
    }
}
