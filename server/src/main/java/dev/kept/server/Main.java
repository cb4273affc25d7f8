package dev.kept.server;

import dev.kept.server.command.AccessCommand;
import dev.kept.server.command.ApproveCommand;
import dev.kept.server.command.CheckCommand;
import dev.kept.server.command.CommandErrors;
import dev.kept.server.command.CorrectCommand;
import dev.kept.server.command.DemoCommand;
import dev.kept.server.command.EraseCommand;
import dev.kept.server.command.HoldCommand;
import dev.kept.server.command.Kept;
import dev.kept.server.command.MapCommand;
import dev.kept.server.command.PlanCommand;
import dev.kept.server.command.SweepCommand;
import java.util.List;
import picocli.CommandLine;

/** Where the process begins: the list of commands, and nothing else. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Every command {@code kept} knows, in the order in which help shows them. */
    private static List<Object> commands() {
        return List.of(
                new CheckCommand(),
                new MapCommand(),
                new PlanCommand(),
                new SweepCommand(),
                new ApproveCommand(),
                new AccessCommand(),
                new CorrectCommand(),
                new EraseCommand(),
                new HoldCommand(),
                new DemoCommand());
    }

    /** The whole command line, ready to execute; tests give it writers of their own. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Kept());
        commands().forEach(line::addSubcommand);
        CommandErrors errors = new CommandErrors();
        return line.setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
