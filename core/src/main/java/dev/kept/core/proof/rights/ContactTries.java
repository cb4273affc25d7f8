package dev.kept.core.proof.rights;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the notice's addresses, as they are now: letters that were sent there, and what came of them.
 *
 * @param letters to the mail address, newest first
 * @param hindrance why no letter can be sent at all; empty where one can
 * @param arrived on which day a letter last arrived at the postal address, by the word of somebody of the company
 */
public record ContactTries(List<Letter> letters, Optional<Hindrance> hindrance, Optional<LocalDate> arrived) {

    /** An answer shows for so many days that somebody reads what comes. */
    public static final int ANSWER_DAYS = 90;

    /** A letter by post shows it for so many. */
    public static final int POST_DAYS = 365;

    /** So many letters without an answer, one after the other, break the promise: longer than a request may take (GDPR Art. 12(3)). */
    public static final int MOST_UNANSWERED = 3;

    public ContactTries {
        letters = List.copyOf(letters);
    }

    /** What came of a letter. */
    public enum Outcome {
        /** It is under way, or lies there. */
        WAITING,
        ANSWERED,
        CAME_BACK,
        /** A mail server took it, and nobody answered in time. */
        UNANSWERED,
        /** It never left, or too late: says nothing of the address. */
        NOT_SENT
    }

    /** @param on when that came of it; when it was written, where it waits */
    public record Letter(Outcome outcome, LocalDate on) {}

    /** @param remedy what would make a letter possible */
    public record Hindrance(String why, String remedy) {}

    /** Letters of which the address says something, newest first. */
    List<Letter> telling() {
        return letters.stream()
                .filter(letter -> letter.outcome() != Outcome.WAITING && letter.outcome() != Outcome.NOT_SENT)
                .toList();
    }

    /** How many of the newest came to the same end. */
    long inARow(Outcome outcome) {
        return telling().stream()
                .takeWhile(letter -> letter.outcome() == outcome)
                .count();
    }

    Optional<LocalDate> answered() {
        return telling().stream()
                .filter(letter -> letter.outcome() == Outcome.ANSWERED)
                .map(Letter::on)
                .findFirst();
    }

    Optional<LocalDate> waiting() {
        return letters.stream()
                .filter(letter -> letter.outcome() == Outcome.WAITING)
                .map(Letter::on)
                .findFirst();
    }
}
