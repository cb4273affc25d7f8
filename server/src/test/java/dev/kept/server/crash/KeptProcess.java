package dev.kept.server.crash;

import dev.kept.server.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code java … dev.kept.server.Main} as it is shipped, in a process of its own that can be held at a call and killed. */
final class KeptProcess implements AutoCloseable {

    private final Process process;
    private final Path out;
    private final BufferedReader err;
    private final StringBuilder said = new StringBuilder();

    private final String stop;

    private KeptProcess(Process process, Path out, String stop) {
        this.process = process;
        this.stop = stop;
        this.out = out;
        this.err = process.errorReader(StandardCharsets.UTF_8);
    }

    static KeptProcess start(Path output, String stop, String... arguments) {
        try {
            Path out = Files.createTempFile(output.getParent(), "output", ".txt");
            List<String> words = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-D" + StopAt.PROPERTY + "=" + stop,
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()));
            words.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(words).redirectOutput(out.toFile()).start();
            return new KeptProcess(process, out, stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process is about to open its first connection. */
    KeptProcess awaitReady() {
        if (!await("READY")) {
            throw new IllegalStateException("the process ended before it opened a connection: " + said);
        }
        return this;
    }

    /** Waits until the process is held; false where it ended before. */
    boolean awaitHeld() {
        return await("AT ");
    }

    private boolean await(String word) {
        try {
            String line;
            while ((line = err.readLine()) != null) {
                if (line.startsWith(word)) {
                    return true;
                }
                said.append(line).append('\n');
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is to be held. */
    String stop() {
        return stop;
    }

    /** Lets it go on. */
    KeptProcess go() {
        try {
            OutputStream in = process.getOutputStream();
            in.write('\n');
            in.flush();
            return this;
        } catch (IOException e) {
            boolean more = await("\0");
            throw new IllegalStateException("the process ended while it waited, having said: " + said + more, e);
        }
    }

    /** {@code kill -9}. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for its end. */
    CornerShop.Said end() {
        await("\0");
        try {
            return new CornerShop.Said(process.waitFor(), out(), said.toString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it has printed so far. */
    String out() {
        try {
            return Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
