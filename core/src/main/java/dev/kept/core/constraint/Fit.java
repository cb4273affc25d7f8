package dev.kept.core.constraint;

/** What a column can hold when its value is forgotten. */
public sealed interface Fit {

    /** NULL. */
    record ToNull() implements Fit {}

    /** A fixed value, as PostgreSQL reads it for the column's type. */
    record To(String value) implements Fit {}

    /** {@code prefix + primary key + suffix}, the key's columns joined with {@code -}: for columns that must stay unique. */
    record ToKey(String prefix, String suffix) implements Fit {}
}
