package dev.kept.server.inform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of messages as Standard Webhooks 1.0 writes them: {@code v1,} and the HMAC-SHA256 of id, time and body under each key, so that keys can be
 * exchanged without a message lost.
 */
final class Signature {

    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private Signature() {}

    /** A secret as it is written ({@code whsec_} and base64), of 24 to 64 bytes. */
    static byte[] key(String secret) {
        if (secret.startsWith(PREFIX)) {
            byte[] key =
                    Base64.getDecoder().decode(secret.substring(PREFIX.length()).strip());
            if (key.length >= LEAST_BYTES && key.length <= MOST_BYTES) {
                return key;
            }
        }
        throw new IllegalArgumentException("a secret is `whsec_` and base64 of 24 to 64 bytes");
    }

    /** The header {@code webhook-signature}. */
    static String header(List<byte[]> keys, String id, Instant at, byte[] body) {
        return keys.stream()
                .map(key -> "v1," + Base64.getEncoder().encodeToString(mac(key, id, at, body)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] mac(byte[] key, String id, Instant at, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
