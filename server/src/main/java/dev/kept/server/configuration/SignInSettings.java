package dev.kept.server.configuration;

import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import dev.kept.server.failure.CannotRun;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where staff sign in, {@code sign-in:} in {@code kept.yaml}.
 *
 * <pre>{@code
 * sign-in:
 *   issuer: https://id.company.example/realms/staff
 *   client-id: kept
 *   client-secret: ${KEPT_CLIENT_SECRET}
 *   roles: {claim: groups, officer: [privacy], engineer: [platform], auditor: [audit], support: [support]}
 * }</pre>
 *
 * @param issuer the provider's name, under which it says of itself where everything is
 * @param clientSecret a reference to the environment until {@link #resolved}
 * @param claim of the ID token in which the provider says what somebody belongs to
 * @param roles the values of the claim that make an {@code officer}, {@code engineer}, {@code auditor}, {@code support}
 */
public record SignInSettings(
        String issuer, String clientId, String clientSecret, String claim, Map<String, List<String>> roles) {

    /** The roles that a value can stand for. */
    public static final List<String> ROLES = List.of("officer", "engineer", "auditor", "support");

    public SignInSettings {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        roles.forEach((role, values) -> copy.put(role, List.copyOf(values)));
        roles = Map.copyOf(copy);
    }

    static Optional<SignInSettings> read(Element written) {
        Fields fields = written.fields("issuer", "client-id", "client-secret", "roles");
        Optional<String> issuer = fields.required("issuer", "issuer: https://id.company.example")
                .flatMap(element -> element.parsed(
                        "issuer",
                        "an address with https",
                        "issuer: https://id.company.example",
                        SignInSettings::issuer));
        Optional<String> client =
                fields.required("client-id", "client-id: kept").flatMap(Element::text);
        Optional<String> secret = fields.required("client-secret", "client-secret: ${KEPT_CLIENT_SECRET}")
                .flatMap(element -> element.parsed(
                        "client-secret",
                        "the name of a variable of the environment",
                        "a secret is not written down here: client-secret: ${KEPT_CLIENT_SECRET}",
                        text -> Environment.referredBy(text).map(name -> text)));
        Optional<Element> roles = fields.required("roles", "roles: {claim: groups, officer: [privacy]}");
        if (issuer.isEmpty() || client.isEmpty() || secret.isEmpty() || roles.isEmpty()) {
            return Optional.empty();
        }
        Fields named = roles.get().fields("claim", "officer", "engineer", "auditor", "support");
        Map<String, List<String>> values = new LinkedHashMap<>();
        ROLES.forEach(role -> named.get(role).ifPresent(element -> values.put(role, element.words())));
        return Optional.of(new SignInSettings(
                issuer.get(),
                client.get(),
                secret.get(),
                named.get("claim").flatMap(Element::text).orElse("groups"),
                values));
    }

    private static Optional<String> issuer(String text) {
        try {
            URI address = URI.create(text);
            boolean plain = address.getRawQuery() == null
                    && address.getRawFragment() == null
                    && address.getRawUserInfo() == null;
            return address.getHost() != null && plain && trusted(address) ? Optional.of(text) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether nobody in between can read or alter what is said there: TLS, or this machine itself. */
    public static boolean trusted(URI address) {
        String host = address.getHost() == null ? "" : address.getHost();
        boolean here = List.of("127.0.0.1", "[::1]", "localhost").contains(host);
        return "https".equals(address.getScheme()) || (here && "http".equals(address.getScheme()));
    }

    /**
     * The same with the secret itself.
     *
     * @throws CannotRun where the environment does not have it
     */
    public SignInSettings resolved(Environment environment) {
        String name = Environment.referredBy(clientSecret).orElse("");
        String secret = environment
                .get(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new CannotRun(
                        "the environment variable `" + name + "` is not set: staff cannot sign in",
                        "set it to the secret of the client `" + clientId + "` at the provider"));
        return new SignInSettings(issuer, clientId, secret, claim, roles);
    }

    @Override
    public String toString() {
        return "sign-in at " + issuer;
    }
}
