package dev.kept.core.model;

/** Whether something has ended: known, known not, or unknown; with Kleene's AND and OR. */
public enum Ended {
    YES,
    NO,
    UNKNOWN;

    static Ended when(boolean known) {
        return known ? YES : NO;
    }

    Ended and(Ended other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == YES && other == YES ? YES : UNKNOWN;
    }

    Ended or(Ended other) {
        if (this == YES || other == YES) {
            return YES;
        }
        return this == NO && other == NO ? NO : UNKNOWN;
    }

    Ended not() {
        return this == UNKNOWN ? UNKNOWN : this == YES ? NO : YES;
    }
}
