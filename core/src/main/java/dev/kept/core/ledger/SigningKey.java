package dev.kept.core.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;

/**
 * The private half of an Ed25519 key under a name. As text, which is a secret: {@code PRIVATE+KEY+name+id+base64(0x01 || seed)}. Prints as its public
 * half.
 */
public final class SigningKey {

    private static final String LEAD = "PRIVATE+KEY+";

    private final byte[] seed;
    private final VerifierKey verifier;

    private SigningKey(byte[] seed, VerifierKey verifier) {
        this.seed = seed;
        this.verifier = verifier;
    }

    /** @param seed 32 bytes of chance, see RFC 8032 section 5.1.5 */
    public static SigningKey of(String name, byte[] seed) {
        if (seed.length != VerifierKey.KEY_BYTES) {
            throw new MalformedLog("an Ed25519 seed has " + VerifierKey.KEY_BYTES + " bytes");
        }
        try {
            SigningKey key = new SigningKey(seed.clone(), new VerifierKey(name, Ed25519.publicKeyOf(seed)));
            if (!key.verifier.verifies(name, key.sign(name).bytes())) {
                throw new IllegalStateException("this Java derives another public key from an Ed25519 seed");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    /** @throws MalformedLog where it is no key, or its id is another's */
    public static SigningKey parse(String text) {
        String[] parts = text.startsWith(LEAD) ? text.substring(LEAD.length()).split("\\+", 3) : new String[0];
        if (parts.length != 3) {
            throw new MalformedLog("a private key is written " + LEAD + "name+id+base64");
        }
        SigningKey read = of(parts[0], VerifierKey.typed(parts[2]));
        if (!read.verifier.hexId().equals(parts[1])) {
            throw new MalformedLog("a key's id is not the one that follows from it");
        }
        return read;
    }

    public VerifierKey verifier() {
        return verifier;
    }

    SignedNote.Signature sign(String text) {
        try {
            Signature signature = Signature.getInstance(Ed25519.NAME);
            signature.initSign(Ed25519.privateKey(seed));
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return new SignedNote.Signature(verifier.name(), verifier.id(), signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    /** The secret itself, to be stored where nobody else reads. */
    public String revealText() {
        return LEAD + verifier.name() + "+" + verifier.hexId() + "+" + VerifierKey.typed(seed);
    }

    @Override
    public String toString() {
        return verifier.toString();
    }
}
