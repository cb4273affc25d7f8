package dev.kept.core.datamap;

/** How two values are compared when a person is found or a join by value is made. */
public enum Match {
    EXACT,
    /** Lower case, with white space around it removed: {@code lower(btrim(value))}. */
    CASEFOLD_TRIM
}
