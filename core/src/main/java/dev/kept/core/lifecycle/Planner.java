package dev.kept.core.lifecycle;

import static dev.kept.core.lifecycle.Condition.all;
import static dev.kept.core.lifecycle.Condition.any;
import static dev.kept.core.lifecycle.Condition.not;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Plan.Group;
import dev.kept.core.lifecycle.TablePlan.Clock;
import dev.kept.core.lifecycle.TablePlan.Release;
import dev.kept.core.lifecycle.TablePlan.UseState;
import dev.kept.core.notice.Use;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The one planner: what the notice means for a store at T. Retention, erasure, withdrawal and proof all ask it; it knows no database and no
 * clock.
 */
public final class Planner {

    private final BoundStore store;
    private final AsOf asOf;
    private final Scope scope;
    private final Neighbours neighbours;
    private final EventSources sources;
    private final Schema schema;
    private final Owners owners;
    private final Ends ends;
    private final Datings datings;
    private final Clocks clocks;
    private final Blockers blockers;
    private final Clearings clearings;
    private final Rekeys rekeys;
    private final Fitting fitting;
    private final Reaches reaches;
    private final Groupings groupings;

    /** What has been planned, in the order of treatment; empty for a table of which nothing is in scope. */
    private final Map<TableName, Optional<TablePlan>> planned = new HashMap<>();

    private final List<List<TableName>> order;

    Planner(BoundStore store, StorePlanner.Known known, AsOf asOf, KeySets keySets, Scope scope) {
        this.store = store;
        this.asOf = asOf;
        this.scope = scope;
        this.neighbours = known.neighbours();
        this.sources = known.sources();
        this.schema = known.schema();
        this.fitting = new Fitting(store.store().name(), neighbours, known.fits());
        this.ends = new Ends(store, sources, asOf, keySets);
        this.owners = new Owners(store, sources, ends, asOf, keySets);
        this.datings = new Datings(store, known.dated(), sources, owners);
        this.clocks = new Clocks(store, sources, owners, datings);
        this.reaches = new Reaches(store, scope);
        this.blockers = new Blockers(store, known.links(), owners, clocks, reaches);
        this.groupings = new Groupings(store, sources, asOf, scope);
        Forgettable forgettable = new Forgettable(owners, blockers);
        ValueLinks valueLinks = new ValueLinks(store, neighbours, blockers, reaches, forgettable);
        this.clearings = new Clearings(neighbours, owners, clocks, blockers, forgettable, valueLinks, fitting);
        this.rekeys = new Rekeys(owners, blockers, forgettable, fitting);
        this.order = Order.of(store, owners, blockers, clocks, known.dated(), sources);
    }

    /** Plans a sweep of {@code scope} as of T. */
    public static Plan plan(BoundStore store, AsOf asOf, Facts facts, Scope scope) {
        return new StorePlanner(store).plan(asOf, facts, scope);
    }

    /** The plan of some tables: what it does to them is what the plan of all does. */
    public Plan plan(Predicate<TableName> wanted) {
        List<Group> groups = new ArrayList<>();
        for (List<TableName> names : order) {
            List<TablePlan> tables = names.stream()
                    .filter(wanted)
                    .flatMap(name -> planned(name).stream())
                    .toList();
            if (!tables.isEmpty()) {
                groups.add(new Group(
                        tables,
                        repeated(names),
                        names.stream().filter(owners::metByValue).collect(Collectors.toSet())));
            }
        }
        List<Problem> refusals = new ArrayList<>(fitting.refusals());
        refusals.addAll(schema.problems(blockers, datings));
        Set<TableName> dropping = scope instanceof Scope.Everybody ? store.droppingPartitions() : Set.of();
        return new Plan(store.store().name(), asOf, scope, groups, refusals, warnings(), dropping);
    }

    private List<Problem> warnings() {
        List<Problem> warnings = new ArrayList<>(schema.warnings());
        warnings.addAll(fitting.warnings());
        return warnings;
    }

    private Optional<TablePlan> planned(TableName name) {
        Optional<TablePlan> known = planned.get(name);
        if (known == null) {
            BoundTable table = store.table(name);
            Reach reach = reaches.of(table);
            known = Reaches.nobody(reach) ? Optional.empty() : Optional.of(plan(table, reach));
            planned.put(name, known);
        }
        return known;
    }

    private boolean repeated(List<TableName> names) {
        TableName first = names.getFirst();
        return names.size() > 1
                || blockers.into(first).stream()
                        .anyMatch(link -> link.from().equals(first) || clocks.freesAnother(store.table(first), link));
    }

    private TablePlan plan(BoundTable table, Reach reach) {
        return new TablePlan(
                table.name(),
                table.catalogue().primaryKey(),
                reach,
                owners.dead(table),
                owners.frozen(table, table.roles()),
                blockers.removable(table),
                clearings.cuts(table),
                clocksOf(table),
                clearings.of(table, reaches.onlyTheirs(table, owners)),
                rekeys.of(table, clearings.husks(table)),
                releases(table),
                groupings.of(table),
                uses(table, reach),
                Schema.cost(store, table, blockers));
    }

    private List<Clock> clocksOf(BoundTable table) {
        return clocks.waysOfClocks(table).stream()
                .map(way -> {
                    BoundTable clock = store.table(way.getFirst().from());
                    return new Clock(way, releases(clock), groupings.of(clock));
                })
                .toList();
    }

    private List<Release> releases(BoundTable table) {
        return neighbours.sharedBy(table.name()).stream()
                .map(shared -> release(shared.table(), shared.pointer()))
                .toList();
    }

    private Release release(BoundTable shared, PointerLink pointer) {
        Condition orphaned = all(
                not(owners.kept(shared)),
                not(any(shared.pointers().stream()
                        .<Condition>map(p -> new Condition.Some(
                                p.link(), not(owners.left(store.table(p.link().from())))))
                        .toList())),
                not(owners.frozen(shared, List.of())));
        Condition unreferred = all(blockers.into(shared.name()).stream()
                .map(link -> not(new Condition.Referred(link, Condition.FALSE)))
                .toList());
        return new Release(
                pointer.link(), orphaned, all(orphaned, unreferred), clearings.husk(shared), releases(shared));
    }

    private List<UseState> uses(BoundTable table, Reach reach) {
        List<UseState> states = new ArrayList<>();
        for (Use use : owners.uses(table.map().uses())) {
            if (table.map().shared()) {
                List<Level> own = List.of(new Level(table, List.of()));
                states.add(new UseState(
                        use.id(), "*", owners.ended(table, List.of(use), List.of()), reach, clausesAt(use, own)));
            }
            for (Role role : table.roles()) {
                states.add(new UseState(
                        use.id(),
                        role.name(),
                        owners.ended(table, use, role),
                        reaches.of(role),
                        clausesAt(use, sources.levels(table, role))));
            }
        }
        return states;
    }

    private List<List<TablePlan.ClauseAt>> clausesAt(Use use, List<Level> levels) {
        return use.allEnds().stream().map(end -> ends.clausesAt(end, levels)).toList();
    }
}
