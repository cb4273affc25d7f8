package dev.kept.core.rules;

import dev.kept.core.binding.Binder;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Planner;
import dev.kept.core.lifecycle.Prepared;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.StorePlanner;
import dev.kept.core.memory.MemoryExecutor;
import dev.kept.core.memory.MemoryStore;
import dev.kept.core.model.Database;
import dev.kept.core.model.Model;
import dev.kept.core.model.RefusedPlan;
import dev.kept.core.model.SweepExecutor;
import dev.kept.core.source.Places;
import dev.kept.core.source.Reading;
import dev.kept.core.value.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Binder, planner and the in-memory executor, end to end. */
public final class MemorySweep implements SweepExecutor {

    private final UnaryOperator<Plan> altered;

    public MemorySweep() {
        this(UnaryOperator.identity());
    }

    /** @param altered what happens to a plan before it is carried out: tests plant mistakes here */
    public MemorySweep(UnaryOperator<Plan> altered) {
        this.altered = altered;
    }

    @Override
    public Database sweep(Model.Question question, List<Model.Persons> persons) {
        Plan plan = altered.apply(plan(question, persons));
        MemoryStore store = load(question.catalogue(), question.before());
        new MemoryExecutor().execute(plan, store);
        if (!store.violations().isEmpty()) {
            throw new IllegalStateException("constraints broken: " + store.violations());
        }
        return unload(store);
    }

    /** Whether notice, map and catalogue fit together. */
    public static boolean binds(Model.Question question) {
        return bound(question).value().isPresent();
    }

    private static Reading<BoundStore> bound(Model.Question question) {
        return Binder.bind(question.notice(), question.store(), question.catalogue(), Places.none("rules"));
    }

    /** The plan, if it may run. */
    public static Plan plan(Model.Question question, List<Model.Persons> persons) {
        Plan plan = planned(question, persons);
        if (!plan.refusals().isEmpty()) {
            throw new RefusedPlan(plan.refusals().getFirst().message());
        }
        return plan;
    }

    static Plan planned(Model.Question question, List<Model.Persons> persons) {
        return Planner.plan(tied(question), question.asOf(), question.facts(), scope(persons));
    }

    public static BoundStore tied(Model.Question question) {
        Reading<BoundStore> bound = bound(question);
        return bound.value()
                .orElseThrow(() -> new IllegalArgumentException(bound.problems().toString()));
    }

    /** The same in the form in which persons' plans share what is the same in them, if it may run. */
    public static Prepared prepared(Model.Question question, List<Model.Persons> persons) {
        StorePlanner planner = new StorePlanner(tied(question));
        Prepared plan = scope(persons) instanceof Scope.Persons scope
                ? planner.prepare(question.asOf(), question.facts(), scope)
                : Prepared.of(planner.plan(question.asOf(), question.facts(), new Scope.Everybody()));
        if (!plan.outline().refusals().isEmpty()) {
            throw new RefusedPlan(plan.outline().refusals().getFirst().message());
        }
        return plan;
    }

    static Scope scope(List<Model.Persons> persons) {
        return persons.isEmpty()
                ? new Scope.Everybody()
                : new Scope.Persons(persons.stream()
                        .map(some ->
                                new Scope.Identified(some.kind(), new KeySet("this run's " + some.kind(), some.keys())))
                        .toList());
    }

    static MemoryStore load(Catalogue catalogue, Database database) {
        MemoryStore store = new MemoryStore(catalogue);
        for (TableName table : catalogue.tables().keySet()) {
            database.rows(table).forEach(row -> store.insert(table, row));
        }
        return store;
    }

    static Database unload(MemoryStore store) {
        Map<TableName, List<Map<String, @Nullable Object>>> tables = new LinkedHashMap<>();
        for (TableName table : store.catalogue().tables().keySet()) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            store.rows(table).forEach(row -> rows.add(plain(row.values())));
            tables.put(table, rows);
        }
        return new Database(tables);
    }

    private static Map<String, @Nullable Object> plain(Map<String, @Nullable Object> values) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (String column : values.keySet()) {
            Object value = values.get(column);
            plain.put(column, value instanceof Json json ? json.tree() : value);
        }
        return plain;
    }
}
