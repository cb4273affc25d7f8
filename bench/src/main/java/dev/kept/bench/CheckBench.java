package dev.kept.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The whole process of {@code kept check} on the example, beside the start of an empty JVM. */
final class CheckBench {

    private static final int ROUNDS = 11;
    private static final double BAR_SECONDS = 0.6;

    private CheckBench() {}

    static List<Figure> run() throws Exception {
        Path root = Place.root();
        List<String> check = List.of(
                root.resolve("kept").toString(),
                "check",
                root.resolve("examples/larkfield/privacy").toString());
        List<String> empty = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Place.jar().toString(),
                "dev.kept.bench.Nothing");
        process(check);
        process(empty);
        double[] checks = new double[ROUNDS];
        double[] empties = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            checks[i] = Measure.millis(() -> process(check)) / 1e3;
            empties[i] = Measure.millis(() -> process(empty)) / 1e3;
        }
        double seconds = Measure.median(checks);
        double base = Measure.median(empties);
        return List.of(new Figure(
                "check",
                "process",
                seconds,
                "s",
                "<= 0.6",
                seconds <= BAR_SECONDS,
                String.format(
                        Locale.ROOT, "%.1f x an empty JVM (%.3f s), medians of %d", seconds / base, base, ROUNDS)));
    }

    private static void process(List<String> command) throws Exception {
        int exit = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException(command + " ended with " + exit);
        }
    }
}
