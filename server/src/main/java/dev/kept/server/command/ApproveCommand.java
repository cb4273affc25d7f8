package dev.kept.server.command;

import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Approvals;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kept approve RUN}: the second person's yes to a sweep that takes a large share of a table. */
@Command(
        name = "approve",
        description = "Say yes to a waiting sweep as another operator; the next `kept sweep` carries it out.",
        mixinStandardHelpOptions = true)
public final class ApproveCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Parameters(paramLabel = "RUN", description = "the run that waits")
    private String run = "";

    @Option(
            names = "--operator",
            required = true,
            paramLabel = "NAME",
            description = "who says yes: another than who started it")
    private String operator = "";

    @Override
    public Integer call() {
        Output output = new Output(Objects.requireNonNull(spec).commandLine().getOut());
        UUID id;
        try {
            id = UUID.fromString(run);
        } catch (IllegalArgumentException e) {
            throw new CannotRun("`" + run + "` is no run", "take the id that `kept sweep` printed", e);
        }
        try (Home home = options.obeyed()) {
            Approvals.approve(home.state(), id, operator);
            output.line("approved; `kept sweep` carries it out within 24 hours, if neither plan nor date has changed");
            return ExitCode.OK;
        }
    }
}
