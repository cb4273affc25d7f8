package dev.kept.core.doctor;

import java.util.List;

/**
 * One thing about a database that somebody should know.
 *
 * @param code stable and machine-readable, kebab-case: {@code standby}
 * @param subject the table, slot or setting concerned; empty for the server as a whole
 * @param what one lowercase sentence, identifiers in backticks
 * @param why what it does to Kept, or to people's data; one sentence
 * @param fix statements of SQL that mend it, in order, without semicolons; empty where no statement does
 * @param advice what to do where no statement does it, or which of the statements to choose; may be empty
 */
public record Finding(
        Level level, String code, String subject, String what, String why, List<String> fix, String advice) {

    /** How bad it is. */
    public enum Level {
        /** A command stops there, or would do less than it says. */
        PROBLEM,
        /** It works, until it hurts. */
        RISK,
        /** To be known; nothing has to be mended. */
        NOTE
    }

    public Finding {
        fix = List.copyOf(fix);
    }

    static Finding problem(String code, String subject, String what, String why, String... fix) {
        return new Finding(Level.PROBLEM, code, subject, what, why, List.of(fix), "");
    }

    static Finding risk(String code, String subject, String what, String why, String... fix) {
        return new Finding(Level.RISK, code, subject, what, why, List.of(fix), "");
    }

    static Finding note(String code, String subject, String what, String why, String... fix) {
        return new Finding(Level.NOTE, code, subject, what, why, List.of(fix), "");
    }

    /** The same with what to do besides. */
    Finding advising(String text) {
        return new Finding(level, code, subject, what, why, fix, text);
    }

    /** Whether it is more than a note. */
    public boolean counts() {
        return level != Level.NOTE;
    }
}
