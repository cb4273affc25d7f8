package dev.kept.server.task;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.lifecycle.Plan;
import dev.kept.server.configuration.Home;
import dev.kept.server.run.Detached;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.Planning;
import dev.kept.server.run.RunService;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.StateChange;
import dev.kept.server.suppression.ReSweep;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sweeps of a store, asked for by staff and by programs: what the next one would do, and one begun by hand. */
public final class SweepTasks {

    private final Tasks tasks;

    public SweepTasks(Tasks tasks) {
        this.tasks = tasks;
    }

    /** The last look at what the next sweep would do, or the one under way. */
    public Optional<Tasks.Standing> ahead(String store) {
        return tasks.standing(Tasks.Kind.LOOK_AHEAD, store);
    }

    /** Begins a look, noted with who begins it; false where one is under way. */
    public boolean look(Home home, BoundStore store, List<StateChange> with) {
        return tasks.begin(Tasks.Kind.LOOK_AHEAD, store.store().name(), with, () -> found(home, store));
    }

    /** What {@code kept sweep --dry-run} says, of tables where anything would be done or is unknown, and why it would wait for a second person. */
    private static String found(Home home, BoundStore store) {
        LiveStore live = open(home, store);
        Plan plan = new Planning(home.state()).sweep(live, home.clock().instant());
        LookResult look = new RunService(home.state(), home.clock(), FaultPoints.NONE).dryRun(live, plan);
        Map<String, Object> tables = new TreeMap<>();
        look.tables().forEach((table, found) -> {
            if (found.left() + found.unknown() > 0) {
                Map<String, Object> counts = new LinkedHashMap<>();
                counts.put("rows", found.rows());
                counts.put("delete", found.removable());
                counts.put("clear", found.outstanding() + found.rekeys());
                counts.put("unknown", found.unknown());
                tables.put(table.toString(), counts);
            }
        });
        List<String> brakes = RunService.brakes(look, home.settings().brakePercent());
        Map<String, Object> view = new LinkedHashMap<>(Map.of("tables", tables, "brakes", brakes));
        Detached.outside(home.state(), store.store().name()).ifPresent(words -> view.put("doubt", words));
        return CanonicalJson.write(view);
    }

    /** The last sweep that was begun by hand here, or the one under way. */
    public Optional<Tasks.Standing> begun(String store) {
        return tasks.standing(Tasks.Kind.SWEEP, store);
    }

    /**
     * Begins a sweep, as {@code kept sweep} does; one that waits and was approved is carried out.
     *
     * @param operator who starts it: she and whoever stands behind her cannot approve it
     * @param with written before anything else is done
     * @return false where one is under way
     */
    public boolean begin(Home home, BoundStore store, Operator operator, List<StateChange> with) {
        return tasks.begin(Tasks.Kind.SWEEP, store.store().name(), with, () -> swept(home, store, operator));
    }

    private static String swept(Home home, BoundStore store, Operator operator) {
        LiveStore live = open(home, store);
        RunOptions options = RunOptions.defaults();
        new ReSweep(home.state(), FaultPoints.NONE).beforeSweep(live, operator, options, RunWatch.NONE);
        Outcome outcome = new RunService(home.state(), home.clock(), FaultPoints.NONE)
                .sweep(live, operator, home.settings().brakePercent(), options, RunWatch.NONE);
        return CanonicalJson.write(Map.of(
                "run", outcome.run().toString(),
                "outcome", outcome.state().name().toLowerCase(Locale.ROOT),
                "brakes", outcome.brakes()));
    }

    private static LiveStore open(Home home, BoundStore store) {
        return LiveStore.open(home, store);
    }
}
