package dev.kept.core.lifecycle;

import dev.kept.core.datamap.Epoch;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of columns that can date a use. */
public enum DateKind {
    /** {@code timestamp with time zone}. */
    INSTANT,
    /** {@code timestamp without time zone}, read in the zone the map names. */
    LOCAL,
    /** {@code date}, in the controller's zone. */
    DATE,
    /** A whole number of seconds since 1970, as the map says. */
    EPOCH_SECONDS,
    /** A whole number of milliseconds since 1970, as the map says. */
    EPOCH_MILLISECONDS,
    /** A whole number of microseconds since 1970, as the map says. */
    EPOCH_MICROSECONDS;

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

    /** Whether a type holds whole numbers, which can be times where the map says what they count. */
    public static boolean counts(String baseType) {
        return baseType.equals("bigint") || baseType.equals("integer");
    }

    /** The same of a column of which the map may say that its numbers are times: an event of it, or else the store. */
    public static Optional<DateKind> of(Store store, Table table, String column, String baseType) {
        return ofType(baseType)
                .or(() -> epoch(store, table, column)
                        .filter(said -> counts(baseType))
                        .map(said -> switch (said) {
                            case SECONDS -> EPOCH_SECONDS;
                            case MILLISECONDS -> EPOCH_MILLISECONDS;
                            case MICROSECONDS -> EPOCH_MICROSECONDS;
                        }));
    }

    /** What is said at one event of a column goes for all that name the column: a map that says two things of one does not bind. */
    private static Optional<Epoch> epoch(Store store, Table table, String column) {
        return table.events().values().stream()
                .filter(event -> event.column().equals(column))
                .flatMap(event -> event.epoch().stream())
                .findFirst()
                .or(store::epoch);
    }

    /** What its numbers count; empty where it is no number. */
    public Optional<Epoch> epoch() {
        return switch (this) {
            case INSTANT, LOCAL, DATE -> Optional.empty();
            case EPOCH_SECONDS -> Optional.of(Epoch.SECONDS);
            case EPOCH_MILLISECONDS -> Optional.of(Epoch.MILLISECONDS);
            case EPOCH_MICROSECONDS -> Optional.of(Epoch.MICROSECONDS);
        };
    }
}
