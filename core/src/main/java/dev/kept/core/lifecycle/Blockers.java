package dev.kept.core.lifecycle;

import static dev.kept.core.lifecycle.Condition.all;
import static dev.kept.core.lifecycle.Condition.any;
import static dev.kept.core.lifecycle.Condition.not;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which rows that stay keep a dead row as a husk ({@code docs/semantics.md} section 5). */
final class Blockers {

    private final BoundStore store;
    private final KeepingLinks links;
    private final Owners owners;
    private final Clocks clocks;
    private final Reaches reaches;

    Blockers(BoundStore store, KeepingLinks links, Owners owners, Clocks clocks, Reaches reaches) {
        this.store = store;
        this.links = links;
        this.owners = owners;
        this.clocks = clocks;
        this.reaches = reaches;
    }

    KeepingLinks links() {
        return links;
    }

    /** Links whose rows keep what they point to. */
    List<Link> into(TableName table) {
        return links.into(table);
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
                            && KeepingLinks.sameEnds(w.getFirst(), link))
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
