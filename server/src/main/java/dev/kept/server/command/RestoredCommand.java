package dev.kept.server.command;

import dev.kept.core.datamap.BoundStore;
import dev.kept.server.configuration.Home;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Outcome;
import dev.kept.server.state.RunState;
import dev.kept.server.suppression.Cleaned;
import dev.kept.server.suppression.ReSweep;
import dev.kept.stores.postgres.session.FaultPoints;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kept restored STORE}: a store was restored from a backup; who was erased since is erased again. */
@Command(
        name = "restored",
        description = {
            "Say that a store was restored from a backup. Until it is clean, its data is refused to every use; who was",
            "erased and is back is erased again, and all that was forgotten is forgotten again. Goes on where it broke off."
        },
        mixinStandardHelpOptions = true)
public final class RestoredCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "STORE", description = "the store that was restored")
    private String store = "";

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Mixin
    private OperatorOptions operator = new OperatorOptions();

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        Output output = new Output(command.commandLine().getOut());
        operator.operator();
        try (Home home = options.obeyed();
                ProgressLine progress = new ProgressLine(command.commandLine().getErr())) {
            BoundStore named = home.store(Optional.of(store));
            LiveStore live = LiveStore.evenIsolated(home, named);
            Runtime.getRuntime().addShutdownHook(new Thread(progress::requestStop));
            Cleaned cleaned = new ReSweep(home.state(), FaultPoints.NONE)
                    .restored(live, operator.operator(), home.settings().brakePercent(), ReSweep.AT_ONCE, progress);
            if (options.json()) {
                output.json(document(cleaned));
            } else {
                say(output, live, cleaned);
            }
            return exit(cleaned);
        }
    }

    private static int exit(Cleaned cleaned) {
        boolean waits = cleaned.sweep()
                .filter(sweep -> sweep.state() == RunState.WAITING)
                .isPresent();
        return cleaned.clean() ? ExitCode.OK : waits ? ExitCode.WAITS_FOR_APPROVAL : ExitCode.PROBLEMS;
    }

    private static void say(Output output, LiveStore store, Cleaned cleaned) {
        cleaned.finishedFirst().forEach(first -> Reports.finishedFirst(output, first));
        output.line("Looked at " + Output.count(cleaned.looked(), "person") + ".");
        output.line("  erased again: " + cleaned.again());
        output.line("  left alone, since they came back by themselves or their request stands: " + cleaned.alone());
        output.line("  doubtful, to be decided with `kept doubts`: " + cleaned.doubtful());
        cleaned.sweep().ifPresent(sweep -> Reports.sweep(output, false, store, sweep));
        output.line(
                cleaned.clean()
                        ? "Clean: `" + store.name() + "` may be used again."
                        : "Not clean: `" + store.name() + "` stays isolated. Run the same command again"
                                + waiting(cleaned.sweep()) + ".");
    }

    private static String waiting(Optional<Outcome> sweep) {
        return sweep.filter(run -> run.state() == RunState.WAITING).isPresent()
                ? " once another operator has approved the sweep"
                : "";
    }

    private static Map<String, Object> document(Cleaned cleaned) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("clean", cleaned.clean());
        document.put("looked", cleaned.looked());
        document.put("erasedAgain", cleaned.again());
        document.put("leftAlone", cleaned.alone());
        document.put("doubtful", cleaned.doubtful());
        cleaned.sweep().ifPresent(sweep -> {
            Map<String, Object> run = new LinkedHashMap<>();
            run.put("run", sweep.run().toString());
            run.put("state", sweep.state().name().toLowerCase(Locale.ROOT));
            document.put("sweep", run);
        });
        return document;
    }
}
