package dev.kept.server.configuration;

import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Section {@code serve:} of {@code kept.yaml}: how the server is met from outside.
 *
 * <pre>{@code
 * serve:
 *   address: https://privacy.larkfield.example   # what people have in their browser's address bar
 *   proxies: [10.0.0.0/8]                        # whose X-Forwarded-For is believed
 * }</pre>
 *
 * @param address scheme, host, and port where it is not the scheme's own, in small letters; empty where nothing is known but what a request says
 * @param proxies that stand between the people and this server
 */
public record ServeSettings(Optional<String> address, List<AddressRange> proxies) {

    /** Served here only: by whatever name a request gives, and nobody stands in front. */
    public static final ServeSettings NONE = new ServeSettings(Optional.empty(), List.of());

    private static final String HTTPS = "https";

    public ServeSettings {
        proxies = List.copyOf(proxies);
    }

    static ServeSettings read(Element section) {
        Fields fields = section.fields("address", "proxies");
        Optional<String> address = fields.get("address")
                .flatMap(element -> element.parsed(
                        "bad-address",
                        "an address of a site",
                        "write scheme and host, and nothing after: https://privacy.example",
                        ServeSettings::site));
        List<AddressRange> proxies = fields.get("proxies")
                .map(element -> element.listOf(one -> one.parsed(
                        "bad-range",
                        "an address or a range of addresses",
                        "write 10.0.0.0/8 or 2001:db8::1",
                        AddressRange::parse)))
                .orElse(List.of());
        return new ServeSettings(address, proxies);
    }

    /** A site's origin (RFC 6454, section 6.2) as browsers write it. */
    private static Optional<String> site(String text) {
        try {
            URI uri = new URI(text.strip().toLowerCase(Locale.ROOT));
            String path = uri.getRawPath();
            boolean bare = (path == null || path.isEmpty() || path.equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            if (!bare || uri.getHost() == null || uri.getScheme() == null) {
                return Optional.empty();
            }
            return switch (uri.getScheme()) {
                case HTTPS -> Optional.of(origin(uri, 443));
                case "http" -> Optional.of(origin(uri, 80));
                default -> Optional.empty();
            };
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String origin(URI uri, int usual) {
        String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port;
    }

    /** Whether people's browsers reach it by TLS only: cookies then say so. */
    public boolean secure() {
        return address.filter(site -> site.startsWith(HTTPS + ":")).isPresent();
    }
}
