package dev.kept.core.lifecycle;

import static dev.kept.core.lifecycle.Condition.all;
import static dev.kept.core.lifecycle.Condition.any;
import static dev.kept.core.lifecycle.Condition.known;
import static dev.kept.core.lifecycle.Condition.not;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.DatedUses.Dated;
import dev.kept.core.lifecycle.EventSources.Dating;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A sweep does not destroy its own clock: rows that date a row which stays, stay (DESIGN section 1, rule 4). */
final class Clocks {

    private final BoundStore store;
    private final EventSources sources;
    private final Owners owners;
    private final Datings datings;
    private final Map<Sight, Owners> seeing = new HashMap<>();
    private final Map<TableName, Condition> needed = new HashMap<>();
    private final Map<TableName, List<List<Link>>> ways = new HashMap<>();

    Clocks(BoundStore store, EventSources sources, Owners owners, Datings datings) {
        this.store = store;
        this.sources = sources;
        this.owners = owners;
        this.datings = datings;
    }

    /** The row dates a row that stays and that would lose its date: never unknown. */
    Condition needed(BoundTable table) {
        Condition known = needed.get(table.name());
        if (known == null) {
            known = neededAnew(table);
            needed.put(table.name(), known);
        }
        return known;
    }

    private Condition neededAnew(BoundTable table) {
        return any(datings.from(table.name()).stream().map(this::needed).toList());
    }

    /**
     * The same without what the row dates on this way: asked when the rows along it go, too.
     *
     * @param ways all ways of clocks to the row at the end of this one: what lies on another that ends there goes as well
     */
    Condition neededBeside(BoundTable table, List<Link> way, List<List<Link>> ways) {
        return any(datings.from(table.name()).stream()
                .filter(dating -> !begins(way, dating.path()))
                .map(dating -> all(needed(dating), not(liesBeside(dating, way, ways))))
                .toList());
    }

    private static boolean begins(List<Link> way, List<Link> with) {
        return way.size() >= with.size() && way.subList(0, with.size()).equals(with);
    }

    /** What the row dates is, or lies on another way to, the row at the end of this one. */
    private static Condition liesBeside(Dating dating, List<Link> way, List<List<Link>> ways) {
        List<Condition> meets = new ArrayList<>();
        if (dating.to().equals(way.getLast().to())) {
            meets.add(new Condition.Meets(dating.path(), way));
        }
        ways.stream()
                .filter(other -> begins(other, dating.path()))
                .forEach(other -> meets.add(new Condition.Meets(other, way)));
        return any(meets);
    }

    /** The row leads by this way, and by every part of it, to one row only: a join by value may lead to several. */
    static Condition leadsToOne(List<Link> way) {
        return all(IntStream.range(0, way.size())
                .filter(at -> !way.get(at).unique())
                .mapToObj(at -> way.subList(0, at + 1))
                .<Condition>map(part -> new Condition.Meets(part, part))
                .toList());
    }

    /** The row dates, across this link, a row that stays; or a row below does. */
    Condition neededAcross(Link link) {
        List<Condition> needed = new ArrayList<>();
        for (Dating dating : datings.all()) {
            int at = dating.path().indexOf(link);
            if (at >= 0) {
                Condition seen = needed(dating);
                for (Link before : dating.path().subList(0, at)) {
                    seen = new Condition.Some(before, seen);
                }
                needed.add(seen);
            }
        }
        return any(needed);
    }

    private Condition needed(Dating dating) {
        BoundTable dated = datings.target(dating);
        List<Condition> reasons = new ArrayList<>();
        for (Dated asking : datings.uses(dating)) {
            // What ends a use for this row, a word of Kept for one, need not end it for the rows below.
            boolean below = goesOnBelow(dating, asking);
            Condition ended = seeing(Set.of(), below).ended(dated, List.of(asking.use()), dated.roles());
            Condition without = datings.fallsBackBelow(dating, asking)
                    ? Condition.TRUE
                    : all(hidden(dating).stream()
                            .map(events -> seeing(events, below).ended(dated, List.of(asking.use()), dated.roles()))
                            .toList());
            boolean open =
                    dating.event().earliest() || without.equals(Condition.FALSE) || without.equals(Condition.UNKNOWN);
            reasons.add(open ? Condition.TRUE : not(known(Level.through(dating.path(), all(ended, without)))));
        }
        List<Link> path = dating.path();
        Condition leads = known(Level.through(path.subList(0, path.size() - 1), new Condition.Leads(path.getLast())));
        Condition surpassed = new Condition.Surpassed(
                path,
                sources.moment(dating.from(), dating.event()),
                dating.event().earliest());
        return all(any(reasons), leads, not(surpassed));
    }

    /** Whether a use may go on for rows below although something that is said of the dated row, no date, ended it there. */
    private boolean goesOnBelow(Dating dating, Dated asking) {
        Use use = asking.use();
        return !asking.at().name().equals(dating.to())
                && store.tables().values().stream()
                        .anyMatch(table -> (!table.name().equals(dating.to())
                                        && table.map().facts().containsKey(use.id()))
                                || Delays.speaksFor(use, table));
    }

    /** What is taken as unsaid: what one event says of a row, whichever dates it from elsewhere; and what all of them say. */
    private List<Set<String>> hidden(Dating dating) {
        Set<String> all = datings.to(dating.to()).stream()
                .map(other -> other.event().name())
                .filter(event -> sources.own(datings.target(dating), event).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        return Stream.concat(all.stream().map(Set::of), Stream.of(Set.copyOf(all)))
                .distinct()
                .toList();
    }

    /** What would be known without these events. */
    private Owners seeing(Set<String> without, boolean datesOnly) {
        return without.isEmpty() && !datesOnly
                ? owners
                : seeing.computeIfAbsent(new Sight(without, datesOnly), s -> owners.without(without, datesOnly));
    }

    private record Sight(Set<String> without, boolean datesOnly) {}

    /** Datings of a table whose rows must go together with the row they date. */
    List<Dating> goingWith(BoundTable table) {
        return datings.to(table.name()).stream()
                .filter(dating -> datings.uses(dating).stream().anyMatch(asking -> outlives(dating, asking)))
                .toList();
    }

    /** Whether the use may need the dating row although the dated row is dead. */
    private boolean outlives(Dating dating, Dated asking) {
        Use use = asking.use();
        BoundTable dated = datings.target(dating);
        return dating.event().earliest()
                || dated.map().replies().filter(replies -> replies.branch()).isPresent()
                || goesOnBelow(dating, asking)
                || !dated.map().uses().contains(use.id())
                || datings.lostUnowned(dating, use)
                || dated.roles().stream()
                        .anyMatch(role -> hidden(dating).stream()
                                .anyMatch(events -> !seeing(events, false)
                                        .ends()
                                        .ended(use, sources.levels(dated, role), role)
                                        .equals(Condition.TRUE)));
    }

    /** Ways on which clocks of a table's rows stand, longest first: children before parents. */
    List<List<Link>> waysOfClocks(BoundTable table) {
        List<List<Link>> known = ways.get(table.name());
        if (known == null) {
            known = waysAnew(table);
            ways.put(table.name(), known);
        }
        return known;
    }

    private List<List<Link>> waysAnew(BoundTable table) {
        Set<List<Link>> ways = new LinkedHashSet<>();
        for (Dating dating : goingWith(table)) {
            for (int from = 0; from < dating.path().size(); from++) {
                List<Link> way = dating.path().subList(from, dating.path().size());
                ways.add(way);
                waysOfClocks(store.table(way.getFirst().from())).forEach(further -> {
                    List<Link> longer = new ArrayList<>(further);
                    longer.addAll(way);
                    ways.add(longer);
                });
            }
        }
        return ways.stream()
                .sorted((a, b) -> Integer.compare(b.size(), a.size()))
                .toList();
    }

    /** Whether a clock that goes with a row of the table refers, by this link, to another one, which can go only then. */
    boolean freesAnother(BoundTable table, Link link) {
        return waysOfClocks(table).stream()
                .anyMatch(way -> way.getFirst().from().equals(link.from())
                        && !(way.size() == 1 && KeepingLinks.sameEnds(way.getFirst(), link)));
    }
}
