package dev.kept.core.proof;

import java.util.Locale;

/**
 * What breaks a promise: how much, where, and what to do about it; never the data itself.
 *
 * @param count of rows or values, as the kind says
 * @param message one sentence, in lower case, identifiers in backticks
 * @param attempt what to try
 */
public record Finding(Kind kind, Spot at, long count, String message, String attempt) {

    /** The kinds of breach Kept can find. */
    public enum Kind {
        /** Rows that are still there although every use of them has ended. */
        ROWS_OVERDUE,
        /** Rows in which columns still have their values although every use of these has ended. */
        COLUMNS_OVERDUE,
        /** Rows with something no purpose has needed for longer than the longest period. */
        BEYOND_LONGEST,
        /** Figures that ended rows left, of fewer persons than the notice says. */
        GROUPS_TOO_SMALL,
        /** Rows of persons who asked for erasure, with something that may go and has not gone. */
        LEFT_OF_ERASED,
        /** Requests that are open after their last day. */
        OVERDUE,
        /** Requests that were answered after their last day. */
        ANSWERED_LATE,
        /** Letters to an address of the notice that came back. */
        CAME_BACK,
        /** Letters to an address of the notice that nobody answered, one after the other. */
        UNANSWERED,
        /** A table or a column of the live schema that the map does not know. */
        UNDECLARED,
        /** Values of a kind of data where the map says there is none. */
        DENIED_VALUES,
        /** Values that say who somebody is in data that says of nobody who it is. */
        IDENTIFYING_VALUES;

        /** As documents write it: {@code rows-overdue}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Finding {
        if (count < 1) {
            throw new IllegalArgumentException("nothing found is no finding");
        }
    }
}
