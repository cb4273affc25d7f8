package dev.kept.core.source;

/**
 * One thing wrong (or advisable) in what people wrote.
 *
 * @param code stable and machine-readable, kebab-case: {@code use-never-ends}
 * @param path the promise or element concerned, as it is named everywhere: {@code uses.newsletter.ends}; may be empty
 * @param message one lowercase sentence in the user's words, identifiers in backticks
 * @param attempt what to try, one sentence; may be empty
 */
public record Problem(Severity severity, String code, Place place, String path, String message, String attempt)
        implements Comparable<Problem> {

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
