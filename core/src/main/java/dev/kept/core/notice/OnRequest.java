package dev.kept.core.notice;

import java.util.Locale;
import java.util.Optional;

/** What a request for erasure does to a use (GDPR Art. 17). */
public enum OnRequest {
    /** The use ends with the request. */
    ENDS,
    /** It ends now, unless one of its {@code while} conditions holds for the row. */
    AT_ITS_END,
    /** The request does not touch it (Art. 17(3)). */
    NEVER,
    /** The use is restricted until a person has decided. */
    REVIEW;

    public static Optional<OnRequest> parse(String word) {
        for (OnRequest kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The default for a basis, see {@code docs/semantics.md} section 2. */
    public static OnRequest defaultFor(LegalBasis basis) {
        return switch (basis) {
            case CONSENT, LEGITIMATE_INTERESTS -> ENDS;
            case CONTRACT -> AT_ITS_END;
            case LEGAL_OBLIGATION -> NEVER;
            case VITAL_INTERESTS, PUBLIC_TASK -> REVIEW;
        };
    }
}
