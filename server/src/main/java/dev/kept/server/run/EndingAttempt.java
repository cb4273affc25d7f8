package dev.kept.server.run;

import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.live.Grants;
import dev.kept.core.rights.EndingPlan;
import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.core.rights.EndingPlan.Reason;
import dev.kept.core.rights.EndingPlan.Source;
import dev.kept.core.rights.EndingPlanner;
import dev.kept.server.run.FrozenEnding.Leaving;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.server.state.Step;
import dev.kept.server.state.Step.StepState;
import dev.kept.stores.postgres.end.Endings;
import dev.kept.stores.postgres.end.Endings.Alike;
import dev.kept.stores.postgres.end.Endings.Left;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The end of uses in one store, whose lock is held, under a run that is committed: for one person, or for many with one statement a place and step.
 * What it does twice it does once.
 */
final class EndingAttempt {

    private static final int MOST_ATTEMPTS = 3;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);

    private final State state;
    private final LiveStore store;
    private final StoreSession session;
    private final Run run;
    private final FrozenEnding frozen;
    private final Endings endings;
    private final List<Alike> places;
    private final SortedMap<String, Map<String, Source>> sources;

    /** Rows written in this attempt for each person, by column. */
    private List<Map<String, Long>> each = List.of();

    private boolean abandoned;

    EndingAttempt(State state, LiveStore store, StoreSession session, Run run, FrozenEnding frozen) {
        this.state = state;
        this.store = store;
        this.session = session;
        this.run = run;
        this.frozen = frozen;
        this.endings = new Endings(store.catalogue());
        List<EndingPlan> plans = frozen.people().stream()
                .map(person -> plan(store, frozen.uses(), person))
                .toList();
        this.places = new ArrayList<>(alike(plans, frozen));
        this.sources = plans.getFirst().sources();
    }

    private static List<Alike> alike(List<EndingPlan> plans, FrozenEnding frozen) {
        return IntStream.range(0, plans.getFirst().places().size())
                .mapToObj(i -> new Alike(
                        plans.stream().map(plan -> plan.places().get(i)).toList(), frozen.identifiers()))
                .toList();
    }

    static EndingPlan plan(LiveStore store, SortedSet<String> uses, Leaving person) {
        return EndingPlanner.plan(
                store.bound(),
                Planning.asOf(store, person.at()),
                person.identifiers(),
                uses,
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

        record Refused(Alike place) implements Tried {}

        record Conflict(StoreException error) implements Tried {}
    }

    /**
     * Writes into the store what is to be written there, in one transaction. Where others are in the way it is tried again; what the store
     * refuses is left to people.
     *
     * @return false where the store refuses it for one of many, or they cannot be asked alike: nothing is written then, and each has to be seen to by
     *     herself
     */
    boolean write(Pauses pauses) {
        if (!places.stream().allMatch(endings::asksAlike)) {
            return false;
        }
        Duration backoff = FIRST_BACKOFF;
        int conflicts = 0;
        while (true) {
            switch (attempt()) {
                case Tried.Done done -> {
                    return true;
                }
                case Tried.Refused(Alike refused) -> {
                    if (frozen.many()) {
                        return false;
                    }
                    places.replaceAll(place -> place.equals(refused) ? place.byHand(Reason.REFUSED) : place);
                }
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
        each = frozen.people().stream()
                .<Map<String, Long>>map(person -> new TreeMap<>())
                .toList();
        for (Alike place : places) {
            if (place.first().refusal().isPresent() && !taken(place, written)) {
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
    private boolean taken(Alike place, Map<String, Long> written) {
        try {
            List<Long> rows = endings.write(session.connection(), place);
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i) > 0) {
                    written.merge(place.first().written(), rows.get(i), Long::sum);
                    each.get(i).merge(place.first().written(), rows.get(i), Long::sum);
                }
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
        String table = places.getFirst().first().table().toString();
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

    /** What the store does not say yet, so that somebody has to see to it: for each person. */
    List<List<ByHand>> byHand() {
        List<List<ByHand>> tasks = frozen.people().stream()
                .<List<ByHand>>map(person -> new ArrayList<>())
                .toList();
        for (Alike place : places) {
            List<Left> left = endings.left(session.connection(), place);
            for (int i = 0; i < left.size(); i++) {
                LeftToPeople.add(tasks.get(i), place.each().get(i), left.get(i));
            }
        }
        session.connection().rollback();
        return tasks;
    }

    // --------------------------------------------------------------------------------------------------- ending

    /** What was done in the store for a person under the run, and which of Kept's facts go on. */
    record Settled(Map<String, Long> written, List<ByHand> byHand, SortedSet<String> kept) {}

    /**
     * Ends the run. Where the store says now itself that a use has ended, Kept's own fact goes in the same transaction: who opts in again in
     * the company's application is not refused for ever.
     *
     * @param byHand of each person
     */
    List<Settled> end(List<List<ByHand>> byHand) {
        List<StateChange> with = new ArrayList<>();
        List<SortedSet<String>> kept = new ArrayList<>();
        for (int i = 0; i < byHand.size(); i++) {
            kept.add(settle(frozen.people().get(i), byHand.get(i), with));
        }
        Map<String, Long> written = written();
        List<ByHand> tasks = byHand.stream().flatMap(List::stream).toList();
        SortedSet<String> stands =
                kept.stream().flatMap(Collection::stream).collect(Collectors.toCollection(TreeSet::new));
        RunState end = tasks.isEmpty() ? RunState.DONE : RunState.INCOMPLETE;
        with.add(state.journal().entry(run.id(), run.kind(), evidence(end, written, tasks, stands)));
        session.faults().reached(Point.END_REACHED);
        state.runs().end(run, end, end.name(), with);
        session.faults().reached(Point.END_NOTED);
        return IntStream.range(0, byHand.size())
                .mapToObj(i -> new Settled(frozen.many() ? each.get(i) : written, byHand.get(i), kept.get(i)))
                .toList();
    }

    /** What the store says now itself goes by that already before the sweep: who opted in again in the meantime keeps what is hers. */
    void settleSaid(List<List<ByHand>> byHand) {
        List<StateChange> with = new ArrayList<>();
        for (int i = 0; i < byHand.size(); i++) {
            settle(frozen.people().get(i), byHand.get(i), with);
        }
        if (!with.isEmpty()) {
            state.runs().apply(run, with);
        }
    }

    /** @return the uses for which Kept's own fact about her goes on */
    private SortedSet<String> settle(Leaving person, List<ByHand> byHand, List<StateChange> with) {
        SortedSet<String> kept = new TreeSet<>();
        sources.forEach((use, kinds) -> kinds.forEach((kind, source) -> {
            if (!said(use, source, byHand)) {
                kept.add(use);
                return;
            }
            person.identifiers()
                    .getOrDefault(kind, List.of())
                    .forEach(key -> with.add(state.personFacts().remove(store.name(), kind, key, new What.Ended(use))));
        }));
        return kept;
    }

    private static final String FOR_ONE_OF_MANY =
            "the store refuses it for one of several persons: each is seen to by herself";

    /** Rows that were written under the run, in all attempts, by column. */
    private Map<String, Long> written() {
        Map<String, Long> written = new TreeMap<>();
        state.runs().steps(run).stream()
                .filter(step -> step.state() == StepState.APPLIED)
                .forEach(step -> step.counts().forEach((column, rows) -> written.merge(column, rows, Long::sum)));
        return written;
    }

    private boolean doubtful() {
        return state.runs().steps(run).stream().anyMatch(step -> step.state() == StepState.COUNT_UNKNOWN);
    }

    /** Ends a run for many in which no more is written. */
    Outcome abandon() {
        Evidence evidence = Evidence.of(run, RunState.ABANDONED, Map.of(), doubtful() ? 1 : 0)
                .and("changed", written())
                .and("why", FOR_ONE_OF_MANY);
        state.runs()
                .end(
                        run,
                        RunState.ABANDONED,
                        FOR_ONE_OF_MANY,
                        List.of(state.journal().entry(run.id(), run.kind(), evidence.entry())));
        abandoned = true;
        return Outcome.of(run, RunState.ABANDONED, Earlier.NOTHING, List.of(FOR_ONE_OF_MANY));
    }

    boolean abandoned() {
        return abandoned;
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

    private Map<String, Object> evidence(
            RunState end, Map<String, Long> written, List<ByHand> byHand, SortedSet<String> kept) {
        return Evidence.of(run, end, Map.of(), doubtful() ? 1 : 0)
                .ending(
                        store,
                        frozen.uses(),
                        written,
                        byHand,
                        kept,
                        frozen.people().size())
                .entry();
    }
}
