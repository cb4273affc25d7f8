package dev.kept.server.state;

import java.sql.SQLException;
import java.util.Optional;

/** The five letters of an error of Kept's own database; its message may quote data and is never shown. */
public final class SqlState {

    private static final int MOST_CAUSES = 20;

    private SqlState() {}

    /** {@code " (SQLSTATE 57P01)"}, from the first cause that knows one; empty where none does. */
    public static String of(Throwable failure) {
        return find(failure).map(state -> " (SQLSTATE " + state + ")").orElse("");
    }

    /**
     * Whether the database is gone, or has no room: connection exceptions, insufficient resources, operator intervention and system errors
     * (classes 08, 53, 57, 58), or no answer at all.
     */
    public static boolean unreachable(Throwable failure) {
        return find(failure)
                .map(state -> state.matches("(08|53|57|58).*"))
                .orElse(failure.getCause() instanceof SQLException);
    }

    /** Whether the disk of its server is full. */
    public static boolean full(Throwable failure) {
        return find(failure).filter("53100"::equals).isPresent();
    }

    /** Whether the database answers and lets it not be: conflicts and time-outs of others, read-only, or a privilege that is missing. */
    public static boolean refused(Throwable failure) {
        return find(failure)
                .map(state -> state.matches("(25|40).*|42501|55P03"))
                .orElse(false);
    }

    /** Whether what was to be written once was there already (class 23, unique violation). */
    public static boolean taken(Throwable failure) {
        return find(failure).filter("23505"::equals).isPresent();
    }

    private static Optional<String> find(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof SQLException error && error.getSQLState() != null) {
                return Optional.of(error.getSQLState());
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
