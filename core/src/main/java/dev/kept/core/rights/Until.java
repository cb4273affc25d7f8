package dev.kept.core.rights;

import java.time.LocalDate;

/** Until when something is held, as far as that can be said today (GDPR Art. 15(1)(d)). */
public sealed interface Until {

    /** All its uses have ended: the next sweep forgets it. */
    record Ended() implements Until {}

    /** The first day on which a sweep forgets it, unless something happens until then that moves the date. */
    record On(LocalDate date) implements Until {}

    /** As long as a row of the person's points to it. */
    record Pointed() implements Until {}

    /** An event that has not happened yet has to come first. */
    record NotYet() implements Until {}

    /** It is not known whether its uses have ended. */
    record Unknown() implements Until {}

    /** The later of two; what is less certain counts as later. */
    static Until later(Until a, Until b) {
        if (a instanceof On(LocalDate first) && b instanceof On(LocalDate second)) {
            return first.isBefore(second) ? b : a;
        }
        return rank(a) < rank(b) ? b : a;
    }

    private static int rank(Until until) {
        return switch (until) {
            case Ended ended -> 0;
            case On on -> 1;
            case Pointed pointed -> 2;
            case NotYet notYet -> 3;
            case Unknown unknown -> 4;
        };
    }
}
