package dev.kept.core.source;

import java.util.Optional;

/**
 * One thing wrong (or advisable) in what people wrote.
 *
 * @param code stable and machine-readable, kebab-case: {@code use-never-ends}
 * @param path the promise or element concerned, as it is named everywhere: {@code uses.newsletter.ends}; may be empty
 * @param message one lowercase sentence in the user's words, identifiers in backticks
 * @param attempt what to try, one sentence; may be empty
 * @param difference where something is otherwise than expected
 */
public record Problem(
        Severity severity,
        String code,
        Place place,
        String path,
        String message,
        String attempt,
        Optional<Difference> difference)
        implements Comparable<Problem> {

    /** What was expected of the message's subject, and what was found, each in a few words. */
    public record Difference(String expected, String found) {}

    public Problem(Severity severity, String code, Place place, String path, String message, String attempt) {
        this(severity, code, place, path, message, attempt, Optional.empty());
    }

    /** {@code ERROR} fails a check; {@code ADVICE} does not. */
    public enum Severity {
        ERROR,
        ADVICE
    }

    public static Problem error(String code, Place place, String path, String message, String attempt) {
        return new Problem(Severity.ERROR, code, place, path, message, attempt);
    }

    public static Problem advice(String code, Place place, String path, String message, String attempt) {
        return new Problem(Severity.ADVICE, code, place, path, message, attempt);
    }

    @Override
    public int compareTo(Problem other) {
        int byPlace = place.compareTo(other.place);
        return byPlace != 0 ? byPlace : code.compareTo(other.code);
    }
}
