package dev.kept.core.constraint;

/** What the map wants in place of a forgotten value. */
public sealed interface Wish {

    /** Whatever fits; NULL where it does. */
    record Fitting() implements Wish {}

    /**
     * A value by which the row meets no other: what only its table makes of its name and, where that can be, of the row's key.
     *
     * @param orNull whether NULL does as well
     */
    record Nobodys(boolean orNull) implements Wish {}

    /** NULL and nothing else: a link that is cut. */
    record Null() implements Wish {}

    /** The value that {@code cleared:} names; {@code {key}} in it stands for the row's primary key. */
    record Exactly(String value) implements Wish {}
}
