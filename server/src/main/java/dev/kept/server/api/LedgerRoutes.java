package dev.kept.server.api;

import dev.kept.server.api.Route.Effect;
import dev.kept.server.ledger.Ledger;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.Acts;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.task.LedgerCheck;
import dev.kept.server.task.Tasks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ledger: how it stands, and whether all of it fits together. */
final class LedgerRoutes {

    static final List<String> STATES = List.of(TaskView.UNDER_WAY, "whole", "flawed", TaskView.BROKEN_OFF);

    private final Bureau bureau;
    private final LedgerCheck check;
    private final Acts acts;

    LedgerRoutes(Bureau bureau) {
        this.bureau = bureau;
        this.check = new LedgerCheck(new Tasks(bureau.state()));
        this.acts = new Acts(bureau.state());
    }

    List<Route> all() {
        return List.of(
                Route.get(
                        "/ledger", Action.SEE_LEDGER, "ledger", "How the ledger stands.", Answers.LEDGER, this::status),
                Route.post(
                                "/ledger/verify",
                                Effect.ADDS,
                                Action.VERIFY_LEDGER,
                                "verify-ledger",
                                "Begins to hash every entry again and to compare every checkpoint, unless that is under way.",
                                Shape.thing(),
                                this::verify)
                        .answering(Answers.VERIFICATION),
                Route.get(
                        "/ledger/verification",
                        Action.SEE_LEDGER,
                        "verification",
                        "What the last verification found, or that it is under way.",
                        Answers.VERIFICATION,
                        asked -> last()));
    }

    private Answer status(Asked asked) {
        Ledger.Status status = bureau.home().ledger().status();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("log", status.origin());
        view.put("entries", status.entries());
        status.checkpoint().ifPresent(checkpoint -> view.put("checkpoint", checkpoint.size()));
        view.put(
                "keys",
                status.keys().stream().map(known -> known.key().toString()).toList());
        return Answer.ok(view);
    }

    private Answer verify(Asked asked) {
        check.begin(
                bureau.home().ledger(),
                acts.act(asked.holder().caller(), LedgerCheck.BEGUN, "had the ledger verified", Map.of())
                        .writes());
        return last();
    }

    private Answer last() {
        Tasks.Standing last = check.last()
                .orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND, "nobody has had the ledger verified yet"));
        Map<String, Object> found = CanonicalJson.read(last.result().orElse("{}"));
        List<?> flaws = found.get("flaws") instanceof List<?> several ? several : List.of();
        Map<String, Object> view = TaskView.of(last, bureau.instant(), flaws.isEmpty() ? "whole" : "flawed");
        view.putAll(found);
        return Answer.ok(view);
    }
}
