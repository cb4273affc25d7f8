package dev.kept.server.command;

import dev.kept.core.proof.Report;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.proof.LookWatch;
import dev.kept.server.proof.Proving;
import dev.kept.server.proof.ReportFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kept prove [DIR]}: for every sentence of the notice, whether it is being kept. */
@Command(
        name = "prove",
        description = "Say of every sentence of the notice whether it is kept, from the live stores; read-only there.",
        mixinStandardHelpOptions = true)
public final class ProveCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "folder of the notice, as `--notice`")
    private @Nullable Path folder;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "how long a snapshot of a store may stand (default: ${DEFAULT-VALUE})")
    private long limitSeconds = Proving.SNAPSHOT_LIMIT.toSeconds();

    @Option(
            names = "--html",
            paramLabel = "FOLDER",
            description = "also write the report there: a page a language, the document, a badge, the proof")
    private @Nullable Path html;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        Output output = new Output(command.commandLine().getOut());
        if (limitSeconds < 1) {
            throw new ParameterException(command.commandLine(), "`--limit` is at least a second");
        }
        Path notice = Optional.ofNullable(folder).orElse(options.folder());
        try (Home home = Home.obeyed(notice, new Environment(System.getenv()), InstantSource.system());
                StatusLine line = new StatusLine(command.commandLine().getErr())) {
            Report report = new Proving(home, Duration.ofSeconds(limitSeconds), watch(line)).prove(options.store());
            line.close();
            ReportFiles files = ReportFiles.of(home, report);
            if (html != null) {
                files.write(html);
            }
            if (options.json()) {
                output.json(files.document());
            } else {
                new VerdictReport(output, report).print();
            }
            return report.broken() || report.failed() ? ExitCode.PROBLEMS : ExitCode.OK;
        }
    }

    private static LookWatch watch(StatusLine line) {
        return (store, what, done, total) -> line.say(
                () -> String.format(Locale.ROOT, "%s: looking at %s, table %d of %d", store, what, done + 1, total));
    }
}
