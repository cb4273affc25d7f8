package dev.kept.core.notice;

import java.time.LocalDate;
import java.util.Optional;

/**
 * For which data, and at which times, an end counts. Versions of a notice bind what is dated while they stand (DESIGN section 1, rule 10);
 * days begin in the controller's zone.
 *
 * @param before only what is dated before this day; empty: whatever its date
 * @param from only at a T on this day or later
 * @param until only at a T before this day
 */
public record Window(Optional<LocalDate> before, Optional<LocalDate> from, Optional<LocalDate> until) {

    /** For all data, at any time. */
    public static final Window ALWAYS = new Window(Optional.empty(), Optional.empty(), Optional.empty());

    /** What counts for data of any date from a day on. */
    public static Window from(LocalDate day) {
        return new Window(Optional.empty(), Optional.of(day), Optional.empty());
    }

    /** What counts for data dated before a day. */
    public static Window before(LocalDate day) {
        return new Window(Optional.of(day), Optional.empty(), Optional.empty());
    }

    /** The same, at times before a day only. */
    public Window until(LocalDate day) {
        return new Window(before, from, Optional.of(day));
    }

    /**
     * When it counts that nothing has happened at all: while the version that says so stands. What never happened is not dated before
     * anything, so before or after that another version decides.
     */
    public Window ofAbsence() {
        return new Window(Optional.empty(), from, before);
    }

    /** Whether the end counts at all on a day. */
    public boolean isOpen(LocalDate today) {
        return from.filter(today::isBefore).isEmpty()
                && until.filter(last -> !today.isBefore(last)).isEmpty();
    }
}
