package dev.kept.server.run;

import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.lifecycle.Plan;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.server.state.NewRun;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.server.state.Step;
import dev.kept.stores.postgres.look.Look;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.run.PlanExecutor;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunResult;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sweeps and erasures from beginning to end. A run is committed here before its first step; what it does in the store is noted before each
 * COMMIT; it is called done last, after one look, together with its evidence. A run that broke off is finished before a new one begins.
 */
public final class RunService {

    /** How long the look before a sweep, and the one after an erasure, may take. */
    private static final Duration LOOK_LIMIT = Duration.ofHours(2);

    private final State state;
    private final InstantSource clock;
    private final FaultPoints faults;
    private final Planning planning;

    public RunService(State state, InstantSource clock, FaultPoints faults) {
        this.state = state;
        this.clock = clock;
        this.faults = faults;
        this.planning = new Planning(state);
    }

    /**
     * Forgets what has ended as of now, in the whole store.
     *
     * @param brakePercent of a table's rows above which another operator must say yes first
     */
    public Outcome sweep(LiveStore store, Operator operator, int brakePercent, RunOptions options, RunWatch watch) {
        try (StoreSession session = open(store, SessionOptions.sweeping("kept sweep"))) {
            finishBroken(store, session, options, watch);
            Optional<Run> waiting = state.runs().unfinished(store.name()).stream()
                    .filter(run -> run.state() == RunState.WAITING)
                    .findFirst();
            if (waiting.isPresent()) {
                Plan plan = planning.sweep(store, waiting.get().asOf());
                boolean same = Planning.hash(plan).equals(waiting.get().planHash());
                if (same && state.runs().approved(waiting.get())) {
                    return carryOut(store, session, state.runs().take(waiting.get()), plan, options, watch);
                }
                if (same) {
                    LookResult look = look(store, session, plan, Look.Depth.UNKNOWN);
                    return waits(waiting.get(), look, Brake.over(look, brakePercent));
                }
                state.runs()
                        .end(state.runs().take(waiting.get()), RunState.ABANDONED, "the plan has changed", List.of());
            }
            return begin(store, session, operator, brakePercent, options, watch);
        } catch (StoreException e) {
            throw new CannotRun(e.getMessage(), advice(e), e);
        }
    }

    private Outcome begin(
            LiveStore store,
            StoreSession session,
            Operator operator,
            int brakePercent,
            RunOptions options,
            RunWatch watch) {
        Plan plan = planning.sweep(store, clock.instant());
        store.mayCarryOut(plan);
        LookResult look = look(store, session, plan, Look.Depth.UNKNOWN);
        Brake.tooManyScans(plan, look).ifPresent(index -> {
            throw new CannotRun("the sweep would scan a table once for every deleted row", "first: " + index);
        });
        List<String> brakes = Brake.over(look, brakePercent);
        Run run = state.runs()
                .begin(new NewRun(
                        "sweep",
                        store.name(),
                        Planning.hash(plan),
                        plan.asOf().instant(),
                        Map.of(),
                        "engineer",
                        Optional.of(operator.commit(state.privateLog())),
                        brakes.isEmpty() ? RunState.RUNNING : RunState.WAITING));
        if (!brakes.isEmpty()) {
            state.journal().append(run.id(), "sweep-waits", Map.of("store", store.name(), "brakes", brakes));
            return waits(run, look, brakes);
        }
        return carryOut(store, session, run, plan, options, watch);
    }

    private static Outcome waits(Run run, LookResult look, List<String> brakes) {
        return new Outcome(run.id(), RunState.WAITING, Map.of(), Optional.of(look), brakes, List.of());
    }

    /** What a sweep would do now, without doing it. */
    public LookResult dryRun(LiveStore store, Plan plan) {
        try (StoreSession session = open(store, SessionOptions.sweeping("kept dry run"))) {
            return look(store, session, plan, Look.Depth.UNKNOWN);
        } catch (StoreException e) {
            throw new CannotRun(e.getMessage(), advice(e), e);
        }
    }

    /** The same in a session that is open already. */
    public LookResult look(LiveStore store, StoreSession session, Plan plan) {
        return look(store, session, plan, Look.Depth.USES);
    }

    /** Erases persons by their keys, frozen before the first step (Art. 17). */
    public Outcome erase(
            LiveStore store,
            Map<String, List<List<String>>> identifiers,
            Operator operator,
            RunOptions options,
            RunWatch watch) {
        try (StoreSession session = open(store, SessionOptions.forPersons("kept erase"))) {
            finishBroken(store, session, options, watch);
            return erase(store, session, identifiers, operator, options, watch);
        } catch (StoreException e) {
            throw new CannotRun(e.getMessage(), advice(e), e);
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
        Plan plan = planning.erasure(store, clock.instant(), identifiers);
        store.mayCarryOut(plan);
        Run run = state.runs()
                .begin(new NewRun(
                        "erase",
                        store.name(),
                        Planning.hash(plan),
                        plan.asOf().instant(),
                        identifiers,
                        "engineer",
                        Optional.of(operator.commit(state.privateLog())),
                        RunState.RUNNING));
        return carryOut(store, session, run, plan, options, watch);
    }

    /** A session for many persons. */
    public StoreSession open(LiveStore store, SessionOptions options) {
        return StoreSession.open(store.connector(), options, faults);
    }

    /** Finishes runs of the store that broke off: the store's lock is held, so nobody else works on them any more. */
    public void finishBroken(LiveStore store, StoreSession session, RunOptions options, RunWatch watch) {
        for (Run broken : state.runs().unfinished(store.name())) {
            if (broken.state() == RunState.WAITING) {
                continue;
            }
            Map<String, List<List<String>>> identifiers = state.runs().identifiers(broken);
            Run run = state.runs().take(broken);
            Resumption.settle(state.runs(), run, session);
            if (run.kind().equals(CorrectionService.KIND)) {
                BrokenCorrection.end(store, state, run);
                continue;
            }
            Plan plan = run.wholeStore()
                    ? planning.sweep(store, run.asOf())
                    : planning.erasure(store, run.asOf(), identifiers);
            store.mayCarryOut(plan);
            carryOut(store, session, run, plan, options, watch);
        }
    }

    private Outcome carryOut(
            LiveStore store, StoreSession session, Run run, Plan plan, RunOptions options, RunWatch watch) {
        Journaling journaling = new Journaling(state.runs(), run);
        RunResult result;
        try {
            result = new PlanExecutor(store.catalogue(), options, Pauses.sleeping())
                    .run(session, plan, journaling, watch);
        } catch (StoreException e) {
            journaling.flush();
            state.runs().stop(run, RunState.FAILED);
            throw e;
        }
        if (result.outcome() == RunResult.Outcome.STOPPED) {
            journaling.flush();
            state.runs().stop(run, RunState.FAILED);
            return new Outcome(run.id(), RunState.FAILED, result.tables(), Optional.empty(), List.of(), List.of());
        }
        return finish(store, session, run, plan, result, journaling);
    }

    private Outcome finish(
            LiveStore store, StoreSession session, Run run, Plan plan, RunResult result, Journaling journaling) {
        Optional<LookResult> look =
                run.wholeStore() ? result.look() : Optional.of(look(store, session, plan, Look.Depth.USES));
        List<Stay> stays = run.wholeStore() || look.isEmpty() ? List.of() : Grounds.of(store.bound(), plan, look.get());
        boolean unknown = look.filter(found -> found.unknown() > 0).isPresent()
                || stays.stream().anyMatch(stay -> stay.ground().equals(Grounds.UNKNOWN));
        RunState end = unknown ? RunState.INCOMPLETE : RunState.DONE;
        List<StateChange> with = new ArrayList<>(journaling.open());
        with.addAll(run.wholeStore() ? Standing.settled(store, session, planning, state) : standing(store, run, stays));
        with.add(state.journal().entry(run.id(), run.kind(), evidence(store, run, plan, result, look, stays, end)));
        state.runs().end(run, end, end.name(), with);
        if (run.wholeStore()) {
            state.privateLog().forgetEnded();
        }
        return new Outcome(run.id(), end, result.tables(), look, List.of(), stays);
    }

    /** While anything remains, the request stays a fact, and every sweep applies it. */
    private List<StateChange> standing(LiveStore store, Run run, List<Stay> stays) {
        if (stays.isEmpty()) {
            return List.of();
        }
        List<StateChange> changes = new ArrayList<>();
        state.runs()
                .identifiers(run)
                .forEach((kind, keys) -> keys.forEach(key ->
                        changes.add(state.personFacts().add(store.name(), kind, key, new What.Erased(), run.id()))));
        return changes;
    }

    private Map<String, Object> evidence(
            LiveStore store,
            Run run,
            Plan plan,
            RunResult result,
            Optional<LookResult> look,
            List<Stay> stays,
            RunState end) {
        Map<String, Object> evidence = new TreeMap<>();
        evidence.put("store", store.name());
        evidence.put("asOf", plan.asOf().instant().toString());
        evidence.put("plan", run.planHash());
        evidence.put("outcome", end.name().toLowerCase(java.util.Locale.ROOT));
        evidence.put("passes", result.passes());
        evidence.put("changed", Journaling.flat(result.tables()));
        evidence.put("rules", rules(store, plan));
        run.actorCommitment()
                .ifPresent(commitment -> evidence.put("actor", Map.of("role", "engineer", "commitment", commitment)));
        look.ifPresent(found -> evidence.put("unknown", unknown(found)));
        long doubtful = state.runs().steps(run).stream()
                .filter(step -> step.state() == Step.StepState.COUNT_UNKNOWN)
                .count();
        if (doubtful > 0) {
            evidence.put("batchesWithUnknownCount", doubtful);
        }
        if (!stays.isEmpty()) {
            Map<String, Long> grounds = new TreeMap<>();
            stays.forEach(stay -> grounds.merge(stay.ground(), stay.rows() + stay.unknown(), Long::sum));
            evidence.put("stays", grounds);
        }
        return evidence;
    }

    private static List<String> rules(LiveStore store, Plan plan) {
        return plan.tables()
                .flatMap(table -> table.uses().stream())
                .map(use -> store.bound().notice().uses().get(use.use()))
                .flatMap(use -> Optional.ofNullable(use).stream())
                .map(use -> use.path())
                .distinct()
                .sorted()
                .toList();
    }

    private static Map<String, Long> unknown(LookResult look) {
        Map<String, Long> unknown = new TreeMap<>();
        look.tables().forEach((table, found) -> {
            if (found.unknown() > 0) {
                unknown.put(table.toString(), found.unknown());
            }
        });
        return unknown;
    }

    private LookResult look(LiveStore store, StoreSession session, Plan plan, Look.Depth depth) {
        return new Look(store.catalogue()).look(session.connection(), plan, depth, LOOK_LIMIT);
    }

    private static String advice(StoreException e) {
        return e.attempt().isEmpty() ? "run the same command again: a run goes on where it stopped" : e.attempt();
    }
}
