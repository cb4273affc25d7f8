package dev.kept.core.model;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.What;
import java.util.List;

/** Kept's own facts, asked one by one. */
record KnownFacts(Facts facts) {

    boolean ended(Walk.Person person, String use) {
        return says(person, new What.Ended(use));
    }

    boolean given(Walk.Person person, String use) {
        return says(person, new What.Given(use));
    }

    boolean erased(Walk.Person person) {
        return says(person, new What.Erased());
    }

    boolean restricted(Walk.Person person) {
        return says(person, new What.Restricted());
    }

    private boolean says(Walk.Person person, What what) {
        return facts.persons().stream()
                .anyMatch(fact -> fact.what().equals(what)
                        && fact.kind().equals(person.kind())
                        && fact.keys().contains(person.key()));
    }

    boolean held(TableName table, List<String> key) {
        return facts.holds().stream()
                .anyMatch(hold -> hold.table().equals(table) && hold.keys().contains(key));
    }
}
