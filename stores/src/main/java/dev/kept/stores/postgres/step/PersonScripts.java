package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.lifecycle.Plan;
import java.util.ArrayDeque;
import java.util.Deque;

/** The scripts of one store's plans for persons: those whose plans have the same outline share one. */
public final class PersonScripts {

    /** How many are remembered. */
    private static final int MOST = 16;

    private final Catalogue catalogue;
    private final Deque<Known> known = new ArrayDeque<>();

    /** By the outline itself: to compare two would take longer than to write a script. */
    private record Known(Plan outline, PersonScript script) {}

    public PersonScripts(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The script of plans with this outline. */
    @SuppressWarnings("ReferenceEquality")
    public synchronized PersonScript of(Plan outline) {
        for (Known one : known) {
            if (one.outline() == outline) {
                return one.script();
            }
        }
        PersonScript script = new PersonScript(catalogue, outline);
        known.addFirst(new Known(outline, script));
        if (known.size() > MOST) {
            known.removeLast();
        }
        return script;
    }
}
