package dev.kept.server.command;

import dev.kept.server.failure.CannotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that a command writes: whole, or as it was. What is there and is no regular file ({@code /dev/stdout}, a pipe) is written to as it is. */
final class TextFile {

    private TextFile() {}

    static void write(Path file, String text) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                // of what cannot be replaced nothing is kept: neither created nor emptied
                Files.writeString(file, text, StandardOpenOption.WRITE);
                return;
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CannotRun("`" + file + "` cannot be written", "see that you may write there", e);
        }
    }
}
