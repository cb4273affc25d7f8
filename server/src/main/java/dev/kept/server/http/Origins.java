package dev.kept.server.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether a request that acts came from a page of this site. Browsers say so themselves: {@code Sec-Fetch-Site} (Fetch Metadata) where they speak to a
 * trusted address, {@code Origin} (RFC 6454) with every POST. Who sends neither is no browser of these years: nobody's cookies come along, or
 * the token in the form is missing.
 */
final class Origins {

    private static final List<String> OURS = List.of("same-origin", "none");

    private final Optional<String> address;

    /** @param address of the site, where it is configured */
    Origins(Optional<String> address) {
        this.address = address;
    }

    /** @param header the one value of a header; more than one is as if it were foreign */
    boolean crosses(Function<String, List<String>> header) {
        List<String> site = header.apply("Sec-Fetch-Site");
        List<String> origin = header.apply("Origin");
        if (site.size() > 1 || origin.size() > 1) {
            return true;
        }
        boolean vouched = !site.isEmpty() && OURS.contains(site.getFirst());
        if (!site.isEmpty() && !vouched) {
            return true;
        }
        if (origin.isEmpty()) {
            return false;
        }
        String from = origin.getFirst().toLowerCase(Locale.ROOT);
        // a page whose policy is to tell nothing says null even to its own site
        return from.equals("null") ? !vouched : !own(from, header.apply("Host"), vouched);
    }

    private boolean own(String origin, List<String> hosts, boolean vouched) {
        boolean here = hosts.size() == 1
                && origin.replaceFirst("^https?://", "").equals(hosts.getFirst().toLowerCase(Locale.ROOT));
        return address.map(ours -> ours.equals(origin) || (vouched && here)).orElse(vouched || here);
    }
}
