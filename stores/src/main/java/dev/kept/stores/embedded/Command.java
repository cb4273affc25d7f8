package dev.kept.stores.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, within a time limit, with nothing of the caller's PostgreSQL environment. */
final class Command {

    private static final int MOST_OUTPUT_BYTES = 64 * 1024;

    /** How a program ended: its exit code and what it wrote, at most 64 KiB of it. */
    record Outcome(int exitCode, String output) {

        boolean succeeded() {
            return exitCode == 0;
        }

        List<String> lines() {
            return output.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    private Command() {}

    /** @throws IOException where the program cannot be started, or does not end within the limit */
    static Outcome run(List<String> words, Path workingDirectory, Duration limit) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> output.complete(read(process.getInputStream())));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException("`%s` did not end within %d s".formatted(words.getFirst(), limit.toSeconds()));
            }
            return new Outcome(process.exitValue(), output.join());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for `%s`".formatted(words.getFirst()), e);
        }
    }

    private static String read(InputStream stream) {
        try (stream) {
            String text = new String(stream.readNBytes(MOST_OUTPUT_BYTES), StandardCharsets.UTF_8);
            stream.transferTo(OutputStream.nullOutputStream());
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
