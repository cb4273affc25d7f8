package dev.kept.server.inform;

import dev.kept.server.configuration.AddressRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * To which addresses a message may go: to those of the public Internet, and to private ones that were named. Whoever may write an address for messages
 * must not reach by it what stands beside Kept: databases, this machine, a cloud's metadata (169.254.169.254).
 */
final class Reach {

    /** By which machines in Azure reach what runs them: an address of the public kind, that is another for each. */
    private static final String PLATFORM = "168.63.129.16/32";

    /** IANA's special-purpose registries (RFC 6890 and what updates it): nobody there is a recipient on the Internet. */
    private static final List<AddressRange> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8",
                    PLATFORM)
            .flatMap(text -> AddressRange.parse(text).stream())
            .toList();

    /** RFC 6052: the last four bytes are an address of the old kind. */
    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96").orElseThrow();

    /** RFC 3056: the third to sixth byte are one. */
    private static final AddressRange SIX_TO_FOUR =
            AddressRange.parse("2002::/16").orElseThrow();

    private final List<AddressRange> allowed;

    Reach(List<AddressRange> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /**
     * The addresses of a name, all of them such that a message may go there: one that may not spoils all, since whoever made that name can make
     * more of it.
     *
     * @throws Closed where one of them is not
     */
    List<InetAddress> of(List<InetAddress> addresses) throws Closed {
        for (InetAddress address : addresses) {
            if (!open(address)) {
                throw new Closed();
            }
        }
        return addresses;
    }

    boolean open(InetAddress address) {
        if (allowed.stream().anyMatch(range -> range.contains(address))) {
            return true;
        }
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address)) {
            return open(inner(bytes, 12));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return open(inner(bytes, 2));
        }
        return SPECIAL.stream().noneMatch(range -> range.contains(address))
                && !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress();
    }

    private static InetAddress inner(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** An address may not be gone to. It does not say which: that would tell what there is. */
    static final class Closed extends UnknownHostException {
        Closed() {
            super("the address is not a public one");
        }
    }
}
