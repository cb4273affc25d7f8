package dev.kept.server.command;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kept completion SHELL}: a script that lets a shell complete commands, options and files. */
@Command(
        name = "completion",
        description = {
            "Print a script with which a shell completes commands and options.",
            "bash: source <(kept completion bash); zsh: source <(kept completion zsh);",
            "fish: kept completion fish | source"
        },
        mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {

    /** Shells a script is made for; one script tells by itself whether bash or zsh reads it. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    private final Supplier<CommandLine> whole;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
    private Shell shell = Shell.BASH;

    /** @param whole the command line with all commands: a short command's own knows itself alone */
    public CompletionCommand(Supplier<CommandLine> whole) {
        this.whole = whole;
    }

    @Override
    public Integer call() {
        Output output = new Output(Objects.requireNonNull(spec).commandLine().getOut());
        String script = switch (shell) {
            case BASH, ZSH -> AutoComplete.bash("kept", whole.get());
            case FISH -> FishScript.of("kept", whole.get());
        };
        output.line(script.stripTrailing());
        return ExitCode.OK;
    }
}
