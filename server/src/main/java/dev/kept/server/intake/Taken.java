package dev.kept.server.intake;

import dev.kept.core.rights.request.Ask;
import dev.kept.server.request.Typed;
import java.time.Instant;

/**
 * A request that can be taken over.
 *
 * @param reference how the other system calls it
 * @param received when it reached the company: from then the time to answer counts
 */
public record Taken(String reference, Ask ask, Typed typed, String language, Instant received) {

    @Override
    public String toString() {
        return "a request to be taken over";
    }
}
