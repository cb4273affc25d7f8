package dev.kept.core.lifecycle;

import static dev.kept.core.lifecycle.Condition.all;
import static dev.kept.core.lifecycle.Condition.any;
import static dev.kept.core.lifecycle.Condition.known;
import static dev.kept.core.lifecycle.Condition.not;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Table.Absent;
import dev.kept.core.datamap.Table.Unowned;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.EventSources.Dating;
import dev.kept.core.lifecycle.EventSources.Found;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A sweep does not destroy its own clock: rows that date a row which stays, stay (DESIGN section 1, rule 4). */
final class Clocks {

    private final BoundStore store;
    private final Neighbours neighbours;
    private final EventSources sources;
    private final Owners owners;
    private final Map<TableName, List<Dating>> datingOthers = new HashMap<>();
    private final Map<Sight, Owners> seeing = new HashMap<>();
    private final Map<TableName, Condition> needed = new HashMap<>();
    private final Map<TableName, List<List<Link>>> ways = new HashMap<>();

    Clocks(BoundStore store, Neighbours neighbours, EventSources sources, Owners owners) {
        this.store = store;
        this.neighbours = neighbours;
        this.sources = sources;
        this.owners = owners;
        for (BoundTable table : store.tables().values()) {
            for (Dating dating : sources.dating(table.name())) {
                datingOthers
                        .computeIfAbsent(dating.from().name(), name -> new ArrayList<>())
                        .add(dating);
            }
        }
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
        return any(datingOthers.getOrDefault(table.name(), List.of()).stream()
                .map(this::needed)
                .toList());
    }

    /**
     * The same without what the row dates on this way: asked when the rows along it go, too.
     *
     * @param ways all ways of clocks to the row at the end of this one: what lies on another that ends there goes as well
     */
    Condition neededBeside(BoundTable table, List<Link> way, List<List<Link>> ways) {
        return any(datingOthers.getOrDefault(table.name(), List.of()).stream()
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
            meets.add(meets(dating.path(), way));
        }
        ways.stream().filter(other -> begins(other, dating.path())).forEach(other -> meets.add(meets(other, way)));
        return any(meets);
    }

    /** Whether two ways from a row lead to the same one; said to be not so where a link may lead to several. */
    static Condition meets(List<Link> one, List<Link> other) {
        boolean unique = one.stream().allMatch(Link::unique) && other.stream().allMatch(Link::unique);
        return unique ? new Condition.Meets(one, other) : Condition.FALSE;
    }

    /** The row dates, across this link, a row that stays; or a row below does. */
    Condition neededAcross(Link link) {
        List<Condition> needed = new ArrayList<>();
        for (Dating dating :
                datingOthers.values().stream().flatMap(List::stream).toList()) {
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
        BoundTable dated = target(dating);
        List<Condition> reasons = new ArrayList<>();
        for (Dated asking : datedUses(dating)) {
            // What ends a use for this row, a word of Kept for one, need not end it for the rows below.
            boolean below = goesOnBelow(dating, asking);
            Condition ended = seeing(Set.of(), below).ended(dated, List.of(asking.use()), dated.roles());
            Condition without = fallsBackBelow(dating, asking)
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
        Set<String> all = sources.dating(dating.to()).stream()
                .map(other -> other.event().name())
                .filter(event -> sources.own(target(dating), event).isEmpty())
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

    private BoundTable target(Dating dating) {
        return store.table(dating.to());
    }

    /** A use, and a table whose rows take its date from elsewhere. */
    private record Dated(Use use, BoundTable at) {}

    /** Uses of the dated table, or of tables below it, that take this event from there. */
    private Set<Dated> datedUses(Dating dating) {
        Set<Dated> uses = new LinkedHashSet<>();
        for (BoundTable table : neighbours.atOrBelow(dating.to())) {
            for (Use use : owners.uses(table.map().uses())) {
                if (use.clauses().stream()
                                .anyMatch(clause ->
                                        clause.events().contains(dating.event().name()))
                        && table.roles().stream().anyMatch(role -> takesFrom(table, role, dating))) {
                    uses.add(new Dated(use, table));
                }
            }
        }
        return uses;
    }

    /**
     * Tables below the dated one whose rows take its date, and have dates of their own besides: what the date says of these rows cannot be said
     * of the dated one, so that they are decided before the rows that date go.
     */
    Set<TableName> decidedBefore(Dating dating) {
        return datedUses(dating).stream()
                .filter(asking -> asking.at().roles().stream().anyMatch(role -> datedNearer(dating, asking, role)))
                .map(asking -> asking.at().name())
                .collect(Collectors.toSet());
    }

    private boolean datedNearer(Dating dating, Dated asking, Role role) {
        List<Level> levels = sources.levels(asking.at(), role);
        List<TableName> tables =
                levels.stream().map(level -> level.table().name()).toList();
        int at = tables.indexOf(dating.to());
        return at > 0
                && asking.use().clauses().stream()
                        .flatMap(clause -> clause.events().stream())
                        .anyMatch(event ->
                                sources.find(levels.subList(0, at), event).isPresent());
    }

    private boolean takesFrom(BoundTable table, Role role, Dating dating) {
        return sources.find(sources.levels(table, role), dating.event().name())
                .map(Found::level)
                .filter(level -> level.table().name().equals(dating.to()))
                .isPresent();
    }

    /**
     * Whether what the use's clauses say of a row that somebody owns becomes unknown when the dating row is gone, or — where the earliest
     * counts — later.
     */
    private boolean lostWithout(Dating dating, Use use) {
        return target(dating).roles().stream()
                .anyMatch(role -> lost(dating, use, sources.levels(target(dating), role)));
    }

    /** Whether it does for a row that nobody owns: then only what the row itself says is known. */
    private boolean lostUnowned(Dating dating, Use use) {
        BoundTable dated = target(dating);
        if (owners.unowned(dated).equals(Condition.FALSE)) {
            return false;
        }
        Optional<Unowned> rule = dated.map().unowned();
        if (rule.isEmpty()) {
            return lost(dating, use, List.of(new Level(dated, List.of())));
        }
        return rule.get() instanceof Unowned.After(String event, Span span)
                && event.equals(dating.event().name())
                && (dating.event().earliest() || dating.event().absent() != Absent.NEVER);
    }

    private boolean lost(Dating dating, Use use, List<Level> levels) {
        String event = dating.event().name();
        for (End.Clause clause : use.clauses()) {
            int position = clause.events().indexOf(event);
            if (position < 0) {
                continue;
            }
            boolean fallsBack = clause
                    .events()
                    .subList(position + 1, clause.events().size())
                    .stream()
                    .anyMatch(later -> alwaysThere(levels, later));
            boolean neverBegun = use.begin()
                    .filter(clause.events()::contains)
                    .flatMap(begin -> sources.find(levels, begin))
                    .filter(found -> found.source().absent() == Absent.NEVER
                            && found.level().path().stream().allMatch(Link::foreignKey))
                    .isPresent();
            if (dating.event().earliest() || (!fallsBack && !neverBegun)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the rows of a table below have a date of their own to fall back on that is never absent. */
    private boolean fallsBackBelow(Dating dating, Dated asking) {
        List<Level> own = List.of(new Level(asking.at(), List.of()));
        String event = dating.event().name();
        return !asking.at().name().equals(dating.to())
                && asking.use().clauses().stream()
                        .filter(clause -> clause.events().contains(event))
                        .allMatch(clause ->
                                clause
                                        .events()
                                        .subList(
                                                clause.events().indexOf(event) + 1,
                                                clause.events().size())
                                        .stream()
                                        .anyMatch(later -> alwaysThere(own, later)));
    }

    private boolean alwaysThere(List<Level> levels, String event) {
        return sources.find(levels, event)
                .filter(found -> found.source().always() && found.level().path().isEmpty())
                .isPresent();
    }

    /** What rows of other tables say of a table's rows. */
    List<Dating> datingsOf(BoundTable table) {
        return sources.dating(table.name());
    }

    /** Datings of a table whose rows must go together with the row they date. */
    List<Dating> goingWith(BoundTable table) {
        return sources.dating(table.name()).stream()
                .filter(dating -> datedUses(dating).stream().anyMatch(asking -> outlives(dating, asking)))
                .toList();
    }

    /** Whether the use may need the dating row although the dated row is dead. */
    private boolean outlives(Dating dating, Dated asking) {
        Use use = asking.use();
        BoundTable dated = target(dating);
        return dating.event().earliest()
                || dated.map().replies().filter(replies -> replies.branch()).isPresent()
                || goesOnBelow(dating, asking)
                || !dated.map().uses().contains(use.id())
                || lostUnowned(dating, use)
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
                        && !(way.size() == 1 && Blockers.sameEnds(way.getFirst(), link)));
    }

    /** A use that would not be known ended without a row that dates several others, none of which could then go first. */
    record Shared(TableName clock, String event, TableName dated, String use) {}

    /** Where that may happen. */
    List<Shared> shared() {
        List<Dating> losing = datingOthers.values().stream()
                .flatMap(List::stream)
                .filter(dating -> datedUses(dating).stream().anyMatch(asking -> lost(dating, asking)))
                .toList();
        return losing.stream()
                .filter(dating -> losing.stream().anyMatch(other -> waitsFor(dating, other))
                        || dating.path().stream().map(Link::from).anyMatch(this::holdsItself))
                .map(this::shared)
                .toList();
    }

    private Shared shared(Dating dating) {
        return new Shared(
                dating.from().name(),
                dating.event().name(),
                dating.to(),
                datedUses(dating).stream()
                        .filter(asking -> lost(dating, asking))
                        .map(asking -> asking.use().id())
                        .findFirst()
                        .orElseThrow());
    }

    /** Whether a row on the one's way dates, by the other, something that does not lie on this way. */
    private static boolean waitsFor(Dating one, Dating other) {
        for (int at = 0; at < one.path().size(); at++) {
            List<Link> onward = one.path().subList(at, one.path().size());
            if (onward.getFirst().from().equals(other.from().name()) && apart(onward, other.path())) {
                return true;
            }
        }
        return false;
    }

    private boolean lost(Dating dating, Dated asking) {
        return dating.event().earliest()
                || (!fallsBackBelow(dating, asking)
                        && (lostWithout(dating, asking.use()) || lostUnowned(dating, asking.use())));
    }

    /** Whether emptied rows of the table go on referring to others of it: by a link that cannot be cut, to an owner, or to the stem of a branch. */
    private boolean holdsItself(TableName name) {
        BoundTable table = store.table(name);
        boolean branch =
                table.map().replies().filter(replies -> replies.branch()).isPresent();
        return table.links().stream()
                .filter(link -> link.to().equals(name))
                .anyMatch(link -> link.mandatory()
                        || (branch && table.parent().filter(link::equals).isPresent())
                        || table.roles().stream()
                                .anyMatch(role -> !role.path().isEmpty()
                                        && role.path().getFirst().equals(link)));
    }

    private static boolean apart(List<Link> one, List<Link> other) {
        int shorter = Math.min(one.size(), other.size());
        return !one.subList(0, shorter).equals(other.subList(0, shorter));
    }
}
