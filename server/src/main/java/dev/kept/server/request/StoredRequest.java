package dev.kept.server.request;

import dev.kept.core.rights.request.Request;
import java.time.Instant;
import java.util.UUID;

/**
 * A request as it lies in Kept's own database.
 *
 * @param number how people call it
 * @param language BCP 47, in which she is answered
 * @param firstReceivedAt when it came first; {@link Request#receivedAt} is later where it was reopened
 * @param version counts its events: who writes names the one they read
 */
public record StoredRequest(
        Request request, String number, String language, Channel channel, Instant firstReceivedAt, long version) {

    public UUID id() {
        return request.id();
    }

    /** From where it came. None of these proves anything. */
    public enum Channel {
        /** The form of the privacy centre. */
        FORM,
        /** The company's own site, which handed over who is signed in. */
        SITE,
        /** Entered by staff: by telephone, by letter, by mail. */
        STAFF,
        /** Taken over from another system. */
        IMPORT,
        /** By the interface for programs. */
        API;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
