package dev.kept.server.request;

import dev.kept.core.source.Sha256;
import java.security.SecureRandom;
import java.util.Locale;

/** Codes that people read and type, and what is kept of secrets: only hashes. */
final class Secret {

    /** Without letters and digits that are taken for each other (Crockford's base 32). */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secret() {}

    /** So many characters of five bits each, in groups of four. */
    static String code(int characters) {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            if (i > 0 && i % 4 == 0) {
                code.append('-');
            }
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /** A code as people type it: case, blanks and dashes do not matter, nor O for 0 and I or L for 1. */
    static String plain(String typed) {
        return typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }

    /** What is kept of a secret; {@code purpose} sets apart what is secret for different things. */
    static byte[] hash(String purpose, String secret) {
        return Sha256.bytes(purpose + "\n" + secret);
    }
}
