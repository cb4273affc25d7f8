package dev.kept.core.suppression;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key with which identifiers of erased persons are hashed (HMAC-SHA-256, RFC 2104 and FIPS 180-4). Whoever has the hashes and not the key
 * cannot try names against them; once the key is destroyed nobody can.
 */
public final class SuppressionKey {

    /** As long as the hash: RFC 2104 section 3 advises against less. */
    public static final int BYTES = 32;

    /** What the hash is for, so that nothing else made with a key of ours is like it. */
    private static final byte[] PURPOSE = "kept: an erased identifier".getBytes(StandardCharsets.UTF_8);

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    /** @param secret {@value #BYTES} random bytes */
    public SuppressionKey(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes");
        }
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** 64 hexadecimal digits. Each part is preceded by its length, so that no two identifiers are written alike. */
    public synchronized String hash(String store, Identifier identifier) {
        mac.update(PURPOSE);
        part(store);
        part(identifier.kind());
        part(identifier.finder());
        identifier.values().forEach(this::part);
        return HexFormat.of().formatHex(mac.doFinal());
    }

    private void part(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        mac.update(bytes);
    }

    @Override
    public String toString() {
        return "a key for erased identifiers";
    }
}
