package dev.kept.server.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A small OpenID provider over HTTP, with keys of its own; it can be told to misbehave. It checks what a client owes: secret, redirect, PKCE, single use. */
public final class TestProvider implements AutoCloseable {

    public static final String CLIENT = "kept";
    public static final String SECRET = "the-client's secret";

    private final HttpServer server;
    private final InstantSource clock;
    private final RSAKey rsa = rsa("rsa-1");
    private final ECKey ec = ec();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final Map<String, String> renewals = new ConcurrentHashMap<>();
    final AtomicInteger renewed = new AtomicInteger();

    /** Who signs in next. */
    volatile Map<String, Object> person = Map.of(
            "sub", "f1", "name", "Ann Lee", "preferred_username", "alee", "groups", List.of("privacy"), "sid", "s-1");

    /** What is changed in the next ID tokens. */
    volatile UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();

    volatile Signing signing = Signing.RSA;
    volatile boolean answersWithIssuer = true;
    volatile boolean announcesIssuer = true;
    volatile boolean renews = true;
    volatile boolean down;
    volatile String callsItself;

    /** Where it signs out; empty where it cannot. */
    public volatile String endSession = "";

    enum Signing {
        RSA,
        EC,
        NONE,
        /** HMAC with the provider's public key as the secret: the classic confusion. */
        PUBLIC_KEY_AS_SECRET,
        /** HMAC with the client's secret. */
        CLIENT_SECRET,
        /** A key of the attacker's, under the provider's key id. */
        FOREIGN_KEY,
        /** A key of the attacker's, sent along in the token's header. */
        KEY_IN_HEADER
    }

    public TestProvider(InstantSource clock) {
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        callsItself = issuer();
        server.createContext("/", this::answer);
        server.start();
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (down) {
            send(exchange, 503, "text/plain", "later");
            return;
        }
        switch (exchange.getRequestURI().getPath()) {
            case "/.well-known/openid-configuration" -> send(exchange, 200, "application/json", metadata());
            case "/keys" -> send(exchange, 200, "application/json", new JWKSet(List.of(rsa, ec)).toString(true));
            case "/token" -> token(exchange);
            default -> send(exchange, 404, "text/plain", "nothing");
        }
    }

    private String metadata() {
        return """
                {"issuer": "%s", "authorization_endpoint": "%s/authorize", "token_endpoint": "%s/token", "jwks_uri": "%s/keys",
                 "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["RS256", "ES256"],
                 %s "authorization_response_iss_parameter_supported": %s}""".formatted(
                        callsItself,
                        issuer(),
                        issuer(),
                        issuer(),
                        endSession.isEmpty() ? "" : "\"end_session_endpoint\": \"" + endSession + "\",",
                        announcesIssuer);
    }

    /** What a browser does that is sent to the provider, where somebody signs in: the query with which it comes back. */
    public Map<String, List<String>> signIn(URI address) {
        Map<String, String> asked = parameters(address.getRawQuery());
        if (!"S256".equals(asked.get("code_challenge_method"))
                || !asked.get("scope").contains("openid")) {
            throw new AssertionError("the client asks without PKCE or for another protocol");
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        Map<String, List<String>> answer = new LinkedHashMap<>();
        answer.put("code", List.of(code));
        answer.put("state", List.of(asked.get("state")));
        if (answersWithIssuer) {
            answer.put("iss", List.of(issuer()));
        }
        return answer;
    }

    /** What a browser does that is sent to sign out: where it is sent back to, if the client asks for what it may (RP-Initiated Logout 1.0, section 3). */
    public String signOut(URI address, String registered) {
        Map<String, String> asked = parameters(address.getRawQuery());
        try {
            JWTClaimsSet hint = SignedJWT.parse(asked.get("id_token_hint")).getJWTClaimsSet();
            boolean known = hint.getIssuer().equals(issuer())
                    && hint.getAudience().equals(List.of(CLIENT))
                    && CLIENT.equals(asked.get("client_id"))
                    && registered.equals(asked.get("post_logout_redirect_uri"));
            if (!known) {
                throw new AssertionError("the client asks to sign out as another, or back to another address");
            }
            return registered + "?state=" + asked.get("state");
        } catch (java.text.ParseException e) {
            throw new AssertionError("the hint is no ID token", e);
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String expected = "Basic "
                + Base64.getEncoder()
                        .encodeToString((CLIENT + ":the-client%27s+secret").getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, "application/json", "{\"error\": \"invalid_client\"}");
            return;
        }
        if ("refresh_token".equals(form.get("grant_type"))) {
            renewed.incrementAndGet();
            boolean known = renewals.remove(form.get("refresh_token")) != null;
            send(
                    exchange,
                    known && renews ? 200 : 400,
                    "application/json",
                    known && renews ? granted("") : "{\"error\": \"invalid_grant\"}");
            return;
        }
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        boolean fits = asked != null
                && asked.get("redirect_uri").equals(form.get("redirect_uri"))
                && asked.get("code_challenge").equals(challenge(form.getOrDefault("code_verifier", "")));
        send(
                exchange,
                fits ? 200 : 400,
                "application/json",
                fits ? granted(asked.get("nonce")) : "{\"error\": \"invalid_grant\"}");
    }

    private static String challenge(String verifier) {
        return verifier.length() < 43
                ? ""
                : CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier))
                        .getValue();
    }

    private String granted(String nonce) {
        String renewal = UUID.randomUUID().toString();
        renewals.put(renewal, "");
        Instant now = clock.instant();
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
        person.forEach(builder::claim);
        if (!nonce.isEmpty()) {
            builder.claim("nonce", nonce);
        }
        return """
                {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "refresh_token": "%s", "id_token": "%s"}""".formatted(renewal, sign(claims.apply(builder).build(), JOSEObjectType.JWT));
    }

    /** A logout token about somebody, with what is changed in it. */
    public String logoutToken(UnaryOperator<JWTClaimsSet.Builder> changes) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(120)))
                .jwtID(UUID.randomUUID().toString())
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        return sign(changes.apply(builder).build(), new JOSEObjectType("logout+jwt"));
    }

    private String sign(JWTClaimsSet claims, JOSEObjectType type) {
        try {
            return switch (signing) {
                case RSA ->
                    signed(
                            claims,
                            new JWSHeader.Builder(JWSAlgorithm.RS256)
                                    .keyID("rsa-1")
                                    .type(type),
                            new RSASSASigner(rsa));
                case EC ->
                    signed(
                            claims,
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .keyID("ec-1")
                                    .type(type),
                            new ECDSASigner(ec));
                case NONE -> new PlainJWT(claims).serialize();
                case PUBLIC_KEY_AS_SECRET ->
                    signed(
                            claims,
                            new JWSHeader.Builder(JWSAlgorithm.HS256)
                                    .keyID("rsa-1")
                                    .type(type),
                            new MACSigner(rsa.toRSAPublicKey().getEncoded()));
                case CLIENT_SECRET ->
                    signed(
                            claims,
                            new JWSHeader.Builder(JWSAlgorithm.HS256).type(type),
                            new MACSigner((SECRET + " ".repeat(32)).getBytes(StandardCharsets.UTF_8)));
                case FOREIGN_KEY ->
                    signed(
                            claims,
                            new JWSHeader.Builder(JWSAlgorithm.RS256)
                                    .keyID("rsa-1")
                                    .type(type),
                            new RSASSASigner(rsa("x")));
                case KEY_IN_HEADER -> {
                    RSAKey own = rsa("attacker");
                    yield signed(
                            claims,
                            new JWSHeader.Builder(JWSAlgorithm.RS256)
                                    .keyID("attacker")
                                    .jwk(own.toPublicJWK())
                                    .type(type),
                            new RSASSASigner(own));
                }
            };
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(JWTClaimsSet claims, JWSHeader.Builder header, JWSSigner signer) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header.build(), claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> parameters(String query) {
        Map<String, String> read = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            read.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return read;
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
