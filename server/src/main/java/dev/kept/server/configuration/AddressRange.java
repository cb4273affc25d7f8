package dev.kept.server.configuration;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Internet addresses that begin with the same bits, as RFC 4632 and RFC 4291, section 2.3 write them: {@code 10.0.0.0/8}, {@code 2001:db8::/32}. */
public record AddressRange(InetAddress first, int bits) {

    private static final Pattern WRITTEN = Pattern.compile("([0-9A-Fa-f:.]{2,45})(?:/([0-9]{1,3}))?");

    /** Nothing where the text is none; a single address is a range of one. Names are never looked up. */
    public static Optional<AddressRange> parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            return Optional.empty();
        }
        return literal(written.group(1)).flatMap(first -> {
            int all = first.getAddress().length * Byte.SIZE;
            int bits = written.group(2) == null ? all : Integer.parseInt(written.group(2));
            return bits > all ? Optional.empty() : Optional.of(new AddressRange(first, bits));
        });
    }

    /** An address by its digits, never by a name. */
    public static Optional<InetAddress> literal(String digits) {
        try {
            return Optional.of(InetAddress.ofLiteral(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress address) {
        byte[] ours = first.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        return Arrays.equals(begin(ours, bits), begin(theirs, bits));
    }

    /** The first bits of an address, the others zero. */
    public static byte[] begin(byte[] address, int bits) {
        byte[] begin = address.clone();
        for (int i = 0; i < begin.length; i++) {
            int kept = Math.clamp(bits - (long) i * Byte.SIZE, 0, Byte.SIZE);
            begin[i] = (byte) (begin[i] & (0xff << (Byte.SIZE - kept)));
        }
        return begin;
    }
}
