package dev.kept.server.command;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.LeaseLost;
import dev.kept.server.state.SqlState;
import dev.kept.stores.postgres.session.StoreException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How every failure of a command reads: {@code error:} one sentence, {@code try:} what to do next. The message of an
 * unforeseen exception is not printed, since a driver's message may quote the data it choked on; its type and place are.
 */
public final class CommandErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /** Enough frames to find the place, few enough to read. */
    private static final int FRAMES_SHOWN = 12;

    @Override
    public int handleParseException(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("error: "
                + lowercaseFirst(Objects.requireNonNullElse(problem.getMessage(), "arguments that do not fit")));
        if (!UnmatchedArgumentException.printSuggestions(problem, err)) {
            err.println("try: " + command.getCommandSpec().qualifiedName(" ") + " --help");
        }
        err.flush();
        return ExitCode.CANNOT_RUN;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (stopping()) {
            err.println("kept: interrupted");
        } else {
            say(failure, err);
        }
        err.flush();
        return ExitCode.CANNOT_RUN;
    }

    /** Whether the process is being ended: what fails then, fails because databases and connections are closed beneath it. */
    private static boolean stopping() {
        Thread never = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(never);
            Runtime.getRuntime().removeShutdownHook(never);
            return false;
        } catch (IllegalStateException shuttingDown) {
            return true;
        }
    }

    private static void say(Exception failure, PrintWriter err) {
        switch (failure) {
            case CannotRun cannotRun -> say(err, cannotRun.problem(), cannotRun.advice());
            case JdbiException state
            when SqlState.full(state) ->
                say(
                        err,
                        "the disk of kept's own database is full" + SqlState.of(state),
                        "free some room there, then the same command again: a run goes on where it stopped");
            case JdbiException state
            when SqlState.unreachable(state) ->
                say(
                        err,
                        "kept's own database does not answer" + SqlState.of(state),
                        "see that it runs, then the same command again: a run goes on where it stopped");
            case JdbiException state
            when SqlState.refused(state) ->
                say(
                        err,
                        "kept's own database refuses what was to be written or read" + SqlState.of(state),
                        "see that it may be written to and that the user owns schema `kept`, then the same command again");
            case StoreException store ->
                say(
                        err,
                        store.getMessage(),
                        store.attempt().isEmpty() ? "run the same command again" : store.attempt());
            case LeaseLost lost ->
                say(
                        err,
                        lost.getMessage() + "; nothing more was changed here",
                        "wait until that process is done, then the same command again");
            default -> printUnforeseen(failure, err);
        }
    }

    private static void say(PrintWriter err, @Nullable String problem, String advice) {
        err.println("error: " + problem);
        err.println("try: " + advice);
    }

    private static void printUnforeseen(Throwable failure, PrintWriter err) {
        err.println("error: a failure that kept did not foresee, its message withheld as it may quote data");
        for (Throwable link = failure; link != null; link = link.getCause()) {
            err.println("  " + link.getClass().getName());
            StackTraceElement[] frames = link.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, FRAMES_SHOWN); i++) {
                err.println("    at " + frames[i]);
            }
        }
        err.println("try: report these lines as a bug");
    }

    private static String lowercaseFirst(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }
}
