package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Table.Absent;
import dev.kept.core.datamap.Table.Unowned;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.DatedUses.Dated;
import dev.kept.core.lifecycle.EventSources.Dating;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which uses take a date from rows of another table, and what would still be known without these rows. */
final class Datings {

    private final BoundStore store;
    private final DatedUses dated;
    private final EventSources sources;
    private final Owners owners;
    private final Map<TableName, List<Dating>> from = new HashMap<>();

    Datings(BoundStore store, DatedUses dated, EventSources sources, Owners owners) {
        this.store = store;
        this.dated = dated;
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

    /** Uses of the dated table, or of tables below it, that take this event from there. */
    Set<Dated> uses(Dating dating) {
        return dated.uses(dating);
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
        for (End.Clause clause : use.allClauses()) {
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
                && asking.use().allClauses().stream()
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
