package dev.kept.server.signin;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.kept.server.configuration.SignInSettings;
import dev.kept.server.state.Account;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Signs staff in at an OpenID provider: authorization code (OpenID Connect Core 1.0, section 3.1) with PKCE (RFC 7636, S256), state, nonce and, where the provider
 * announces it, its name in the answer (RFC 9207).
 */
final class OpenIdClient {

    /** Browsers and servers take addresses of some 8,000 characters. */
    private static final int LONGEST_HINT = 6_000;

    private final SignInSettings settings;
    private final URI redirect;
    private final OIDCProviderMetadata provider;
    private final Tokens tokens;
    private final ProviderHttp http;

    private OpenIdClient(
            SignInSettings settings, URI redirect, OIDCProviderMetadata provider, Tokens tokens, ProviderHttp http) {
        this.settings = settings;
        this.redirect = redirect;
        this.provider = provider;
        this.tokens = tokens;
        this.http = http;
    }

    /** Asks the provider where everything is (OpenID Connect Discovery 1.0). */
    static OpenIdClient discover(SignInSettings settings, URI redirect, InstantSource clock) throws SignInRefused {
        ProviderHttp http = new ProviderHttp();
        try {
            String slash = settings.issuer().endsWith("/") ? "" : "/";
            URI address = URI.create(settings.issuer() + slash + ".well-known/openid-configuration");
            OIDCProviderMetadata provider = OIDCProviderMetadata.parse(
                    http.retrieveResource(address.toURL()).getContent());
            if (!provider.getIssuer().getValue().equals(settings.issuer())) {
                throw new SignInRefused("the provider calls itself otherwise than `issuer` in `kept.yaml`");
            }
            for (URI endpoint : List.of(
                    endpoint(provider.getAuthorizationEndpointURI()),
                    endpoint(provider.getTokenEndpointURI()),
                    endpoint(provider.getJWKSetURI()),
                    Optional.ofNullable(provider.getEndSessionEndpointURI()).orElse(provider.getTokenEndpointURI()))) {
                if (!SignInSettings.trusted(endpoint)) {
                    throw new SignInRefused("the provider names an address without TLS");
                }
            }
            JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(
                            provider.getJWKSetURI().toURL(), http)
                    .refreshAheadCache(false)
                    .build();
            return new OpenIdClient(
                    settings,
                    redirect,
                    provider,
                    new Tokens(settings.issuer(), settings.clientId(), keys, clock),
                    http);
        } catch (ParseException | MalformedURLException | IllegalArgumentException e) {
            throw new SignInRefused("what the provider says of itself cannot be read");
        } catch (IOException e) {
            throw SignInRefused.unreachable();
        }
    }

    private static URI endpoint(URI named) throws SignInRefused {
        if (named == null) {
            throw new SignInRefused("the provider does not say where its addresses are");
        }
        return named;
    }

    /** A sign-in that has begun: where to send the browser, and what to know when it comes back. */
    record Begun(URI address, String state, String nonce, String verifier) {
        @Override
        public String toString() {
            return "a sign-in";
        }
    }

    Begun begin() {
        Secret state = Secret.fresh();
        Secret nonce = Secret.fresh();
        Secret verifier = Secret.fresh();
        AuthenticationRequest request = new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid", "profile"), new ClientID(settings.clientId()), redirect)
                .endpointURI(provider.getAuthorizationEndpointURI())
                .state(new State(state.value()))
                .nonce(new Nonce(nonce.value()))
                .codeChallenge(new CodeVerifier(verifier.value()), CodeChallengeMethod.S256)
                .build();
        return new Begun(request.toURI(), state.value(), nonce.value(), verifier.value());
    }

    /** @param answer the query with which the browser came back; its state is known to be that of {@code begun} */
    Identity finish(Map<String, List<String>> answer, String nonce, String verifier) throws SignInRefused {
        for (String once : List.of("code", "iss", "error")) {
            if (answer.getOrDefault(once, List.of()).size() > 1) {
                throw new SignInRefused("the provider's answer says something twice");
            }
        }
        Optional<String> issuer = answer.getOrDefault("iss", List.of()).stream().findFirst();
        if (issuer.isEmpty()
                ? provider.supportsAuthorizationResponseIssuerParam()
                : !issuer.get().equals(settings.issuer())) {
            throw new SignInRefused("the answer does not come from the provider");
        }
        String code = answer.getOrDefault("code", List.of()).stream()
                .filter(given -> !given.isBlank())
                .findFirst()
                .orElseThrow(() -> new SignInRefused("the provider did not sign you in"));
        OIDCTokens granted =
                exchange(new AuthorizationCodeGrant(new AuthorizationCode(code), redirect, new CodeVerifier(verifier)));
        if (granted.getIDTokenString() == null) {
            throw new SignInRefused("the provider sent no ID token");
        }
        return identity(tokens.idToken(granted.getIDTokenString(), nonce), granted);
    }

    /**
     * Asks whether somebody still is who they were. Empty where the provider does not say.
     *
     * @throws SignInRefused where she is not: signed out, locked, without a role
     */
    Optional<Identity> renew(String refreshToken) throws SignInRefused {
        OIDCTokens granted = exchange(new RefreshTokenGrant(new RefreshToken(refreshToken)));
        return granted.getIDTokenString() == null
                ? Optional.empty()
                : Optional.of(identity(tokens.idToken(granted.getIDTokenString(), ""), granted));
    }

    /**
     * What a logout token says has ended.
     *
     * @param id of the token, among all providers'
     * @param subject whose sessions, where {@code session} names none
     */
    record LoggedOut(String id, String issuer, Optional<String> subject, Optional<String> session) {
        @Override
        public String toString() {
            return "a logout";
        }
    }

    LoggedOut logoutToken(String token) throws SignInRefused {
        JWTClaimsSet claims = tokens.logoutToken(token);
        return new LoggedOut(
                claims.getIssuer() + " " + claims.getJWTID(),
                claims.getIssuer(),
                Optional.ofNullable(claims.getSubject()),
                Tokens.values(claims, "sid").stream().findFirst());
    }

    /**
     * Where a browser signs out at the provider (OpenID Connect RP-Initiated Logout 1.0, section 2).
     *
     * @param idToken with which the provider knows whom it is about, and need not ask; left out where it is too long for an address
     * @param back where the provider sends the browser afterwards: it has to know that address
     */
    Optional<URI> signOut(Optional<String> idToken, String state, URI back) throws SignInRefused {
        URI endpoint = provider.getEndSessionEndpointURI();
        if (endpoint == null) {
            return Optional.empty();
        }
        try {
            Optional<String> hint = idToken.filter(token -> token.length() <= LONGEST_HINT);
            SignedJWT signed = hint.isPresent() ? SignedJWT.parse(hint.get()) : null;
            ClientID client = new ClientID(settings.clientId());
            return Optional.of(new LogoutRequest(endpoint, signed, null, client, back, new State(state), null).toURI());
        } catch (java.text.ParseException e) {
            throw new SignInRefused("the session's ID token cannot be read");
        }
    }

    private OIDCTokens exchange(AuthorizationGrant grant) throws SignInRefused {
        TokenRequest request =
                new TokenRequest.Builder(provider.getTokenEndpointURI(), authentication(), grant).build();
        try {
            TokenResponse response =
                    OIDCTokenResponseParser.parse(request.toHTTPRequest().send(http));
            if (response instanceof OIDCTokenResponse granted) {
                return granted.getOIDCTokens();
            }
            if (response instanceof TokenErrorResponse error
                    && error.getErrorObject().getHTTPStatusCode() >= 500) {
                throw SignInRefused.unreachable();
            }
            throw new SignInRefused("the provider refuses what it gave before");
        } catch (ParseException e) {
            throw new SignInRefused("the provider's answer cannot be read");
        } catch (IOException e) {
            throw SignInRefused.unreachable();
        }
    }

    private ClientAuthentication authentication() {
        ClientID client = new ClientID(settings.clientId());
        com.nimbusds.oauth2.sdk.auth.Secret secret = new com.nimbusds.oauth2.sdk.auth.Secret(settings.clientSecret());
        List<ClientAuthenticationMethod> methods = provider.getTokenEndpointAuthMethods();
        return methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                ? new ClientSecretBasic(client, secret)
                : new ClientSecretPost(client, secret);
    }

    private Identity identity(JWTClaimsSet claims, OIDCTokens granted) throws SignInRefused {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String value : Tokens.values(claims, settings.claim())) {
            settings.roles().forEach((word, values) -> {
                if (values.contains(value)) {
                    Role.of(word).ifPresent(roles::add);
                }
            });
        }
        if (roles.isEmpty()) {
            throw new SignInRefused(
                    "the provider knows you, and names no role of yours here: ask whoever keeps `kept.yaml`");
        }
        Set<String> names = new LinkedHashSet<>();
        for (String claim : List.of("name", "preferred_username", "email")) {
            Tokens.values(claims, claim).stream()
                    .filter(name -> !name.isBlank())
                    .forEach(names::add);
        }
        names.add(claims.getSubject());
        return new Identity(
                List.copyOf(names),
                roles,
                Optional.of(new Account(settings.issuer(), claims.getSubject())),
                Tokens.values(claims, "sid").stream().findFirst(),
                Optional.ofNullable(granted.getRefreshToken()).map(RefreshToken::getValue),
                Optional.of(granted.getIDTokenString()));
    }
}
