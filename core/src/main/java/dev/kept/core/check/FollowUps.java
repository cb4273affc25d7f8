package dev.kept.core.check;

import dev.kept.core.source.Problem;
import dev.kept.core.source.Spelling;
import java.util.List;
import java.util.Set;

/** What the prose asks for and the rules do not have, because what is written there cannot be read: said once, at the rules. */
final class FollowUps {

    private static final Set<String> ASKED_FOR = Set.of("value-unknown", "anchor-unknown", "word-unknown");

    private static final String MISSPELT = "unknown-key";

    private final List<Problem> wrong;

    /** @param ofRules the problems of the rules */
    FollowUps(List<Problem> ofRules) {
        this.wrong = ofRules.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR
                        && !problem.path().isEmpty())
                .toList();
    }

    boolean include(Problem ofProse) {
        String asked = ofProse.path().replaceFirst("^words\\.", "");
        return ASKED_FOR.contains(ofProse.code()) && wrong.stream().anyMatch(problem -> explains(problem, asked));
    }

    /** The same rule, one above or below it, or a misspelling of such a one. */
    private static boolean explains(Problem problem, String asked) {
        if (within(asked, problem.path()) || within(problem.path(), asked)) {
            return true;
        }
        if (!problem.code().equals(MISSPELT)) {
            return false;
        }
        String[] written = problem.path().split("\\.", -1);
        String[] meant = asked.split("\\.", -1);
        int last = written.length - 1;
        for (int i = 0; i < last; i++) {
            if (i >= meant.length || !written[i].equals(meant[i])) {
                return false;
            }
        }
        return last < meant.length
                && Spelling.nearest(written[last], List.of(meant[last])).isPresent();
    }

    private static boolean within(String path, String rule) {
        return path.equals(rule) || path.startsWith(rule + ".");
    }
}
