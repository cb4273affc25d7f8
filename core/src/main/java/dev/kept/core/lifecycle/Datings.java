package dev.kept.core.lifecycle;

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
import java.util.stream.Collectors;

/** Which uses take a date from rows of another table, and what would still be known without these rows. */
final class Datings {

    private final BoundStore store;
    private final Neighbours neighbours;
    private final EventSources sources;
    private final Owners owners;
    private final Map<TableName, List<Dating>> from = new HashMap<>();

    Datings(BoundStore store, Neighbours neighbours, EventSources sources, Owners owners) {
        this.store = store;
        this.neighbours = neighbours;
        this.sources = sources;
        this.owners = owners;
        for (BoundTable table : store.tables().values()) {
            for (Dating dating : sources.dating(table.name())) {
                from.computeIfAbsent(dating.from().name(), name -> new ArrayList<>())
                        .add(dating);
            }
        }
    }

    /** What rows of this table say of others. */
    List<Dating> from(TableName table) {
        return from.getOrDefault(table, List.of());
    }

    List<Dating> all() {
        return from.values().stream().flatMap(List::stream).toList();
    }

    /** What rows of other tables say of this table's rows. */
    List<Dating> to(TableName table) {
        return sources.dating(table);
    }

    BoundTable target(Dating dating) {
        return store.table(dating.to());
    }

    /** A use, and a table whose rows take its date from elsewhere. */
    record Dated(Use use, BoundTable at) {}

    /** Uses of the dated table, or of tables below it, that take this event from there. */
    Set<Dated> uses(Dating dating) {
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
        return uses(dating).stream()
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

    /** Whether a use would not be known ended without the dating row, or — where the earliest counts — later. */
    boolean lost(Dating dating, Dated asking) {
        return dating.event().earliest()
                || (!fallsBackBelow(dating, asking)
                        && (lostWithout(dating, asking.use()) || lostUnowned(dating, asking.use())));
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
    boolean lostUnowned(Dating dating, Use use) {
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
    boolean fallsBackBelow(Dating dating, Dated asking) {
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
}
