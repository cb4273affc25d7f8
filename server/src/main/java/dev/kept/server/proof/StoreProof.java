package dev.kept.server.proof;

import dev.kept.core.binding.Binder;
import dev.kept.core.check.MapFile;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Cutoff;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.live.LiveCheck;
import dev.kept.core.live.LiveSchema;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.proof.Check;
import dev.kept.core.proof.Spot;
import dev.kept.core.proof.StoreLook;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Unclear.Reason;
import dev.kept.core.proof.Verdict;
import dev.kept.core.proof.retention.Overdue;
import dev.kept.core.proof.retention.RetentionChecks;
import dev.kept.core.proof.retention.Sweeps;
import dev.kept.core.proof.sample.CollectionChecks;
import dev.kept.core.proof.sample.Recognition;
import dev.kept.core.proof.sample.SampleColumn;
import dev.kept.core.proof.sample.SampledColumn;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Planning;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.look.OverdueLook;
import dev.kept.stores.postgres.sample.Sampling;
import dev.kept.stores.postgres.session.Snapshot;
import dev.kept.stores.postgres.session.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Looks at one live store: at what is due, at what is left of who asked for erasure, at its schema, and at a sample of its values. */
final class StoreProof {

    /** How a look shows in {@code pg_stat_activity}. */
    private static final String SESSION = "kept prove";

    /** The session of a sweep, which holds the store's lock as long as it is at work. */
    private static final String SWEEP_SESSION = "kept sweep";

    private final Notice notice;
    private final Notice rules;
    private final MapFile map;
    private final State state;
    private final InstantSource clock;
    private final Duration limit;
    private final LookWatch watch;
    private final List<Check> checks = new ArrayList<>();
    private Optional<Instant> taken = Optional.empty();
    private boolean replica;

    /**
     * @param notice the newest version's rules, whose promises are judged
     * @param rules those that bind, earlier versions' among them
     */
    StoreProof(
            Notice notice,
            Notice rules,
            MapFile map,
            State state,
            InstantSource clock,
            Duration limit,
            LookWatch watch) {
        this.notice = notice;
        this.rules = rules;
        this.map = map;
        this.state = state;
        this.clock = clock;
        this.limit = limit;
        this.watch = watch;
    }

    /** What a look at a store found. */
    record Looked(List<Check> checks, StoreLook look) {}

    private String name() {
        return map.store().name();
    }

    /** What is said of a store that is not looked at. */
    Looked failed(Unclear why) {
        checks.clear();
        checks.addAll(RetentionChecks.failed(notice, map.store(), why));
        checks.addAll(CollectionChecks.failed(notice, map.store(), why));
        erasureNotShown(why);
        return new Looked(List.copyOf(checks), new StoreLook(name(), taken, replica, limit, Optional.of(why)));
    }

    /** Looks at it; whatever fails is said to be not shown, and the rest is looked at all the same. */
    Looked look(DataSource source, Instant asOf) {
        LiveSchema schema;
        try {
            schema = LiveStore.schema(source);
        } catch (CannotRun e) {
            return failed(Failures.of(name(), Reason.STORE_SILENT, e));
        }
        Reading<BoundStore> known = LiveCheck.known(rules, map.store(), map.places(), schema.catalogue());
        if (known.value().isEmpty()) {
            return failed(unfit(known.problems()));
        }
        LiveStore store = LiveStore.known(known.value().get(), schema, source);
        try {
            retention(store, asOf, known.problems());
            new ErasureProof(store, state, limit, checks).look(asOf);
            figures(store);
            collection(store, known.problems());
        } catch (StoreException e) {
            return failed(Failures.of(name(), e));
        }
        return new Looked(List.copyOf(checks), new StoreLook(name(), taken, replica, limit, Optional.empty()));
    }

    private Unclear unfit(List<Problem> problems) {
        String said = problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR && !Binder.undeclared(problem))
                .map(Problem::message)
                .limit(3)
                .collect(Collectors.joining("; "));
        return new Unclear(
                Reason.MAP_UNFIT,
                Optional.of(Spot.of(name())),
                0,
                "the map of `" + name() + "` does not fit the live schema: " + said,
                "kept check --live shows all; mend the map, write the catalogue anew with `kept map`");
    }

    private void erasureNotShown(Unclear why) {
        if (notice.rights().granted().contains("erase")) {
            checks.add(new Check("rights.erase", Verdict.notShown(why)));
        }
    }

    private Snapshot snapshot(LiveStore store) {
        return Snapshot.take(store.connector(), SESSION, limit, System::nanoTime);
    }

    private void retention(LiveStore store, Instant asOf, List<Problem> problems) {
        Plan plan;
        try {
            plan = new Planning(state).endedBeforeRequests(store, asOf);
        } catch (CannotRun e) {
            checks.addAll(RetentionChecks.failed(notice, map.store(), Failures.of(name(), Reason.MAP_UNFIT, e)));
            return;
        }
        Optional<Cutoff> longest =
                notice.keeps().longest().map(span -> Cutoff.of(Planning.asOf(store, asOf), span, false));
        OverdueLook look = new OverdueLook(store.bound(), store.catalogue(), longest);
        Map<TableName, Overdue> looked = new LinkedHashMap<>();
        Map<TableName, Unclear> notLooked = new LinkedHashMap<>();
        List<TablePlan> tables = plan.tables().toList();
        boolean atWork;
        try (Snapshot snapshot = snapshot(store)) {
            taken = Optional.of(clock.instant().truncatedTo(ChronoUnit.SECONDS));
            replica = snapshot.replica();
            atWork = sweeping(snapshot);
            for (TablePlan table : tables) {
                watch.at(name(), "ends", looked.size() + notLooked.size(), tables.size());
                try {
                    looked.put(table.table(), look.look(snapshot, table));
                } catch (StoreException e) {
                    notLooked.put(table.table(), Failures.of(name(), table.table(), lasting(e)));
                }
            }
            atWork = sweeping(snapshot) || atWork;
        }
        Sweeps sweeps = state.history().sweeps(name());
        checks.addAll(RetentionChecks.of(store.bound(), looked, notLooked, atWork ? sweeps.seenAtWork() : sweeps));
        mayNeverEnd(store, problems);
    }

    /** What one table's failure leaves to the others: a lost connection leaves nothing. */
    private static StoreException lasting(StoreException error) {
        if (error.kind() == StoreException.Kind.LOST) {
            throw error;
        }
        return error;
    }

    /** Whether a sweep is at work at this moment; after the limit nobody asks any more. */
    private static boolean sweeping(Snapshot snapshot) {
        try {
            return snapshot.atWork().filter(SWEEP_SESSION::equals).isPresent();
        } catch (StoreException e) {
            lasting(e);
            return false;
        }
    }

    /** Uses that in this schema may never end, or too late: the look of a day says nothing of that. */
    private void mayNeverEnd(LiveStore store, List<Problem> problems) {
        for (Problem problem : problems) {
            if (problem.severity() == Problem.Severity.ERROR && !Binder.undeclared(problem)) {
                store.bound().tables().forEach((table, bound) -> {
                    if (problem.path().equals("stores." + name() + "." + table)) {
                        bound.map().uses().stream()
                                .flatMap(id -> Optional.ofNullable(notice.uses().get(id)).stream())
                                .filter(use -> !use.ends().isEmpty())
                                .map(Use::path)
                                .forEach(path -> checks.add(new Check(
                                        path + ".ends",
                                        Verdict.notShown(new Unclear(
                                                Reason.MAP_UNFIT,
                                                Optional.of(Spot.of(name(), table)),
                                                0,
                                                problem.message(),
                                                problem.attempt())))));
                    }
                });
            }
        }
    }

    private void figures(LiveStore store) {
        FigureProof proof = new FigureProof(store, checks);
        if (proof.any()) {
            try (Snapshot snapshot = snapshot(store)) {
                proof.look(snapshot);
            }
        }
    }

    private void collection(LiveStore store, List<Problem> problems) {
        Map<TableName, List<SampleColumn>> columns = SampleColumn.of(store.bound()).stream()
                .collect(Collectors.groupingBy(SampleColumn::table, LinkedHashMap::new, Collectors.toList()));
        List<SampledColumn> sampled = new ArrayList<>();
        Map<TableName, Unclear> notSampled = new LinkedHashMap<>();
        try (Snapshot snapshot = snapshot(store)) {
            Sampling sampling = new Sampling(snapshot, Recognition.of(notice));
            int done = 0;
            for (Map.Entry<TableName, List<SampleColumn>> table : columns.entrySet()) {
                watch.at(name(), "values", done++, columns.size());
                try {
                    sampled.addAll(
                            sampling.of(store.catalogue().find(table.getKey()).orElseThrow(), table.getValue()));
                } catch (StoreException e) {
                    notSampled.put(table.getKey(), Failures.of(name(), table.getKey(), lasting(e)));
                }
            }
        }
        List<Problem> undeclared = problems.stream().filter(Binder::undeclared).toList();
        checks.addAll(CollectionChecks.of(
                store.bound(),
                new CollectionChecks.Look(undeclared, store.schema().leftOut(), sampled, notSampled)));
    }
}
