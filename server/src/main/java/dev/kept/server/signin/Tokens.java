package dev.kept.server.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the provider's signed tokens: ID tokens (OpenID Connect Core 1.0, section 3.1.3.7) and logout tokens (Back-Channel Logout 1.0, section 2.6).
 * Only signatures by a private key that the provider alone has count: neither unsigned tokens, nor such as are signed with a key that is public or shared.
 */
final class Tokens {

    /** How far the provider's clock may be off. */
    static final Duration SKEW = Duration.ofSeconds(60);

    /** How old a logout token may be: longer ones are forgotten, and could come again. */
    static final Duration LOGOUT_LIVES = Duration.ofMinutes(10);

    private static final Set<JWSAlgorithm> ASYMMETRIC = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private final String issuer;
    private final String client;
    private final JWKSource<SecurityContext> keys;
    private final InstantSource clock;

    Tokens(String issuer, String client, JWKSource<SecurityContext> keys, InstantSource clock) {
        this.issuer = issuer;
        this.client = client;
        this.keys = keys;
        this.clock = clock;
    }

    /** @param nonce of the sign-in; empty for a token that renews another */
    JWTClaimsSet idToken(String token, String nonce) throws SignInRefused {
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder().issuer(issuer);
        if (!nonce.isEmpty()) {
            exact.claim("nonce", nonce);
        }
        JWTClaimsSet claims = read(
                token,
                new Claims(exact.build(), Set.of("iss", "sub", "aud", "exp", "iat"), Set.of()),
                Set.of(JOSEObjectType.JWT));
        // A token for several audiences names the one it was made for.
        Object party = claims.getClaim("azp");
        if (party == null ? claims.getAudience().size() > 1 : !client.equals(party)) {
            throw new SignInRefused("the provider's ID token was made for another client");
        }
        return claims;
    }

    JWTClaimsSet logoutToken(String token) throws SignInRefused {
        JWTClaimsSet claims = read(
                token,
                new Claims(
                        new JWTClaimsSet.Builder().issuer(issuer).build(),
                        Set.of("iss", "aud", "iat", "exp", "jti", "events"),
                        Set.of("nonce")),
                Set.of(JOSEObjectType.JWT, new JOSEObjectType("logout+jwt")));
        boolean event =
                claims.getClaim("events") instanceof Map<?, ?> events && events.get(LOGOUT_EVENT) instanceof Map;
        boolean somebody = claims.getSubject() != null || claims.getClaim("sid") instanceof String;
        if (!event || !somebody) {
            throw new SignInRefused("the token says of nobody that they signed out");
        }
        if (claims.getIssueTime().toInstant().isBefore(clock.instant().minus(LOGOUT_LIVES))) {
            throw new SignInRefused("the logout token is too old");
        }
        return claims;
    }

    private JWTClaimsSet read(String token, Claims expected, Set<JOSEObjectType> types) throws SignInRefused {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        Set<JOSEObjectType> orNone = new java.util.HashSet<>(types);
        orNone.add(null);
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(orNone));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ASYMMETRIC, keys));
        processor.setJWTClaimsSetVerifier(expected);
        try {
            return processor.process(SignedJWT.parse(token), null);
        } catch (RemoteKeySourceException e) {
            throw SignInRefused.unreachable();
        } catch (ParseException | KeySourceException | BadJOSEException e) {
            throw new SignInRefused(
                    "the provider's token is not what it should be: signature, issuer, audience, nonce or time");
        } catch (JOSEException e) {
            throw new SignInRefused("the provider's token cannot be verified");
        }
    }

    /** What is claimed, beside what is expected, at this clock's time. */
    private final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {

        Claims(JWTClaimsSet exact, Set<String> required, Set<String> prohibited) {
            super(Set.of(client), exact, required, prohibited);
            setMaxClockSkew((int) SKEW.toSeconds());
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }

        @Override
        public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
            super.verify(claims, context);
            Instant issued = claims.getIssueTime().toInstant();
            if (issued.isAfter(clock.instant().plus(SKEW))) {
                throw new BadJWTException("issued in the future");
            }
            if (claims.getSubject() != null && claims.getSubject().isBlank()) {
                throw new BadJWTException("about nobody");
            }
        }
    }

    /** The values of a claim: one text, or several. A dotted name leads into it, as in {@code realm_access.roles}. */
    static List<String> values(JWTClaimsSet claims, String name) {
        Object found = claims.getClaim(name);
        if (found == null && name.contains(".")) {
            Object at = claims.getClaims();
            for (String step : name.split("\\.", -1)) {
                at = at instanceof Map<?, ?> map ? map.get(step) : null;
            }
            found = at;
        }
        return switch (found) {
            case String one -> List.of(one);
            case List<?> several ->
                several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }
}
