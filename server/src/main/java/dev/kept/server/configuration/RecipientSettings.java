package dev.kept.server.configuration;

import dev.kept.core.letter.MailAddress;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Section {@code recipients:} of {@code kept.yaml}: by which way each recipient of the notice ({@code shares:}) is told of erasures, rectifications and
 * restrictions (GDPR Art. 19). One that is not here is told by hand.
 *
 * <pre>{@code
 * recipients:
 *   mailer: {mail: privacy@mailer.example, language: de}
 *   warehouse:
 *     webhook: https://hooks.warehouse.example/kept
 *     secrets: ["${WAREHOUSE_HOOK}"]        # several while one takes the place of another
 *     allow: [10.20.0.0/16]                 # private addresses that may be meant; none unless they are named
 * }</pre>
 *
 * @param ways by the recipient's name in the notice
 */
public record RecipientSettings(Map<String, Way> ways) {

    /** Everybody is told by hand. */
    public static final RecipientSettings NONE = new RecipientSettings(Map.of());

    /** As many keys sign at once. */
    public static final int MOST_SECRETS = 4;

    private static final int MOST_RECIPIENTS = 500;
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");

    public RecipientSettings {
        ways = Collections.unmodifiableMap(new LinkedHashMap<>(ways));
    }

    /** How a recipient is told. */
    public sealed interface Way {

        /** By mail, which it answers by a link. */
        record ByMail(MailAddress to, String language) implements Way {}

        /**
         * By a message to an address on the web, signed.
         *
         * @param secrets references to the environment; the first signs, the others too
         * @param allow private addresses that it may lead to
         */
        record ByHook(URI address, List<String> secrets, List<AddressRange> allow) implements Way {
            public ByHook {
                secrets = List.copyOf(secrets);
                allow = List.copyOf(allow);
            }
        }
    }

    static RecipientSettings read(Element section) {
        Map<String, Way> ways = new LinkedHashMap<>();
        section.entries().forEach((name, element) -> {
            if (ways.size() < MOST_RECIPIENTS) {
                way(element).ifPresent(way -> ways.put(name, way));
            }
        });
        return new RecipientSettings(ways);
    }

    private static Optional<Way> way(Element element) {
        Fields fields = element.fields("mail", "language", "webhook", "secrets", "allow");
        if (fields.has("mail") == fields.has("webhook")) {
            element.error("one-way", "`" + element.dotted() + "` names not one way", "write mail: … or webhook: …");
            return Optional.empty();
        }
        return fields.has("mail") ? byMail(fields) : byHook(fields).map(hook -> hook);
    }

    private static Optional<Way> byMail(Fields fields) {
        String language = fields.get("language")
                .flatMap(element -> element.parsed(
                        "bad-language",
                        "a language",
                        "write en",
                        text -> Optional.of(text)
                                .filter(tag -> LANGUAGE.matcher(tag).matches())))
                .orElse("en");
        return fields.get("mail")
                .flatMap(element ->
                        element.parsed("bad-address", "a mail address", "write name@example.org", MailAddress::parse))
                .map(to -> new Way.ByMail(to, language));
    }

    static Optional<Way.ByHook> byHook(Fields fields) {
        List<AddressRange> allow = fields.get("allow")
                .map(element -> element.listOf(one -> one.parsed(
                        "bad-range", "an address or a range of addresses", "write 10.0.0.0/8", AddressRange::parse)))
                .orElse(List.of());
        Optional<URI> address = fields.get("webhook")
                .flatMap(element -> element.parsed(
                        "bad-webhook",
                        "an address for messages",
                        "write https://host/path; http:// goes with `allow` only",
                        text -> hook(text, !allow.isEmpty())));
        List<String> secrets = fields.required("secrets", "write secrets: [\"${NAME}\"], names of the environment")
                .map(element -> element.listOf(RecipientSettings::secret))
                .orElse(List.of());
        if (secrets.size() > MOST_SECRETS) {
            fields.get("secrets")
                    .ifPresent(element -> element.error(
                            "many-secrets", "more than " + MOST_SECRETS + " keys sign at once", "take old ones out"));
        }
        return secrets.isEmpty() ? Optional.empty() : address.map(uri -> new Way.ByHook(uri, secrets, allow));
    }

    /** What is written there is not repeated: it may be the secret itself. */
    private static Optional<String> secret(Element element) {
        Optional<String> written = element.text();
        Optional<String> name = written.flatMap(Environment::referredBy);
        if (written.isPresent() && name.isEmpty()) {
            element.error(
                    "secret-in-file", "a secret does not stand in a file", "write ${NAME}, a name of the environment");
        }
        return name.map(known -> "${" + known + "}");
    }

    private static Optional<URI> hook(String text, boolean own) {
        try {
            URI uri = new URI(text.strip());
            boolean https = "https".equals(uri.getScheme());
            boolean http = "http".equals(uri.getScheme()) && own;
            return (https || http)
                            && uri.getHost() != null
                            && uri.getRawUserInfo() == null
                            && uri.getRawFragment() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
