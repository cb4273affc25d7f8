package dev.kept.browser;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/** What a company's site does that hands over who is signed in there: signs a token, and posts it by a form. Made of the JDK alone. */
final class HandOver {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final int KEY_BYTES = 32;

    private final String audience;
    private final KeyPair key;

    /** @param audience the privacy centre's own address */
    HandOver(String audience) {
        this.audience = audience;
        try {
            this.key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Under {@code requests:} in {@code kept.yaml}: the site's key. */
    String settings() {
        byte[] encoded = key.getPublic().getEncoded();
        String x = URL.encodeToString(Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
        return "site: [{id: site, algorithm: EdDSA, key: {kty: OKP, crv: Ed25519, x: " + x + "}}]";
    }

    /** A token about a customer who asks for access. */
    String token(int customer) {
        long now = Instant.now().getEpochSecond();
        String claims = """
                {"aud": "%s", "iat": %d, "exp": %d, "jti": "%s", "person": {"customer": "%d"}, "ask": "access", "lang": "en"}""".formatted(audience, now, now + 120, UUID.randomUUID(), customer);
        String input = encoded("{\"alg\": \"EdDSA\", \"kid\": \"site\"}") + "." + encoded(claims);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The page of the site with the form. */
    String page(String token) {
        return """
                <!doctype html><html lang="en"><title>Your account</title><form method="post" action="%s/signed-in">
                <input type="hidden" name="token" value="%s"><button>Your data</button></form></html>""".formatted(audience, token);
    }
}
