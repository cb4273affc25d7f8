package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.lifecycle.Binding;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Prepared;
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

    /** The script of a plan. One that shares nothing names its persons' keys, and is not remembered. */
    public PersonScript of(Prepared plan) {
        return plan.binding() == Binding.NONE ? new PersonScript(catalogue, plan.outline()) : shared(plan.outline());
    }

    @SuppressWarnings("ReferenceEquality")
    private synchronized PersonScript shared(Plan outline) {
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
