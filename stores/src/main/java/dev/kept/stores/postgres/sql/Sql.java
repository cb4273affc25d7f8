package dev.kept.stores.postgres.sql;

import dev.kept.core.lifecycle.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A statement or a piece of one: text in which parameters stand. */
public final class Sql {

    public static final Sql EMPTY = new Sql(List.of());

    /** Strings, {@link Parameter}s and other pieces in order. */
    private final List<Object> pieces;

    /** Put together when first asked for: pieces are not, whole statements more than once. */
    private @Nullable String text;

    private @Nullable List<Parameter> parameters;

    private Sql(List<Object> pieces) {
        this.pieces = pieces;
    }

    /** Puts together strings (written as they are), parameters and other pieces. */
    public static Sql of(Object... parts) {
        for (Object part : parts) {
            if (!(part instanceof String || part instanceof Parameter || part instanceof Sql)) {
                throw new IllegalArgumentException("a statement has no " + part.getClass());
            }
        }
        return new Sql(List.of(parts));
    }

    public static Sql join(String separator, List<Sql> parts) {
        List<Object> pieces = new ArrayList<>();
        for (Sql part : parts) {
            if (!pieces.isEmpty()) {
                pieces.add(separator);
            }
            pieces.add(part);
        }
        return new Sql(List.copyOf(pieces));
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
        return pieces.size() == 1
                && (pieces.getFirst() instanceof Sql inner
                        ? inner.is(text)
                        : pieces.getFirst().equals(text));
    }

    /** With {@code ?} for each parameter, as JDBC takes it. */
    public String text() {
        String known = text;
        if (known == null) {
            StringBuilder written = new StringBuilder();
            each(piece -> written.append(piece instanceof Parameter ? "?" : piece));
            known = written.toString();
            text = known;
        }
        return known;
    }

    public List<Parameter> parameters() {
        List<Parameter> known = parameters;
        if (known == null) {
            List<Parameter> read = new ArrayList<>();
            each(piece -> {
                if (piece instanceof Parameter parameter) {
                    read.add(parameter);
                }
            });
            known = List.copyOf(read);
            parameters = known;
        }
        return known;
    }

    /** The same text with the keys and cut-offs that are meant. */
    public Sql with(Binding binding) {
        Sql bound = new Sql(pieces);
        bound.text = text();
        bound.parameters =
                parameters().stream().map(parameter -> parameter.with(binding)).toList();
        return bound;
    }

    /**
     * One text of several that are alike but for what their parameters say.
     *
     * @param merged what stands for the parameters at one place, in the order of the texts
     * @throws IllegalArgumentException where the texts differ
     */
    static Sql merged(List<Sql> alike, Function<List<Parameter>, Sql> merged) {
        Sql first = alike.getFirst();
        if (!alike.stream().allMatch(other -> other.text().equals(first.text()))) {
            throw new IllegalArgumentException("the questions are not alike");
        }
        List<Object> pieces = new ArrayList<>();
        int[] next = {0};
        first.each(piece -> {
            if (piece instanceof Parameter) {
                int at = next[0]++;
                pieces.add(merged.apply(
                        alike.stream().map(one -> one.parameters().get(at)).toList()));
            } else {
                pieces.add(piece);
            }
        });
        return new Sql(List.copyOf(pieces));
    }

    private void each(Consumer<Object> reader) {
        for (Object piece : pieces) {
            if (piece instanceof Sql sql) {
                sql.each(reader);
            } else {
                reader.accept(piece);
            }
        }
    }

    /** For people: parameters as they may be shown, keys only as counts. */
    @Override
    public String toString() {
        StringBuilder shown = new StringBuilder();
        each(piece -> shown.append(piece instanceof Parameter parameter ? parameter.shown() : piece));
        return shown.toString();
    }
}
