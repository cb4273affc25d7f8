package dev.kept.core.proof.page;

import dev.kept.core.proof.Verdict;

/** How a verdict shows: never by colour alone. */
final class Marks {

    private Marks() {}

    /** The class of its elements: {@code v-broken}. */
    static String style(Verdict.Kind kind) {
        return switch (kind) {
            case BROKEN -> "v-broken";
            case NOT_SHOWN -> "v-open";
            case NOT_EXCEEDED -> "v-within";
            case KEPT -> "v-kept";
        };
    }

    static String sign(Verdict.Kind kind) {
        return switch (kind) {
            case BROKEN -> "✗";
            case NOT_SHOWN -> "?";
            case NOT_EXCEEDED -> "≤";
            case KEPT -> "✓";
        };
    }
}
