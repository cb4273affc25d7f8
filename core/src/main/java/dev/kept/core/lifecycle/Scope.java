package dev.kept.core.lifecycle;

import java.util.List;

/** Whose rows a plan concerns. */
public sealed interface Scope {

    /** All rows: a retention sweep. */
    record Everybody() implements Scope {}

    /** The rows of these persons, by identifiers frozen before the first step. */
    record Persons(List<Identified> persons) implements Scope {
        public Persons {
            persons = List.copyOf(persons);
        }
    }

    /** Persons of one kind by their keys in this store. */
    record Identified(String kind, KeySet keys) {}
}
