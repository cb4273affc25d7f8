package dev.kept.core.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Networks of IP addresses, as PostgreSQL writes them. */
final class Networks {

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern FOUR = Pattern.compile("(" + BYTE + "\\.){3}" + BYTE);
    private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:]*");
    private static final int PARTS = 8;

    private Networks() {}

    /** The network of so many bits, {@code 10.1.0.0/16}; null for what is no address of IPv4. */
    static @Nullable String four(String text, int bits) {
        if (!FOUR.matcher(text).matches()) {
            return null;
        }
        long address = 0;
        for (String part : text.split("\\.", -1)) {
            address = address << 8 | Integer.parseInt(part);
        }
        long network = address & (0xFFFFFFFFL << (32 - bits));
        return (network >> 24) + "." + (network >> 16 & 0xFF) + "." + (network >> 8 & 0xFF) + "." + (network & 0xFF)
                + "/" + bits;
    }

    /** The same of IPv6: {@code 2001:db8::/48}. */
    static @Nullable String six(String text, int bits) {
        if (!SIX.matcher(text).matches()) {
            return null;
        }
        List<Integer> parts = new ArrayList<>();
        String[] halves = text.split("::", -1);
        parts.addAll(parts(halves[0]));
        if (halves.length > 1) {
            List<Integer> end = parts(halves[1]);
            while (parts.size() + end.size() < PARTS) {
                parts.add(0);
            }
            parts.addAll(end);
        }
        for (int i = 0; i < PARTS; i++) {
            int kept = Math.clamp(bits - 16L * i, 0, 16);
            parts.set(i, parts.get(i) & (0xFFFF << (16 - kept)) & 0xFFFF);
        }
        return written(parts) + "/" + bits;
    }

    private static List<Integer> parts(String text) {
        List<Integer> parts = new ArrayList<>();
        for (String part : text.split(":", -1)) {
            if (!part.isEmpty()) {
                parts.add(Integer.parseInt(part, 16));
            }
        }
        return parts;
    }

    /** The longest row of zeros is left out (RFC 5952). */
    private static String written(List<Integer> parts) {
        int from = -1;
        int length = 1;
        for (int i = 0; i < PARTS; i++) {
            int end = i;
            while (end < PARTS && parts.get(end) == 0) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
        }
        if (from < 0) {
            return hex(parts);
        }
        return hex(parts.subList(0, from)) + "::" + hex(parts.subList(from + length, PARTS));
    }

    private static String hex(List<Integer> parts) {
        return String.join(":", parts.stream().map(Integer::toHexString).toList());
    }
}
