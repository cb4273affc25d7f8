package dev.kept.server.centre;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** What the company's site signs, and what somebody else would; made of the JDK alone. */
final class ShopTokens {

    static final String AUDIENCE = "https://privacy.dairy.example/privacy";

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    final KeyPair ed = pair("Ed25519", 0);
    final KeyPair ec = pair("EC", 256);
    final byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static KeyPair pair(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (size > 0) {
                generator.initialize(size);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public Ed25519 key as its JWK has it. */
    byte[] x() {
        byte[] encoded = ed.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    String edJwk() {
        return "{kty: OKP, crv: Ed25519, x: " + URL.encodeToString(x()) + "}";
    }

    String ecJwk() {
        ECPublicKey key = (ECPublicKey) ec.getPublic();
        return "{kty: EC, crv: P-256, x: "
                + URL.encodeToString(unsigned(key.getW().getAffineX().toByteArray())) + ", y: "
                + URL.encodeToString(unsigned(key.getW().getAffineY().toByteArray())) + "}";
    }

    private static byte[] unsigned(byte[] number) {
        byte[] padded = new byte[32];
        int from = Math.max(0, number.length - 32);
        System.arraycopy(number, from, padded, 32 - (number.length - from), number.length - from);
        return padded;
    }

    String secretJwk() {
        return "{\"kty\": \"oct\", \"k\": \"" + URL.encodeToString(secret) + "\"}";
    }

    /** {@code kept.yaml} with the keys that the tests sign with. */
    String settings() {
        return "serve: {address: \"https://privacy.dairy.example\"}\nrequests:\n  site:\n"
                + "    - {id: ed, algorithm: EdDSA, key: " + edJwk() + "}\n"
                + "    - {id: ec, algorithm: ES256, key: " + ecJwk() + "}\n"
                + "    - {id: mac, algorithm: HS256, key: \"${DAIRY_KEY}\"}\n";
    }

    /** Claims that are good. */
    static Map<String, Object> claims(Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", AUDIENCE);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(Duration.ofMinutes(5)).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("person", Map.of("customer", "key-of-zoe"));
        claims.put("ask", "access");
        return claims;
    }

    static Map<String, Object> header(String algorithm, String kid) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", algorithm);
        header.put("kid", kid);
        return header;
    }

    private static String signed(Map<String, ?> header, Map<String, ?> claims) {
        return URL.encodeToString(MAPPER.writeValueAsBytes(header)) + "."
                + URL.encodeToString(MAPPER.writeValueAsBytes(claims));
    }

    /** Signed with the site's Ed25519 key. */
    String good(Map<String, ?> claims) {
        return ed(header("EdDSA", "ed"), claims);
    }

    String ed(Map<String, ?> header, Map<String, ?> claims) {
        return with("Ed25519", ed.getPrivate(), header, claims);
    }

    String ec(Map<String, ?> header, Map<String, ?> claims) {
        return with("SHA256withECDSAinP1363Format", ec.getPrivate(), header, claims);
    }

    static String with(String algorithm, PrivateKey key, Map<String, ?> header, Map<String, ?> claims) {
        String input = signed(header, claims);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String mac(byte[] secret, Map<String, ?> header, Map<String, ?> claims) {
        String input = signed(header, claims);
        try {
            Key key = new SecretKeySpec(secret, "HmacSHA256");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return input + "." + URL.encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String unsigned(Map<String, ?> claims) {
        return signed(Map.of("alg", "none", "kid", "ed"), claims) + ".";
    }
}
