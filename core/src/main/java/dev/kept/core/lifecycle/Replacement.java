package dev.kept.core.lifecycle;

/** What takes the place of a forgotten value. Always the same for the same row: forgetting twice changes nothing. */
public sealed interface Replacement {

    /** NULL. */
    record Null() implements Replacement {}

    /** A fixed value, as PostgreSQL reads it for the column's type. */
    record Constant(String value) implements Replacement {}

    /**
     * A value of the row's own primary key, for columns that must stay unique: {@code prefix + key + suffix}; the key's columns are joined
     * with {@code -}.
     */
    record FromKey(String prefix, String suffix) implements Replacement {}

    /** The JSON path is removed from the document. */
    record RemovePath() implements Replacement {}
}
