package dev.kept.core.check;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The example's files with parts cut out, doubled, swapped and scrambled: a check never throws, and says what is wrong at a place. */
class MutilatedFilesTest {

    private static final long SEED = 20260101;
    private static final int ROUNDS = Integer.getInteger("kept.mutilations", 60);
    private static final List<String> SCRAPS = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            "- ",
            "\t",
            "\n",
            "\"",
            "'",
            "#",
            "&a ",
            "*a",
            "!!int ",
            "|\n",
            "---\n",
            "null",
            "~",
            "0x10",
            "1e999",
            "2026-02-30",
            "99999999999 years",
            "{{",
            "}}",
            "{#",
            "\u0000",
            "\ufeff",
            "\ud800",
            "é",
            "[[[[[[[[",
            "never",
            "true",
            "? ",
            "<<: ",
            ", ");

    @Test
    void a_check_of_mutilated_files_answers() {
        Map<String, String> whole = Example.whole().files();
        List<String> names = whole.keySet().stream()
                .filter(name -> !name.startsWith("cases/") || name.equals("cases/signals.yaml"))
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            Example example = Example.whole().withoutCases();
            example.with("cases/signals.yaml", whole.getOrDefault("cases/signals.yaml", ""));
            String name = names.get(random.nextInt(names.size()));
            String changed = whole.getOrDefault(name, "");
            for (int i = 0; i <= random.nextInt(4); i++) {
                changed = mutilated(changed, random);
            }
            example.with(name, changed);
            String seed = name + ", seed " + (SEED + round);
            assertThatCode(() -> check(example)).as(seed).doesNotThrowAnyException();
        }
    }

    private static void check(Example example) {
        for (Problem problem : example.check().problems()) {
            boolean placed =
                    !problem.place().file().isEmpty() && problem.place().line() >= 0;
            if (!placed || problem.message().isBlank() || problem.message().contains("\n")) {
                throw new AssertionError("not well said: " + problem);
            }
        }
    }

    private static String mutilated(String text, Random random) {
        if (text.isEmpty()) {
            return SCRAPS.get(random.nextInt(SCRAPS.size()));
        }
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + 1 + random.nextInt(40));
        return switch (random.nextInt(7)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, to) + text.substring(from);
            case 2 -> text.substring(0, from) + SCRAPS.get(random.nextInt(SCRAPS.size())) + text.substring(from);
            case 3 -> text.substring(0, from);
            case 4 -> text.substring(0, from) + (char) random.nextInt(0x3000) + text.substring(from + 1);
            case 5 -> lines(text, random);
            default ->
                text.substring(0, from)
                        + text.substring(from, to).toUpperCase(java.util.Locale.ROOT)
                        + text.substring(to);
        };
    }

    /** Two lines change places, or one is moved in or out. */
    private static String lines(String text, Random random) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int one = random.nextInt(lines.size());
        if (random.nextBoolean()) {
            lines.set(
                    one,
                    random.nextBoolean()
                            ? "  " + lines.get(one)
                            : lines.get(one).stripLeading());
        } else {
            int other = random.nextInt(lines.size());
            String kept = lines.get(one);
            lines.set(one, lines.get(other));
            lines.set(other, kept);
        }
        return String.join("\n", lines);
    }
}
