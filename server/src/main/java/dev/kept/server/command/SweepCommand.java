package dev.kept.server.command;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.lifecycle.Plan;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.own.OwnStore;
import dev.kept.server.own.OwnSweep;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.Planning;
import dev.kept.server.run.RunService;
import dev.kept.server.state.RunState;
import dev.kept.server.suppression.ReSweep;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.run.Pace;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.session.FaultPoints;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kept sweep}: forget what has ended. */
@Command(
        name = "sweep",
        description = "Forget what has ended, in the whole store; goes on where a run broke off.",
        mixinStandardHelpOptions = true)
public final class SweepCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Option(names = "--dry-run", description = "say what a sweep would do, and do nothing")
    private boolean dryRun;

    @Option(names = "--operator", paramLabel = "NAME", description = "who starts it; kept in the private log only")
    private @Nullable String operator;

    @Option(
            names = "--throttle",
            paramLabel = "SHARE",
            description =
                    "pause after a batch, as a share of its duration; 0 for none. Without it: none while nobody else is at work on"
                            + " the server, else short batches with long pauses")
    private @Nullable Double throttle;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        Output output = new Output(command.commandLine().getOut());
        if (throttle != null && !(throttle >= 0 && throttle <= 100)) {
            throw new CannotRun(
                    "`--throttle` is a share from 0 to 100", "--throttle 1 pauses as long as a batch takes");
        }
        try (Home home = options.obeyed();
                ProgressLine progress = new ProgressLine(command.commandLine().getErr())) {
            boolean own = OwnStore.meant(home, options.store());
            LiveStore live = own ? OwnStore.live(home) : opened(home);
            RunService runs = new RunService(home.state(), home.clock(), FaultPoints.NONE);
            if (dryRun) {
                Plan plan = new Planning(home.state()).sweep(live, home.clock().instant());
                LookResult look = runs.dryRun(live, plan);
                Reports.dryRun(output, options.json(), live, plan, look);
                return ExitCode.OK;
            }
            Runtime.getRuntime().addShutdownHook(new Thread(progress::requestStop));
            Operator who = operator == null ? Operator.SCHEDULE : Operator.named(operator, "started a sweep");
            if (own) {
                return own(output, home, runs, live, who, progress);
            }
            lookThrough(output, home, live, who, progress);
            Outcome outcome = runs.sweep(live, who, home.settings().brakePercent(), runOptions(), progress);
            Reports.sweep(output, options.json(), live, outcome);
            OwnSweep.sweep(home, runs, who, runOptions(), progress)
                    .filter(requests -> !options.json())
                    .ifPresent(requests -> output.line("What Kept itself holds about requests: "
                            + requests.state().name().toLowerCase(Locale.ROOT) + ", "
                            + Output.count(Reports.changed(requests), "change") + "."));
            boolean failed = outcome.finishedFirst().stream().anyMatch(first -> first.state() == RunState.FAILED);
            return failed ? ExitCode.PROBLEMS : exit(outcome.state());
        }
    }

    private RunOptions runOptions() {
        return throttle == null ? RunOptions.defaults() : RunOptions.defaults().at(new Pace.Share(throttle));
    }

    private LiveStore opened(Home home) {
        BoundStore store = home.store(options.store());
        return LiveStore.open(home, store);
    }

    /** Only what Kept itself holds about requests. */
    private int own(Output output, Home home, RunService runs, LiveStore live, Operator who, ProgressLine progress) {
        return OwnSweep.sweep(home, runs, who, runOptions(), progress)
                .map(outcome -> {
                    Reports.sweep(output, options.json(), live, outcome);
                    return exit(outcome.state());
                })
                .orElseGet(() -> {
                    output.line("Kept holds no requests.");
                    return ExitCode.OK;
                });
    }

    /** A store that is another system than before may have erased persons back in it: they go before everything else. */
    private void lookThrough(Output output, Home home, LiveStore live, Operator who, ProgressLine progress) {
        new ReSweep(home.state(), FaultPoints.NONE)
                .beforeSweep(live, who, throttle == null ? ReSweep.AT_ONCE : runOptions(), progress)
                .filter(looked -> !options.json())
                .ifPresent(looked -> output.line("The store is another system than before. Looked at "
                        + Output.count(looked.looked(), "person") + ": " + looked.again() + " erased again, "
                        + looked.doubtful() + " doubtful."));
    }

    private static int exit(RunState state) {
        return switch (state) {
            case DONE, INCOMPLETE -> ExitCode.OK;
            case WAITING -> ExitCode.WAITS_FOR_APPROVAL;
            case RUNNING, FAILED, ABANDONED -> ExitCode.PROBLEMS;
        };
    }
}
