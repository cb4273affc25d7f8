package dev.kept.core.notice.version;

import java.util.Locale;
import java.util.Optional;

/**
 * One rule that differs between two versions.
 *
 * @param path the rule
 * @param language of the prose, where it is one language that says something else
 * @param said what was and what is, in a sentence
 */
public record Change(String path, Weight weight, Reason reason, Optional<String> language, String said) {

    /** Whether people must be told before it binds them. */
    public enum Weight {
        MATERIAL,
        EDITORIAL
    }

    /** In which way a version differs. Those before {@link #NARROWER} are material. */
    public enum Reason {
        NEW_CONTROLLER,
        COVERS_MORE,
        COVERS_LESS,
        NEW_DATA,
        NEW_USE,
        NEW_RECIPIENT,
        NEW_COOKIE,
        LONGER_PERIOD,
        WEAKER_BASIS,
        WEAKER_RIGHT,
        WEAKER_DUTY,
        LANGUAGE_SAYS_LESS,
        /** Less data, fewer uses, shorter periods, stronger rights. */
        NARROWER,
        /** Other words for the same rules. */
        WORDS;

        public Weight weight() {
            return compareTo(NARROWER) < 0 ? Weight.MATERIAL : Weight.EDITORIAL;
        }

        /** As it is written: {@code longer-period}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static Change of(String path, Reason reason, String said) {
        return new Change(path, reason.weight(), reason, Optional.empty(), said);
    }

    static Change in(String language, String path, Reason reason, String said) {
        return new Change(path, reason.weight(), reason, Optional.of(language), said);
    }
}
