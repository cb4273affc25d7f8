package dev.kept.core.source;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** Suggests what a misspelt name was meant to be. */
public final class Spelling {

    /** The longest name compared; beyond it nothing is suggested. */
    private static final int MAX_LENGTH = 100;

    /** The largest number of known names that is listed where none is similar. */
    private static final int MAX_LISTED = 12;

    private Spelling() {}

    /** The known name most like {@code word}, if one is like it at all: a third of its letters may differ. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String best = "";
        int bestDistance = Math.max(1, Math.min(3, word.length() / 3)) + 1;
        for (String candidate : known) {
            if (candidate.length() <= MAX_LENGTH && Math.abs(candidate.length() - word.length()) < bestDistance) {
                int distance = distance(word, candidate);
                if (distance < bestDistance) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** What to try instead of an unknown name: the nearest known one, else the few there are; may be empty. */
    public static String suggest(String word, Collection<String> known) {
        return nearest(word, known)
                .map(name -> "did you mean `" + name + "`?")
                .orElseGet(() -> known.isEmpty() || known.size() > MAX_LISTED ? "" : "write " + oneOf(known));
    }

    /** {@code one of `a`, `b`}. */
    public static String oneOf(Collection<String> known) {
        String listed = known.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return known.size() == 1 ? listed : "one of " + listed;
    }

    /** The number of insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = current;
        }
        return last[b.length()];
    }
}
