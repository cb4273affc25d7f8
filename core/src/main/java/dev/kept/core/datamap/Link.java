package dev.kept.core.datamap;

import java.util.List;

/**
 * A way from a row to a row of another (or the same) table: {@code from.columns} equal {@code to.targetColumns}.
 *
 * @param foreignKey whether the database enforces it
 * @param nullable the columns of {@code columns} that may be set to NULL (nullable, and part of no key); empty: the link is mandatory
 * @param unique whether at most one row of {@code to} matches
 * @param none values in {@code columns} that lead nowhere, as NULL does, as PostgreSQL prints them; of a foreign key there are none
 */
public record Link(
        TableName from,
        List<String> columns,
        TableName to,
        List<String> targetColumns,
        Match match,
        boolean foreignKey,
        List<String> nullable,
        boolean unique,
        List<String> none) {

    /** One of which only NULL leads nowhere. */
    public Link(
            TableName from,
            List<String> columns,
            TableName to,
            List<String> targetColumns,
            Match match,
            boolean foreignKey,
            List<String> nullable,
            boolean unique) {
        this(from, columns, to, targetColumns, match, foreignKey, nullable, unique, List.of());
    }

    public Link {
        none = List.copyOf(none);
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
        nullable = List.copyOf(nullable);
        if (columns.isEmpty() || columns.size() != targetColumns.size()) {
            throw new IllegalArgumentException("a link joins as many columns here as there");
        }
    }

    public boolean mandatory() {
        return nullable.isEmpty();
    }

    /** Written out, and of what tells links apart. */
    @Override
    public int hashCode() {
        return 31 * (31 * from.hashCode() + columns.hashCode()) + to.hashCode();
    }

    @Override
    public String toString() {
        return from + "(" + String.join(", ", columns) + ") → " + to + "(" + String.join(", ", targetColumns) + ")";
    }
}
