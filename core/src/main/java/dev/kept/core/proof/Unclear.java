package dev.kept.core.proof;

import java.util.Locale;
import java.util.Optional;

/**
 * Why it is not shown whether a promise is kept, and what would make it known.
 *
 * @param at where, as far as it is one place
 * @param count of rows it concerns; 0 where it is not about rows
 * @param message one sentence, in lower case, identifiers in backticks
 * @param remedy what would make it known
 */
public record Unclear(Reason reason, Optional<Spot> at, long count, String message, String remedy) {

    /** The kinds of reasons. */
    public enum Reason {
        /** Nothing of Kept looks at such promises, or not yet. */
        NOTHING_LOOKS,
        /** No store's map has what the promise is about. */
        MAPPED_NOWHERE,
        /** It has not happened yet: nobody has asked. */
        NOTHING_HAPPENED,
        /** Of some rows it is not known whether their use has ended. */
        UNKNOWN_ENDS,
        /** A sweep is at work: what is due is being forgotten. */
        SWEEP_RUNNING,
        /** An erasure is under way or broke off. */
        ERASURE_RUNNING,
        /** The store was restored from a backup and is not clean yet. */
        RESTORED,
        /** Of somebody it is doubtful whether she is who was erased, and a person has to decide. */
        AWAITS_DECISION,
        /** Something holds rows that Kept does not read. */
        HELD_ELSEWHERE,
        /** The store was left out by whoever asked. */
        NOT_ASKED,
        /** The store did not answer. */
        STORE_SILENT,
        /** The store answered and refused: a privilege is missing, or rows would have been hidden. */
        STORE_REFUSED,
        /** The map does not fit the live schema, or no correct plan exists. */
        MAP_UNFIT,
        /** The snapshot's time limit was reached first. */
        LIMIT_REACHED;

        /** As documents write it: {@code unknown-ends}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether a look that was to be made could not be made: a failure, and not a gap that is known. */
        public boolean failure() {
            return switch (this) {
                case STORE_SILENT, STORE_REFUSED, MAP_UNFIT, LIMIT_REACHED -> true;
                case NOTHING_LOOKS,
                        MAPPED_NOWHERE,
                        NOTHING_HAPPENED,
                        UNKNOWN_ENDS,
                        SWEEP_RUNNING,
                        ERASURE_RUNNING,
                        RESTORED,
                        AWAITS_DECISION,
                        HELD_ELSEWHERE,
                        NOT_ASKED -> false;
            };
        }
    }

    /** One that is about no place and no rows. */
    public static Unclear of(Reason reason, String message, String remedy) {
        return new Unclear(reason, Optional.empty(), 0, message, remedy);
    }
}
