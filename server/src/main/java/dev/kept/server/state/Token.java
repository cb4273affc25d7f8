package dev.kept.server.state;

import java.security.SecureRandom;
import java.util.Base64;

/** What opens something for whoever has it: in a link, a cookie, a key. Kept has no more than its hash. */
public final class Token {

    /** 256 bits: nobody guesses it, and no slow hash is needed. */
    private static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Token() {}

    /** A new one, as base64url without padding (RFC 4648, section 5): 43 characters. */
    public static String fresh() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
