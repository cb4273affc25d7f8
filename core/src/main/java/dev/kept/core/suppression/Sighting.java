package dev.kept.core.suppression;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody in a store who is known by what an erased person was known by.
 *
 * @param by what of her fits
 * @param restored whether the store is said to be restored from a backup
 * @param erasedAt T of the (latest) erasure
 * @param earliest from when her data may be at the earliest, by the map's events; empty where none of it is dated
 * @param latest until when it may be at the latest; of a date alone, the end of the day
 */
public record Sighting(
        Fit by, boolean restored, Instant erasedAt, Optional<Instant> earliest, Optional<Instant> latest) {

    public Sighting {
        if (earliest.isPresent() != latest.isPresent()) {
            throw new IllegalArgumentException("what is dated has an earliest and a latest date");
        }
    }

    /** What fits. */
    public enum Fit {
        /** Her key: it is she, or somebody to whom the key was given anew. */
        KEY,
        /** A value that nobody else of her kind had when she was erased. */
        VALUE,
        /** A value that somebody else may have had at the time, too. */
        SHARED_VALUE;

        /** What says more of two. */
        public Fit and(Fit other) {
            return compareTo(other) <= 0 ? this : other;
        }
    }

    /** What is to be done, and why. */
    public enum Judgement {
        /** It is what was erased, and came back: it is erased again. */
        ERASE,
        /** All her data came after the erasure: she came back by herself, and is left alone. */
        LEAVE,
        /** Nothing of it is dated: a person has to decide. */
        ASK_UNDATED,
        /** Some of it is older than the erasure and some younger: a person has to decide. */
        ASK_MIXED,
        /** It is older than the erasure, but may be somebody else's: a person has to decide. */
        ASK_SHARED;

        public boolean asks() {
            return this == ASK_UNDATED || this == ASK_MIXED || this == ASK_SHARED;
        }
    }

    /**
     * What is to be done. Only what is older than the erasure has come back with something; what carries no date has only in a store that is said
     * to be restored, and where the key itself fits.
     */
    public Judgement judge() {
        if (earliest.isEmpty() || latest.isEmpty()) {
            return restored && by == Fit.KEY ? Judgement.ERASE : Judgement.ASK_UNDATED;
        }
        if (!earliest.get().isBefore(erasedAt)) {
            return Judgement.LEAVE;
        }
        if (latest.get().isAfter(erasedAt)) {
            return Judgement.ASK_MIXED;
        }
        // a value alone may have gone from one person to another since, unless the whole store is as it was
        boolean she = by == Fit.KEY || (by == Fit.VALUE && restored);
        return she ? Judgement.ERASE : Judgement.ASK_SHARED;
    }
}
