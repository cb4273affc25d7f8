package dev.kept.stores.embedded;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;

/** A database password. It prints redacted; {@link #reveal()} is the one way to its characters. */
public final class Password {

    private static final int RANDOM_BYTES = 32;

    private final String characters;

    Password(String characters) {
        this.characters = Objects.requireNonNull(characters, "characters");
    }

    static Password random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Password(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The characters, for the driver that signs in and for nothing else. */
    public String reveal() {
        return characters;
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
