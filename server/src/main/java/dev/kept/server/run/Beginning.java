package dev.kept.server.run;

import dev.kept.core.lifecycle.Prepared;
import dev.kept.server.state.NewRun;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunKey;
import dev.kept.server.state.RunState;
import dev.kept.server.state.RunWrites;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.StoreSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Commits runs with who started them and why they wait, before anything is done. */
final class Beginning {

    private final State state;
    private final FaultPoints faults;

    Beginning(State state, FaultPoints faults) {
        this.state = state;
        this.faults = faults;
    }

    /** A run about to begin. */
    record Begun(
            UUID id,
            String kind,
            LiveStore store,
            StoreSession session,
            Prepared plan,
            Map<String, List<List<String>>> identifiers,
            RunKey key) {

        NewRun.Worker worker() {
            return StoreIdentities.worker(session.backend(), session.identity());
        }
    }

    /** A run in one store that begins at once: recorded with its first write, if nothing of it has to be read from the record before. */
    RunWrites begin(Begun begun, Operator operator) {
        if (!begun.plan().outline().rekeyed().isEmpty()) {
            return begin(List.of(begun), operator, List.of()).getFirst();
        }
        faults.reached(Point.RUN_PLANNED);
        PrivateLog.Act act = operator.act(state.privateLog());
        return RunWrites.unrecorded(
                state.runs(),
                run(begun, operator.role(), act, List.of()),
                List.of(act.write()),
                () -> faults.reached(Point.RUN_NOTED));
    }

    private static NewRun run(Begun run, String role, PrivateLog.Act act, List<String> brakes) {
        return new NewRun(
                run.id(),
                run.kind(),
                run.store().name(),
                run.plan().hash(),
                run.plan().asOf().instant(),
                run.identifiers(),
                run.key(),
                role,
                Optional.of(act.commitment()),
                brakes.isEmpty() ? RunState.RUNNING : RunState.WAITING,
                brakes.isEmpty() ? Optional.of(run.worker()) : Optional.empty());
    }

    List<RunWrites> begin(List<Begun> begun, Operator operator, List<String> brakes) {
        faults.reached(Point.RUN_PLANNED);
        PrivateLog.Act act = operator.act(state.privateLog());
        List<StateChange> with = new ArrayList<>(List.of(act.write()));
        List<NewRun> runs = new ArrayList<>();
        for (Begun run : begun) {
            runs.add(run(run, operator.role(), act, brakes));
            if (!brakes.isEmpty()) {
                Map<String, Object> entry = new TreeMap<>();
                entry.put("store", run.store().name());
                entry.put("brakes", brakes);
                List<PrivateLog.Act> behind = operator.behind().stream()
                        .map(one -> one.act(state.privateLog()))
                        .toList();
                if (!behind.isEmpty()) {
                    behind.forEach(one -> with.add(one.write()));
                    entry.put(
                            Approvals.BEHIND,
                            behind.stream().map(PrivateLog.Act::commitment).toList());
                }
                with.add(state.journal().entry(run.id(), Approvals.WAITS, entry));
            }
        }
        List<Run> noted = state.runs().begin(runs, with);
        faults.reached(Point.RUN_NOTED);
        return noted.stream().map(run -> RunWrites.of(state.runs(), run)).toList();
    }
}
