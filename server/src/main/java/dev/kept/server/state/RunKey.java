package dev.kept.server.state;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A run's own key: the identifiers it has frozen are sealed under it, and the new keys of persons whom Kept knows are drawn from it. It is
 * destroyed when the run ends.
 */
public final class RunKey {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What the digits are for, so that nothing else made of the key is like them. */
    private static final String PURPOSE = "kept: a new key";

    private final byte[] bytes;

    private RunKey(byte[] bytes) {
        this.bytes = bytes;
    }

    public static RunKey fresh() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new RunKey(bytes);
    }

    static RunKey of(byte[] bytes) {
        return new RunKey(bytes.clone());
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** 64 hexadecimal digits (HMAC-SHA256), always the same for these values, and like chance to whoever has not the run's key. */
    public String digits(List<String> values) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            mac.update(PURPOSE.getBytes(StandardCharsets.UTF_8));
            for (String value : values) {
                byte[] text = value.getBytes(StandardCharsets.UTF_8);
                mac.update((text.length + ":").getBytes(StandardCharsets.UTF_8));
                mac.update(text);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "a run's key";
    }
}
