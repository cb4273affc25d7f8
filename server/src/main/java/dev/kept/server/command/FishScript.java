package dev.kept.server.command;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What fish is told of a command line, a line for each word it can offer: picocli makes scripts for bash and zsh alone. */
final class FishScript {

    /** Options whose value is a file or folder are told by their label. */
    private static final List<String> FILES = List.of("FILE", "DIR", "FOLDER");

    private final String program;
    private final List<String> lines = new ArrayList<>();

    private FishScript(String program) {
        this.program = program;
    }

    static String of(String program, CommandLine whole) {
        FishScript script = new FishScript(program);
        script.lines.add("# fish: " + program + " completion fish | source");
        script.lines.add("complete -c " + program + " -f");
        script.command(whole, List.of());
        return String.join("\n", script.lines);
    }

    private void command(CommandLine command, List<String> path) {
        CommandSpec spec = command.getCommandSpec();
        String here = here(path, List.copyOf(command.getSubcommands().keySet()));
        command.getSubcommands()
                .forEach((name, one) -> line(here, " -a " + quoted(name), description(one.getCommandSpec())));
        spec.options().stream().filter(option -> !option.hidden()).forEach(option -> option(here, option));
        spec.positionalParameters().forEach(parameter -> parameter(here, parameter));
        command.getSubcommands().forEach((name, one) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            command(one, longer);
        });
    }

    /** Where a word is offered: the words of the path were typed, and no further command. */
    private static String here(List<String> path, List<String> further) {
        List<String> conditions = new ArrayList<>();
        if (path.isEmpty()) {
            return "__fish_use_subcommand";
        }
        path.forEach(word -> conditions.add("__fish_seen_subcommand_from " + word));
        if (!further.isEmpty()) {
            conditions.add("not __fish_seen_subcommand_from " + String.join(" ", further));
        }
        return String.join("; and ", conditions);
    }

    private void option(String here, OptionSpec option) {
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            names.append(value(option));
        }
        line(here, names.toString(), first(option.description()));
    }

    private void parameter(String here, PositionalParamSpec parameter) {
        List<String> choices = choices(parameter);
        if (!choices.isEmpty()) {
            line(here, " -a " + quoted(String.join(" ", choices)), first(parameter.description()));
        } else if (isFile(parameter)) {
            line(here, " -F", first(parameter.description()));
        }
    }

    /** A value is one of those that are possible, a file, or anything. */
    private static String value(ArgSpec arg) {
        List<String> choices = choices(arg);
        return choices.isEmpty() ? (isFile(arg) ? " -r -F" : " -x") : " -x -a " + quoted(String.join(" ", choices));
    }

    /** Names of constants are taken in small letters, too. */
    private static List<String> choices(ArgSpec arg) {
        List<String> choices = new ArrayList<>();
        if (arg.type().isEnum()) {
            for (Object constant : arg.type().getEnumConstants()) {
                choices.add(constant.toString().toLowerCase(Locale.ROOT));
            }
        } else if (arg.completionCandidates() != null) {
            arg.completionCandidates().forEach(choices::add);
        }
        return choices;
    }

    private static boolean isFile(ArgSpec arg) {
        return arg.type() == Path.class || arg.type() == File.class || FILES.contains(arg.paramLabel());
    }

    private void line(String here, String what, String description) {
        lines.add("complete -c " + program + " -n " + quoted(here) + what
                + (description.isEmpty() ? "" : " -d " + quoted(description)));
    }

    private static String description(CommandSpec spec) {
        return first(spec.usageMessage().description());
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : lines[0].replace("%n", " ").replace("%%", "%");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
