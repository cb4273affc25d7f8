package dev.kept.core.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The public half of an Ed25519 key under a name (C2SP signed-note, type 0x01). As text: {@code name+id+base64(0x01 || key)}, the id in eight
 * hexadecimal digits.
 *
 * @param key 32 bytes, see RFC 8032 section 5.1.2
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by its bytes
public record VerifierKey(String name, byte[] key) {

    static final byte ED25519 = 1;
    static final int KEY_BYTES = 32;

    public VerifierKey {
        KeyName.check(name);
        if (key.length != KEY_BYTES) {
            throw new MalformedLog("an Ed25519 key has " + KEY_BYTES + " bytes");
        }
        key = key.clone();
    }

    /** @throws MalformedLog where it is no key, or its id is another's */
    public static VerifierKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new MalformedLog("a key is written name+id+base64");
        }
        VerifierKey read = new VerifierKey(parts[0], typed(parts[2]));
        if (!read.hexId().equals(parts[1])) {
            throw new MalformedLog("a key's id is not the one that follows from it");
        }
        return read;
    }

    /** What stands behind the byte that says that the key is one of Ed25519. */
    static byte[] typed(String base64) {
        byte[] typed = Base64Text.decode(base64);
        if (typed.length != 1 + KEY_BYTES || typed[0] != ED25519) {
            throw new MalformedLog("a key is one of Ed25519, type 1");
        }
        return Arrays.copyOfRange(typed, 1, typed.length);
    }

    static String typed(byte[] key) {
        return Base64Text.encode(
                ByteBuffer.allocate(1 + KEY_BYTES).put(ED25519).put(key).array());
    }

    @Override
    public byte[] key() {
        return key.clone();
    }

    /** {@code SHA-256(name || 0x0A || 0x01 || key)[:4]}. */
    public int id() {
        MessageDigest digest = Hash.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update(ED25519);
        return ByteBuffer.wrap(digest.digest(key)).getInt();
    }

    public String hexId() {
        return HexFormat.of().toHexDigits(id());
    }

    boolean verifies(String text, byte[] signature) {
        try {
            PublicKey key = Ed25519.publicKey(this.key);
            Signature verification = Signature.getInstance(Ed25519.NAME);
            verification.initVerify(key);
            verification.update(text.getBytes(StandardCharsets.UTF_8));
            return verification.verify(signature);
        } catch (GeneralSecurityException noSignatureOfThisKey) {
            return false;
        }
    }

    /** As text. */
    @Override
    public String toString() {
        return name + "+" + hexId() + "+" + typed(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && name.equals(that.name) && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(key);
    }
}
