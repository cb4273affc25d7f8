package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.rights.CorrectionPlan;
import dev.kept.core.source.Problem;
import dev.kept.server.run.Corrected.Earlier;
import dev.kept.server.state.NewRun;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunKey;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.server.state.Step;
import dev.kept.server.state.Step.StepState;
import dev.kept.stores.postgres.correct.Corrections;
import dev.kept.stores.postgres.correct.Found;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.session.StoreSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** One correction of one person in an open session. */
final class CorrectionAttempt {

    private static final int MOST_ATTEMPTS = 3;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);

    private final State state;
    private final InstantSource clock;
    private final LiveStore store;
    private final StoreSession session;
    private final CorrectionPlan plan;
    private final Map<String, List<List<String>>> keys;
    private final Facts facts;
    private final boolean everywhere;
    private final Optional<CorrectionService.Acting> acting;
    private final List<Earlier> earlier;

    CorrectionAttempt(
            State state,
            InstantSource clock,
            LiveStore store,
            StoreSession session,
            CorrectionPlan plan,
            Map<String, List<List<String>>> keys,
            Facts facts,
            boolean everywhere,
            Optional<CorrectionService.Acting> acting,
            List<Earlier> earlier) {
        this.state = state;
        this.clock = clock;
        this.store = store;
        this.session = session;
        this.plan = plan;
        this.keys = keys;
        this.facts = facts;
        this.everywhere = everywhere;
        this.acting = acting;
        this.earlier = earlier;
    }

    /** Tries again where others were in the way. */
    Corrected untilFree(Pauses pauses) {
        Duration backoff = FIRST_BACKOFF;
        for (int attempt = 1; ; attempt++) {
            try {
                return once();
            } catch (StoreException e) {
                rollback(e);
                if (e.kind() != Kind.CONFLICT || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
                pauses.pause(backoff);
                backoff = backoff.multipliedBy(2);
            } catch (RuntimeException e) {
                rollback(e);
                throw e;
            }
        }
    }

    private void rollback(RuntimeException reason) {
        try {
            session.connection().rollback();
        } catch (StoreException e) {
            reason.addSuppressed(e);
        }
    }

    private Corrected once() {
        session.faults().reached(Point.BATCH_BEGUN);
        Corrections corrections = new Corrections(store.catalogue(), plan);
        Found found = corrections.find(session.connection(), everywhere);
        session.faults().reached(Point.ROWS_LOCKED);
        List<Problem> problems = problems(found);
        if (problems.isEmpty() && acting.isPresent() && !found.changes().isEmpty()) {
            return write(corrections, found, acting.get());
        }
        session.connection().rollback();
        if (problems.isEmpty()) {
            return answer(
                    found.changes().isEmpty() ? Corrected.State.NOTHING : Corrected.State.DRY_RUN,
                    Optional.empty(),
                    found);
        }
        acting.ifPresent(who -> noteRefusal(problems, who.operator()));
        return refused(problems, found, earlier);
    }

    private List<Problem> problems(Found found) {
        Map<List<String>, Problem> problems = new LinkedHashMap<>();
        List<Problem> all = new ArrayList<>(plan.problems());
        all.addAll(found.problems());
        found.newKeys().forEach((kind, key) -> {
            if (keys.getOrDefault(kind, List.of()).size() > 1) {
                all.add(Problem.error(
                        "rows",
                        plan.changes().getFirst().place(),
                        kind,
                        "she is there in several rows as `" + kind + "`, and each has a key of its own",
                        "correct one after the other: name her by key, `" + kind + ": KEY`"));
            }
            boolean known = facts.persons().stream()
                    .anyMatch(fact -> fact.kind().equals(kind) && fact.keys().contains(key));
            if (known) {
                all.add(Problem.error(
                        "key-known",
                        plan.changes().getFirst().place(),
                        kind,
                        "Kept still knows something of somebody under the new key of this `" + kind + "`",
                        "see whose it is: a standing erasure would take this person's data along"));
            }
        });
        all.stream()
                .sorted()
                .forEach(problem ->
                        problems.putIfAbsent(List.of(problem.code(), problem.path(), problem.message()), problem));
        return List.copyOf(problems.values());
    }

    private Corrected answer(Corrected.State end, Optional<Run> run, Found found) {
        List<BoundColumn> columns =
                Recipients.columns(store.bound(), changed(found).keySet());
        return new Corrected(end, run.map(Run::id), List.of(), found, Recipients.of(store.bound(), columns), earlier);
    }

    private static Map<String, Long> changed(Found found) {
        Map<String, Long> changed = new TreeMap<>();
        found.changes().forEach(one -> changed.merge(Recipients.id(one.table(), one.column()), one.rows(), Long::sum));
        return changed;
    }

    private static Map<String, Long> left(Found found) {
        Map<String, Long> left = new TreeMap<>();
        found.left().forEach(one -> left.merge(Recipients.id(one.table(), one.column()), one.rows(), Long::sum));
        return left;
    }

    private Corrected write(Corrections corrections, Found found, CorrectionService.Acting who) {
        Run run = begin(found, who);
        try {
            corrections.write(session.connection());
            commit(run, found);
        } catch (StoreException e) {
            if (e.kind() == Kind.LOST) {
                state.runs().stop(run, RunState.FAILED);
                throw e;
            }
            rollback(e);
            abandon(run, e);
            boolean refusal = e.kind() == Kind.CONSTRAINT || e.kind() == Kind.NO_PROGRESS || e.kind() == Kind.OTHER;
            if (!refusal) {
                throw e;
            }
            return refused(List.of(refusal(e)), found, earlier);
        }
        end(run, found, who);
        return answer(Corrected.State.DONE, Optional.of(run), found);
    }

    private Run begin(Found found, CorrectionService.Acting who) {
        Map<String, List<List<String>>> identifiers = new LinkedHashMap<>(keys);
        found.newKeys().forEach((kind, key) -> identifiers.put(BrokenCorrection.NEW + kind, List.of(key)));
        PrivateLog.Act act = who.operator().act(state.privateLog());
        UUID id = UUID.randomUUID();
        List<StateChange> with = new ArrayList<>(who.noted().apply(id));
        with.add(act.write());
        NewRun begun = new NewRun(
                id,
                CorrectionService.KIND,
                store.name(),
                hash(changed(found)),
                clock.instant(),
                identifiers,
                RunKey.fresh(),
                who.operator().role(),
                Optional.of(act.commitment()),
                RunState.RUNNING,
                Optional.of(StoreIdentities.worker(session.backend(), session.identity())));
        return state.runs().begin(List.of(begun), with).getFirst();
    }

    private void commit(Run run, Found found) {
        long transaction = session.transactionId();
        session.faults().reached(Point.TRANSACTION_NUMBERED);
        Step step = new Step(
                1,
                1,
                plan.changes().getFirst().table().toString(),
                Optional.of(Long.toString(transaction)),
                StepState.PENDING,
                changed(found));
        state.runs().pending(run, List.of(), step);
        session.faults().reached(Point.PENDING_NOTED);
        session.connection().commit();
        session.faults().reached(Point.COMMITTED);
    }

    private void abandon(Run run, StoreException reason) {
        List<StateChange> with = new ArrayList<>();
        if (!state.runs().steps(run).isEmpty()) {
            with.add(state.runs().settled(run, 1, 1, StepState.ABORTED));
        }
        with.add(state.journal()
                .entry(
                        run.id(),
                        CorrectionService.KIND,
                        evidence(run, RunState.ABANDONED, Map.of(), Map.of(), List.of("rights.correct"))));
        state.runs().end(run, RunState.ABANDONED, reason.kind().name(), with);
    }

    private void end(Run run, Found found, CorrectionService.Acting who) {
        List<BoundColumn> columns =
                Recipients.columns(store.bound(), changed(found).keySet());
        List<StateChange> with = new ArrayList<>();
        with.add(state.runs().settled(run, 1, 1, StepState.APPLIED));
        with.add(state.journal()
                .entry(
                        run.id(),
                        CorrectionService.KIND,
                        evidence(
                                run,
                                RunState.DONE,
                                changed(found),
                                left(found),
                                Recipients.rules(store.bound(), columns))));
        with.addAll(BrokenCorrection.newKeys(store, state, run));
        with.addAll(who.done().apply(run.id()));
        state.runs().end(run, RunState.DONE, RunState.DONE.name(), with);
        session.faults().reached(Point.APPLIED_NOTED);
    }

    private void noteRefusal(List<Problem> problems, Operator who) {
        Map<String, Object> entry = new TreeMap<>();
        entry.put("store", store.name());
        entry.put(
                "problems",
                List.copyOf(new TreeSet<>(problems.stream().map(Problem::code).toList())));
        entry.put("actor", Map.of("role", who.role(), "commitment", who.commit(state.privateLog())));
        state.journal().append(null, "correct-refused", entry);
    }

    private Problem refusal(StoreException e) {
        return Problem.error(
                "store-refused",
                plan.changes().getFirst().place(),
                plan.changes().getFirst().table().toString(),
                e.getMessage(),
                e.kind() == Kind.NO_PROGRESS ? e.attempt() : "give a value that the store takes");
    }

    static Corrected refused(List<Problem> problems, Found found, List<Earlier> earlier) {
        return new Corrected(Corrected.State.REFUSED, Optional.empty(), problems, found, List.of(), earlier);
    }

    /** What the journal says of a correction: columns and counts, rules, who — and no value. */
    static Map<String, Object> evidence(
            Run run, RunState end, Map<String, Long> changed, Map<String, Long> left, List<String> rules) {
        Map<String, Object> evidence = new TreeMap<>();
        evidence.put("store", run.store());
        evidence.put("asOf", run.asOf().toString());
        evidence.put("plan", run.planHash());
        evidence.put("outcome", end.name().toLowerCase(Locale.ROOT));
        evidence.put("changed", changed);
        evidence.put("rules", rules);
        if (!left.isEmpty()) {
            evidence.put("left", left);
        }
        run.actorCommitment()
                .ifPresent(
                        commitment -> evidence.put("actor", Map.of("role", run.actorRole(), "commitment", commitment)));
        return evidence;
    }

    /** SHA-256 of what is to change, in hexadecimal: columns and counts. */
    private static String hash(Map<String, Long> changed) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(changed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
