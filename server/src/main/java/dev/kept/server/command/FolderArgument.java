package dev.kept.server.command;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The folder of the notice, where a command is about the notice itself. */
final class FolderArgument {

    @Parameters(
            arity = "0..1",
            defaultValue = "privacy",
            paramLabel = "DIR",
            description = "folder of the notice (default: ${DEFAULT-VALUE})")
    private Path folder = Path.of("privacy");

    Path path() {
        return folder;
    }
}
