package dev.kept.server.run;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Prepared;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunState;
import dev.kept.server.state.RunWrites;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.look.Look;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.run.PlanExecutor;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunResult;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.step.NewKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;

/** Carries a run out that is committed and whose lease is held, and ends it: outcome, evidence and what stands in one transaction. */
final class Carrying {

    /** How long the look after an erasure may take. */
    private static final Duration LOOK_LIMIT = Duration.ofHours(2);

    private final State state;
    private final Planning planning;
    private final Marking marking;
    private final Cleanliness cleanliness = new Cleanliness();

    /** Whether Kept's own database writes a store's log: one entry for each start of a store's server. */
    private final Map<String, Boolean> sameLog = new ConcurrentHashMap<>();

    Carrying(State state, Planning planning) {
        this.state = state;
        this.planning = planning;
        this.marking = new Marking(state);
    }

    /**
     * Runs the plan to its end, or until it is asked to stop.
     *
     * @throws StoreException where the store fails; the run can be resumed
     */
    Outcome out(
            LiveStore store,
            StoreSession session,
            RunWrites writes,
            Prepared plan,
            Whom whom,
            Earlier earlier,
            RunOptions options,
            RunWatch watch) {
        return out(store, session, writes, plan, Optional.empty(), whom, earlier, options, watch);
    }

    /**
     * The same.
     *
     * @param before a look at the store with this plan just now, if there was one
     */
    Outcome out(
            LiveStore store,
            StoreSession session,
            RunWrites writes,
            Prepared plan,
            Optional<LookResult> before,
            Whom whom,
            Earlier earlier,
            RunOptions options,
            RunWatch watch) {
        Run run = writes.run();
        Journaling journaling = new Journaling(
                state.runs(),
                writes,
                earlier.lastStep(),
                marking.of(store, session.identity(), run, whom, earlier),
                log -> sameLog.computeIfAbsent(log, storeLog -> state.runs().writes(storeLog)));
        Optional<ReplacedKeys> replaced = ReplacedKeys.of(state, store, run, plan.outline());
        List<String> notes = new ArrayList<>();
        cleanliness.doubt(state, run, session.identity()).ifPresent(notes::add);
        try (Heartbeat heartbeat = Heartbeat.of(writes)) {
            Optional<ManyPersons> many = ManyPersons.of(store, session, run, whom.people(), replaced);
            List<Stay> released =
                    run.wholeStore() || many.isPresent() ? List.of() : released(store, session, run, plan);
            many.ifPresent(persons -> persons.before(plan));
            NewKeys newKeys = replaced.map(ReplacedKeys::settled).orElse(NewKeys.BY_CHANCE);
            RunResult result = new PlanExecutor(store.catalogue(), store.scripts(), options, Pauses.sleeping(), newKeys)
                    .run(session, plan, before, journaling, watch);
            if (result.outcome() == RunResult.Outcome.STOPPED) {
                journaling.flush();
                writes.stop(RunState.FAILED);
                return outcome(run, RunState.FAILED, result, earlier, Optional.empty(), List.of(), notes);
            }
            replaced.ifPresent(keys -> followKeys(session, run, keys, journaling));
            Optional<LookResult> atEnd = result.look();
            Remains remains = many.map(persons -> persons.remains(state, run, plan, atEnd))
                    .orElseGet(() -> remains(store, session, run, plan, whom, replaced, atEnd, released));
            Optional<String> outside = Detached.doubt(state, store);
            if (outside.isPresent()) {
                notes.add(outside.get());
                remains = remains.unsure(erased(store, run, whom.identifiers()));
            }
            return end(store, session, run, plan, remains, result, journaling, earlier, notes, outside.isPresent());
        } catch (StoreException e) {
            stop(writes, journaling, e);
            throw e;
        }
    }

    /** What is known of persons and records whose key was replaced goes on under the new one, before anything is said of it. */
    private void followKeys(StoreSession session, Run run, ReplacedKeys keys, Journaling journaling) {
        List<StateChange> moved = keys.moved(session);
        if (!moved.isEmpty()) {
            journaling.flush();
            state.runs().apply(run, moved);
        }
    }

    /** What may stay and not be found any more, as long as the person's own links, values and keys still lead to it. */
    private static List<Stay> released(LiveStore store, StoreSession session, Run run, Prepared plan) {
        boolean erasure = PersonRun.of(run).equals(Optional.of(PersonRun.ERASE));
        if (store.judged().released(store.bound(), plan, erasure).groups().isEmpty()) {
            return List.of();
        }
        Plan released = Released.from(store.bound(), plan.plan(), erasure);
        return Grounds.of(
                store.bound(),
                released,
                new Look(store.catalogue()).look(session.connection(), released, Look.Depth.USES, LOOK_LIMIT),
                erasure);
    }

    /** The store has failed: that the run can go on is said as far as Kept's own database still answers; if not, its lease says so. */
    private static void stop(RunWrites writes, Journaling journaling, StoreException failure) {
        try {
            journaling.flush();
            writes.stop(RunState.FAILED);
        } catch (JdbiException e) {
            failure.addSuppressed(e);
        }
    }

    private Remains remains(
            LiveStore store,
            StoreSession session,
            Run run,
            Prepared plan,
            Whom whom,
            Optional<ReplacedKeys> replaced,
            Optional<LookResult> atEnd,
            List<Stay> released) {
        if (run.wholeStore() || atEnd.isEmpty()) {
            return new Remains(atEnd, Released.with(List.of(), released), false, List.of(), List.of());
        }
        LookResult look = whatStays(store, session, plan, atEnd.get());
        boolean erasure = PersonRun.of(run).equals(Optional.of(PersonRun.ERASE));
        List<Stay> found = Grounds.of(store.bound(), plan.outline(), look, erasure);
        return new Remains(
                Optional.of(look),
                Released.with(found, released),
                erasure && !found.isEmpty(),
                erasure ? standing(store, session, run, plan, whom, replaced, atEnd, found) : List.of(),
                List.of());
    }

    private Outcome end(
            LiveStore store,
            StoreSession session,
            Run run,
            Prepared plan,
            Remains remains,
            RunResult result,
            Journaling journaling,
            Earlier earlier,
            List<String> notes,
            boolean outside) {
        RunState end = remains.unknown() || outside ? RunState.INCOMPLETE : RunState.DONE;
        Evidence evidence = Evidence.of(run, end, earlier.with(result.tables()), earlier.doubtful())
                .and("passes", result.passes())
                .rules(store, plan.outline())
                .stays(remains.stays());
        remains.look().ifPresent(evidence::unknown);
        earlier.otherPlan().ifPresent(hash -> evidence.and("resumedUnderPlan", hash));
        if (notes.size() > (outside ? 1 : 0)) {
            evidence.and("storeChanged", true);
        }
        if (outside) {
            evidence.and("partitionOutside", true);
        }
        if (journaling.droppedPartitions() > 0) {
            evidence.and("partitionsDropped", journaling.droppedPartitions());
        }
        if (!remains.each().isEmpty()) {
            evidence.and("persons", remains.each().size());
        }
        List<StateChange> with = new ArrayList<>(journaling.open());
        with.addAll(run.wholeStore() ? Standing.settled(store, session, planning, state) : remains.facts());
        with.add(state.journal().entry(run.id(), run.kind(), evidence.entry()));
        session.faults().reached(Point.END_REACHED);
        journaling.end(end, with, session);
        session.faults().reached(Point.END_NOTED);
        if (run.wholeStore()) {
            cleanliness.swept(state, run, session.identity());
            state.privateLog().forgetEnded();
            state.suppressions().forgetEnded();
        }
        return outcome(run, end, result, earlier, remains.look(), remains.stays(), notes)
                .standing(remains.standing())
                .each(remains.each());
    }

    /** By which uses what is still there is kept; where the look at the end found no row of a table there is nothing to say. */
    private static LookResult whatStays(LiveStore store, StoreSession session, Prepared plan, LookResult atEnd) {
        Set<TableName> left = atEnd.tables().entrySet().stream()
                .filter(table -> table.getValue().rows() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (left.isEmpty()) {
            return atEnd;
        }
        Map<TableName, LookResult.TableLook> tables = new LinkedHashMap<>(atEnd.tables());
        tables.putAll(new Look(store.catalogue())
                .look(session.connection(), plan.plan().only(left), Look.Depth.USES, LOOK_LIMIT)
                .tables());
        return new LookResult(tables);
    }

    private static Outcome outcome(
            Run run,
            RunState end,
            RunResult result,
            Earlier earlier,
            Optional<LookResult> look,
            List<Stay> stays,
            List<String> notes) {
        return new Outcome(
                run.id(),
                run.kind(),
                end,
                earlier.with(result.tables()),
                earlier.doubtful(),
                look,
                List.of(),
                stays,
                false,
                notes,
                List.of(),
                List.of());
    }

    /** While anything remains, the request stays a fact, and every sweep applies it: for the keys that lead there, where they may be several persons'. */
    private List<StateChange> standing(
            LiveStore store,
            StoreSession session,
            Run run,
            Prepared plan,
            Whom whom,
            Optional<ReplacedKeys> replaced,
            Optional<LookResult> atEnd,
            List<Stay> stays) {
        if (stays.isEmpty()) {
            return List.of();
        }
        if (whom.mixed()) {
            return ManyPersons.of(store, session, run, whom.apart(), replaced)
                    .map(keys -> keys.remains(state, run, plan, atEnd).facts())
                    .orElse(List.of());
        }
        Map<String, List<List<String>>> identifiers =
                replaced.map(keys -> keys.now(session, whom.identifiers())).orElse(whom.identifiers());
        return erased(store, run, identifiers);
    }

    /** That these persons' requests stand; none where a run is of nobody by name, or no erasure. */
    private List<StateChange> erased(LiveStore store, Run run, Map<String, List<List<String>>> identifiers) {
        List<StateChange> changes = new ArrayList<>();
        if (PersonRun.of(run).equals(Optional.of(PersonRun.ERASE))) {
            identifiers.forEach((kind, keys) -> keys.forEach(
                    key -> changes.add(state.personFacts().add(store.name(), kind, key, new What.Erased(), run.id()))));
        }
        return changes;
    }

    /** The same of a run that has done some of its steps already, under the plan as it would be now. */
    Outcome abandon(LiveStore store, StoreSession session, Run run, Plan plan, Earlier earlier, String why) {
        ReplacedKeys.of(state, store, run, plan)
                .ifPresent(keys -> followKeys(session, run, keys, new Journaling(state.runs(), run, 0)));
        return abandon(run, earlier, why);
    }

    /** Ends a run that is not carried on: what it did is said, and its key is destroyed. */
    Outcome abandon(Run run, Earlier earlier, String why) {
        Evidence evidence = Evidence.of(run, RunState.ABANDONED, earlier.counts(), earlier.doubtful())
                .and("why", why);
        state.runs()
                .end(
                        run,
                        RunState.ABANDONED,
                        why,
                        List.of(
                                state.suppressions().dropped(run.id(), run.asOf()),
                                state.journal().entry(run.id(), run.kind(), evidence.entry())));
        return Outcome.of(run, RunState.ABANDONED, earlier, List.of(why));
    }
}
