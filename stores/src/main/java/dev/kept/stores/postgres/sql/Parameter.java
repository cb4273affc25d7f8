package dev.kept.stores.postgres.sql;

import dev.kept.core.lifecycle.Binding;
import dev.kept.core.lifecycle.Cutoff;
import dev.kept.core.lifecycle.KeySet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value bound to a statement, sent as text; the statement's text casts it to its type.
 *
 * @param text as PostgreSQL reads it
 * @param shown how it is shown to people: the value itself, or, for keys, only how many there are
 * @param late how it is told where the plan is used for others
 */
public record Parameter(String text, String shown, Optional<Function<Binding, Parameter>> late) {

    /** A value that is the same whoever the plan is for. */
    public Parameter(String text, String shown) {
        this(text, shown, Optional.empty());
    }

    /** A cut-off. */
    static Parameter cutoff(Cutoff cutoff, Function<Cutoff, String> printed) {
        Parameter now = value(printed.apply(cutoff));
        return new Parameter(now.text(), now.shown(), Optional.of(binding -> value(printed.apply(binding.of(cutoff)))));
    }

    /** A column's part of keys, as an array; never shown. */
    static Parameter keys(KeySet keys, int position) {
        Parameter now = hidden(keys.name(), part(keys, position));
        Part part = new Part(keys, position);
        return new Parameter(
                now.text(),
                now.shown(),
                Optional.of(binding -> binding.once(
                        part, Parameter.class, () -> hidden(keys.name(), part(binding.of(keys), position)))));
    }

    /** One column's part of keys. */
    private record Part(KeySet keys, int position) {}

    private static List<String> part(KeySet keys, int position) {
        return keys.keys().stream().map(key -> key.get(position)).toList();
    }

    /** The same for whom and which T the plan is meant. */
    Parameter with(Binding binding) {
        return late.map(of -> of.apply(binding)).orElse(this);
    }

    /** A value that is nobody's: a cut-off, a replacement. */
    public static Parameter value(String text) {
        return new Parameter(text, "'" + text.replace("'", "''") + "'");
    }

    /** Values of persons or records, as an array; never shown. */
    public static Parameter hidden(String name, List<String> values) {
        String keys = values.size() == 1 ? "1 key" : values.size() + " keys";
        return new Parameter(array(values), "'{…" + keys + ": " + name.replace("'", "''") + "…}'");
    }

    /** Values that the map writes down, as an array. */
    public static Parameter values(List<String> values) {
        return value(array(values));
    }

    /** An array as PostgreSQL reads it, each element in double quotes. */
    static String array(List<String> values) {
        StringBuilder text = new StringBuilder("{");
        for (String value : values) {
            if (text.length() > 1) {
                text.append(',');
            }
            text.append('"');
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '"' || c == '\\') {
                    text.append('\\');
                }
                text.append(c);
            }
            text.append('"');
        }
        return text.append('}').toString();
    }

    /** Never the value: it may be a person's. */
    @Override
    public String toString() {
        return shown;
    }
}
