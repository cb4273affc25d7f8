package dev.kept.server.run;

import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Prepared;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Beginning.Begun;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunKey;
import dev.kept.server.state.RunState;
import dev.kept.server.state.RunWrites;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.look.Look;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.run.Pace;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.Backend;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Sweeps and erasures from beginning to end. A run is committed here before its first step; what it does in the store is noted before each
 * COMMIT; it is called done last, after one look, together with its evidence. A run that broke off is finished before a new one begins.
 */
public final class RunService {

    /** How long the look before a sweep may take. */
    private static final Duration LOOK_LIMIT = Duration.ofHours(2);

    static final String SWEEP = "sweep";

    private final State state;
    private final InstantSource clock;
    private final FaultPoints faults;
    private final Planning planning;
    private final Beginning beginning;
    private final Carrying carrying;
    private final BrokenRuns broken;
    private final boolean inIsolation;

    public RunService(State state, InstantSource clock, FaultPoints faults) {
        this(state, clock, faults, false);
    }

    /** One that works on isolated stores, too: to make them clean. */
    public static RunService inIsolation(State state, InstantSource clock, FaultPoints faults) {
        return new RunService(state, clock, faults, true);
    }

    private RunService(State state, InstantSource clock, FaultPoints faults, boolean inIsolation) {
        this.inIsolation = inIsolation;
        this.state = state;
        this.clock = clock;
        this.faults = faults;
        this.planning = new Planning(state);
        this.beginning = new Beginning(state, faults);
        this.carrying = new Carrying(state, planning);
        this.broken = new BrokenRuns(state, faults, planning, carrying);
    }

    /**
     * Forgets what has ended as of now, in the whole store.
     *
     * @param brakePercent of a table's rows above which another operator must say yes first
     */
    public Outcome sweep(LiveStore store, Operator operator, int brakePercent, RunOptions options, RunWatch watch) {
        try (StoreSession session = open(store, SessionOptions.sweeping("kept sweep"))) {
            List<Outcome> first = new ArrayList<>(finishBroken(store, session, options, watch));
            Optional<Outcome> failed = first.stream()
                    .filter(outcome -> outcome.kind().equals(SWEEP) && outcome.state() == RunState.FAILED)
                    .findFirst();
            if (failed.isPresent()) {
                first.remove(failed.get());
                return failed.get().after(first);
            }
            Optional<Run> waiting = state.runs().unfinished(store.name()).stream()
                    .filter(run -> run.state() == RunState.WAITING)
                    .findFirst();
            if (waiting.isPresent()) {
                Plan plan =
                        planning.sweep(store, waiting.get().asOf(), state.runs().key(waiting.get()));
                boolean same = plan.hash().equals(waiting.get().planHash());
                if (same && state.runs().approved(waiting.get())) {
                    Run run = broken.takeOver(waiting.get());
                    return carrying.out(
                                    store,
                                    session,
                                    RunWrites.of(state.runs(), run),
                                    Prepared.of(plan),
                                    Whom.NOBODY_BY_NAME,
                                    Earlier.NOTHING,
                                    options,
                                    watch)
                            .after(first);
                }
                boolean named = Approvals.starter(state, waiting.get()).isPresent();
                if (same && (named || operator.equals(Operator.SCHEDULE))) {
                    LookResult look = look(store, session, plan, Look.Depth.UNKNOWN, options.pace());
                    return Outcome.waiting(waiting.get(), look, Brake.over(look, brakePercent), named)
                            .after(first);
                }
                String why = same ? NOBODYS : BrokenRuns.PLAN_CHANGED;
                first.add(carrying.abandon(broken.takeOver(waiting.get()), Earlier.NOTHING, why));
            }
            return begin(store, session, operator, brakePercent, options, watch).after(first);
        } catch (StoreException e) {
            throw cannotRun(e);
        }
    }

    private static final String NOBODYS = "nobody was named who had started it; it waits anew in a name";

    private Outcome begin(
            LiveStore store,
            StoreSession session,
            Operator operator,
            int brakePercent,
            RunOptions options,
            RunWatch watch) {
        RunKey key = RunKey.fresh();
        Plan plan = planning.sweep(store, clock.instant(), Optional.of(key));
        store.mayCarryOut(Prepared.of(plan));
        LookResult look = look(store, session, plan, Look.Depth.UNKNOWN, options.pace());
        Brake.tooManyScans(plan, look).ifPresent(index -> {
            throw new CannotRun("the sweep would scan a table once for every deleted row", "first: " + index);
        });
        List<String> brakes = Brake.over(look, brakePercent);
        RunWrites run = beginning
                .begin(
                        List.of(new Begun(UUID.randomUUID(), SWEEP, store, session, Prepared.of(plan), Map.of(), key)),
                        operator,
                        brakes)
                .getFirst();
        return brakes.isEmpty()
                ? carrying.out(
                        store,
                        session,
                        run,
                        Prepared.of(plan),
                        Optional.of(look),
                        Whom.NOBODY_BY_NAME,
                        Earlier.NOTHING,
                        options,
                        watch)
                : Outcome.waiting(run.run(), look, brakes, !operator.equals(Operator.SCHEDULE));
    }

    /** What a sweep would do now, without doing it. */
    public LookResult dryRun(LiveStore store, Plan plan) {
        try (StoreSession session = open(store, SessionOptions.sweeping("kept dry run"))) {
            return look(store, session, plan, Look.Depth.UNKNOWN, new Pace.Considerate());
        } catch (StoreException e) {
            throw cannotRun(e);
        }
    }

    /** What would let a sweep wait that does what the look found. */
    public static List<String> brakes(LookResult look, int brakePercent) {
        return Brake.over(look, brakePercent);
    }

    /** The same in a session that is open already. */
    public LookResult look(LiveStore store, StoreSession session, Plan plan) {
        return look(store, session, plan, Look.Depth.USES, new Pace.Considerate());
    }

    /** Erases persons by their keys, frozen before the first step (Art. 17). */
    public Outcome erase(
            LiveStore store,
            Map<String, List<List<String>>> identifiers,
            Operator operator,
            RunOptions options,
            RunWatch watch) {
        try (StoreSession session = open(store, SessionOptions.forPersons("kept erase"))) {
            List<Outcome> first = finishBroken(store, session, options, watch);
            return erase(store, session, identifiers, operator, options, watch).after(first);
        } catch (StoreException e) {
            throw cannotRun(e);
        }
    }

    /** The same in a session that is open already: many persons, one after the other. */
    public Outcome erase(
            LiveStore store,
            StoreSession session,
            Map<String, List<List<String>>> identifiers,
            Operator operator,
            RunOptions options,
            RunWatch watch) {
        return erase(List.of(new Erasure(store, session, identifiers)), operator, options, watch)
                .getFirst();
    }

    /**
     * Persons to be erased, or swept, in one store.
     *
     * @param session holds the store's lock
     * @param identifiers their keys by kind
     * @param people each one's keys by kind, where they are many and each is to get an answer of her own; else empty
     */
    public record Erasure(
            LiveStore store,
            StoreSession session,
            Map<String, List<List<String>>> identifiers,
            List<Map<String, List<List<String>>>> people) {
        public Erasure {
            if (identifiers.values().stream().allMatch(List::isEmpty)) {
                throw new IllegalArgumentException("a run for persons is of somebody");
            }
            identifiers = Map.copyOf(identifiers);
            people = List.copyOf(people);
        }

        /** Of one person, or of some who get one answer together. */
        public Erasure(LiveStore store, StoreSession session, Map<String, List<List<String>>> identifiers) {
            this(store, session, identifiers, List.of());
        }

        /** Of many at once, of whom each gets an answer of her own ({@link Outcome#each}). */
        public static Erasure ofMany(
                LiveStore store, StoreSession session, List<Map<String, List<List<String>>>> people) {
            return new Erasure(store, session, ManyPersons.together(people), people);
        }
    }

    /**
     * Erases persons in several stores. The keys in all of them are committed before the first step in any: what leads from one store to
     * another may go with it.
     */
    public List<Outcome> erase(List<Erasure> everywhere, Operator operator, RunOptions options, RunWatch watch) {
        return forPersons(PersonRun.ERASE, everywhere, operator, options, watch);
    }

    /**
     * Forgets what has ended for these persons as of now, by the notice, the stores' columns and what Kept knows of them: a sweep of them alone.
     * No request stands afterwards.
     */
    public List<Outcome> sweepOf(List<Erasure> persons, Operator operator, RunOptions options, RunWatch watch) {
        return forPersons(PersonRun.SWEEP, persons, operator, options, watch);
    }

    private List<Outcome> forPersons(
            PersonRun kind, List<Erasure> everywhere, Operator operator, RunOptions options, RunWatch watch) {
        Instant at = clock.instant();
        List<Begun> begun = everywhere.stream()
                .map(one -> {
                    RunKey key = RunKey.fresh();
                    Prepared plan = kind.plan(planning, one.store(), at, one.identifiers(), Optional.of(key));
                    return new Begun(
                            UUID.randomUUID(), kind.word(), one.store(), one.session(), plan, one.identifiers(), key);
                })
                .toList();
        begun.forEach(one -> one.store().mayCarryOut(one.plan()));
        List<RunWrites> runs = begun.size() == 1
                ? List.of(beginning.begin(begun.getFirst(), operator))
                : beginning.begin(begun, operator, List.of());
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Erasure one = everywhere.get(i);
            Prepared plan = begun.get(i).plan();
            outcomes.add(carrying.out(
                    one.store(),
                    one.session(),
                    runs.get(i),
                    plan,
                    Optional.empty(),
                    new Whom(one.identifiers(), one.people()),
                    Earlier.NOTHING,
                    options,
                    watch));
        }
        return outcomes;
    }

    /**
     * A session that holds the store's lock. A process of ours that was killed leaves its session behind for a moment, which is waited for;
     * one that still stands when its run's lease is over is ended.
     *
     * @throws StoreException {@code BUSY} where another Kept process is at work in the store
     * @throws CannotRun where the store is isolated
     */
    public StoreSession open(LiveStore store, SessionOptions options) {
        if (!inIsolation) {
            Isolation.refuse(state, store.name());
        }
        List<Backend> left = state.runs().abandonedSessions(store.name()).stream()
                .map(session -> new Backend(session.applicationName(), session.processId(), session.startedAt()))
                .toList();
        return StoreSession.takeOver(store.connector(), options, faults, left, Pauses.sleeping());
    }

    /**
     * Finishes runs of the store that broke off: the store's lock is held, so nobody else works on them any more.
     *
     * @return what came of each; one that fails again for a reason of its own is among them and stays to be finished
     */
    public List<Outcome> finishBroken(LiveStore store, StoreSession session, RunOptions options, RunWatch watch) {
        return broken.finish(store, session, options, watch);
    }

    private LookResult look(LiveStore store, StoreSession session, Plan plan, Look.Depth depth, Pace pace) {
        Optional<Pauses> beside = Optional.of(Pauses.sleeping()).filter(pauses -> pace.makesRoom());
        return new Look(store.catalogue(), beside).look(session.connection(), plan, depth, LOOK_LIMIT);
    }

    private static CannotRun cannotRun(StoreException e) {
        return new CannotRun(
                e.getMessage(),
                e.attempt().isEmpty() ? "run the same command again: a run goes on where it stopped" : e.attempt(),
                e);
    }
}
