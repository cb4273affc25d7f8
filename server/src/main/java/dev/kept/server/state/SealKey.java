package dev.kept.server.state;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of one thing's own, under which it lies sealed (AES-256-GCM, NIST SP 800-38D) and without which it is gone. What it seals is bound to what it
 * is said to be, so that one row's content does not open in another's place.
 */
public final class SealKey {

    public static final int BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    private SealKey(byte[] bytes) {
        this.bytes = bytes;
    }

    public static SealKey fresh() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new SealKey(bytes);
    }

    /** @throws IllegalArgumentException where these are not 32 bytes */
    public static SealKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes");
        }
        return new SealKey(bytes.clone());
    }

    /** The key itself: for where it is kept, and nowhere else. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** @param what what it is, the same when it is opened: {@code mail 6f1c…} */
    public byte[] seal(String what, byte[] content) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, what).doFinal(content);
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("content cannot be sealed", e);
        }
    }

    /** What was sealed; empty where it was sealed under another key, as something else, or was changed. */
    public Optional<byte[]> open(String what, byte[] sealed) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
            return Optional.empty();
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), what);
            return Optional.of(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String what) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(what.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "a key";
    }
}
