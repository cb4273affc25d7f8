package dev.kept.server.run;

import dev.kept.core.lifecycle.Facts;
import dev.kept.core.rights.Correction;
import dev.kept.core.rights.CorrectionPlan;
import dev.kept.core.rights.CorrectionPlanner;
import dev.kept.core.source.Problem;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Corrected.Earlier;
import dev.kept.server.run.Corrected.Fate;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.correct.Found;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Corrections from beginning to end (GDPR Art. 16): all or nothing, in one transaction of the store. The run is committed here before anything
 * is written, its transaction noted before COMMIT. The values themselves are never kept here: a correction that breaks off is not carried on,
 * and the next one says what became of it.
 */
public final class CorrectionService {

    static final String KIND = "correct";

    private static final Found NOTHING = new Found(List.of(), List.of(), 0, List.of(), Map.of());

    private final State state;
    private final InstantSource clock;
    private final RunService runs;
    private final Planning planning;
    private final Pauses pauses;
    private final Optional<Map<String, List<List<String>>>> proven;

    public CorrectionService(State state, InstantSource clock, FaultPoints faults) {
        this(state, clock, faults, Pauses.sleeping());
    }

    CorrectionService(State state, InstantSource clock, FaultPoints faults, Pauses pauses) {
        this(state, clock, new RunService(state, clock, faults), new Planning(state), pauses, Optional.empty());
    }

    private CorrectionService(
            State state,
            InstantSource clock,
            RunService runs,
            Planning planning,
            Pauses pauses,
            Optional<Map<String, List<List<String>>>> proven) {
        this.state = state;
        this.clock = clock;
        this.runs = runs;
        this.planning = planning;
        this.pauses = pauses;
        this.proven = proven;
    }

    /**
     * The same for somebody who has proven who she is: what is only met through her rows is not corrected.
     *
     * @param keys hers, by kind of person
     */
    public CorrectionService of(Map<String, List<List<String>>> keys) {
        return new CorrectionService(state, clock, runs, planning, pauses, Optional.of(keys));
    }

    /** What a correction would change, and what stands against it. Nothing is written, and nothing recorded. */
    public Corrected dryRun(LiveStore store, Correction correction, boolean everywhere) {
        return inSession(store, correction, everywhere, Optional.empty());
    }

    /**
     * Corrects, if nothing stands against it.
     *
     * @param everywhere whether all other columns of the person that hold an old value change, too, where that is allowed
     * @throws CannotRun where the store cannot be asked, or it is not known whether it committed
     */
    public Corrected correct(LiveStore store, Correction correction, Operator operator, boolean everywhere) {
        return correct(store, correction, new Acting(operator, run -> List.of()), everywhere);
    }

    /** The same, with something noted before anything is written: what is not carried out leaves it there, under a run that was abandoned. */
    public Corrected correct(LiveStore store, Correction correction, Acting acting, boolean everywhere) {
        return inSession(store, correction, everywhere, Optional.of(acting));
    }

    /**
     * Who acts.
     *
     * @param noted what is written with the run, by its id
     * @param done what is written once it is carried out, by the run's id
     */
    public record Acting(
            Operator operator, Function<UUID, List<StateChange>> noted, Function<UUID, List<StateChange>> done) {

        /** Somebody who notes nothing of their own once it is done. */
        public Acting(Operator operator, Function<UUID, List<StateChange>> noted) {
            this(operator, noted, run -> List.of());
        }
    }

    private Corrected inSession(LiveStore store, Correction correction, boolean everywhere, Optional<Acting> acting) {
        try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept correct"))) {
            List<Run> broken = state.runs().unfinished(store.name()).stream()
                    .filter(run -> run.kind().equals(KIND))
                    .toList();
            runs.finishBroken(store, session, RunOptions.defaults(), RunWatch.NONE);
            List<Earlier> earlier =
                    broken.stream().map(run -> new Earlier(run.id(), fate(run))).toList();
            Named named = new Named(correction.personPlace().line(), correction.person());
            Map<String, List<List<String>>> keys = hers(Finding.keys(store, session.connection(), named));
            if (keys.isEmpty()) {
                return CorrectionAttempt.refused(List.of(nobody(store, correction)), NOTHING, earlier);
            }
            Facts facts = planning.facts(store);
            CorrectionPlan plan = CorrectionPlanner.plan(store.bound(), correction, keys, facts);
            return new CorrectionAttempt(state, clock, store, session, plan, keys, facts, everywhere, acting, earlier)
                    .untilFree(pauses);
        } catch (StoreException e) {
            throw new CannotRun(
                    e.getMessage(),
                    e.kind() == Kind.LOST
                            ? "give the correction again: first it is said whether this one was carried out"
                            : e.attempt().isEmpty() ? "see the store's log" : e.attempt(),
                    e);
        }
    }

    private Map<String, List<List<String>>> hers(Map<String, List<List<String>>> found) {
        if (proven.isEmpty()) {
            return found;
        }
        Map<String, List<List<String>>> hers = new LinkedHashMap<>();
        found.forEach((kind, keys) -> {
            List<List<String>> both = keys.stream()
                    .filter(proven.get().getOrDefault(kind, List.of())::contains)
                    .toList();
            if (!both.isEmpty()) {
                hers.put(kind, both);
            }
        });
        return hers;
    }

    private Fate fate(Run run) {
        RunState now = state.runs().find(run.id()).map(Run::state).orElse(RunState.INCOMPLETE);
        return switch (now) {
            case DONE -> Fate.CARRIED_OUT;
            case ABANDONED -> Fate.NOT_CARRIED_OUT;
            case WAITING, RUNNING, INCOMPLETE, FAILED -> Fate.UNKNOWN;
        };
    }

    private static Problem nobody(LiveStore store, Correction correction) {
        return Problem.error(
                "nobody",
                correction.personPlace(),
                "",
                "nobody of that name is held in `" + store.name() + "`",
                "see how she is known there: by another address, or by key");
    }
}
