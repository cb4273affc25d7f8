package dev.kept.stores.postgres.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A statement or a piece of one: text in which parameters stand. */
public final class Sql {

    public static final Sql EMPTY = new Sql(List.of());

    /** Strings and {@link Parameter}s in order. */
    private final List<Object> pieces;

    private Sql(List<Object> pieces) {
        this.pieces = pieces;
    }

    /** Puts together strings (written as they are), parameters and other pieces. */
    public static Sql of(Object... parts) {
        List<Object> pieces = new ArrayList<>();
        for (Object part : parts) {
            switch (part) {
                case String text -> pieces.add(text);
                case Parameter parameter -> pieces.add(parameter);
                case Sql sql -> pieces.addAll(sql.pieces);
                default -> throw new IllegalArgumentException("a statement has no " + part.getClass());
            }
        }
        return new Sql(Collections.unmodifiableList(pieces));
    }

    public static Sql join(String separator, List<Sql> parts) {
        List<Object> pieces = new ArrayList<>();
        for (Sql part : parts) {
            if (!pieces.isEmpty()) {
                pieces.add(separator);
            }
            pieces.addAll(part.pieces);
        }
        return new Sql(Collections.unmodifiableList(pieces));
    }

    /** All of these, each in parentheses; {@code TRUE} for none. */
    public static Sql and(List<Sql> parts) {
        return joined(" AND ", "TRUE", parts);
    }

    /** Any of these, each in parentheses; {@code FALSE} for none. */
    public static Sql or(List<Sql> parts) {
        return joined(" OR ", "FALSE", parts);
    }

    private static Sql joined(String operator, String none, List<Sql> parts) {
        if (parts.isEmpty()) {
            return of(none);
        }
        return parts.size() == 1
                ? parts.getFirst()
                : join(operator, parts.stream().map(part -> of("(", part, ")")).toList());
    }

    /** An identifier in double quotes. */
    public static String quoted(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    /** A text that is nobody's secret, in single quotes; right whatever {@code standard_conforming_strings} says. */
    public static String literal(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.contains("\\") ? " E" + quoted.replace("\\", "\\\\") : quoted;
    }

    public boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Whether this is just that text. */
    public boolean is(String text) {
        return pieces.size() == 1 && pieces.getFirst().equals(text);
    }

    /** With {@code ?} for each parameter, as JDBC takes it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Object piece : pieces) {
            text.append(piece instanceof Parameter ? "?" : piece);
        }
        return text.toString();
    }

    public List<Parameter> parameters() {
        return pieces.stream()
                .filter(Parameter.class::isInstance)
                .map(Parameter.class::cast)
                .toList();
    }

    /** For people: parameters as they may be shown, keys only as counts. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece instanceof Parameter parameter ? parameter.shown() : piece));
        return text.toString();
    }
}
