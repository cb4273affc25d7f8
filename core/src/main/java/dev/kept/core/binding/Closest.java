package dev.kept.core.binding;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** "Did you mean": the name nearest to a misspelt one. */
final class Closest {

    private static final int MAX_DISTANCE = 3;

    private Closest() {}

    static String to(String word, Collection<String> names) {
        return names.stream()
                .filter(name -> distance(word, name) <= Math.min(MAX_DISTANCE, Math.max(1, word.length() / 3)))
                .min(Comparator.comparingInt(name -> distance(word, name)))
                .map(name -> "did you mean `" + name + "`?")
                .orElseGet(() -> "write the catalogue anew with `kept map`, or use one of "
                        + List.copyOf(names.stream().sorted().limit(8).toList()));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(row[j - 1], above));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
