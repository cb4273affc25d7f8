package dev.kept.server.http;

import dev.kept.server.configuration.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose request it is: the peer, or, where that is a proxy of ours, whom it says it stands for. Each proxy adds its peer at the right end of
 * {@code X-Forwarded-For}; what stands left of the first address that is no proxy's anybody may have written, and is not read.
 */
final class Clients {

    /** The most proxies in a row. */
    private static final int MOST_HOPS = 20;

    /** An address, perhaps with the port it came from. */
    private static final Pattern ENTRY = Pattern.compile(
            "\\[([0-9A-Fa-f:.]{2,45})](?::[0-9]{1,5})?|([0-9.]{7,15})(?::[0-9]{1,5})?|([0-9A-Fa-f:.]{2,45})");

    private final List<AddressRange> proxies;

    Clients(List<AddressRange> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    /** @param forwarded the headers' values, in their order */
    InetAddress of(InetAddress peer, List<String> forwarded) {
        InetAddress client = plain(peer);
        if (!proxied(client)) {
            return client;
        }
        List<String> hops = new ArrayList<>();
        forwarded.forEach(line -> hops.addAll(Arrays.asList(line.split(",", -1))));
        int last = Math.max(0, hops.size() - MOST_HOPS);
        for (int i = hops.size() - 1; i >= last && proxied(client); i--) {
            Optional<InetAddress> before = parse(hops.get(i));
            if (before.isEmpty()) {
                return client;
            }
            client = before.get();
        }
        return client;
    }

    private boolean proxied(InetAddress address) {
        return proxies.stream().anyMatch(range -> range.contains(address));
    }

    private static Optional<InetAddress> parse(String entry) {
        Matcher written = ENTRY.matcher(entry.strip());
        if (!written.matches()) {
            return Optional.empty();
        }
        String digits = written.group(1) != null
                ? written.group(1)
                : written.group(2) != null ? written.group(2) : written.group(3);
        return AddressRange.literal(digits).map(Clients::plain);
    }

    /** An IPv4 address in IPv6's clothes is that address: Java reads it so. */
    private static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
