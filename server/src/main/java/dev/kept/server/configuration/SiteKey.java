package dev.kept.server.configuration;

import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A key by which the company's own site hands over who is signed in there, {@code requests: site:} in {@code kept.yaml}.
 *
 * <pre>{@code
 * site:
 *   - {id: shop-2026, algorithm: EdDSA, key: {kty: OKP, crv: Ed25519, x: 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo}}
 *   - {id: shop-2027, algorithm: HS256, key: "${SHOP_HANDOVER_KEY}"}
 * }</pre>
 *
 * @param id the token's {@code kid}
 * @param algorithm the only one that the key is good for
 * @param key a JWK (RFC 7517) as JSON, or a reference to the environment that has it
 */
public record SiteKey(String id, Algorithm algorithm, String key) {

    private static final String FORM = "- {id: shop-2026, algorithm: EdDSA, key: {kty: OKP, crv: Ed25519, x: …}}";

    /** Signatures that are taken (RFC 7518, RFC 8037). */
    public enum Algorithm {
        EDDSA("EdDSA"),
        ES256("ES256"),
        /** With a secret that both sides have. */
        HS256("HS256");

        private final String word;

        Algorithm(String word) {
            this.word = word;
        }

        /** As JOSE writes it. */
        public String word() {
            return word;
        }

        static Optional<Algorithm> of(String word) {
            return Arrays.stream(values())
                    .filter(algorithm -> algorithm.word.equals(word))
                    .findFirst();
        }
    }

    static Optional<SiteKey> read(Element written) {
        Fields fields = written.fields("id", "algorithm", "key");
        Optional<String> id = fields.required("id", FORM)
                .flatMap(element -> element.parsed(
                        "id",
                        "a key's name: letters, digits, `.`, `_` and `-`",
                        FORM,
                        text -> Optional.of(text).filter(name -> name.matches("[A-Za-z0-9._-]{1,100}"))));
        Optional<Algorithm> algorithm = fields.required("algorithm", FORM)
                .flatMap(element -> element.parsed(
                        "algorithm",
                        "an algorithm",
                        "one of "
                                + Arrays.stream(Algorithm.values())
                                        .map(Algorithm::word)
                                        .collect(Collectors.joining(", ")),
                        Algorithm::of));
        Optional<Element> key = fields.required("key", FORM);
        if (id.isEmpty() || algorithm.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        return key(key.get(), algorithm.get()).map(text -> new SiteKey(id.get(), algorithm.get(), text));
    }

    private static Optional<String> key(Element written, Algorithm algorithm) {
        if (algorithm == Algorithm.HS256) {
            Optional<String> reference =
                    written.text().filter(text -> Environment.referredBy(text).isPresent());
            if (reference.isEmpty()) { // without what is written: it may be the secret
                written.error("key", "a secret is not written down here", "key: ${SHOP_HANDOVER_KEY}");
            }
            return reference;
        }
        if (written.kind() != Element.Kind.MAPPING) {
            return written.text();
        }
        Map<String, String> members = new LinkedHashMap<>();
        written.entries().forEach((name, value) -> value.scalar().ifPresent(text -> members.put(name, text)));
        return Optional.of(dev.kept.core.ledger.CanonicalJson.write(members));
    }

    /**
     * The key itself, a JWK as JSON.
     *
     * @throws dev.kept.server.failure.CannotRun where the environment does not have it
     */
    public String jwk(Environment environment) {
        return environment.resolve(key);
    }

    @Override
    public String toString() {
        return "a key of the site, `" + id + "`";
    }
}
