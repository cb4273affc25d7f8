package dev.kept.core.suppression;

import java.util.List;

/**
 * What a person is known by in a store: her key, or a finder's value in the form in which the map compares it.
 *
 * @param kind of person
 * @param finder its name; empty for the key
 * @param values of the key's columns, or the one value of the finder, as PostgreSQL prints them
 */
public record Identifier(String kind, String finder, List<String> values) {

    public Identifier {
        values = List.copyOf(values);
        if (kind.isEmpty() || values.isEmpty()) {
            throw new IllegalArgumentException("an identifier is of a kind of person and has a value");
        }
    }

    public static Identifier key(String kind, List<String> key) {
        return new Identifier(kind, "", key);
    }

    public static Identifier found(String kind, String finder, String value) {
        if (finder.isEmpty()) {
            throw new IllegalArgumentException("a finder has a name");
        }
        return new Identifier(kind, finder, List.of(value));
    }

    /** Never the value. */
    @Override
    public String toString() {
        return "an identifier of a " + kind;
    }
}
