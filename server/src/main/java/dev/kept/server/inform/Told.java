package dev.kept.server.inform;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * How far a recipient has been told.
 *
 * @param recipient its name in the notice
 * @param done erasure, rectification, restriction
 * @param way mail, webhook, by-hand
 * @param reason why somebody has to see to it
 * @param dueAt when it is looked at next, or a task is to be done
 */
public record Told(
        UUID id,
        UUID request,
        String recipient,
        String done,
        String way,
        Standing standing,
        Optional<String> reason,
        Instant madeAt,
        Optional<Instant> toldAt,
        Instant dueAt,
        Optional<Instant> endedAt,
        int reminders) {

    /** What is known of it. */
    public enum Standing {
        /** The message is under way. */
        WAITING,
        /** A mail server took it; the recipient has not confirmed. */
        TOLD,
        /** The recipient confirmed: by the link, or its address answered 2xx. */
        CONFIRMED,
        /** Somebody has to see to it. */
        TASK,
        /** Somebody has. */
        CLOSED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
