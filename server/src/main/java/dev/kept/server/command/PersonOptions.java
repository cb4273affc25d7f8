package dev.kept.server.command;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.PersonNames;
import dev.kept.server.run.PersonNames.Named;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a command is about: named on standard input or in a file, never in arguments, which other users of a machine can read. */
final class PersonOptions {

    @Option(
            names = "--persons",
            paramLabel = "FILE",
            description = "file that names the persons (default: standard input)")
    private @Nullable Path file;

    List<Named> read() {
        Path path = file;
        try (BufferedReader in = path == null
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(path)) {
            return PersonNames.read(in);
        } catch (IOException e) {
            throw new CannotRun("`" + path + "` cannot be read", "name a file of UTF-8 text, one person a line", e);
        }
    }
}
