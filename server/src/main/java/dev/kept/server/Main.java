package dev.kept.server;

import dev.kept.server.command.AccessCommand;
import dev.kept.server.command.ApproveCommand;
import dev.kept.server.command.CheckCommand;
import dev.kept.server.command.CommandErrors;
import dev.kept.server.command.CompletionCommand;
import dev.kept.server.command.ContactCommand;
import dev.kept.server.command.CorrectCommand;
import dev.kept.server.command.DemoCommand;
import dev.kept.server.command.DoctorCommand;
import dev.kept.server.command.DoubtsCommand;
import dev.kept.server.command.EndCommand;
import dev.kept.server.command.EraseCommand;
import dev.kept.server.command.HoldCommand;
import dev.kept.server.command.Kept;
import dev.kept.server.command.LedgerCommand;
import dev.kept.server.command.MapCommand;
import dev.kept.server.command.PlanCommand;
import dev.kept.server.command.ProveCommand;
import dev.kept.server.command.PublishCommand;
import dev.kept.server.command.RenderCommand;
import dev.kept.server.command.RequestsCommand;
import dev.kept.server.command.RestoredCommand;
import dev.kept.server.command.ServeCommand;
import dev.kept.server.command.SignInCommand;
import dev.kept.server.command.SweepCommand;
import dev.kept.server.command.WordsCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Where the process begins: the list of commands, and nothing else. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Predicate<String> asked = commands().containsKey(arguments.length == 0 ? "" : arguments[0])
                ? arguments[0]::equals
                : command -> true;
        System.exit(commandLine(asked).execute(arguments));
    }

    /** Every command {@code kept} knows, in the order in which help shows them. */
    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("check", CheckCommand::new);
        commands.put("map", MapCommand::new);
        commands.put("render", RenderCommand::new);
        commands.put("words", WordsCommand::new);
        commands.put("publish", PublishCommand::new);
        commands.put("plan", PlanCommand::new);
        commands.put("sweep", SweepCommand::new);
        commands.put("approve", ApproveCommand::new);
        commands.put("access", AccessCommand::new);
        commands.put("correct", CorrectCommand::new);
        commands.put("erase", EraseCommand::new);
        commands.put("end", EndCommand::new);
        commands.put("hold", HoldCommand::new);
        commands.put("restored", RestoredCommand::new);
        commands.put("doubts", DoubtsCommand::new);
        commands.put("requests", RequestsCommand::new);
        commands.put("prove", ProveCommand::new);
        commands.put("contact", ContactCommand::new);
        commands.put("ledger", LedgerCommand::new);
        commands.put("serve", ServeCommand::new);
        commands.put("sign-in", SignInCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put("completion", () -> new CompletionCommand(Main::commandLine));
        return commands;
    }

    /** The whole command line, ready to execute; tests give it writers of their own. */
    public static CommandLine commandLine() {
        return commandLine(command -> true);
    }

    /** Only the commands that are asked for: reading what each of them takes is the longer half of a short command's start. */
    private static CommandLine commandLine(Predicate<String> asked) {
        CommandLine line = new CommandLine(new Kept());
        commands().forEach((name, command) -> {
            if (asked.test(name)) {
                line.addSubcommand(name, command.get());
            }
        });
        CommandErrors errors = new CommandErrors();
        return line.setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
