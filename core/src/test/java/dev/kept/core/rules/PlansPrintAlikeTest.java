package dev.kept.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A run is approved, and taken up again, by the hash of what its plan prints: it must print the same in every process, although Java's own
 * immutable sets and maps change their order from one to the next.
 */
class PlansPrintAlikeTest {

    private static final int PROCESSES = 3;

    @Test
    void plans_and_notices_print_the_same_in_every_process() throws IOException, InterruptedException {
        Set<String> orders = new LinkedHashSet<>();
        Set<String> printed = new LinkedHashSet<>();
        for (int i = 0; i < PROCESSES; i++) {
            String[] answer = another().strip().split("\n", 2);
            orders.add(answer[0]);
            printed.add(answer[1]);
        }

        assertThat(orders).as("orders of the same set: processes that differ").hasSizeGreaterThan(1);
        assertThat(printed).hasSize(1);
        assertThat(printed.iterator().next().lines()).hasSize(RuleExamples.all().size());
    }

    private static String another() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PrintedPlans.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return answer;
    }

    /** What the other processes run. */
    static final class PrintedPlans {

        private PrintedPlans() {}

        /**
         * Prints the order of a set of Java's own, then a line for each rule example. The numbers lie evenly in the set's table, so that each
         * place at which a process may begin gives another order.
         */
        public static void main(String[] args) {
            List<Integer> numbers = java.util.stream.IntStream.range(0, 1_000)
                    .map(number -> 2 * number)
                    .boxed()
                    .toList();
            System.out.println(String.valueOf(Set.copyOf(numbers)));
            for (RuleExample example : RuleExamples.all()) {
                String text = MemorySweep.plan(example.question(), example.scope())
                                .withoutCosts()
                                .toString()
                        + example.notice();
                System.out.println(example.name() + " " + text.length() + " " + sha256(text));
            }
        }

        private static String sha256(String text) {
            try {
                return java.util.HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }
}
