package dev.kept.stores.postgres.sql;

import java.util.List;

/**
 * A value bound to a statement, sent as text; the statement's text casts it to its type.
 *
 * @param text as PostgreSQL reads it
 * @param shown how it is shown to people: the value itself, or, for keys, only how many there are
 */
public record Parameter(String text, String shown) {

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
