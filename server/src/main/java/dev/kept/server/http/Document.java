package dev.kept.server.http;

import dev.kept.core.source.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * What is sent for an address.
 *
 * @param packed the same with gzip, where that is shorter
 * @param type the media type, with its charset
 * @param tag the entity tag (RFC 9110, section 8.8.3), quotes included
 * @param caching the header {@code Cache-Control}
 * @param policy the header {@code Content-Security-Policy}; empty where nothing of it can run
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
record Document(
        byte[] body, Optional<byte[]> packed, String type, String tag, String caching, Optional<String> policy) {

    /** Below this packing gains nothing. */
    private static final int LEAST_PACKED = 1_000;

    private static final String FOREVER = "public, max-age=31536000, immutable";

    static final String HTML = "text/html; charset=utf-8";
    static final String MARKDOWN = "text/markdown; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";
    static final String JSON_LD = "application/ld+json";
    static final String JSON = "application/json";
    static final String SVG = "image/svg+xml";
    static final String BYTES = "application/octet-stream";

    /** For what may change with the next version or look. */
    static final Duration SHORT = Duration.ofMinutes(5);

    static Document text(String body, String type) {
        return text(body, type, Optional.empty());
    }

    /** A text that may be another soon. */
    static Document text(String body, String type, Optional<String> policy) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Document(
                bytes,
                packed(bytes),
                type,
                tag(body),
                "public, max-age=" + SHORT.toSeconds() + ", must-revalidate",
                policy);
    }

    /** A page that was made elsewhere; pages carry their own policy, which this one does not widen. */
    static Document of(byte[] body, String type) {
        String caching = "public, max-age=60, must-revalidate";
        Optional<String> policy = type.equals(HTML)
                ? Optional.of("default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none';"
                        + " form-action 'none'; frame-ancestors 'self'")
                : Optional.empty();
        return new Document(
                body, packed(body), type, tag(new String(body, StandardCharsets.ISO_8859_1)), caching, policy);
    }

    /** Bytes that never change at their address. */
    static Document forever(byte[] body, String type, String tag) {
        return new Document(body, Optional.empty(), type, tag, FOREVER, Optional.empty());
    }

    /** A file that pages name: packed where that is shorter, and unable to run anything by itself. */
    static Document asset(byte[] body, String type) {
        return new Document(
                body,
                packed(body),
                type,
                tag(new String(body, StandardCharsets.ISO_8859_1)),
                FOREVER,
                Optional.of("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"));
    }

    /** Bytes that are asked for anew each time. */
    static Document fresh(byte[] body, String type, String tag) {
        return new Document(body, Optional.empty(), type, tag, "no-cache", Optional.empty());
    }

    private static Optional<byte[]> packed(byte[] body) {
        if (body.length < LEAST_PACKED) {
            return Optional.empty();
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(packed.toByteArray());
    }

    /** An entity tag of a text. */
    static String tag(String body) {
        return '"' + Sha256.of(body).substring(0, 32) + '"';
    }
}
