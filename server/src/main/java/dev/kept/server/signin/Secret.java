package dev.kept.server.signin;

import dev.kept.core.source.Sha256;
import dev.kept.server.state.Token;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A random value that whoever has it may use: 256 bits as base64url (RFC 4648, section 5). Kept stores only its hash; it prints without its value. */
record Secret(String value) {

    private static final Pattern WRITTEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    static Secret fresh() {
        return new Secret(Token.fresh());
    }

    /** What somebody sent, where it can be one. */
    static Optional<Secret> sent(String text) {
        return WRITTEN.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
    }

    /** SHA-256: of so many random bits no slower hash is needed. */
    byte[] hash() {
        return Sha256.bytes(value);
    }

    /** Another secret that follows from this one and tells nothing of it (HMAC-SHA-256, RFC 2104). */
    byte[] derived(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
