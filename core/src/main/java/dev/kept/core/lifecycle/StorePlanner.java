package dev.kept.core.lifecycle;

import dev.kept.core.constraint.Fits;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.TableName;
import java.util.HashMap;
import java.util.Map;

/** Plans one store again and again: what depends neither on T nor on facts is looked up once. */
public final class StorePlanner {

    private final BoundStore store;
    private final Known known;

    /**
     * What all plans of the store share.
     *
     * @param fits what fits each table's columns, as far as it is known from earlier plans
     */
    record Known(
            Neighbours neighbours,
            EventSources sources,
            KeepingLinks links,
            DatedUses dated,
            Schema schema,
            Map<TableName, Fits> fits) {}

    public StorePlanner(BoundStore store) {
        this.store = store;
        Neighbours neighbours = new Neighbours(store);
        EventSources sources = new EventSources(store);
        this.known = new Known(
                neighbours,
                sources,
                new KeepingLinks(store, sources),
                new DatedUses(store, neighbours, sources),
                new Schema(store),
                new HashMap<>());
    }

    /** Plans a sweep of {@code scope} as of T; one plan at a time. */
    public synchronized Plan plan(AsOf asOf, Facts facts, Scope scope) {
        return planner(asOf, facts, scope).plan(table -> true);
    }

    /** A planner that plans the tables it is asked for, each once; planners of one store plan one after the other. */
    public Planner planner(AsOf asOf, Facts facts, Scope scope) {
        return new Planner(store, known, asOf, facts, scope);
    }
}
