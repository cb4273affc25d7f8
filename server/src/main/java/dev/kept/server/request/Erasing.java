package dev.kept.server.request;

import dev.kept.server.request.CarryingOut.Part;
import dev.kept.server.request.Together.Asking;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.RunService;
import dev.kept.server.run.RunService.Erasure;
import dev.kept.server.state.RunState;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An erasure's part in one store: the planner's run, and what it left, on which ground. */
final class Erasing implements CarryingOut.Doing {

    private final RunService runs;

    Erasing(RunService runs) {
        this.runs = runs;
    }

    @Override
    public Part inStore(LiveStore store, Map<String, List<List<String>>> keys, Operator operator) {
        try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept requests"))) {
            runs.finishBroken(store, session, RunOptions.defaults(), RunWatch.NONE);
            return part(runs.erase(store, session, keys, operator, RunOptions.defaults(), RunWatch.NONE));
        }
    }

    /** Of several in one run: one pass over each table. */
    List<Part> ofMany(LiveStore store, List<Asking> people, Operator operator) {
        try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept requests"))) {
            runs.finishBroken(store, session, RunOptions.defaults(), RunWatch.NONE);
            Erasure together = Erasure.ofMany(
                    store, session, people.stream().map(Asking::keys).toList());
            return runs
                    .erase(List.of(together), operator, RunOptions.defaults(), RunWatch.NONE)
                    .getFirst()
                    .each()
                    .stream()
                    .map(Erasing::part)
                    .toList();
        }
    }

    /** What is known to be gone is done; what is not known is somebody's to look at. */
    static Part part(Outcome outcome) {
        Map<String, Object> result = result(outcome);
        return switch (outcome.state()) {
            case DONE -> Part.done(Optional.of(outcome.run()), result);
            case INCOMPLETE ->
                new Part(
                        Details.StoreState.FAILED,
                        Optional.of(outcome.run()),
                        Optional.of("of some rows it is not known whether their purpose has ended"),
                        result);
            case FAILED, ABANDONED, RUNNING, WAITING ->
                new Part(
                        Details.StoreState.FAILED,
                        Optional.of(outcome.run()),
                        Optional.of("the run ended as `" + word(outcome.state()) + "`"),
                        result);
        };
    }

    private static String word(RunState state) {
        return state.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Counts by table, and what stays: never whose. */
    private static Map<String, Object> result(Outcome outcome) {
        Map<String, Object> changed = new TreeMap<>();
        outcome.counts().forEach((table, counts) -> {
            long rows = counts.deleted() + counts.cleared() + counts.rekeyed() + counts.released();
            if (rows > 0) {
                changed.put(table.toString(), Map.of("deleted", counts.deleted(), "cleared", counts.cleared()));
            }
        });
        List<Map<String, Object>> stays = outcome.stays().stream()
                .map(stay -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("table", stay.table().toString());
                    one.put("rows", stay.rows() + stay.unknown());
                    one.put("use", stay.use());
                    one.put("ground", stay.ground());
                    stay.until().ifPresent(until -> one.put("until", until.toString()));
                    return one;
                })
                .toList();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("changed", changed);
        result.put("stays", stays);
        return result;
    }
}
