package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.lifecycle.OfOutlines;
import dev.kept.core.lifecycle.Prepared;

/** The scripts of one store's plans for persons: those whose plans have the same outline share one. */
public final class PersonScripts {

    private final Catalogue catalogue;
    private final OfOutlines<PersonScript> scripts = new OfOutlines<>();

    public PersonScripts(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The script of a plan. */
    public PersonScript of(Prepared plan) {
        return scripts.of(plan, outline -> new PersonScript(catalogue, outline));
    }
}
