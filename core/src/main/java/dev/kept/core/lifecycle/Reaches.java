package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import java.util.ArrayList;
import java.util.List;

/** Which rows of each table a scope reaches. */
final class Reaches {

    private final BoundStore store;
    private final Scope scope;

    Reaches(BoundStore store, Scope scope) {
        this.store = store;
        this.scope = scope;
    }

    Reach of(BoundTable table) {
        return switch (scope) {
            case Scope.Everybody everybody -> new Reach.Everything();
            case Scope.Persons persons -> withBranches(table, persons.persons());
        };
    }

    private Reach withBranches(BoundTable table, List<Scope.Identified> persons) {
        Reach reach = of(table, persons);
        boolean branch = table.map().replies().filter(Table.Replies::branch).isPresent();
        return branch && table.parent().isPresent() && !nobody(reach)
                ? new Reach.Below(table.parent().get(), reach)
                : reach;
    }

    /** Rows that belong to the scope's persons by this role. */
    Reach of(Role role) {
        return switch (scope) {
            case Scope.Everybody everybody -> new Reach.Everything();
            case Scope.Persons persons -> anyOf(ways(role, persons.persons()));
        };
    }

    /** Asked of a shared row: none but the persons of the run own it. What others own, too, is left to them. */
    Condition onlyTheirs(BoundTable table, Owners owners) {
        if (scope instanceof Scope.Everybody) {
            return Condition.TRUE;
        }
        return Condition.all(table.pointers().stream()
                .map(pointer -> onlyTheirs(pointer, owners))
                .toList());
    }

    private Condition onlyTheirs(PointerLink pointer, Owners owners) {
        BoundTable from = store.table(pointer.link().from());
        Condition others = Condition.all(Condition.not(reached(of(from))), Condition.not(owners.left(from)));
        return Condition.not(new Condition.Some(pointer.link(), others));
    }

    /** Asked of a row that would go with another, which is reached: whether it is reached itself. */
    Condition reached(BoundTable table) {
        return reached(of(table));
    }

    /** Whether the row is reached: never unknown. */
    private static Condition reached(Reach reach) {
        return switch (reach) {
            case Reach.Everything everything -> Condition.TRUE;
            case Reach.AnyOf anyOf ->
                Condition.any(anyOf.of().stream().map(Reaches::reached).toList());
            case Reach.Keys keys -> Condition.known(new Condition.KeyIn(keys.columns(), keys.match(), keys.keys()));
            case Reach.Into into -> Condition.known(new Condition.Through(into.link(), reached(into.of())));
            case Reach.From from -> new Condition.Some(from.link(), reached(from.of()));
            case Reach.Below below ->
                Condition.any(reached(below.of()), new Condition.Above(below.parent(), reached(below.of())));
        };
    }

    private Reach of(BoundTable table, List<Scope.Identified> persons) {
        List<Reach> ways = new ArrayList<>();
        for (Role role : table.roles()) {
            ways.addAll(ways(role, persons));
        }
        for (PointerLink pointer : table.pointers()) {
            Reach owner = withBranches(store.table(pointer.link().from()), persons);
            if (!nobody(owner)) {
                ways.add(new Reach.From(pointer.link(), owner));
            }
        }
        return anyOf(ways);
    }

    private List<Reach> ways(Role role, List<Scope.Identified> persons) {
        if (role.kind().isEmpty()) {
            return List.of(
                    into(role.path(), of(store.table(role.path().getLast().to()), persons)));
        }
        return persons.stream()
                .filter(identified -> identified.kind().equals(role.kind().get())
                        && !identified.keys().isEmpty())
                .map(identified -> person(role, identified))
                .toList();
    }

    private static Reach anyOf(List<Reach> ways) {
        List<Reach> some = ways.stream().filter(way -> !nobody(way)).distinct().toList();
        return some.size() == 1 ? some.getFirst() : new Reach.AnyOf(some);
    }

    private Reach person(Role role, Scope.Identified identified) {
        List<String> key = store.personTable(identified.kind())
                .flatMap(table -> table.map().person())
                .map(Table.Person::key)
                .orElseThrow();
        if (role.path().isEmpty()) {
            return new Reach.Keys(key, Match.EXACT, identified.keys());
        }
        Link last = role.path().getLast();
        return Ends.carriedKey(last, key)
                .map(columns -> into(
                        role.path().subList(0, role.path().size() - 1),
                        new Reach.Keys(columns, Match.EXACT, identified.keys())))
                .orElseGet(() -> into(role.path(), new Reach.Keys(key, Match.EXACT, identified.keys())));
    }

    private static Reach into(List<Link> path, Reach reach) {
        if (nobody(reach)) {
            return reach;
        }
        Reach seen = reach;
        for (Link link : path.reversed()) {
            seen = new Reach.Into(link, seen);
        }
        return seen;
    }

    static boolean nobody(Reach reach) {
        return reach instanceof Reach.AnyOf anyOf && anyOf.of().isEmpty();
    }
}
