package dev.kept.core.ledger;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Canonical JSON (RFC 8785) of strings, whole numbers, booleans, null, lists and maps: keys in the order of their UTF-16 code units, no white space, one
 * spelling for everything. Fractions have no place in evidence and are refused.
 */
public final class CanonicalJson {

    /** Whole numbers beyond 2^53 - 1 are not the same everywhere (RFC 8785 section 3.2.2.3, RFC 7493 section 2.2). */
    public static final long LARGEST_NUMBER = (1L << 53) - 1;

    private static final int MOST_DEPTH = 100;

    private CanonicalJson() {}

    /** @throws IllegalArgumentException for what has no canonical form here */
    public static String write(Map<String, ?> object) {
        StringBuilder text = new StringBuilder(256);
        value(object, text, 0);
        return text.toString();
    }

    public static byte[] bytes(Map<String, ?> object) {
        return write(object).getBytes(StandardCharsets.UTF_8);
    }

    private static void value(@Nullable Object value, StringBuilder text, int depth) {
        if (depth > MOST_DEPTH) {
            throw new IllegalArgumentException("a document is nested more than " + MOST_DEPTH + " deep");
        }
        switch (value) {
            case null -> text.append("null");
            case String string -> string(string, text);
            case Integer number -> text.append(number.intValue());
            case Long number -> number(number, text);
            case Boolean truth -> text.append(truth.booleanValue());
            case List<?> list -> list(list, text, depth);
            case Map<?, ?> map -> map(map, text, depth);
            default ->
                throw new IllegalArgumentException("a " + value.getClass().getName() + " has no canonical form");
        }
    }

    private static void number(long number, StringBuilder text) {
        if (number > LARGEST_NUMBER || number < -LARGEST_NUMBER) {
            throw new IllegalArgumentException("a number beyond 2^53 - 1 has no canonical form");
        }
        text.append(number);
    }

    private static void list(List<?> list, StringBuilder text, int depth) {
        text.append('[');
        String comma = "";
        for (Object item : list) {
            text.append(comma);
            value(item, text, depth + 1);
            comma = ",";
        }
        text.append(']');
    }

    private static void map(Map<?, ?> map, StringBuilder text, int depth) {
        // a string's natural order is that of its UTF-16 code units, section 3.2.3
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException("a key that is no string has no canonical form");
            }
            sorted.put(name, value);
        });
        text.append('{');
        String comma = "";
        for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
            text.append(comma);
            string(member.getKey(), text);
            text.append(':');
            value(member.getValue(), text, depth + 1);
            comma = ",";
        }
        text.append('}');
    }

    /** Section 3.2.2.2. */
    private static void string(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isSurrogatePair(c, i + 1 < string.length() ? string.charAt(i + 1) : ' ')) {
                    throw new IllegalArgumentException("half a surrogate pair has no canonical form");
                }
                text.append(c).append(string.charAt(++i));
            } else {
                character(c, text);
            }
        }
        text.append('"');
    }

    private static void character(char c, StringBuilder text) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\t' -> text.append("\\t");
            case '\n' -> text.append("\\n");
            case '\f' -> text.append("\\f");
            case '\r' -> text.append("\\r");
            default -> {
                if (c < ' ') {
                    text.append("\\u00").append(c < 0x10 ? '0' : '1').append(Character.forDigit(c % 0x10, 0x10));
                } else {
                    text.append(c);
                }
            }
        }
    }
}
