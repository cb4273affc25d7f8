package dev.kept.core.rights;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * In which ways rows are a person's. Unlike the reach of a sweep, replies of others below her own are not hers, and a shared row is hers only
 * through a column that is.
 */
final class Ways {

    private final BoundStore store;
    private final Scope.Persons person;
    private final Map<TableName, List<Way>> known = new HashMap<>();
    private final Set<TableName> underWay = new HashSet<>();

    Ways(BoundStore store, Scope.Persons person) {
        this.store = store;
        this.person = person;
    }

    /** The ways to a table's rows; none where the person can have no row there. */
    List<Way> of(BoundTable table) {
        List<Way> found = known.get(table.name());
        if (found != null) {
            return found;
        }
        if (!underWay.add(table.name())) {
            return List.of();
        }
        List<Way> ways = new ArrayList<>();
        table.roles().forEach(role -> of(role).ifPresent(reach -> ways.add(new Way(role.name(), reach))));
        table.pointers().forEach(pointer -> of(pointer).ifPresent(ways::add));
        underWay.remove(table.name());
        List<Way> all = List.copyOf(ways);
        known.put(table.name(), all);
        return all;
    }

    /** The person's rows of a table, in any way; empty where she can have none. */
    Optional<Reach> rows(BoundTable table) {
        return any(of(table).stream().map(Way::reach).toList());
    }

    /** The rows that lead by this link to a row of hers; empty where it can lead to none. */
    Optional<Reach> into(Link link) {
        BoundTable target = store.table(link.to());
        List<Reach> reaches = new ArrayList<>();
        of(target).forEach(way -> reaches.add(through(link, way.reach())));
        return any(reaches);
    }

    private Optional<Reach> of(Role role) {
        if (role.kind().isEmpty()) {
            return rows(store.table(role.path().getLast().to())).map(reach -> through(role.path(), reach));
        }
        return person.persons().stream()
                .filter(identified -> identified.kind().equals(role.kind().get())
                        && !identified.keys().isEmpty())
                .findFirst()
                .map(identified ->
                        through(role.path(), new Reach.Keys(key(identified.kind()), Match.EXACT, identified.keys())));
    }

    private List<String> key(String kind) {
        return store.personTable(kind)
                .flatMap(table -> table.map().person())
                .map(Table.Person::key)
                .orElseThrow(() -> new IllegalArgumentException("the store has no persons of kind `" + kind + "`"));
    }

    private Optional<Way> of(PointerLink pointer) {
        BoundTable from = store.table(pointer.link().from());
        Set<String> owners = owners(from, pointer.link().columns());
        List<Reach> reaches = of(from).stream()
                .filter(way -> from.map().shared() || owners.contains(way.name()))
                .map(Way::reach)
                .toList();
        String name = from.name() + "." + String.join(", ", pointer.link().columns());
        return any(reaches).map(reach -> new Way(name, new Reach.From(pointer.link(), reach)));
    }

    /** The roles whose a link's columns are: all of the table's, but where the map says whose a column is. */
    private static Set<String> owners(BoundTable table, List<String> columns) {
        Set<String> owners =
                new HashSet<>(table.roles().stream().map(Role::name).toList());
        for (String column : columns) {
            BoundColumn declared = table.columns().get(column);
            if (declared != null) {
                owners.retainAll(declared.roles());
            }
        }
        return owners;
    }

    private static Reach through(List<Link> path, Reach reach) {
        Reach seen = reach;
        for (Link link : path.reversed()) {
            seen = through(link, seen);
        }
        return seen;
    }

    /** A link that holds the person's key itself needs no look at her row, unless a value there may stand for nobody. */
    private static Reach through(Link link, Reach reach) {
        boolean carried = link.match() == Match.EXACT
                && link.none().isEmpty()
                && reach instanceof Reach.Keys keys
                && keys.columns().size() == link.targetColumns().size()
                && link.targetColumns().containsAll(keys.columns());
        return carried && reach instanceof Reach.Keys keys
                ? new Reach.Keys(
                        keys.columns().stream()
                                .map(column ->
                                        link.columns().get(link.targetColumns().indexOf(column)))
                                .toList(),
                        Match.EXACT,
                        keys.keys())
                : new Reach.Into(link, reach);
    }

    private static Optional<Reach> any(List<Reach> reaches) {
        List<Reach> distinct = reaches.stream().distinct().toList();
        return switch (distinct.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(distinct.getFirst());
            default -> Optional.of(new Reach.AnyOf(distinct));
        };
    }
}
