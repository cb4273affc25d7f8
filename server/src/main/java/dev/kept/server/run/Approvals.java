package dev.kept.server.run;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Four eyes: a large sweep is approved by another operator than the one who started it. */
public final class Approvals {

    private Approvals() {}

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** @throws CannotRun where the run does not wait, nobody is named who started it, or the operator is the same */
    public static void approve(State state, UUID id, String operator) {
        Run run = state.runs()
                .find(id)
                .filter(found -> found.state() == RunState.WAITING)
                .orElseThrow(() -> new CannotRun(
                        "no run `" + id + "` waits for approval", "kept sweep prints the run that waits"));
        String starter = starter(state, run)
                .orElseThrow(() -> new CannotRun(
                        "nobody is named who started this sweep, so that nobody can be said to be another",
                        "kept sweep --operator NAME: it then waits in that name, and another operator approves it"));
        if (plain(starter).equals(plain(operator))) {
            throw new CannotRun("who started a sweep cannot approve it", "ask another operator");
        }
        PrivateLog.Act act = Operator.named(operator, "approved run " + id).act(state.privateLog());
        Map<String, Object> entry = Map.of(
                "plan", run.planHash(),
                "asOf", run.asOf().toString(),
                "actor", Map.of("role", "engineer", "commitment", act.commitment()));
        state.apply(List.of(
                act.write(),
                state.runs().approval(run, act.commitment()),
                state.journal().entry(id, "sweep-approved", entry)));
    }

    /** Who started the run; empty where nobody did by hand, or the private log does not know any more. */
    static Optional<String> starter(State state, Run run) {
        return run.actorCommitment()
                .flatMap(state.privateLog()::operator)
                .filter(name -> !plain(name).equals(plain(Operator.SCHEDULE.name())));
    }

    /** A name however it is written: the same person types it with another case, or a blank too many. */
    private static String plain(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return BLANKS.matcher(composed).replaceAll(" ").strip();
    }
}
