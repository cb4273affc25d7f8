package dev.kept.server.run;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.PrivateLog;

/**
 * Who acts, and how the person's identity was established. Both stay in the private log; everything else knows a commitment.
 *
 * @param said what was checked, or why; may be empty for a sweep
 */
public record Operator(String name, String said) {

    /** The longest name or statement taken. */
    public static final int MAX_CHARACTERS = 1_000;

    /** Who runs a sweep that nobody started by hand. */
    public static final Operator SCHEDULE = new Operator("schedule", "");

    public Operator {
        if (name.isBlank() || name.length() > MAX_CHARACTERS || said.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "an operator has a name, and says at most " + MAX_CHARACTERS + " characters");
        }
    }

    /**
     * Who acts, as they say on the command line.
     *
     * @throws CannotRun where the name is blank, or either is too long
     */
    public static Operator named(String name, String said) {
        try {
            return new Operator(name, said);
        } catch (IllegalArgumentException e) {
            throw new CannotRun(
                    "the operator has no name, or says too much",
                    "--operator NAME, and nothing longer than " + MAX_CHARACTERS + " characters",
                    e);
        }
    }

    String commit(PrivateLog log) {
        return log.record(name, said);
    }

    /** The same, to be recorded with what it is said of. */
    PrivateLog.Act act(PrivateLog log) {
        return log.act(name, said);
    }

    @Override
    public String toString() {
        return "an operator";
    }
}
