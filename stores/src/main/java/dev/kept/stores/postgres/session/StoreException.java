package dev.kept.stores.postgres.session;

import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Says in one sentence what a store refused or could not do, and what to try.
 *
 * <p>PostgreSQL's own messages quote values, which may be a person's: only codes and the names of tables, columns and constraints are
 * taken over, and the original exception is not kept.
 */
public final class StoreException extends RuntimeException {

    /** What can be done about it. */
    public enum Kind {
        /** Another transaction was in the way: the batch can be tried again. */
        CONFLICT,
        /** The connection is gone; whether a commit under way took effect is not known. */
        LOST,
        /** A statement took longer than its limit. */
        TIME_LIMIT,
        /** A privilege is missing, or row-level security would hide rows. */
        PRIVILEGE,
        /** A constraint forbids the change. */
        CONSTRAINT,
        /** Another Kept process is at work in the store. */
        BUSY,
        /** The store must not be written to as it is: a replica, a pooled connection, another system than before. */
        UNFIT,
        /** A step changed nothing although there was something to do. */
        NO_PROGRESS,
        OTHER
    }

    private final Kind kind;
    private final String message;
    private final String attempt;

    public StoreException(Kind kind, String message, String attempt) {
        super(message);
        this.kind = kind;
        this.message = message;
        this.attempt = attempt;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** What to try, one sentence; may be empty. */
    public String attempt() {
        return attempt;
    }

    private static final Pattern FUNCTION = Pattern.compile("^PL/pgSQL function ([^(]{1,200})\\(");

    private static final String DISK_FULL = "53100";

    /** Translates an error of the driver or the server. */
    public static StoreException of(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        return switch (kindOf(state)) {
            case CONFLICT ->
                new StoreException(
                        Kind.CONFLICT,
                        "another transaction of the store was in the way" + code(state),
                        "run it again; if it happens again, see what holds locks in `pg_locks`");
            case LOST ->
                new StoreException(
                        Kind.LOST,
                        "the connection to the store was lost" + code(state),
                        "run it again: what was committed is recognised");
            case TIME_LIMIT ->
                new StoreException(
                        Kind.TIME_LIMIT,
                        "a statement took longer than its limit" + code(state),
                        "see the plan for a missing index, or raise the limit");
            case PRIVILEGE ->
                new StoreException(
                        Kind.PRIVILEGE,
                        "the store refused access" + where(error) + code(state) + hiddenRows(error),
                        "grant what is missing, or run as the tables' owner");
            case CONSTRAINT ->
                new StoreException(
                        Kind.CONSTRAINT,
                        "a constraint of the store forbids the change" + where(error) + code(state),
                        "let the map name a value that fits (`cleared`), or change the constraint");
            case BUSY, UNFIT, NO_PROGRESS, OTHER -> other(error, state);
        };
    }

    private static StoreException other(SQLException error, String state) {
        return state.equals(DISK_FULL)
                ? new StoreException(
                        Kind.OTHER,
                        "the disk of the store's server is full" + code(state),
                        "free some room there, then run it again: what was committed stays, the rest was undone")
                : new StoreException(
                        Kind.OTHER,
                        "the store reported an error" + where(error) + code(state) + said(error, state),
                        "");
    }

    private static Kind kindOf(String state) {
        return switch (state) {
            case "40001", "40P01", "55P03" -> Kind.CONFLICT;
            case "57014" -> Kind.TIME_LIMIT;
            case "42501" -> Kind.PRIVILEGE;
            case "57P01", "57P02", "57P03", "57P05", "25P03", "25P04" -> Kind.LOST;
            default -> state.startsWith("08") ? Kind.LOST : state.startsWith("23") ? Kind.CONSTRAINT : Kind.OTHER;
        };
    }

    private static String code(String state) {
        return state.isEmpty() ? "" : " (SQLSTATE " + state + ")";
    }

    /** Names only; never values. */
    private static String where(SQLException error) {
        ServerErrorMessage message = error instanceof PSQLException server ? server.getServerErrorMessage() : null;
        if (message == null) {
            return "";
        }
        StringBuilder where = new StringBuilder();
        append(where, "constraint", message.getConstraint());
        append(where, "column", message.getColumn());
        append(where, "table", message.getTable());
        Matcher function = FUNCTION.matcher(inside(message));
        return where + (function.find() ? " in function `" + function.group(1) + "`" : "");
    }

    /** What the server was doing within functions when the error arose; empty for an error of the statement itself. */
    private static String inside(ServerErrorMessage message) {
        return message.getWhere() == null ? "" : message.getWhere();
    }

    private static void append(StringBuilder where, String what, @org.jspecify.annotations.Nullable String name) {
        if (name != null && !name.isEmpty()) {
            where.append(where.isEmpty() ? " at " : " of ")
                    .append(what)
                    .append(" `")
                    .append(name)
                    .append('`');
        }
    }

    private static String hiddenRows(SQLException error) {
        ServerErrorMessage message = error instanceof PSQLException server ? server.getServerErrorMessage() : null;
        String text = message == null
                        || message.getMessage() == null
                        || !inside(message).isEmpty()
                ? ""
                : message.getMessage();
        return text.isEmpty() ? "" : ": " + text.toLowerCase(Locale.ROOT);
    }

    /** Errors in a statement's own text (class 42) name tables, columns and types, never values; what a trigger raises may say anything. */
    private static String said(SQLException error, String state) {
        ServerErrorMessage message = error instanceof PSQLException server ? server.getServerErrorMessage() : null;
        boolean harmless = state.startsWith("42")
                && message != null
                && message.getMessage() != null
                && inside(message).isEmpty();
        return harmless && message != null ? ": " + message.getMessage() : "";
    }
}
