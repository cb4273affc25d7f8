package dev.kept.server.command;

/** What a command's exit code tells the script that called it. The same for every command. */
public final class ExitCode {
    /** Done, and nothing was found wrong. */
    public static final int OK = 0;

    /** Ran to its end and found problems: a notice that does not check, an erasure that is incomplete. */
    public static final int PROBLEMS = 1;

    /** Could not run: wrong arguments, no database, a missing privilege, a bug. */
    public static final int CANNOT_RUN = 2;

    /** Stopped before it changed anything and waits for another operator's approval. */
    public static final int WAITS_FOR_APPROVAL = 3;

    private ExitCode() {}
}
