package dev.kept.core.cases;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Planner;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.StorePlanner;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs cases on the same binder, planner and steps as a real store's; only the rows are in memory. Several threads may run cases of one
 * runner, which plan for each other.
 */
public final class CaseRunner {

    private final Map<String, BoundStore> stores;
    private final Set<String> broken;
    private final AtomicInteger run = new AtomicInteger();
    private final Map<Asked, Planner> planners = new HashMap<>();

    private final Map<String, StorePlanner> storePlanners = new HashMap<>();

    private record Asked(String store, Facts facts, Scope scope) {}

    /** @param stores by name */
    public CaseRunner(Map<String, BoundStore> stores) {
        this(stores, Set.of());
    }

    /**
     * @param stores by name; only those whose map is free of errors
     * @param broken the names of the others: their cases are passed over
     */
    public CaseRunner(Map<String, BoundStore> stores, Set<String> broken) {
        this.stores = new LinkedHashMap<>(stores);
        this.broken = Set.copyOf(broken);
    }

    /** How many cases were run so far. */
    public int casesRun() {
        return run.get();
    }

    /**
     * Every difference between what comes of the cases and what they expect, and all that keeps a case from being run; empty where all pass.
     *
     * @param places of the file the cases come from
     */
    public List<Problem> run(List<Case> cases, Places places) {
        List<Problem> problems = new ArrayList<>();
        for (Case one : cases) {
            Findings findings = new Findings(one, places);
            BoundStore bound = stores.get(one.store());
            if (bound == null && broken.contains(one.store())) {
                continue;
            }
            run.incrementAndGet();
            if (bound == null) {
                findings.unusable(
                        "there is no store `" + one.store() + "`",
                        Spelling.suggest(one.store(), stores.keySet()),
                        "store");
            } else {
                new CaseRun(one, bound, findings, this::plan).run();
            }
            problems.addAll(findings.problems());
        }
        return problems;
    }

    private StorePlanner planner(BoundStore bound) {
        return storePlanners.computeIfAbsent(bound.store().name(), name -> new StorePlanner(bound));
    }

    /**
     * The plan of the tables that a case gives rows for; the others are empty. Of T a plan knows its cut-offs alone, and they are counted anew
     * for each case: so what is planned for one case serves others.
     */
    private synchronized Plan plan(BoundStore bound, AsOf asOf, Facts facts, Scope scope, Set<TableName> given) {
        return planners.computeIfAbsent(
                        new Asked(bound.store().name(), facts, scope),
                        asked -> planner(bound).planner(asOf, facts, scope))
                .plan(given::contains);
    }
}
