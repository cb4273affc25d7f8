package dev.kept.server.answer;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of an answer without its key.
 *
 * @param endsAt until when it can be fetched
 * @param goneAt when it was destroyed
 */
public record KeptAnswer(
        UUID id,
        UUID request,
        Standing standing,
        Instant madeAt,
        Instant endsAt,
        Optional<Instant> goneAt,
        int downloads) {

    /** Whether it can be fetched. */
    public enum Standing {
        /** It is being made, or was when its maker ended. */
        MAKING,
        THERE,
        /** It has expired, or was replaced; its key is destroyed. */
        GONE
    }
}
