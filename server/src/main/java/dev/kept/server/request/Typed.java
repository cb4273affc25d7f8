package dev.kept.server.request;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a person typed when she asked. Nothing of it is believed, and nothing is ever sent there but the answer to a plain question.
 *
 * @param address the address by which she is looked for
 * @param details further fields of the form by name ({@code place} of a testimonial)
 */
public record Typed(String name, String address, String words, Map<String, String> details) {

    public static final int MOST_NAME = 200;
    public static final int MOST_ADDRESS = 320;
    public static final int MOST_WORDS = 10_000;
    public static final int MOST_DETAILS = 10;
    private static final int MOST_DETAIL = 500;

    public Typed {
        if (name.length() > MOST_NAME || address.length() > MOST_ADDRESS || words.length() > MOST_WORDS) {
            throw new IllegalArgumentException("what was typed is too long");
        }
        if (details.size() > MOST_DETAILS
                || details.values().stream().anyMatch(detail -> detail.length() > MOST_DETAIL)) {
            throw new IllegalArgumentException("the details typed are too many or too long");
        }
        if ((name + address + words + details).indexOf('\0') >= 0) {
            throw new IllegalArgumentException("what was typed has a character that no text has");
        }
        details = Collections.unmodifiableMap(new TreeMap<>(details));
    }

    @Override
    public String toString() {
        return "what a person typed";
    }
}
