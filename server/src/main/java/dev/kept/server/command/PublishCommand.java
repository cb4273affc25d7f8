package dev.kept.server.command;

import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.publish.Candidate;
import dev.kept.server.publish.Freezing;
import dev.kept.server.publish.WhatIf;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kept publish [DIR]}: freeze a version of the notice, and say what is new in it. */
@Command(
        name = "publish",
        description = "Freeze a version of the notice, and say how it differs from the one before and whom to tell.",
        mixinStandardHelpOptions = true)
public final class PublishCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private FolderArgument folder = new FolderArgument();

    @Option(
            names = "--what-if",
            description =
                    "publish nothing: count on the live stores which rows, persons, consents and letters it would touch")
    private boolean whatIf;

    @Option(names = "--dry-run", description = "publish nothing: say only what is new; needs no database")
    private boolean dryRun;

    @Option(names = "--json", description = "print one JSON document")
    private boolean json;

    @Override
    public Integer call() {
        Output output = new Output(Objects.requireNonNull(spec).commandLine().getOut());
        Candidate candidate = Candidate.of(PrivacyFolder.read(folder.path()), InstantSource.system());
        Optional<WhatIf> touched = whatIf && candidate.differs() ? Optional.of(count(candidate)) : Optional.empty();
        Optional<Path> frozen = candidate.differs() && !whatIf && !dryRun
                ? Optional.of(Freezing.freeze(folder.path(), candidate.publication()))
                : Optional.empty();
        if (json) {
            output.json(PublishReport.document(candidate, touched, frozen.isPresent()));
        } else {
            PublishReport.print(output, candidate, touched, frozen);
        }
        return ExitCode.OK;
    }

    private WhatIf count(Candidate candidate) {
        try (Home home = Home.open(folder.path(), new Environment(System.getenv()), InstantSource.system())) {
            return WhatIf.of(home, candidate);
        }
    }
}
