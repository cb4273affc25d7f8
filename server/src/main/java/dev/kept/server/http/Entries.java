package dev.kept.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names with values, as a form sends them and as a query holds them ({@code application/x-www-form-urlencoded}, WHATWG URL, section 5). Line ends are
 * {@code \n}; other control characters are refused, and so is what is not UTF-8.
 */
public final class Entries {

    /** The most values of all names together. */
    static final int MOST = 200;

    private static final int LONGEST_NAME = 100;

    static final Entries NONE = new Entries(Map.of());

    private final Map<String, List<String>> values;

    private Entries(Map<String, List<String>> values) {
        this.values = values;
    }

    /** @throws Refused where it is malformed, or more than there may be */
    static Entries parse(String encoded) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        int count = 0;
        int at = 0;
        while (at < encoded.length()) {
            int end = encoded.indexOf('&', at);
            end = end < 0 ? encoded.length() : end;
            if (end > at) {
                if (++count > MOST) {
                    throw new Refused(Trouble.TOO_LARGE);
                }
                add(encoded.substring(at, end), values);
            }
            at = end + 1;
        }
        return new Entries(values);
    }

    private static void add(String pair, Map<String, List<String>> values) {
        int sign = pair.indexOf('=');
        String name = decoded(sign < 0 ? pair : pair.substring(0, sign));
        if (name.length() > LONGEST_NAME) {
            throw new Refused(Trouble.TOO_LARGE);
        }
        values.computeIfAbsent(name, any -> new ArrayList<>()).add(sign < 0 ? "" : decoded(pair.substring(sign + 1)));
    }

    private static String decoded(String encoded) {
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
                int low = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new Refused(Trouble.MALFORMED);
                }
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else if (c > '~' || c < ' ') {
                throw new Refused(Trouble.MALFORMED);
            } else {
                bytes[length++] = (byte) (c == '+' ? ' ' : c);
            }
        }
        return text(bytes, length);
    }

    private static String text(byte[] bytes, int length) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString()
                    .replace("\r\n", "\n")
                    .replace('\r', '\n');
            if (text.chars().anyMatch(c -> c == 0x7f || (c < ' ' && c != '\n' && c != '\t'))) {
                throw new Refused(Trouble.MALFORMED);
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new Refused(Trouble.MALFORMED);
        }
    }

    /** The value of a name that has one; of several, the first. */
    public Optional<String> one(String name) {
        return all(name).stream().findFirst();
    }

    /** The value without blanks around it; empty where there is none. */
    public String text(String name) {
        return one(name).map(String::strip).orElse("");
    }

    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /** In the order in which they came. */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }
}
