package dev.kept.core.rights;

import java.util.Set;

/** How values of a column are handed over, and written down. */
public enum Shape {
    /** Text as it is. */
    TEXT,
    /** A number, exact, as text; {@code NaN} and the infinities are words. */
    NUMBER,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** A date or time in ISO 8601; {@code infinity} is a word. */
    TIME,
    /** Bytes in Base64 (RFC 4648 section 4). */
    BYTES,
    /** The text of a JSON value: JSON columns and paths, arrays. */
    JSON;

    private static final Set<String> NUMBERS =
            Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision");

    /** The shape of a type as PostgreSQL prints it, length and precision aside. */
    static Shape of(String type) {
        String plain = type.replaceAll("\\(\\d+(,-?\\d+)?\\)", "");
        if (plain.endsWith("[]")) {
            return JSON;
        }
        if (NUMBERS.contains(plain)) {
            return NUMBER;
        }
        return switch (plain) {
            case "boolean" -> BOOLEAN;
            case "date", "timestamp without time zone", "timestamp with time zone" -> TIME;
            case "bytea" -> BYTES;
            case "json", "jsonb" -> JSON;
            default -> TEXT;
        };
    }
}
