package dev.kept.core.lifecycle;

import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of columns that can date a use. */
public enum DateKind {
    /** {@code timestamp with time zone}. */
    INSTANT,
    /** {@code timestamp without time zone}, read in the zone the map names. */
    LOCAL,
    /** {@code date}, in the controller's zone. */
    DATE;

    private static final Pattern PRECISION = Pattern.compile("\\(\\d+\\)");

    /** The kind of a PostgreSQL type as {@code format_type} prints it, precision aside; empty for a type that holds no date. */
    public static Optional<DateKind> ofType(String baseType) {
        return switch (PRECISION.matcher(baseType).replaceAll("")) {
            case "timestamp with time zone" -> Optional.of(INSTANT);
            case "timestamp without time zone" -> Optional.of(LOCAL);
            case "date" -> Optional.of(DATE);
            default -> Optional.empty();
        };
    }
}
