package dev.kept.core.constraint;

import java.util.ArrayList;
import java.util.List;

/** Reads one-dimensional arrays as PostgreSQL prints them: <code>{a,"b c"}</code>. */
final class ArrayText {

    private ArrayText() {}

    /** @throws IllegalArgumentException where the text is no such array, or holds a NULL */
    static List<String> items(String text) {
        String inner = text.strip();
        if (!inner.startsWith("{") || !inner.endsWith("}") || inner.length() < 2) {
            throw new IllegalArgumentException("a text is no array");
        }
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (int i = 1; i < inner.length() - 1; i++) {
            char c = inner.charAt(i);
            if (c == '\\') {
                item.append(inner.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
                wasQuoted = true;
            } else if (c == ',' && !quoted) {
                items.add(item(item, wasQuoted));
                item.setLength(0);
                wasQuoted = false;
            } else if (c == '{' && !quoted) {
                throw new IllegalArgumentException("an array of arrays");
            } else {
                item.append(c);
            }
        }
        if (inner.length() > 2) {
            items.add(item(item, wasQuoted));
        }
        return items;
    }

    private static String item(StringBuilder item, boolean quoted) {
        String text = quoted ? item.toString() : item.toString().strip();
        if (!quoted && text.equalsIgnoreCase("null")) {
            throw new IllegalArgumentException("a NULL in an array");
        }
        return text;
    }
}
