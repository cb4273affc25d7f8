package dev.kept.server.signin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What only the holder of a session's token can read: AES-256-GCM under a key that follows from the token, of which Kept has no more than a hash. */
final class Sealing {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What is sealed. */
    enum Purpose {
        RENEWAL("renewal"),
        ID_TOKEN("id-token");

        private final String word;

        Purpose(String word) {
            this.word = word;
        }
    }

    private Sealing() {}

    /** @param purpose what is sealed: what is sealed for one thing opens as no other */
    static byte[] seal(Secret token, Purpose purpose, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, token, purpose, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** The text; empty where it was sealed with another token, or altered. */
    static Optional<String> open(Secret token, Purpose purpose, byte[] sealed) {
        if (sealed.length <= NONCE_BYTES) {
            return Optional.empty();
        }
        ByteBuffer read = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        read.get(nonce);
        byte[] rest = new byte[read.remaining()];
        read.get(rest);
        try {
            byte[] text = cipher(Cipher.DECRYPT_MODE, token, purpose, nonce).doFinal(rest);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, Secret token, Purpose purpose, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(token.derived(purpose.word), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
