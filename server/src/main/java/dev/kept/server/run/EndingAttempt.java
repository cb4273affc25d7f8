package dev.kept.server.run;

import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.live.Grants;
import dev.kept.core.rights.EndingPlan;
import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.core.rights.EndingPlan.Place;
import dev.kept.core.rights.EndingPlan.Reason;
import dev.kept.core.rights.EndingPlan.Source;
import dev.kept.core.rights.EndingPlanner;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.server.state.Step;
import dev.kept.server.state.Step.StepState;
import dev.kept.stores.postgres.end.Endings;
import dev.kept.stores.postgres.end.Endings.Left;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The end of uses for one person in one store, whose lock is held, under a run that is committed. What it does twice it does once. */
final class EndingAttempt {

    private static final int MOST_ATTEMPTS = 3;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);

    private final State state;
    private final LiveStore store;
    private final StoreSession session;
    private final Run run;
    private final FrozenEnding frozen;
    private final Endings endings;
    private final List<Place> places;
    private final SortedMap<String, Map<String, Source>> sources;

    EndingAttempt(State state, LiveStore store, StoreSession session, Run run, FrozenEnding frozen) {
        this.state = state;
        this.store = store;
        this.session = session;
        this.run = run;
        this.frozen = frozen;
        this.endings = new Endings(store.catalogue());
        EndingPlan plan = plan(store, run.asOf(), frozen);
        this.places = new ArrayList<>(plan.places());
        this.sources = plan.sources();
    }

    static EndingPlan plan(LiveStore store, Instant at, FrozenEnding frozen) {
        return EndingPlanner.plan(
                store.bound(),
                Planning.asOf(store, at),
                frozen.identifiers(),
                frozen.uses(),
                (table, column) -> Optional.ofNullable(store.schema().grants().get(table))
                        .map(Grants::updatable)
                        .map(updatable -> updatable.contains(column))
                        .orElse(true));
    }

    Run run() {
        return run;
    }

    // ------------------------------------------------------------------------------------------------- writing

    /** How an attempt ended. */
    private sealed interface Tried {
        record Done() implements Tried {}

        record Refused(Place place) implements Tried {}

        record Conflict(StoreException error) implements Tried {}
    }

    /**
     * Writes into the store what is to be written there, in one transaction. Where others are in the way it is tried again; what the store
     * refuses is left to people.
     */
    void write(Pauses pauses) {
        Duration backoff = FIRST_BACKOFF;
        int conflicts = 0;
        while (true) {
            switch (attempt()) {
                case Tried.Done done -> {
                    return;
                }
                case Tried.Refused(Place refused) ->
                    places.replaceAll(place -> place.equals(refused) ? place.byHand(Reason.REFUSED) : place);
                case Tried.Conflict(StoreException error) -> {
                    if (++conflicts == MOST_ATTEMPTS) {
                        throw error;
                    }
                    pauses.pause(backoff);
                    backoff = backoff.multipliedBy(2);
                }
            }
        }
    }

    private Tried attempt() {
        try {
            return once();
        } catch (StoreException e) {
            rollback(e);
            if (e.kind() == Kind.CONFLICT) {
                return new Tried.Conflict(e);
            }
            throw e;
        } catch (RuntimeException e) {
            rollback(e);
            throw e;
        }
    }

    private Tried once() {
        session.faults().reached(Point.BATCH_BEGUN);
        Map<String, Long> written = new TreeMap<>();
        for (Place place : places) {
            if (place.refusal().isPresent() && !taken(place, written)) {
                session.connection().rollback();
                return new Tried.Refused(place);
            }
        }
        session.faults().reached(Point.ROWS_LOCKED);
        if (written.isEmpty()) {
            session.connection().rollback();
        } else {
            commit(written);
        }
        return new Tried.Done();
    }

    /** @return whether the store takes it */
    private boolean taken(Place place, Map<String, Long> written) {
        try {
            long rows = endings.write(session.connection(), place);
            if (rows > 0) {
                written.merge(place.written(), rows, Long::sum);
            }
            return true;
        } catch (StoreException e) {
            return switch (e.kind()) {
                case CONSTRAINT, NO_PROGRESS, OTHER -> false;
                case CONFLICT, LOST, TIME_LIMIT, PRIVILEGE, BUSY, UNFIT -> throw e;
            };
        }
    }

    private void commit(Map<String, Long> written) {
        long transaction = session.transactionId();
        session.faults().reached(Point.TRANSACTION_NUMBERED);
        List<Step> before = state.runs().steps(run);
        int number = 1 + before.stream().mapToInt(Step::step).max().orElse(0);
        String table = places.getFirst().table().toString();
        Step step = new Step(number, 1, table, Optional.of(Long.toString(transaction)), StepState.PENDING, written);
        state.runs().pending(run, List.of(), step);
        session.faults().reached(Point.PENDING_NOTED);
        session.connection().commit();
        session.faults().reached(Point.COMMITTED);
        state.runs().apply(run, List.of(state.runs().settled(run, number, 1, StepState.APPLIED)));
        session.faults().reached(Point.APPLIED_NOTED);
    }

    private void rollback(RuntimeException reason) {
        try {
            session.connection().rollback();
        } catch (StoreException e) {
            reason.addSuppressed(e);
        }
    }

    // -------------------------------------------------------------------------------------------------- looking

    /** What the store does not say yet, so that somebody has to see to it. */
    List<ByHand> byHand() {
        List<ByHand> tasks = new ArrayList<>();
        for (Place place : places) {
            Left left = endings.left(session.connection(), place);
            Optional<Reason> reason = place.reason();
            if (reason.isPresent()) {
                add(tasks, place, reason.get(), left.rows());
            } else {
                add(tasks, place, Reason.OTHER_PERSONS, left.ofOthers());
                add(tasks, place, Reason.REFUSED, left.rows() - left.ofOthers());
            }
        }
        session.connection().rollback();
        return tasks;
    }

    static void add(List<ByHand> tasks, Place place, Reason reason, long rows) {
        if (rows > 0) {
            tasks.add(new ByHand(place.use(), place.table(), place.columns(), reason, rows));
        }
    }

    // --------------------------------------------------------------------------------------------------- ending

    /** What was done in the store under the run, and which of Kept's facts go on. */
    record Settled(Map<String, Long> written, List<ByHand> byHand, SortedSet<String> kept) {}

    /**
     * Ends the run. Where the store says now itself that a use has ended, Kept's own fact goes in the same transaction: who opts in again in
     * the company's application is not refused for ever.
     */
    Settled end(List<ByHand> byHand) {
        SortedSet<String> kept = new TreeSet<>();
        List<StateChange> with = new ArrayList<>();
        sources.forEach((use, kinds) -> kinds.forEach((kind, source) -> {
            if (!said(use, source, byHand)) {
                kept.add(use);
                return;
            }
            frozen.identifiers()
                    .getOrDefault(kind, List.of())
                    .forEach(key -> with.add(state.personFacts().remove(store.name(), kind, key, new What.Ended(use))));
        }));
        Map<String, Long> written = new TreeMap<>();
        boolean doubtful = false;
        for (Step step : state.runs().steps(run)) {
            if (step.state() == StepState.APPLIED) {
                step.counts().forEach((column, rows) -> written.merge(column, rows, Long::sum));
            }
            doubtful |= step.state() == StepState.COUNT_UNKNOWN;
        }
        RunState end = byHand.isEmpty() ? RunState.DONE : RunState.INCOMPLETE;
        with.add(state.journal().entry(run.id(), run.kind(), evidence(end, written, byHand, kept, doubtful)));
        session.faults().reached(Point.END_REACHED);
        state.runs().end(run, end, end.name(), with);
        session.faults().reached(Point.END_NOTED);
        return new Settled(written, byHand, kept);
    }

    private static boolean said(String use, Source source, List<ByHand> byHand) {
        return switch (source) {
            case Source.Kept kept -> false;
            case Source.Columns columns ->
                byHand.stream()
                        .noneMatch(task ->
                                task.use().equals(use) && columns.tables().contains(task.table()));
        };
    }

    /** What the journal says: columns and counts, rules, who — and no person. */
    private Map<String, Object> evidence(
            RunState end, Map<String, Long> written, List<ByHand> byHand, SortedSet<String> kept, boolean doubtful) {
        Evidence evidence = Evidence.of(run, end, Map.of(), doubtful ? 1 : 0)
                .and("changed", written)
                .and("rules", rules())
                .and("toldByKept", List.copyOf(kept));
        if (!byHand.isEmpty()) {
            evidence.and(
                    "byHand",
                    byHand.stream()
                            .map(task -> Map.of(
                                    "use", task.use(),
                                    "table", task.table().toString(),
                                    "columns", task.columns(),
                                    "reason", task.reason().word()))
                            .toList());
        }
        return evidence.entry();
    }

    private List<String> rules() {
        return frozen.uses().stream()
                .flatMap(
                        use -> Optional.ofNullable(store.bound().notice().uses().get(use)).stream())
                .map(use -> use.path())
                .sorted()
                .toList();
    }
}
