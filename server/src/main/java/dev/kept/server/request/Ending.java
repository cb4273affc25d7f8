package dev.kept.server.request;

import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.core.rights.request.Event;
import dev.kept.server.request.CarryingOut.Part;
import dev.kept.server.request.Details.StoreState;
import dev.kept.server.request.Together.Asking;
import dev.kept.server.run.Ended;
import dev.kept.server.run.EndingService;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.RunService;
import dev.kept.server.run.RunService.Erasure;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The end of uses for one person, in one store: it says so itself, and what nothing needs any more is forgotten. */
final class Ending implements CarryingOut.Doing {

    private final RunService runs;
    private final EndingService endings;
    private final SortedSet<String> uses;
    private final Instant at;

    /** @param at when they ended for her; the same whenever this is tried again */
    Ending(RunService runs, EndingService endings, List<String> uses, Instant at) {
        this.runs = runs;
        this.endings = endings;
        this.uses = new TreeSet<>(uses);
        this.at = at;
    }

    /** When they ended for her: when it was first known that they are to end. */
    static Instant since(Requests requests, StoredRequest stored) {
        return requests.events(stored.id()).stream()
                .filter(happened -> happened.event() instanceof Event.CarryOut)
                .map(Requests.Happened::at)
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    @Override
    public Part inStore(LiveStore store, Map<String, List<List<String>>> keys, Operator operator) {
        try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept requests"))) {
            runs.finishBroken(store, session, RunOptions.defaults(), RunWatch.NONE);
            return part(endings.end(
                            List.of(new Erasure(store, session, keys)),
                            uses,
                            at,
                            operator,
                            RunOptions.defaults(),
                            RunWatch.NONE)
                    .getFirst());
        }
    }

    /**
     * The same for several: one run, one statement a table and step.
     *
     * @param people for whom the same uses end
     * @param at when they ended for each
     * @return empty where the store refuses it for one of them
     */
    static Optional<List<Part>> ofMany(
            RunService runs,
            EndingService endings,
            LiveStore store,
            List<Asking> people,
            List<Instant> at,
            Operator operator) {
        SortedSet<String> uses =
                new TreeSet<>(people.getFirst().request().request().ask().uses());
        try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept requests"))) {
            runs.finishBroken(store, session, RunOptions.defaults(), RunWatch.NONE);
            Erasure here = Erasure.ofMany(
                    store, session, people.stream().map(Asking::keys).toList());
            return endings.endOfMany(here, at, uses, operator, RunOptions.defaults(), RunWatch.NONE)
                    .map(ended -> ended.stream().map(Ending::part).toList());
        }
    }

    private static Part part(Ended ended) {
        Part swept = Erasing.part(ended.swept());
        Map<String, Object> result = new LinkedHashMap<>(swept.result());
        result.put("written", ended.written());
        if (ended.byHand().isEmpty()) {
            // what stays of her for other uses is no part of this
            StoreState state = ended.done() ? StoreState.DONE : swept.state();
            return new Part(state, Optional.of(ended.run()), ended.done() ? Optional.empty() : swept.problem(), result);
        }
        String tasks = ended.byHand().stream().map(ByHand::task).distinct().collect(Collectors.joining("; "));
        return new Part(StoreState.BY_HAND, Optional.of(ended.run()), Optional.of(tasks), result);
    }
}
