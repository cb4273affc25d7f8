package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.EventSources.Dating;
import dev.kept.core.lifecycle.EventSources.Found;
import dev.kept.core.notice.Use;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which uses take a date from rows of another table. Neither T nor facts matter to it, so it is found once for a store. */
final class DatedUses {

    private final BoundStore store;
    private final Neighbours neighbours;
    private final EventSources sources;

    /** Datings are those of the sources, each one object. */
    private final IdentityHashMap<Dating, Set<Dated>> uses = new IdentityHashMap<>();

    private final IdentityHashMap<Dating, Set<TableName>> decidedBefore = new IdentityHashMap<>();

    DatedUses(BoundStore store, Neighbours neighbours, EventSources sources) {
        this.store = store;
        this.neighbours = neighbours;
        this.sources = sources;
    }

    /** A use, and a table whose rows take its date from elsewhere. */
    record Dated(Use use, BoundTable at) {}

    /** Uses of the dated table, or of tables below it, that take this event from there. */
    Set<Dated> uses(Dating dating) {
        return uses.computeIfAbsent(dating, this::usesAnew);
    }

    private Set<Dated> usesAnew(Dating dating) {
        Set<Dated> uses = new LinkedHashSet<>();
        for (BoundTable table : neighbours.atOrBelow(dating.to())) {
            for (Use use : Owners.uses(store, table.map().uses())) {
                if (use.allClauses().stream()
                                .anyMatch(clause ->
                                        clause.events().contains(dating.event().name()))
                        && table.roles().stream().anyMatch(role -> takesFrom(table, role, dating))) {
                    uses.add(new Dated(use, table));
                }
            }
        }
        return Collections.unmodifiableSet(uses);
    }

    /**
     * Tables below the dated one whose rows take its date, and have dates of their own besides: what the date says of these rows cannot be said
     * of the dated one, so that they are decided before the rows that date go.
     */
    Set<TableName> decidedBefore(Dating dating) {
        return decidedBefore.computeIfAbsent(dating, this::decidedBeforeAnew);
    }

    private Set<TableName> decidedBeforeAnew(Dating dating) {
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
                && asking.use().allClauses().stream()
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
}
