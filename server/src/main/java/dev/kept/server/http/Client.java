package dev.kept.server.http;

import dev.kept.server.configuration.AddressRange;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;

/** Who asks, as far as the network tells. It prints as nothing: addresses are personal data. */
public final class Client {

    private static final int IPV4_BYTES = 4;

    /** One link of IPv6: each of its machines can take any of its addresses (RFC 4291, section 2.5.4). */
    private static final int LINK_BITS = 64;

    /** What one household, or one firm, is given of IPv6 at most (RFC 6177): it has as many links as it likes. */
    private static final int SITE_BITS = 48;

    /** How much more a whole site may do than one of its links. */
    private static final int SITE_SHARE = 8;

    private final InetAddress address;

    Client(InetAddress address) {
        this.address = address;
    }

    /**
     * A network that somebody may have to herself.
     *
     * @param begin its first bits
     * @param share how much more may be done from it than from the narrowest
     */
    record Network(String begin, int share) {}

    /** What is counted by: the narrowest first. An address of IPv4 stands for itself. */
    List<Network> networks() {
        byte[] bytes = address.getAddress();
        return bytes.length == IPV4_BYTES
                ? List.of(new Network(written(bytes), 1))
                : List.of(
                        new Network(written(AddressRange.begin(bytes, LINK_BITS)), 1),
                        new Network(SITE_BITS + " " + written(AddressRange.begin(bytes, SITE_BITS)), SITE_SHARE));
    }

    private static String written(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The narrowest network, for what is counted by something else besides, and nothing else uses. */
    public String throttled() {
        return networks().getFirst().begin();
    }

    /** The widest network that may be one person's. */
    public String site() {
        return networks().getLast().begin();
    }

    @Override
    public String toString() {
        return "a client";
    }
}
