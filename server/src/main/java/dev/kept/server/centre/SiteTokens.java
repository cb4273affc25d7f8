package dev.kept.server.centre;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.source.Sha256;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.SiteKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the tokens of the company's own site: a JWT (RFC 7519) as a compact JWS (RFC 7515), by the rules of RFC 8725. Whatever is wrong with one, it is
 * no token, and nobody is told why.
 *
 * <pre>{@code
 * header  {"alg": "EdDSA", "kid": "shop-2026"}
 * claims  {"aud": "https://privacy.shop.example/privacy", "iat": …, "exp": …, "jti": "…",
 *          "person": {"customer": "17"}, "ask": "access", "lang": "de"}
 * }</pre>
 */
final class SiteTokens {

    /** The longest a token is good. */
    static final Duration LIVES = Duration.ofMinutes(5);

    /** How far the site's clock may be ahead. */
    static final Duration AHEAD = Duration.ofSeconds(30);

    /** A longer one fits into no cookie. */
    static final int LONGEST = 2_800;

    private static final int MOST_NAMES = 5;
    private static final int LONGEST_VALUE = 500;

    private final Map<String, SiteSignature> keys = new LinkedHashMap<>();
    private final String audience;
    private final InstantSource clock;

    /** @param audience the privacy centre's address: a token for another is none here */
    SiteTokens(List<SiteKey> keys, Environment environment, String audience, InstantSource clock) {
        keys.forEach(key -> this.keys.put(key.id(), SiteSignature.of(key, environment)));
        this.audience = audience;
        this.clock = clock;
    }

    Optional<HandedOver> read(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            JWSObject signed = JWSObject.parse(token);
            JWSHeader header = signed.getHeader();
            SiteSignature key = header.getKeyID() == null ? null : keys.get(header.getKeyID());
            boolean plain = (header.getCriticalParams() == null
                            || header.getCriticalParams().isEmpty())
                    && header.isBase64URLEncodePayload();
            return key != null && plain && key.fits(signed)
                    ? claims(
                            header.getKeyID(),
                            JWTClaimsSet.parse(signed.getPayload().toJSONObject()))
                    : Optional.empty();
        } catch (ParseException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private Optional<HandedOver> claims(String kid, JWTClaimsSet claims) throws ParseException {
        String jti = claims.getJWTID();
        if (jti == null || !jti.matches("[!-~]{8,200}") || !claims.getAudience().equals(List.of(audience))) {
            return Optional.empty();
        }
        Map<String, String> by = person(claims);
        Optional<Ask> ask = ask(claims);
        boolean asks = claims.getClaim("ask") != null;
        if (!inTime(claims) || by.isEmpty() || asks == ask.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new HandedOver(
                by,
                ask,
                Optional.ofNullable(claims.getStringClaim("request")),
                Optional.ofNullable(claims.getStringClaim("lang")),
                Sha256.bytes("site token\n" + kid + "\n" + jti),
                claims.getExpirationTime().toInstant()));
    }

    private boolean inTime(JWTClaimsSet claims) {
        Date issued = claims.getIssueTime();
        Date ends = claims.getExpirationTime();
        if (issued == null || ends == null) {
            return false;
        }
        Instant now = clock.instant();
        Instant from = claims.getNotBeforeTime() == null
                ? issued.toInstant()
                : claims.getNotBeforeTime().toInstant();
        return !issued.toInstant().isAfter(now.plus(AHEAD))
                && !from.isAfter(now.plus(AHEAD))
                && ends.toInstant().isAfter(now)
                && !ends.toInstant().isAfter(issued.toInstant().plus(LIVES));
    }

    /** {@code person}: names and values as the maps name persons; or {@code kind} with the key in {@code sub}. */
    private static Map<String, String> person(JWTClaimsSet claims) throws ParseException {
        Map<String, String> by = new LinkedHashMap<>();
        Object person = claims.getClaim("person");
        if (person instanceof Map<?, ?> names) {
            for (Map.Entry<?, ?> name : names.entrySet()) {
                if (!(name.getKey() instanceof String word) || !(name.getValue() instanceof String value)) {
                    return Map.of();
                }
                by.put(word, value);
            }
        } else if (person == null && claims.getStringClaim("kind") != null && claims.getSubject() != null) {
            by.put(claims.getStringClaim("kind"), claims.getSubject());
        }
        boolean fits = by.size() <= MOST_NAMES
                && by.values().stream()
                        .allMatch(value -> !value.isBlank()
                                && value.length() <= LONGEST_VALUE
                                && value.chars().noneMatch(Character::isISOControl));
        return fits ? by : Map.of();
    }

    private static Optional<Ask> ask(JWTClaimsSet claims) throws ParseException {
        String kind = claims.getStringClaim("ask");
        List<String> uses = claims.getStringListClaim("uses");
        return kind == null
                ? Optional.empty()
                : Kind.parse(kind).map(known -> new Ask(known, uses == null ? List.of() : uses));
    }
}
