package dev.kept.core.lifecycle;

import dev.kept.core.constraint.Fits;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.TableName;
import java.util.HashMap;
import java.util.Map;

/** Plans one store again and again: what depends neither on T nor on facts is looked up once. */
public final class StorePlanner {

    private final BoundStore store;
    private final Neighbours neighbours;
    private final EventSources sources;
    private final Map<TableName, Fits> fits = new HashMap<>();
    private final Schema schema;

    public StorePlanner(BoundStore store) {
        this.store = store;
        this.neighbours = new Neighbours(store);
        this.sources = new EventSources(store);
        this.schema = new Schema(store);
    }

    /** Plans a sweep of {@code scope} as of T; one plan at a time. */
    public synchronized Plan plan(AsOf asOf, Facts facts, Scope scope) {
        return planner(asOf, facts, scope).plan(table -> true);
    }

    /** A planner that plans the tables it is asked for, each once; planners of one store plan one after the other. */
    public Planner planner(AsOf asOf, Facts facts, Scope scope) {
        return new Planner(store, neighbours, sources, schema, fits, asOf, facts, scope);
    }
}
