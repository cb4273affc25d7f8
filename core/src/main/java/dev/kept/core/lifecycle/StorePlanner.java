package dev.kept.core.lifecycle;

import dev.kept.core.constraint.Fits;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.TableName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Plans one store again and again: what depends neither on T nor on facts is looked up once. */
public final class StorePlanner {

    /** How many outlines are remembered. */
    private static final int MOST_OUTLINES = 16;

    private final BoundStore store;
    private final Known known;

    private final Map<Outline, Outlined> outlined = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Outline, Outlined> eldest) {
            return size() > MOST_OUTLINES;
        }
    };

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

    /** A plan with places where T and keys stand, and which set stands where. */
    private record Outlined(Prepared.Shared plan, Scope.Persons scope, KeySets keySets) {

        /** Where the keys of the run's persons of a kind stand. */
        KeySet place(String kind) {
            return scope.persons().stream()
                    .filter(identified -> identified.kind().equals(kind))
                    .findFirst()
                    .orElseThrow()
                    .keys();
        }
    }

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

    /**
     * The same for persons, sharing what it can with plans of others before it.
     *
     * @return refusals are in the outline, too
     */
    public synchronized Prepared prepare(AsOf asOf, Facts facts, Scope.Persons scope) {
        Optional<Outline> outline = Outline.of(facts, scope)
                .filter(any -> asOf.zone().equals(Outline.asOf(store).zone()));
        if (outline.isEmpty()) {
            return Prepared.of(plan(asOf, facts, scope));
        }
        Outlined shared = outlined.computeIfAbsent(outline.get(), this::outlined);
        Map<KeySet, KeySet> sets = shared.keySets().of(facts);
        scope.persons().forEach(meant -> sets.put(shared.place(meant.kind()), meant.keys()));
        return new Prepared(shared.plan(), asOf, Binding.of(asOf, sets), () -> plan(asOf, facts, scope));
    }

    private Outlined outlined(Outline outline) {
        KeySets keySets = new KeySets(outline.facts(store));
        Scope.Persons scope = outline.scope(store);
        Planner planner = new Planner(store, known, Outline.asOf(store), keySets, scope);
        return new Outlined(new Prepared.Shared(planner.plan(table -> true)), scope, keySets);
    }

    /** A planner that plans the tables it is asked for, each once; planners of one store plan one after the other. */
    public Planner planner(AsOf asOf, Facts facts, Scope scope) {
        return new Planner(store, known, asOf, new KeySets(facts), scope);
    }
}
