package dev.kept.server.http;

import dev.kept.server.configuration.AddressRange;
import java.net.InetAddress;
import java.util.HexFormat;

/** Who asks, as far as the network tells. It prints as nothing: addresses are personal data. */
public final class Client {

    /** What one household or firm is given of IPv6 (RFC 6177): one of its machines has all of these. */
    private static final int HOUSEHOLD_BITS = 64;

    private static final int IPV4_BYTES = 4;

    private final InetAddress address;

    Client(InetAddress address) {
        this.address = address;
    }

    /** What a throttle counts by, and nothing else uses. */
    public String throttled() {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(bytes.length == IPV4_BYTES ? bytes : AddressRange.begin(bytes, HOUSEHOLD_BITS));
    }

    @Override
    public String toString() {
        return "a client";
    }
}
