package dev.kept.server.failure;

import java.util.Objects;

/**
 * A command cannot do what was asked. Printed as one line that says what is wrong and one that says what to try, and
 * ends the process with exit code 2. Neither line may carry personal data.
 */
public final class CannotRun extends RuntimeException {
    private final String problem;
    private final String advice;

    /**
     * @param problem one lowercase sentence in the user's words, identifiers in backticks
     * @param advice what to try next
     */
    public CannotRun(String problem, String advice) {
        super(problem);
        this.problem = Objects.requireNonNull(problem);
        this.advice = Objects.requireNonNull(advice);
    }

    /** As {@link #CannotRun(String, String)}, keeping what led to it for the stack trace. */
    public CannotRun(String problem, String advice, Throwable cause) {
        super(problem, cause);
        this.problem = Objects.requireNonNull(problem);
        this.advice = Objects.requireNonNull(advice);
    }

    public String problem() {
        return problem;
    }

    public String advice() {
        return advice;
    }
}
