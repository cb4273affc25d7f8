package dev.kept.server.run;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.Account;
import dev.kept.server.state.PrivateLog;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who acts, and how the person's identity was established. All of it stays in the private log; everything else knows a commitment.
 *
 * @param account who acts, where a sign-in provider knows
 * @param said what was checked, or why; may be empty for a sweep
 * @param role for the ledger: whoever works on the command line is an engineer
 * @param behind under which names she may be known besides, and who stands behind a program that acts for her: none of them is another person
 */
public record Operator(String name, Optional<Account> account, String said, String role, List<Operator> behind) {

    /** The longest name or statement taken. */
    public static final int MAX_CHARACTERS = 1_000;

    private static final String COMMAND_LINE = "engineer";

    /** Who runs a sweep that nobody started by hand. */
    public static final Operator SCHEDULE = new Operator("schedule", "");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    public Operator {
        behind = List.copyOf(behind);
        if (name.isBlank() || name.length() > MAX_CHARACTERS || said.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "an operator has a name, and says at most " + MAX_CHARACTERS + " characters");
        }
    }

    /** Somebody behind whom nobody else stands. */
    public Operator(String name, Optional<Account> account, String said) {
        this(name, account, said, COMMAND_LINE, List.of());
    }

    /** Somebody whom no provider knows. */
    public Operator(String name, String said) {
        this(name, Optional.empty(), said);
    }

    /**
     * Who acts, as they say on the command line.
     *
     * @throws CannotRun where the name is blank, or either is too long, or the name is that of no person
     */
    public static Operator named(String name, String said) {
        if (plain(name).equals(plain(SCHEDULE.name()))) {
            throw new CannotRun(
                    "`" + SCHEDULE.name() + "` names a sweep that nobody started by hand", "--operator NAME: who acts");
        }
        try {
            return new Operator(name, said);
        } catch (IllegalArgumentException e) {
            throw new CannotRun(
                    "the operator has no name, or says too much",
                    "--operator NAME, and nothing longer than " + MAX_CHARACTERS + " characters",
                    e);
        }
    }

    /** A name however it is written: the same person types it with another case, or a blank too many. */
    static String plain(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return BLANKS.matcher(composed).replaceAll(" ").strip();
    }

    String commit(PrivateLog log) {
        return log.record(name, account, said);
    }

    /** The same, to be recorded with what it is said of. */
    public PrivateLog.Act act(PrivateLog log) {
        return log.act(name, account, said);
    }

    @Override
    public String toString() {
        return "an operator";
    }
}
