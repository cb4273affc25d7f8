package dev.kept.server.run;

import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Use;
import dev.kept.core.rights.EndingPlan;
import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.core.source.Sha256;
import dev.kept.core.source.Spelling;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.EndingAttempt.Settled;
import dev.kept.server.run.FrozenEnding.Leaving;
import dev.kept.server.run.RunService.Erasure;
import dev.kept.server.state.NewRun;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunKey;
import dev.kept.server.state.RunState;
import dev.kept.server.state.RunWrites;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Ends uses for one person, at once: a consent withdrawn (Art. 7(3)), an objection to direct marketing (Art. 21(3)), another objection that was
 * upheld (Art. 21(1)).
 *
 * <p>Kept's own facts come first, in every store: from that commit on nothing of hers is known to be alive for these uses. Then the stores' own
 * columns say it, so that the company's applications obey; where they do, they are the source, and Kept's fact goes. Then what has ended is
 * forgotten. Killed anywhere and done again with the same T it ends in the same state.
 */
public final class EndingService {

    static final String KIND = "end";

    private final State state;
    private final InstantSource clock;
    private final FaultPoints faults;
    private final RunService runs;
    private final Pauses pauses;

    public EndingService(State state, InstantSource clock, FaultPoints faults) {
        this(state, clock, faults, Pauses.sleeping());
    }

    EndingService(State state, InstantSource clock, FaultPoints faults, Pauses pauses) {
        this.state = state;
        this.clock = clock;
        this.faults = faults;
        this.runs = new RunService(state, clock, faults);
        this.pauses = pauses;
    }

    /**
     * That uses have ended for a person, as Kept's own facts: to be committed with the proof of who asks, so that it counts from then on.
     * {@link #end} does the rest, and does this again without harm.
     *
     * @param identifiers her keys by kind, in this store
     * @param run under which it is done, or whatever else names the reason
     */
    public static List<StateChange> facts(
            State state, String store, Map<String, List<List<String>>> identifiers, SortedSet<String> uses, UUID run) {
        List<StateChange> changes = new ArrayList<>();
        uses.forEach(use -> identifiers.forEach((kind, keys) -> keys.forEach(key -> {
            changes.add(state.personFacts().add(store, kind, key, new What.Ended(use), run));
            changes.add(state.personFacts().remove(store, kind, key, new What.Objected(use)));
        })));
        return changes;
    }

    /**
     * Ends uses for one person in one store, in a session of its own; runs that had broken off there are finished first.
     *
     * @param identifiers her keys by kind, in this store
     */
    public Ended end(
            LiveStore store,
            Map<String, List<List<String>>> identifiers,
            SortedSet<String> uses,
            Instant at,
            Operator operator,
            RunOptions options,
            RunWatch watch) {
        try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept end"))) {
            runs.finishBroken(store, session, options, watch);
            List<Erasure> here = List.of(new Erasure(store, session, identifiers));
            return end(here, uses, at, operator, options, watch).getFirst();
        }
    }

    /**
     * Ends uses for one person in several stores.
     *
     * @param everywhere where she is held; each session holds its store's lock
     * @param at when they ended for her: not after now; the same again where this is done again
     * @return in the order of {@code everywhere}
     * @throws CannotRun where a use is none that a person can end
     * @throws StoreException where a store fails; the others have been seen to, and the same again goes on
     */
    public List<Ended> end(
            List<Erasure> everywhere,
            SortedSet<String> uses,
            Instant at,
            Operator operator,
            RunOptions options,
            RunWatch watch) {
        Instant when = at.truncatedTo(ChronoUnit.MICROS);
        if (when.isAfter(clock.instant())) {
            throw new IllegalArgumentException("nothing ends before its time");
        }
        everywhere.forEach(one -> mayEnd(one.store(), uses));
        List<FrozenEnding> endings = everywhere.stream()
                .map(one -> new FrozenEnding(uses, one.identifiers(), when))
                .toList();
        List<EndingAttempt> attempts = begin(everywhere, endings, operator);
        List<Optional<List<Settled>>> settled = write(attempts);
        List<Outcome> swept;
        try (Alive alive = new Alive(attempts, settled)) {
            swept = runs.sweepOf(everywhere, operator, options, watch);
        }
        List<Ended> ended = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            EndingAttempt attempt = attempts.get(i);
            // What a sweep has forgotten nobody has to see to any more.
            List<Settled> now = settled.get(i).orElseGet(() -> attempt.end(attempt.byHand()));
            ended.add(ended(attempt, now.getFirst(), swept.get(i)));
        }
        return ended;
    }

    private static Ended ended(EndingAttempt attempt, Settled settled, Outcome swept) {
        return new Ended(attempt.run().id(), settled.written(), settled.byHand(), settled.kept(), swept);
    }

    /**
     * Ends the same uses for many persons in one store: one run, one statement a place and step, and one sweep of them, in which each gets what she would
     * get by herself.
     *
     * @param here all of them, each with keys of the same kinds, and nobody twice
     * @param at when they ended for each, in their order: not after now
     * @return in their order; empty where the store refuses it for one of them: then nothing is written, and each has to be seen to by herself
     * @throws CannotRun where a use is none that a person can end
     * @throws StoreException where the store fails; each by herself goes on
     */
    public Optional<List<Ended>> endOfMany(
            Erasure here,
            List<Instant> at,
            SortedSet<String> uses,
            Operator operator,
            RunOptions options,
            RunWatch watch) {
        List<Leaving> people = new ArrayList<>();
        for (int i = 0; i < here.people().size(); i++) {
            people.add(new Leaving(here.people().get(i), at.get(i).truncatedTo(ChronoUnit.MICROS)));
        }
        FrozenEnding ending = new FrozenEnding(uses, people);
        if (ending.latest().isAfter(clock.instant())) {
            throw new IllegalArgumentException("nothing ends before its time");
        }
        mayEnd(here.store(), uses);
        List<EndingAttempt> attempts = begin(List.of(here), List.of(ending), operator);
        EndingAttempt attempt = attempts.getFirst();
        List<Optional<List<Settled>>> settled = write(attempts);
        if (attempt.abandoned()) {
            return Optional.empty();
        }
        Outcome swept;
        try (Alive alive = new Alive(attempts, settled)) {
            swept = runs.sweepOf(List.of(here), operator, options, watch).getFirst();
        }
        List<Settled> now = settled.getFirst().orElseGet(() -> attempt.end(attempt.byHand()));
        return Optional.of(IntStream.range(0, people.size())
                .mapToObj(i -> ended(attempt, now.get(i), swept.each().get(i)))
                .toList());
    }

    /**
     * What ending uses for a person as of now would do. Nothing is written, and nothing recorded.
     *
     * @throws CannotRun where a use is none that a person can end
     */
    public EndingPreview dryRun(Erasure one, SortedSet<String> uses) {
        mayEnd(one.store(), uses);
        FrozenEnding ending = new FrozenEnding(uses, one.identifiers(), clock.instant());
        return EndingPreview.of(one.store(), one.session(), ending, new Planning(state), runs);
    }

    /** Signs of life of the runs that end after the sweep. */
    private final class Alive implements AutoCloseable {
        private final List<Heartbeat> beats = new ArrayList<>();

        Alive(List<EndingAttempt> attempts, List<Optional<List<Settled>>> settled) {
            for (int i = 0; i < attempts.size(); i++) {
                if (settled.get(i).isEmpty()) {
                    beats.add(Heartbeat.of(
                            RunWrites.of(state.runs(), attempts.get(i).run())));
                }
            }
        }

        @Override
        public void close() {
            beats.forEach(Heartbeat::close);
        }
    }

    /** Empty where somebody has something left to do: those runs end once it is known what the sweep leaves of it. */
    private List<Optional<List<Settled>>> write(List<EndingAttempt> attempts) {
        List<Optional<List<Settled>>> settled = new ArrayList<>();
        List<StoreException> failures = new ArrayList<>();
        for (EndingAttempt attempt : attempts) {
            try {
                if (!attempt.write(pauses)) {
                    attempt.abandon();
                    settled.add(Optional.empty());
                    continue;
                }
                List<List<ByHand>> byHand = attempt.byHand();
                if (byHand.stream().allMatch(List::isEmpty)) {
                    settled.add(Optional.of(attempt.end(byHand)));
                } else {
                    attempt.settleSaid(byHand);
                    settled.add(Optional.empty());
                }
            } catch (StoreException e) {
                state.runs().stop(attempt.run(), RunState.FAILED);
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return settled;
    }

    private List<EndingAttempt> begin(List<Erasure> everywhere, List<FrozenEnding> endings, Operator operator) {
        faults.reached(Point.RUN_PLANNED);
        PrivateLog.Act act = operator.act(state.privateLog());
        List<StateChange> with = new ArrayList<>(List.of(act.write()));
        List<NewRun> begun = new ArrayList<>();
        for (int i = 0; i < everywhere.size(); i++) {
            Erasure one = everywhere.get(i);
            FrozenEnding ending = endings.get(i);
            UUID id = UUID.randomUUID();
            ending.identifiers()
                    .forEach(person -> with.addAll(facts(state, one.store().name(), person, ending.uses(), id)));
            begun.add(new NewRun(
                    id,
                    KIND,
                    one.store().name(),
                    hash(EndingAttempt.plan(
                            one.store(), ending.uses(), ending.people().getFirst())),
                    ending.latest(),
                    ending.frozen(),
                    RunKey.fresh(),
                    operator.role(),
                    Optional.of(act.commitment()),
                    RunState.RUNNING,
                    Optional.of(StoreIdentities.worker(
                            one.session().backend(), one.session().identity()))));
        }
        List<Run> noted = state.runs().begin(begun, with);
        faults.reached(Point.RUN_NOTED);
        List<EndingAttempt> attempts = new ArrayList<>();
        for (int i = 0; i < noted.size(); i++) {
            Erasure one = everywhere.get(i);
            attempts.add(new EndingAttempt(state, one.store(), one.session(), noted.get(i), endings.get(i)));
        }
        return attempts;
    }

    /** SHA-256 of what is written where and what is left to people, in hexadecimal. */
    private static String hash(EndingPlan plan) {
        return Sha256.of(plan.places().stream()
                .map(place -> place.use() + " " + place.table() + " " + place.columns() + " " + place.reason())
                .toList()
                .toString());
    }

    /** A duty of law goes on whatever the person wants, and so does what a contract with her needs. */
    private static void mayEnd(LiveStore store, SortedSet<String> uses) {
        Map<String, Use> known = store.bound().notice().uses();
        for (String id : uses) {
            Use use = known.get(id);
            if (use == null) {
                throw new CannotRun("the notice has no use `" + id + "`", Spelling.suggest(id, known.keySet()));
            }
            boolean ends = use.basis() == LegalBasis.CONSENT
                    || use.basis() == LegalBasis.LEGITIMATE_INTERESTS
                    || use.basis() == LegalBasis.PUBLIC_TASK;
            if (!ends || !use.concernsPersons()) {
                throw new CannotRun(
                        "`" + use.path() + "` rests on " + use.basis().word()
                                + ", which no withdrawal or objection ends",
                        "name a use on consent, legitimate interests or a public task; `kept erase` forgets what may go");
            }
        }
    }

    /**
     * Finishes an ending that broke off.
     *
     * @param run taken over, its pending step settled
     */
    static Outcome finish(State state, LiveStore store, StoreSession session, Run run) {
        FrozenEnding frozen = FrozenEnding.of(state.runs().identifiers(run), run.asOf());
        EndingAttempt attempt = new EndingAttempt(state, store, session, run, frozen);
        List<List<ByHand>> byHand;
        try {
            if (!attempt.write(Pauses.sleeping())) {
                return attempt.abandon();
            }
            byHand = attempt.byHand();
        } catch (StoreException e) {
            state.runs().stop(run, RunState.FAILED);
            throw e;
        }
        attempt.end(byHand);
        List<ByHand> tasks = byHand.stream().flatMap(List::stream).toList();
        return Outcome.of(
                run,
                tasks.isEmpty() ? RunState.DONE : RunState.INCOMPLETE,
                Earlier.NOTHING,
                tasks.stream().map(ByHand::task).distinct().toList());
    }
}
