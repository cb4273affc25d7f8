package dev.kept.core.model;

import java.util.Optional;

/** What a model expects where a value was forgotten and the page leaves the new value to the executor. */
public sealed interface Forgotten {

    /**
     * A cleared value: any that fits the column's constraints.
     *
     * @param constant the value the map names ({@code cleared}); empty: any
     * @param nullAllowed whether NULL will do, too
     */
    record Cleared(Optional<Object> constant, boolean nullAllowed) implements Forgotten {}

    /** A replaced personal key: a fresh value, the same wherever the same number stands, another where another does. */
    record FreshKey(int number) implements Forgotten {}
}
