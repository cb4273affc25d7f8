package dev.kept.core.lifecycle;

import static dev.kept.core.lifecycle.Condition.all;
import static dev.kept.core.lifecycle.Condition.any;
import static dev.kept.core.lifecycle.Condition.known;
import static dev.kept.core.lifecycle.Condition.not;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.Table.Absent;
import dev.kept.core.datamap.Table.Unowned;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.EventSources.Source;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Ended for all who own a row: roles, shared rows, rows nobody owns, and what freezes a row ({@code docs/semantics.md} sections 3 and 4). */
final class Owners {

    private final BoundStore store;
    private final EventSources sources;
    private final Ends ends;
    private final AsOf asOf;
    private final KeySets keySets;
    private final Set<String> without;

    /** Found when first asked for. */
    private @Nullable Set<TableName> metByValue;

    private final Map<TableName, Condition> dead = new HashMap<>();
    private final Map<UseOfRole, Condition> ended = new HashMap<>();
    private final Map<TableName, Map<String, Condition>> absent = new HashMap<>();
    private final Map<TableName, Condition> frozen = new HashMap<>();

    Owners(BoundStore store, EventSources sources, Ends ends, AsOf asOf, KeySets keySets) {
        this(store, sources, ends, asOf, keySets, Set.of());
    }

    private Owners(BoundStore store, EventSources sources, Ends ends, AsOf asOf, KeySets keySets, Set<String> without) {
        this.keySets = keySets;
        this.without = without;
        this.store = store;
        this.sources = sources;
        this.ends = ends;
        this.asOf = asOf;
    }

    /**
     * The same if nothing said when these events were.
     *
     * @param datesOnly whether dates alone end a use, not what columns or Kept say of persons
     */
    Owners without(Set<String> events, boolean datesOnly) {
        return new Owners(store, sources, ends.without(events, datesOnly), asOf, keySets, events);
    }

    /** The ends for one owner. */
    Ends ends() {
        return ends;
    }

    List<Use> uses(Collection<String> ids) {
        return uses(store, ids);
    }

    /** The uses of a column, as they concern its categories. */
    List<Use> uses(BoundColumn column) {
        return uses(column.uses()).stream()
                .map(use -> use.of(column.map().categories()))
                .toList();
    }

    static List<Use> uses(BoundStore store, Collection<String> ids) {
        List<Use> uses = new ArrayList<>(ids.size());
        for (String id : ids) {
            Use use = store.notice().uses().get(id);
            if (use != null) {
                uses.add(use);
            }
        }
        return uses;
    }

    /** All these uses have ended for all these roles of a row. */
    Condition ended(BoundTable table, List<Use> uses, List<Role> roles) {
        return ended(table, uses, roles, List.of());
    }

    /** @param nearer tables that are asked for events first: shared rows that this row owns, seen from it */
    private Condition ended(BoundTable table, List<Use> uses, List<Role> roles, List<Level> nearer) {
        if (table.map().shared()) {
            List<Level> seen = new ArrayList<>(nearer);
            seen.add(new Level(table, List.of()));
            Condition pointed = any(table.pointers().stream()
                    .<Condition>map(pointer -> new Condition.Some(pointer.link(), Condition.TRUE))
                    .toList());
            Condition byOwners = all(uses.stream()
                    .flatMap(use -> table.pointers().stream().map(pointer -> endedFor(use, pointer, seen)))
                    .toList());
            return all(
                    not(kept(table)), any(all(pointed, byOwners), all(not(pointed), unowned(table, uses, List.of()))));
        }
        Condition each = all(roles.stream()
                .map(role -> any(absent(table, role), endedFor(table, uses, role, nearer)))
                .toList());
        Condition nobody = all(roles.stream().map(role -> absent(table, role)).toList());
        return nobody.equals(Condition.FALSE)
                ? each
                : any(all(not(nobody), each), all(nobody, unowned(table, uses, roles)));
    }

    private Condition endedFor(Use use, PointerLink pointer, List<Level> seen) {
        if (!pointer.uses().contains(use.id())) {
            return Condition.TRUE;
        }
        BoundTable from = store.table(pointer.link().from());
        List<Level> nearer =
                seen.stream().map(level -> level.from(pointer.link())).toList();
        List<Role> roles = rolesOf(pointer);
        Condition ended = ended(from, List.of(use), roles, nearer);
        return new Condition.Every(pointer.link(), mayDieBefore(from, roles) ? any(dead(from), ended) : ended);
    }

    /** Whether a row can be dead although its uses go on for these roles: with its branch, or since none of the roles has an owner. */
    private boolean mayDieBefore(BoundTable table, List<Role> roles) {
        boolean nobodys = roles.size() < table.roles().size()
                && !all(roles.stream().map(role -> absent(table, role)).toList())
                        .equals(Condition.FALSE);
        return nobodys || table.map().replies().filter(Table.Replies::branch).isPresent();
    }

    /** Whose a pointing link is: those whom the map names for its columns, else all owners of the row. */
    List<Role> rolesOf(PointerLink pointer) {
        BoundTable from = store.table(pointer.link().from());
        List<Role> named = pointer.link().columns().stream()
                .flatMap(column -> Optional.ofNullable(from.columns().get(column)).stream())
                .filter(column -> !column.map().categories().isEmpty())
                .flatMap(column -> column.roles().stream())
                .distinct()
                .map(from::role)
                .toList();
        return named.isEmpty() ? from.roles() : named;
    }

    private Condition endedFor(BoundTable table, List<Use> uses, Role role, List<Level> nearer) {
        List<Condition> each = new ArrayList<>(uses.size());
        for (Use use : uses) {
            each.add(nearer.isEmpty() ? endedFor(table, use, role) : endedAnew(table, use, role, nearer));
        }
        return all(each);
    }

    private record UseOfRole(TableName table, String role, String use, List<End> past) {}

    /** Built once: what is the same is then also seen to be the same quickly. */
    private Condition endedFor(BoundTable table, Use use, Role role) {
        UseOfRole key =
                new UseOfRole(table.name(), role.name(), use.id(), use.past().ends());
        Condition known = ended.get(key);
        if (known == null) {
            known = endedAnew(table, use, role, List.of());
            ended.put(key, known);
        }
        return known;
    }

    private Condition endedAnew(BoundTable table, Use use, Role role, List<Level> nearer) {
        List<Level> levels = new ArrayList<>(nearer);
        levels.addAll(sources.levels(table, role));
        Condition own = ends.ended(use, levels, role);
        return role.kind().isPresent() ? own : any(own, throughShared(use, role));
    }

    private Condition throughShared(Use use, Role role) {
        BoundTable shared = store.table(role.path().getLast().to());
        return Level.through(role.path(), ended(shared, List.of(use), List.of()));
    }

    /** One use for one role; an absent role asks nothing. */
    Condition ended(BoundTable table, Use use, Role role) {
        return any(absent(table, role), endedFor(table, List.of(use), role, List.of()));
    }

    /** A link on the role's way is NULL: never unknown. */
    Condition absent(BoundTable table, Role role) {
        return absent.computeIfAbsent(table.name(), name -> new HashMap<>())
                .computeIfAbsent(
                        role.name(),
                        name -> any(
                                breaks(table, role).stream().map(Break::here).toList()));
    }

    /** A role's person is met by value: no foreign key keeps her row, and the link may be cut when it goes. */
    boolean metByValue(Role role) {
        return role.kind().isPresent()
                && !role.path().isEmpty()
                && !role.path().getLast().foreignKey();
    }

    /** Persons of this table are met by value somewhere. */
    boolean metByValue(TableName persons) {
        Set<TableName> known = metByValue;
        if (known == null) {
            known = store.tables().values().stream()
                    .flatMap(table -> table.roles().stream())
                    .filter(this::metByValue)
                    .map(role -> role.path().getLast().to())
                    .collect(Collectors.toSet());
            metByValue = known;
        }
        return known.contains(persons);
    }

    /** Every role is absent. */
    Condition unowned(BoundTable table) {
        return all(table.roles().stream().map(role -> absent(table, role)).toList());
    }

    /** A row of a table that is nobody's points to the shared row: it is in use, for no person's sake. Never unknown. */
    Condition kept(BoundTable shared) {
        return any(shared.keepers().stream()
                .<Condition>map(link -> new Condition.Some(link, Condition.TRUE))
                .toList());
    }

    /** The row is dead and nobody owns it, so that what it points to is not somebody's for its sake. Never unknown. */
    Condition left(BoundTable table) {
        Condition nobodys = nobodys(table);
        return nobodys.equals(Condition.FALSE) ? nobodys : all(nobodys, known(dead(table)));
    }

    /** No role leads on; of a shared row, only rows of nobody point to it. */
    private Condition nobodys(BoundTable table) {
        return table.map().shared()
                ? not(any(
                        kept(table),
                        any(table.pointers().stream()
                                .<Condition>map(pointer -> new Condition.Some(
                                        pointer.link(),
                                        not(nobodys(store.table(pointer.link().from())))))
                                .toList())))
                : unowned(table);
    }

    /** Whether rows that point to a shared one may be left by all who owned them. */
    boolean mayBeLeft(PointerLink pointer) {
        return !left(store.table(pointer.link().from())).equals(Condition.FALSE);
    }

    /** Where a role's way can break off: the condition that it does, and the tables met until there. */
    private record Break(Condition here, List<Level> met) {}

    private List<Break> breaks(BoundTable table, Role role) {
        List<Break> breaks = new ArrayList<>();
        List<Level> levels = sources.levels(table, role);
        for (int i = 0; i < role.path().size(); i++) {
            BoundTable from = levels.get(i).table();
            Link link = role.path().get(i);
            List<String> nullable = link.columns().stream()
                    .filter(column -> !from.catalogue().column(column).notNull())
                    .toList();
            List<Condition> nobody = new ArrayList<>();
            if (!nullable.isEmpty()) {
                nobody.add(new Condition.AnyNull(nullable));
            }
            if (!link.none().isEmpty()) {
                nobody.add(known(new Condition.ValueIn(link.columns().getFirst(), link.none())));
            }
            if (!nobody.isEmpty()) {
                Condition here = levels.get(i).seen(any(nobody));
                breaks.add(new Break(i == 0 ? here : known(here), levels.subList(0, i + 1)));
            }
        }
        return breaks;
    }

    private Condition unowned(BoundTable table, List<Use> uses, List<Role> roles) {
        if (table.map().unowned().isEmpty()) {
            return all(
                    uses.stream().map(use -> asFarAsItGoes(table, use, roles)).toList());
        }
        return switch (table.map().unowned().get()) {
            case Unowned.Keep keep -> Condition.FALSE;
            case Unowned.After after -> {
                List<Source> source = sources.at(table, after.event()).stream().toList();
                List<Moment> chain = without.contains(after.event())
                        ? List.of()
                        : source.stream().map(Source::moment).toList();
                Condition past = new Condition.Past(chain, Cutoff.of(asOf, after.span(), false));
                boolean never = source.stream().anyMatch(s -> s.absent() == Absent.NEVER);
                yield never ? any(new Condition.Absent(chain), past) : past;
            }
        };
    }

    /** What the row itself says, and the rows on its ways until they break off; what would come from beyond is unknown. */
    private Condition asFarAsItGoes(BoundTable table, Use use, List<Role> roles) {
        List<Level> own = List.of(new Level(table, List.of()));
        List<List<Level>> whole =
                roles.stream().map(role -> sources.levels(table, role)).toList();
        Condition alone = ends.endedAsFarAs(use, own, whole);
        List<Condition> ways = new ArrayList<>();
        List<Condition> begun = new ArrayList<>();
        for (Role role : roles) {
            for (Break broken : breaks(table, role)) {
                if (broken.met().size() > 1) {
                    begun.add(broken.here());
                    ways.add(any(
                            not(broken.here()),
                            ends.endedAsFarAs(use, broken.met(), List.of(sources.levels(table, role)))));
                }
            }
        }
        Condition some = any(begun);
        return any(all(not(some), alone), all(some, all(ways)));
    }

    /** Whether every use of the table resolves all its events in the table's own columns. */
    boolean datedByOwnColumns(BoundTable table) {
        return uses(table.map().uses()).stream()
                .flatMap(use -> use.allClauses().stream())
                .flatMap(clause -> clause.events().stream())
                .allMatch(event -> sources.own(table, event).isPresent());
    }

    /** A hold on the row or on what it belongs to, or a restriction of one of these roles' persons. */
    Condition frozen(BoundTable table, List<Role> roles) {
        if (!roles.equals(table.roles())) {
            return frozen(table, roles, true);
        }
        Condition known = frozen.get(table.name());
        if (known == null) {
            known = frozen(table, roles, true);
            frozen.put(table.name(), known);
        }
        return known;
    }

    /** @param itself whether a hold on the row itself counts: one on the person's own row does not freeze what belongs to her */
    private Condition frozen(BoundTable table, List<Role> roles, boolean itself) {
        List<Condition> frozen = new ArrayList<>();
        if (itself) {
            frozen.add(held(table));
        }
        for (Role role : table.roles()) {
            for (int i = 0; i < role.path().size(); i++) {
                Link link = role.path().get(i);
                BoundTable above = store.table(link.to());
                if (above.map().person().isEmpty()) {
                    frozen.add(known(Level.through(role.path().subList(0, i + 1), held(above))));
                }
            }
        }
        roles.forEach(role -> frozen.add(ends.restricted(role)));
        for (PointerLink pointer : table.pointers()) {
            BoundTable owner = store.table(pointer.link().from());
            Condition there =
                    frozen(owner, rolesOf(pointer), owner.map().person().isEmpty());
            if (!there.equals(Condition.FALSE)) {
                frozen.add(known(new Condition.Some(pointer.link(), there)));
            }
        }
        for (Role role : roles) {
            if (role.kind().isEmpty()) {
                BoundTable shared = store.table(role.path().getLast().to());
                frozen.add(known(Level.through(role.path(), frozen(shared, List.of()))));
            }
        }
        return any(frozen);
    }

    private Condition held(BoundTable table) {
        KeySet keys = keySets.held(table.name());
        return keys.isEmpty()
                ? Condition.FALSE
                : new Condition.KeyIn(table.catalogue().primaryKey(), Match.EXACT, keys);
    }

    /** Every use of the row has ended for every owner — in a tree, possibly with a row above it — and nothing freezes it. */
    Condition dead(BoundTable table) {
        Condition known = dead.get(table.name());
        if (known == null) {
            known = deadAnew(table);
            dead.put(table.name(), known);
        }
        return known;
    }

    private Condition deadAnew(BoundTable table) {
        Condition own = all(ended(table, uses(table.map().uses()), table.roles()), not(frozen(table, table.roles())));
        boolean branch = table.map().replies().filter(r -> r.branch()).isPresent();
        if (!branch || table.parent().isEmpty()) {
            return own;
        }
        Condition above = new Condition.Above(table.parent().get(), own);
        return any(own, all(known(above), not(frozen(table, table.roles()))));
    }
}
