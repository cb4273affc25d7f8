package dev.kept.server.centre;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.SiteKey;
import dev.kept.server.failure.CannotRun;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.HexFormat;

/**
 * A key of the company's site, good for one algorithm (RFC 8725, section 3.1): what the token says of algorithms is compared and never believed, and
 * keys that a token brings along are not looked at.
 */
final class SiteSignature {

    /** Below it a shared secret could be guessed (RFC 7518, section 3.2). */
    private static final int LEAST_SECRET_BYTES = 32;

    /** What stands before the 32 bytes of an Ed25519 key in X.509 (RFC 8410, section 4). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_BYTES = 32;

    private final String algorithm;
    private final Check check;

    private interface Check {
        boolean fits(JWSObject token) throws JOSEException, GeneralSecurityException;
    }

    private SiteSignature(String algorithm, Check check) {
        this.algorithm = algorithm;
        this.check = check;
    }

    /** @throws CannotRun where the key is none, or none of its algorithm */
    static SiteSignature of(SiteKey key, Environment environment) {
        try {
            JWK jwk = JWK.parse(key.jwk(environment));
            Check check = switch (key.algorithm()) {
                case EDDSA -> edDsa(jwk);
                case ES256 -> es256(jwk);
                case HS256 -> hs256(jwk);
            };
            return new SiteSignature(key.algorithm().word(), check);
        } catch (ParseException | JOSEException | GeneralSecurityException | IllegalArgumentException e) {
            // its message may quote the key
            throw new CannotRun(
                    "the key `" + key.id() + "` of the site is no JWK for "
                            + key.algorithm().word(),
                    "write the public key as {kty: OKP, crv: Ed25519, x: …}; a secret as {\"kty\": \"oct\", \"k\": …} of at least "
                            + LEAST_SECRET_BYTES + " bytes in the environment");
        }
    }

    private static Check edDsa(JWK jwk) throws GeneralSecurityException {
        if (!(jwk instanceof OctetKeyPair pair) || !pair.getCurve().equals(Curve.Ed25519) || pair.isPrivate()) {
            throw new IllegalArgumentException("no public Ed25519 key");
        }
        byte[] x = pair.getX().decode();
        if (x.length != ED25519_BYTES) {
            throw new IllegalArgumentException("no public Ed25519 key");
        }
        byte[] encoded = java.util.Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + ED25519_BYTES);
        System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, ED25519_BYTES);
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        return token -> {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(token.getSigningInput());
            return signature.verify(token.getSignature().decode());
        };
    }

    private static Check es256(JWK jwk) throws JOSEException {
        if (!(jwk instanceof ECKey ec) || !ec.getCurve().equals(Curve.P_256) || ec.isPrivate()) {
            throw new IllegalArgumentException("no public P-256 key");
        }
        ECDSAVerifier verifier = new ECDSAVerifier(ec);
        return token -> token.verify(verifier);
    }

    private static Check hs256(JWK jwk) throws JOSEException {
        if (!(jwk instanceof OctetSequenceKey octets) || octets.toByteArray().length < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException("no secret, or too short a one");
        }
        MACVerifier verifier = new MACVerifier(octets.toByteArray());
        return token -> token.verify(verifier);
    }

    /** Whether the token is signed with this key, and by its algorithm. */
    boolean fits(JWSObject token) {
        if (!token.getHeader().getAlgorithm().equals(JWSAlgorithm.parse(algorithm))) {
            return false;
        }
        try {
            return check.fits(token);
        } catch (JOSEException | GeneralSecurityException | IllegalStateException e) {
            return false;
        }
    }
}
