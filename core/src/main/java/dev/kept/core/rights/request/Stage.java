package dev.kept.core.rights.request;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a request stands. What reads or changes data can only be made with an {@link Identity}: {@link CarryingOut}, {@link Failed}, and an
 * {@link Answered} of data.
 */
public sealed interface Stage {

    /** How stages are written, in the order in which they come: {@link #word()}. */
    List<String> WORDS = List.of(
            "received",
            "proven",
            "in-review",
            "carrying-out",
            "failed",
            "clarifying",
            "held",
            "answered",
            "refused",
            "withdrawn",
            "expired",
            "joined");

    /** Still to be answered. */
    sealed interface Open extends Stage {}

    /** At its end. */
    sealed interface Closed extends Stage {}

    /** Waits aside until something is said or lifted, and goes on from where it was. */
    sealed interface Aside extends Open {
        Open before();
    }

    /** Nobody knows yet who asks. */
    record Received() implements Open {}

    /** It is known who asks; it is carried out next, or goes to a person. */
    record Proven(Identity identity) implements Open {}

    /** A person has to decide. */
    record InReview(Identity identity, Review why) implements Open {}

    /** Work in the stores has begun, or may begin at any time. */
    record CarryingOut(Identity identity) implements Open {}

    /** A store fails, or needs somebody's hand; it is not done until every store says so, or a person decides otherwise. */
    record Failed(Identity identity) implements Open {}

    /** A question to the person is open. */
    record Clarifying(Question question, Open before) implements Aside {
        public Clarifying {
            plain(before);
        }
    }

    /** Put on hold by a person, until a review. */
    record Held(LocalDate reviewOn, Open before) implements Aside {
        public Held {
            plain(before);
        }
    }

    /**
     * Answered.
     *
     * @param identity empty only where no data was read or changed for it
     * @param inPart whether a store did not do its part and a person decided to answer all the same
     */
    record Answered(Optional<Identity> identity, boolean inPart) implements Closed {}

    record Refused(Optional<Identity> identity, RefusalGround ground) implements Closed {}

    /** Taken back by the person. */
    record Withdrawn(Optional<Identity> identity) implements Closed {}

    /** Nobody proved who asked, in time. */
    record Expired() implements Closed {}

    /** The same was asked before by the same person, or from the same browser: that one is answered. */
    record Joined(UUID into, Optional<Identity> identity) implements Closed {}

    /** Why a person has to decide. */
    enum Review {
        /** The kind of request wants it. */
        KIND,
        /** The company has it so. */
        SETTINGS,
        /** An objection has to be weighed (Art. 21(1)). */
        WEIGHING,
        /** The stores know several persons who fit, or the plan has no correct way. */
        DOUBT,
        /** No store knows the person who is proven to ask: there is nothing to carry out, and somebody says so. */
        NOTHING_HELD
    }

    /** What is asked back. */
    enum Question {
        /** Who asks (Art. 12(6)): the clock stands. */
        IDENTITY(true),
        /** What is meant (recital 63): the clock stands. */
        SCOPE(true),
        /** Anything else: the clock runs on. */
        OTHER(false);

        private final boolean stopsClock;

        Question(boolean stopsClock) {
            this.stopsClock = stopsClock;
        }

        public boolean stopsClock() {
            return stopsClock;
        }
    }

    /** Who is known to ask, in every stage in which it is known. */
    default Optional<Identity> known() {
        return switch (this) {
            case Received received -> Optional.empty();
            case Proven proven -> Optional.of(proven.identity());
            case InReview review -> Optional.of(review.identity());
            case CarryingOut carrying -> Optional.of(carrying.identity());
            case Failed failed -> Optional.of(failed.identity());
            case Clarifying clarifying -> clarifying.before().known();
            case Held held -> held.before().known();
            case Answered answered -> answered.identity();
            case Refused refused -> refused.identity();
            case Withdrawn withdrawn -> withdrawn.identity();
            case Expired expired -> Optional.empty();
            case Joined joined -> joined.identity();
        };
    }

    /** As data writes it: {@code carrying-out}. */
    default String word() {
        return switch (this) {
            case Received received -> "received";
            case Proven proven -> "proven";
            case InReview review -> "in-review";
            case CarryingOut carrying -> "carrying-out";
            case Failed failed -> "failed";
            case Clarifying clarifying -> "clarifying";
            case Held held -> "held";
            case Answered answered -> "answered";
            case Refused refused -> "refused";
            case Withdrawn withdrawn -> "withdrawn";
            case Expired expired -> "expired";
            case Joined joined -> "joined";
        };
    }

    private static void plain(Open before) {
        if (before instanceof Aside) {
            throw new IllegalArgumentException("a request waits aside from one stage only");
        }
    }
}
