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
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.EventSources.Dating;
import dev.kept.core.lifecycle.EventSources.Found;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sweep does not destroy its own clock: rows that date a row which stays, stay (DESIGN section 1, rule 4). */
final class Clocks {

    private final BoundStore store;
    private final Neighbours neighbours;
    private final EventSources sources;
    private final Owners owners;
    private final Map<TableName, List<Dating>> datingOthers = new HashMap<>();
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

    /** The same without what only {@code target}'s rows need: asked when they go, too. */
    Condition neededBeside(BoundTable table, TableName target) {
        return any(datingOthers.getOrDefault(table.name(), List.of()).stream()
                .filter(dating -> !dating.to().equals(target))
                .map(this::needed)
                .toList());
    }

    private Condition needed(Dating dating) {
        List<Condition> reasons = new ArrayList<>();
        for (Role role : rolesBeyond(dating)) {
            for (Dated dated : datedUses(dating)) {
                reasons.add(
                        survivesLoss(dating, dated, role)
                                ? not(known(
                                        Level.through(dating.path(), owners.ended(target(dating), dated.use(), role))))
                                : Condition.TRUE);
            }
        }
        List<Link> path = dating.path();
        Condition leads = known(Level.through(path.subList(0, path.size() - 1), new Condition.Leads(path.getLast())));
        Condition surpassed = new Condition.Surpassed(
                path,
                sources.moment(dating.from(), dating.event()),
                dating.event().earliest());
        return all(any(reasons), leads, not(surpassed));
    }

    private BoundTable target(Dating dating) {
        return store.table(dating.to());
    }

    /** The roles of the dated row through which the dating row knows its owner. */
    private List<Role> rolesBeyond(Dating dating) {
        List<List<Link>> beyond = dating.from().roles().stream()
                .map(Role::path)
                .filter(path -> path.size() >= dating.path().size()
                        && path.subList(0, dating.path().size()).equals(dating.path()))
                .map(path -> path.subList(dating.path().size(), path.size()))
                .toList();
        return target(dating).roles().stream()
                .filter(role -> beyond.contains(role.path()))
                .toList();
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

    private boolean takesFrom(BoundTable table, Role role, Dating dating) {
        return sources.find(sources.levels(table, role), dating.event().name())
                .map(Found::level)
                .filter(level -> level.table().name().equals(dating.to()))
                .isPresent();
    }

    /** Whether what the use's clauses say stays known, and ended, when the dating row is gone. */
    private boolean survivesLoss(Dating dating, Dated dated, Role role) {
        String event = dating.event().name();
        Use use = dated.use();
        List<Level> levels = sources.levels(target(dating), role);
        for (End.Clause clause : use.clauses()) {
            int position = clause.events().indexOf(event);
            if (position < 0) {
                continue;
            }
            boolean fallsBack = clause
                    .events()
                    .subList(position + 1, clause.events().size())
                    .stream()
                    .anyMatch(later -> alwaysThere(levels, later)
                            || alwaysThere(List.of(new Level(dated.at(), List.of())), later));
            boolean neverBegun = use.begin()
                    .filter(clause.events()::contains)
                    .flatMap(begin -> sources.find(levels, begin))
                    .filter(found -> found.source().absent() == Absent.NEVER)
                    .isPresent();
            if (!fallsBack && !neverBegun) {
                return false;
            }
        }
        return true;
    }

    private boolean alwaysThere(List<Level> levels, String event) {
        return sources.find(levels, event)
                .filter(found -> found.source().always() && found.level().path().isEmpty())
                .isPresent();
    }

    /** Datings of a table whose rows must go together with the row they date. */
    List<Dating> goingWith(BoundTable table) {
        return sources.dating(table.name()).stream()
                .filter(dating -> rolesBeyond(dating).stream()
                        .anyMatch(role ->
                                datedUses(dating).stream().anyMatch(dated -> !survivesLoss(dating, dated, role))))
                .toList();
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
                ways.add(dating.path().subList(from, dating.path().size()));
            }
        }
        return ways.stream()
                .sorted((a, b) -> Integer.compare(b.size(), a.size()))
                .toList();
    }
}
