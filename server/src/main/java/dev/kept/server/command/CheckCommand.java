package dev.kept.server.command;

import dev.kept.core.check.Checked;
import dev.kept.core.check.FolderCheck;
import dev.kept.core.source.Problem;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kept check [DIR]}: the notice, its prose, its maps and its cases; needs no database unless asked for the live schemas. */
@Command(
        name = "check",
        description = "Check the notice, its prose, data maps and cases: every problem at once.",
        mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {

    /** Beyond this many nobody reads. */
    private static final int MOST_SHOWN = 300;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private FolderArgument folder = new FolderArgument();

    @Option(names = "--live", description = "compare the maps with the live schemas of their databases, too; read-only")
    private boolean live;

    @Option(names = "--store", paramLabel = "NAME", description = "with --live: look at this store's database only")
    private @Nullable String store;

    @Option(
            names = "--sarif",
            paramLabel = "FILE",
            description = "also write what was found to this file, as SARIF 2.1.0 for code review")
    private @Nullable Path sarif;

    @Option(names = "--json", description = "print one JSON document")
    private boolean json;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        Output output = new Output(command.commandLine().getOut());
        if (store != null && !live) {
            throw new ParameterException(command.commandLine(), "`--store` goes with `--live`");
        }
        PrivacyFolder files = PrivacyFolder.read(folder.path());
        Checked checked = FolderCheck.check(files.files(), files.unread());
        if (live) {
            checked = LiveSchemas.check(
                    checked, Optional.ofNullable(store), new Environment(System.getenv()), InstantSource.system());
        }
        int exit = checked.failed() ? ExitCode.PROBLEMS : ExitCode.OK;
        if (sarif != null) {
            write(sarif, new SarifLog(folder.path(), Path.of(""), Kept.version()).document(checked.problems(), exit));
        }
        if (json) {
            output.json(document(checked));
        } else {
            print(output, checked);
        }
        return exit;
    }

    private static void write(Path file, Map<String, Object> document) {
        try {
            Files.writeString(file, Output.text(document));
        } catch (IOException e) {
            throw new CannotRun(
                    "`" + file + "` cannot be written", "see that its folder is there and you may write to it", e);
        }
    }

    private static void print(Output output, Checked checked) {
        checked.problems().stream().limit(MOST_SHOWN).forEach(output::problem);
        if (checked.problems().size() > MOST_SHOWN) {
            output.line("");
            output.line("… and " + (checked.problems().size() - MOST_SHOWN)
                    + " more: correct these first, or see all with `--json`");
        }
        long errors = checked.count(Problem.Severity.ERROR);
        long advice = checked.count(Problem.Severity.ADVICE);
        if (!checked.problems().isEmpty()) {
            output.line("");
        }
        String found = errors == 0 ? output.green("no errors") : output.red(Output.count(errors, "error"));
        output.line(found + ", " + (advice == 1 ? "1 piece of advice" : advice + " pieces of advice") + "; "
                + Output.count(checked.stores().size(), "store") + ", " + Output.count(checked.casesRun(), "case"));
        if (checked.casesNotRun() > 0) {
            output.line(Output.count(checked.casesNotRun(), "case") + " not run: the map of the store has errors");
        }
    }

    private static Map<String, Object> document(Checked checked) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ok", !checked.failed());
        document.put("errors", checked.count(Problem.Severity.ERROR));
        document.put("advice", checked.count(Problem.Severity.ADVICE));
        document.put("stores", checked.stores().keySet());
        document.put("cases", checked.casesRun());
        document.put("cases-not-run", checked.casesNotRun());
        document.put("problems", Output.json(checked.problems()));
        return document;
    }
}
