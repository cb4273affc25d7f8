package dev.kept.core.datamap;

import org.jspecify.annotations.Nullable;

/**
 * A table with its schema, as the database spells them (case matters).
 *
 * <p>In maps {@code customers} means {@code public.customers}.
 */
public record TableName(String schema, String name) implements Comparable<TableName> {

    public static final String DEFAULT_SCHEMA = "public";

    /** Reads {@code crm.tickets} or {@code customers}; a name with a dot in it is written in double quotes. */
    public static TableName parse(String text) {
        int split = text.startsWith("\"") ? text.indexOf("\".") + 1 : text.indexOf('.');
        if (split <= 0) {
            return new TableName(DEFAULT_SCHEMA, unquoted(text));
        }
        return new TableName(unquoted(text.substring(0, split)), unquoted(text.substring(split + 1)));
    }

    private static String unquoted(String part) {
        boolean quoted = part.length() > 1 && part.startsWith("\"") && part.endsWith("\"");
        return quoted ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
    }

    /** Written out: tables are looked up everywhere. */
    @Override
    public int hashCode() {
        return 31 * schema.hashCode() + name.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TableName table && name.equals(table.name) && schema.equals(table.schema));
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /** As maps write it. */
    @Override
    public String toString() {
        return schema.equals(DEFAULT_SCHEMA) ? quoted(name) : quoted(schema) + "." + quoted(name);
    }

    private static String quoted(String part) {
        return part.contains(".") ? "\"" + part.replace("\"", "\"\"") + "\"" : part;
    }
}
