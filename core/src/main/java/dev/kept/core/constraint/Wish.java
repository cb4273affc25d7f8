package dev.kept.core.constraint;

/** What the map wants in place of a forgotten value. */
public sealed interface Wish {

    /** Whatever fits; NULL where it does. */
    record Fitting() implements Wish {}

    /** NULL and nothing else: a link that is cut. */
    record Null() implements Wish {}

    /** The value that {@code cleared:} names; {@code {key}} in it stands for the row's primary key. */
    record Exactly(String value) implements Wish {}
}
