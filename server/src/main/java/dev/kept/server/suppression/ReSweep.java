package dev.kept.server.suppression;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.RunService;
import dev.kept.server.run.StoreIdentities;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.Restores.Restored;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.run.Pace;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreIdentity;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Erases again who came back, and says of a store that was restored when it is clean. Every step may break off and be done again: who is erased
 * is gone and not found any more, and until the last step the store stays isolated.
 */
public final class ReSweep {

    /** Its runs make room for nobody: until they are done nobody may use the store. */
    public static final RunOptions AT_ONCE = RunOptions.defaults().at(Pace.FULL);

    /** Persons erased in one run. */
    static final int ERASED_AT_ONCE = 1_000;

    /** Looks after which it is given up: each but the first finds only what came in since the one before. */
    private static final int MOST_LOOKS = 5;

    private final State state;
    private final RunService runs;
    private final Duration limit;

    public ReSweep(State state, FaultPoints faults) {
        this(state, faults, LookThrough.LIMIT);
    }

    ReSweep(State state, FaultPoints faults, Duration limit) {
        this.state = state;
        this.runs = RunService.inIsolation(state, state.clock(), faults);
        this.limit = limit;
    }

    /**
     * Declares a store restored from a backup, or goes on where that broke off: the store is isolated, looked through, everything forgotten
     * since is forgotten again, and it is clean.
     *
     * @param brakePercent as of a sweep
     */
    public Cleaned restored(LiveStore store, Operator operator, int brakePercent, RunOptions options, RunWatch watch) {
        PrivateLog.Act act = operator.act(state.privateLog());
        Map<String, Object> entry = new TreeMap<>();
        entry.put("store", store.name());
        entry.put("actor", Map.of("role", "engineer", "commitment", act.commitment()));
        Restored restored = state.restores()
                .declare(
                        store.name(),
                        act.commitment(),
                        List.of(
                                act.write(),
                                state.doubts().reopen(store.name()),
                                state.journal().entry(null, "store-restored", entry)));
        return clean(store, restored, operator, brakePercent, options, watch);
    }

    private Cleaned clean(
            LiveStore store,
            Restored restored,
            Operator operator,
            int brakePercent,
            RunOptions options,
            RunWatch watch) {
        Cleaned looked = again(store, operator, options, watch);
        Outcome sweep = runs.sweep(store, operator, brakePercent, options, watch);
        Cleaned swept = new Cleaned(
                looked.looked(),
                looked.again(),
                looked.doubtful(),
                looked.alone(),
                false,
                looked.finishedFirst(),
                Optional.of(sweep));
        boolean done = sweep.state() == RunState.DONE || sweep.state() == RunState.INCOMPLETE;
        if (!looked.clean() || !done) {
            return swept;
        }
        boolean clean = declareClean(store, restored, swept);
        return new Cleaned(
                swept.looked(),
                swept.again(),
                swept.doubtful(),
                swept.alone(),
                clean || state.restores().isolated(store.name()).isEmpty(),
                swept.finishedFirst(),
                swept.sweep());
    }

    private boolean declareClean(LiveStore store, Restored restored, Cleaned swept) {
        Map<String, Object> entry = evidence(store, swept);
        entry.put("restored", restored.declaredAt().toString());
        swept.sweep().ifPresent(sweep -> entry.put("sweep", sweep.run().toString()));
        return state.restores().clean(restored, List.of(state.journal().entry(null, "store-clean", entry)));
    }

    /**
     * Looks through a store and erases again who is back, until a look finds nobody.
     *
     * @return clean where the last look found nobody
     */
    public Cleaned again(LiveStore store, Operator operator, RunOptions options, RunWatch watch) {
        try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept restored"))) {
            List<Outcome> first = runs.finishBroken(store, session, options, watch);
            long again = 0;
            for (int looks = 1; ; looks++) {
                Seen seen = new LookThrough(state, store, limit).look();
                boolean clean = seen.back() == 0 && !seen.more();
                if (clean || looks == MOST_LOOKS || watch.stopRequested()) {
                    Cleaned cleaned = new Cleaned(
                            seen.looked(), again, seen.doubtful().size(), seen.alone(), clean, first, Optional.empty());
                    note(store, session.identity(), seen, cleaned);
                    return cleaned;
                }
                for (Map<String, List<List<String>>> persons : seen.portions(ERASED_AT_ONCE)) {
                    erase(store, session, persons, operator, options, watch);
                    again += persons.values().stream().mapToLong(List::size).sum();
                }
            }
        } catch (StoreException e) {
            throw new CannotRun(
                    e.getMessage(),
                    e.attempt().isEmpty() ? "run the same command again: it goes on where it stopped" : e.attempt(),
                    e);
        }
    }

    private void erase(
            LiveStore store,
            StoreSession session,
            Map<String, List<List<String>>> persons,
            Operator operator,
            RunOptions options,
            RunWatch watch) {
        Outcome outcome = runs.erase(store, session, persons, operator, options, watch);
        if (outcome.state() == RunState.FAILED) {
            throw new CannotRun(
                    "erasing again broke off"
                            + (outcome.notes().isEmpty()
                                    ? ""
                                    : ": " + outcome.notes().getFirst()),
                    "run the same command again: it goes on where it stopped");
        }
    }

    /** Who is doubtful becomes somebody's task; in a restored store her data is kept from use until it is done. */
    private void note(LiveStore store, StoreIdentity identity, Seen seen, Cleaned cleaned) {
        String name = store.name();
        boolean restored = state.restores().isolated(name).isPresent();
        List<StateChange> changes = new ArrayList<>();
        for (Seen.Doubtful doubt : seen.doubtful()) {
            changes.add(state.doubts().add(name, doubt.kind(), doubt.key(), word(doubt), doubt.endsAt()));
            if (restored) {
                changes.add(state.personFacts().restrictDoubtful(name, doubt.kind(), doubt.key()));
            }
        }
        if (cleaned.clean()) {
            changes.add(state.suppressions().look(name, state.clock().instant(), StoreIdentities.write(identity)));
        }
        if (cleaned.again() > 0 || cleaned.doubtful() > 0) {
            changes.add(state.journal().entry(null, "erased-again", evidence(store, cleaned)));
        }
        state.apply(changes);
    }

    private static String word(Seen.Doubtful doubt) {
        return doubt.why().name().toLowerCase(Locale.ROOT).substring("ask_".length());
    }

    private static Map<String, Object> evidence(LiveStore store, Cleaned cleaned) {
        Map<String, Object> entry = new TreeMap<>();
        entry.put("store", store.name());
        entry.put("looked", cleaned.looked());
        entry.put("again", cleaned.again());
        entry.put("doubtful", cleaned.doubtful());
        entry.put("alone", cleaned.alone());
        return entry;
    }

    /**
     * What a sweep begins with: where the store is another system than was looked through last, it is looked through first.
     *
     * @return empty where that is not needed
     */
    public Optional<Cleaned> beforeSweep(LiveStore store, Operator operator, RunOptions options, RunWatch watch) {
        return state.restores().isolated(store.name()).isEmpty() && changed(store)
                ? Optional.of(again(store, operator, options, watch))
                : Optional.empty();
    }

    private boolean changed(LiveStore store) {
        Optional<StoreIdentity> looked =
                state.suppressions().looked(store.name()).map(look -> StoreIdentities.read(look.identity()));
        if (looked.isEmpty()) {
            return false;
        }
        try (StoreSession session = runs.open(store, SessionOptions.sweeping("kept sweep"))) {
            return !looked.get().sameSystem(session.identity());
        } catch (StoreException e) {
            throw new CannotRun(e.getMessage(), e.attempt().isEmpty() ? "run the same command again" : e.attempt(), e);
        }
    }

    /** The look that is made now and then: at a store that is isolated, all that makes it clean; at any other, who is back is erased again. */
    public Cleaned nowAndThen(LiveStore store, int brakePercent) {
        state.suppressions().forgetEnded();
        return state.restores()
                .isolated(store.name())
                .map(restored -> clean(store, restored, Operator.SCHEDULE, brakePercent, AT_ONCE, RunWatch.NONE))
                .orElseGet(() -> again(store, Operator.SCHEDULE, AT_ONCE, RunWatch.NONE));
    }
}
