package dev.kept.server.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the command line: {@code kept} alone says what there is. */
@Command(
        name = "kept",
        description = "The privacy notice, kept: check it, plan it, obey it, answer the people who invoke it.",
        mixinStandardHelpOptions = true,
        versionProvider = Kept.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, nothing found wrong",
            "1:ran, and found problems",
            "2:could not run",
            "3:waits for another operator's approval"
        })
public final class Kept implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
        return ExitCode.OK;
    }

    /** The version of the jar this runs from. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"kept " + version()};
        }
    }

    static String version() {
        String version = Kept.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }
}
