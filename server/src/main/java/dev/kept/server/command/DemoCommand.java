package dev.kept.server.command;

import dev.kept.server.demo.Demo;
import dev.kept.server.failure.CannotRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kept demo}: the main job on the example company, on an embedded database. */
@Command(
        name = "demo",
        description =
                "Show the main job on the example company: check, plan, sweep, answer one person. Leaves only `.kept/`.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    private static final long MOST_CUSTOMERS = 10_000_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "10000",
            description = "how many customers the shop has (default: ${DEFAULT-VALUE})")
    private long customers;

    @Option(
            names = "--serve",
            negatable = true,
            description = "end in serving notice, report and ledger until Ctrl-C (default: where somebody watches)")
    private @Nullable Boolean serve;

    @Override
    public Integer call() throws Exception {
        CommandSpec command = Objects.requireNonNull(spec);
        if (customers < 100 || customers > MOST_CUSTOMERS) {
            throw new CannotRun(
                    "the demo's shop has from 100 to " + MOST_CUSTOMERS + " customers", "kept demo --customers 10000");
        }
        Path home = Path.of(System.getProperty("kept.home", "."));
        if (!Files.isRegularFile(home.resolve("examples/larkfield/privacy/notice.yaml"))) {
            throw new CannotRun("the example company is not there", "run `./kept demo` in Kept's own folder");
        }
        Output output = new Output(command.commandLine().getOut());
        try (ProgressLine progress = new ProgressLine(command.commandLine().getErr())) {
            return Demo.run(
                    home,
                    Path.of("").toAbsolutePath().resolve(".kept"),
                    customers,
                    new DemoVoice(
                            output,
                            progress,
                            serve == null ? Output.onTerminal() : serve,
                            command.commandLine().getErr()));
        }
    }
}
