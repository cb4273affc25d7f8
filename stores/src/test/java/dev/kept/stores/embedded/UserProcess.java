package dev.kept.stores.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another process that uses an embedded PostgreSQL, and the line to it: it opens the directory, says the server's
 * number, port and data directory, and closes when it is told to.
 */
final class UserProcess implements AutoCloseable {

    /** A name that only a UTF-8 locale can spell, made by the process itself. */
    static final String AWKWARD_NAME = "kept dir 'Präsident' 隠す & co";

    private final Process process;
    private final BufferedReader output;
    private final PrintStream input;

    private UserProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** What the process says once it has opened the directory. */
    record Opened(long serverProcessId, int port, String data) {}

    static UserProcess start(Path directory, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                UserProcess.class.getName(),
                directory.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new UserProcess(builder.start());
    }

    Opened awaitOpened() throws IOException {
        String[] words = readLine().split("\t", -1);
        return new Opened(Long.parseLong(words[0]), Integer.parseInt(words[1]), words[2]);
    }

    private String readLine() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the process ended without a word");
        }
        return line;
    }

    /** Lets the process close the directory and end. */
    void finish() throws InterruptedException {
        input.println("close");
        process.waitFor();
    }

    /** Ends the process as a closed terminal or a time limit does: its shutdown hooks run. */
    void terminate() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** Kills the process with no chance to tidy up. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        if (arguments.length > 1) {
            directory = directory.resolve(AWKWARD_NAME);
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(directory, TestCluster.options())) {
            PostmasterFile server = PostmasterFile.read(
                            directory.toRealPath().resolve("database").resolve("data"))
                    .orElseThrow();
            postgres.createDatabase("shared");
            out.println(server.processId() + "\t" + server.port() + "\t" + server.data());
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        }
    }
}
