package dev.kept.core.rights.request;

import java.time.Instant;

/**
 * More time, for which the person was told why (GDPR Art. 12(3)).
 *
 * @param months one or two, from the day the request would have been due by law
 */
public record Extension(Reason reason, int months, Instant at) {

    /** The most the law allows. */
    public static final int MOST_MONTHS = 2;

    /** The only reasons the law knows. */
    public enum Reason {
        COMPLEXITY,
        NUMBER_OF_REQUESTS
    }

    public Extension {
        if (months < 1 || months > MOST_MONTHS) {
            throw new IllegalArgumentException("a request is extended by one or two months");
        }
    }
}
