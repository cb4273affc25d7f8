package dev.kept.core.lifecycle;

import static dev.kept.core.lifecycle.Condition.all;
import static dev.kept.core.lifecycle.Condition.any;
import static dev.kept.core.lifecycle.Condition.not;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which rows that stay keep a dead row as a husk ({@code docs/semantics.md} section 5). */
final class Blockers {

    private final BoundStore store;
    private final EventSources sources;
    private final Owners owners;
    private final Clocks clocks;
    private final Reaches reaches;
    private final Map<TableName, List<Link>> incoming = new HashMap<>();

    Blockers(BoundStore store, EventSources sources, Owners owners, Clocks clocks, Reaches reaches) {
        this.reaches = reaches;
        this.store = store;
        this.sources = sources;
        this.owners = owners;
        this.clocks = clocks;
        foreignKeys();
        declaredLinks();
    }

    private void foreignKeys() {
        for (CatalogueTable table : store.catalogue().tables().values()) {
            for (ForeignKey key : table.foreignKeys()) {
                add(new Link(
                        key.from(),
                        key.columns(),
                        key.to(),
                        key.targetColumns(),
                        Match.EXACT,
                        !key.partly(),
                        List.of(),
                        true));
            }
        }
    }

    private void declaredLinks() {
        for (BoundTable table : store.tables().values()) {
            for (Role role : table.roles()) {
                int read = linksRead(table, role);
                for (int i = 0; i < role.path().size(); i++) {
                    boolean leadsOn = i + 1 < role.path().size() || role.kind().isEmpty();
                    if (leadsOn || i < read) {
                        add(role.path().get(i));
                    }
                }
            }
            sources.dating(table.name()).forEach(dating -> dating.path().forEach(this::add));
            table.pointers().stream().map(PointerLink::link).forEach(this::add);
            table.parent().ifPresent(this::add);
        }
    }

    /** How many links of a role's way are crossed to read events, facts or conditions. */
    private int linksRead(BoundTable table, Role role) {
        List<Level> levels = sources.levels(table, role);
        int read = 0;
        for (Use use : owners.uses(table.map().uses())) {
            for (End.Clause clause : use.clauses()) {
                for (String event : clause.events()) {
                    read = Math.max(
                            read,
                            sources.find(levels, event)
                                    .map(found -> found.level().path().size())
                                    .orElse(0));
                }
            }
            for (Level level : levels) {
                if (level.table().map().facts().containsKey(use.id())) {
                    read = Math.max(read, level.path().size());
                }
            }
        }
        return read;
    }

    /** Whether events, facts or conditions of some row are read across the link, or it is decided there what becomes of rows nobody owns. */
    boolean readAcross(Link link) {
        return store.tables().values().stream()
                .anyMatch(table -> table.roles().stream().anyMatch(role -> {
                    int at = role.path().indexOf(link);
                    return at >= 0
                            && (at < linksRead(table, role)
                                    || (at > 0 && table.map().unowned().isPresent()));
                }));
    }

    private void add(Link link) {
        List<Link> links = incoming.computeIfAbsent(link.to(), name -> new ArrayList<>());
        if (links.stream().noneMatch(other -> sameEnds(other, link))) {
            links.add(link);
        }
    }

    static boolean sameEnds(Link a, Link b) {
        return a.from().equals(b.from()) && a.to().equals(b.to()) && pairs(a).equals(pairs(b));
    }

    private static Set<List<String>> pairs(Link link) {
        Set<List<String>> pairs = new HashSet<>();
        for (int i = 0; i < link.columns().size(); i++) {
            pairs.add(List.of(link.columns().get(i), link.targetColumns().get(i)));
        }
        return pairs;
    }

    /** All links that are known: foreign keys and declared ones, those that keep nothing included. */
    List<Link> everyLink() {
        List<Link> all = new ArrayList<>();
        incoming.values().forEach(all::addAll);
        store.tables().values().forEach(table -> all.addAll(table.links()));
        return all;
    }

    /** Links whose rows keep what they point to. */
    List<Link> into(TableName table) {
        return incoming.getOrDefault(table, List.of());
    }

    /** Declared links that keep what they point to and meet it by this column: it stays with what they need. */
    List<Link> declaredInto(TableName table, String column) {
        return into(table).stream()
                .filter(link -> !link.foreignKey() && link.targetColumns().contains(column))
                .toList();
    }

    /** Dead, no clock of a row that stays, and referred to by nothing but clocks that go with it. */
    Condition removable(BoundTable table) {
        return all(
                owners.dead(table),
                not(clocks.needed(table)),
                unreferred(table, clocks.waysOfClocks(table), List.of(), table.name()));
    }

    private Condition unreferred(BoundTable table, List<List<Link>> ways, List<Link> rest, TableName target) {
        List<Condition> all = new ArrayList<>();
        for (Link link : into(table.name())) {
            Optional<List<Link>> way = ways.stream()
                    .filter(w -> w.size() == rest.size() + 1
                            && w.subList(1, w.size()).equals(rest)
                            && sameEnds(w.getFirst(), link))
                    .findFirst();
            Condition along =
                    way.map(w -> removableWith(w, ways, target)).orElseGet(() -> alongBeside(link, rest, ways));
            all.add(not(new Condition.Referred(link, along)));
        }
        return Condition.all(all);
    }

    /** A row that refers here by the way goes along, too, if it is a clock of the same row by another way: there it is asked whether it may. */
    private static Condition alongBeside(Link link, List<Link> rest, List<List<Link>> ways) {
        List<Link> here = new ArrayList<>(List.of(link));
        here.addAll(rest);
        return any(ways.stream()
                .filter(way -> way.getFirst().from().equals(link.from()))
                .<Condition>map(way -> new Condition.Meets(here, way))
                .toList());
    }

    /** Asked of a row on a clock's way: it may go together with the row it dates. */
    private Condition removableWith(List<Link> way, List<List<Link>> ways, TableName target) {
        BoundTable table = store.table(way.getFirst().from());
        return all(
                owners.dead(table),
                not(clocks.neededBeside(table, way, ways)),
                unreferred(table, ways, way, target),
                Clocks.leadsToOne(way),
                theirsToo(table, way, store.table(target)) ? Condition.TRUE : reaches.reached(table));
    }

    /** Whether all who own the dated row own its clock, too; not so in a branch, which may be anybody's. */
    private static boolean theirsToo(BoundTable clock, List<Link> way, BoundTable dated) {
        return dated.map().replies().filter(Table.Replies::branch).isEmpty()
                && dated.roles().stream().allMatch(role -> {
                    List<Link> path = new ArrayList<>(way);
                    path.addAll(role.path());
                    return clock.roles().stream().anyMatch(own -> own.path().equals(path));
                });
    }
}
