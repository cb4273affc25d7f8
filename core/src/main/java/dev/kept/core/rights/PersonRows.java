package dev.kept.core.rights;

import static dev.kept.core.lifecycle.Condition.all;
import static dev.kept.core.lifecycle.Condition.any;
import static dev.kept.core.lifecycle.Condition.known;
import static dev.kept.core.lifecycle.Condition.not;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.Hold;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which rows are one person's, which are somebody else's too, and which are held: what may be changed on her word alone. A row whose owner
 * cannot be told counts as somebody else's.
 */
final class PersonRows {

    private final BoundStore store;
    private final Map<String, KeySet> keys;
    private final Facts facts;

    /** @param keys the person's keys by kind */
    PersonRows(BoundStore store, Map<String, KeySet> keys, Facts facts) {
        this.store = store;
        this.keys = Map.copyOf(keys);
        this.facts = facts;
    }

    private KeySet keysOf(String kind) {
        return keys.getOrDefault(kind, new KeySet("this person's " + kind, List.of()));
    }

    private List<String> key(String kind) {
        return store.personTable(kind)
                .flatMap(table -> table.map().person())
                .map(Table.Person::key)
                .orElseThrow();
    }

    // -------------------------------------------------------------------------------------------------- hers

    /** Rows that are hers by one of these roles; of a shared table, those that a row of hers points to. */
    Reach reach(BoundTable table, List<Role> roles) {
        List<Reach> ways = new ArrayList<>();
        for (Role role : roles) {
            if (role.kind().isEmpty()) {
                BoundTable shared = store.table(role.path().getLast().to());
                ways.add(into(role.path(), reach(shared, shared.roles())));
            } else if (!keysOf(role.kind().get()).isEmpty()) {
                String kind = role.kind().get();
                ways.add(into(role.path(), new Reach.Keys(key(kind), Match.EXACT, keysOf(kind))));
            }
        }
        for (PointerLink pointer : table.pointers()) {
            BoundTable owner = store.table(pointer.link().from());
            ways.add(from(pointer.link(), reach(owner, owner.roles())));
        }
        List<Reach> some = ways.stream().filter(way -> !nobody(way)).distinct().toList();
        return some.size() == 1 ? some.getFirst() : new Reach.AnyOf(some);
    }

    static boolean nobody(Reach reach) {
        return reach instanceof Reach.AnyOf anyOf && anyOf.of().isEmpty();
    }

    private static Reach from(Link link, Reach owner) {
        return nobody(owner) ? owner : new Reach.From(link, owner);
    }

    private static Reach into(List<Link> path, Reach reach) {
        Reach seen = reach;
        for (Link link : path.reversed()) {
            seen = nobody(seen) ? seen : new Reach.Into(link, seen);
        }
        return seen;
    }

    // ------------------------------------------------------------------------------------------ somebody else's

    /** By one of these roles (of a shared table: by one of its pointers) the row is somebody else's: never unknown. */
    Condition others(BoundTable table, List<Role> roles) {
        List<Condition> others = new ArrayList<>();
        roles.forEach(role -> others.add(known(not(through(role.path(), hers(role))))));
        for (PointerLink pointer : table.pointers()) {
            BoundTable owner = store.table(pointer.link().from());
            others.add(known(new Condition.Some(pointer.link(), not(alone(owner)))));
        }
        return any(others);
    }

    /** Asked at the end of a role's way: this is she. */
    private Condition hers(Role role) {
        if (role.kind().isEmpty()) {
            return alone(store.table(role.path().getLast().to()));
        }
        KeySet persons = keysOf(role.kind().get());
        return persons.isEmpty()
                ? Condition.FALSE
                : new Condition.KeyIn(key(role.kind().get()), Match.EXACT, persons);
    }

    /** The whole row is hers and nobody else's: never unknown. */
    private Condition alone(BoundTable table) {
        Condition some = table.map().shared()
                ? any(table.pointers().stream()
                        .<Condition>map(pointer -> new Condition.Some(pointer.link(), Condition.TRUE))
                        .toList())
                : any(table.roles().stream()
                        .map(role -> known(through(role.path(), hers(role))))
                        .toList());
        return all(known(some), not(others(table, table.roles())));
    }

    // -------------------------------------------------------------------------------------------------- held

    /** A hold lies on the row, or on what it belongs to (the person's own row excepted): never unknown. */
    Condition held(BoundTable table) {
        List<Condition> held = new ArrayList<>();
        held.add(holdOn(table.name()));
        for (Role role : table.roles()) {
            for (int i = 0; i < role.path().size(); i++) {
                BoundTable above = store.table(role.path().get(i).to());
                if (above.map().person().isEmpty()) {
                    held.add(known(through(role.path().subList(0, i + 1), holdOn(above.name()))));
                }
            }
            if (role.kind().isEmpty()) {
                BoundTable shared = store.table(role.path().getLast().to());
                held.add(known(through(role.path(), held(shared))));
            }
        }
        for (PointerLink pointer : table.pointers()) {
            Condition there = held(store.table(pointer.link().from()));
            if (!there.equals(Condition.FALSE)) {
                held.add(known(new Condition.Some(pointer.link(), there)));
            }
        }
        return any(held);
    }

    private Condition holdOn(TableName table) {
        List<List<String>> records = facts.holds().stream()
                .filter(hold -> hold.table().equals(table))
                .map(Hold::keys)
                .flatMap(List::stream)
                .distinct()
                .toList();
        return records.isEmpty()
                ? Condition.FALSE
                : new Condition.KeyIn(
                        store.table(table).catalogue().primaryKey(), Match.EXACT, new KeySet("held", records));
    }

    private static Condition through(List<Link> path, Condition condition) {
        Condition seen = condition;
        for (Link link : path.reversed()) {
            seen = new Condition.Through(link, seen);
        }
        return seen;
    }
}
