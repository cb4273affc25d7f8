package dev.kept.core.notice;

import java.util.Locale;
import java.util.Optional;

/** The legal bases of GDPR Art. 6(1)(a) to (f), in that order. */
public enum LegalBasis {
    CONSENT,
    CONTRACT,
    LEGAL_OBLIGATION,
    VITAL_INTERESTS,
    PUBLIC_TASK,
    LEGITIMATE_INTERESTS;

    public static Optional<LegalBasis> parse(String word) {
        for (LegalBasis basis : values()) {
            if (basis.word().equals(word)) {
                return Optional.of(basis);
            }
        }
        return Optional.empty();
    }

    /** As the notice writes it: {@code legitimate-interests}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its letter in GDPR Art. 6(1). */
    public String letter() {
        return switch (this) {
            case CONSENT -> "a";
            case CONTRACT -> "b";
            case LEGAL_OBLIGATION -> "c";
            case VITAL_INTERESTS -> "d";
            case PUBLIC_TASK -> "e";
            case LEGITIMATE_INTERESTS -> "f";
        };
    }
}
