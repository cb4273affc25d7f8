package dev.kept.core.lifecycle;

import java.util.List;

/**
 * Keys of persons or records that a condition compares with: bound as arrays, never written into text.
 *
 * @param name what they are, for people and logs: {@code erased customer}; keys themselves are never printed
 * @param keys each as PostgreSQL prints its columns' values
 */
public record KeySet(String name, List<List<String>> keys) {

    /** The most keys one set may hold; more persons are treated in several runs. */
    public static final int MAX_KEYS = 100_000;

    public KeySet {
        keys = keys.stream().map(List::copyOf).toList();
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("a key set holds at most " + MAX_KEYS + " keys");
        }
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    @Override
    public String toString() {
        return name + " (" + keys.size() + ")";
    }
}
