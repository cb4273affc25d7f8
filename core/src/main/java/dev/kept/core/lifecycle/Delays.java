package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.Table.While;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.OnRequest;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@code while} conditions that delay a request for a row. */
final class Delays {

    /** A condition of {@code path}'s first table that speaks for rows of its last. */
    private record Spoken(BoundTable from, While condition, List<Link> path) {}

    private final Map<TableName, List<Spoken>> spokenFor = new HashMap<>();

    Delays(BoundStore store) {
        for (BoundTable table : store.tables().values()) {
            for (While condition : table.map().whiles().values()) {
                Set<TableName> dated = new LinkedHashSet<>(condition.dates());
                table.map().events().values().forEach(event -> dated.addAll(event.dates()));
                for (TableName name : dated) {
                    for (List<Link> path : EventSources.waysTo(table, name)) {
                        spokenFor.computeIfAbsent(name, n -> new ArrayList<>()).add(new Spoken(table, condition, path));
                    }
                }
            }
        }
    }

    /** Each condition is asked where it stands nearest on the way: an open order delays its own lines, not the customer's other orders. */
    Condition of(Use use, List<Level> levels) {
        List<Condition> delays = new ArrayList<>();
        Set<TableName> heard = new HashSet<>();
        for (Level level : levels) {
            Set<TableName> here = new HashSet<>();
            for (While condition : level.table().map().whiles().values()) {
                if (speaksFor(use, level.table().map(), condition)
                        && !heard.contains(level.table().name())) {
                    here.add(level.table().name());
                    delays.add(level.seen(holds(condition)));
                }
            }
            for (Spoken spoken : spokenFor.getOrDefault(level.table().name(), List.of())) {
                TableName from = spoken.from().name();
                if (speaksFor(use, spoken.from().map(), spoken.condition()) && !heard.contains(from)) {
                    here.add(from);
                    Condition below = holds(spoken.condition());
                    for (Link link : spoken.path()) {
                        below = new Condition.Some(link, below);
                    }
                    delays.add(level.seen(below));
                }
            }
            heard.addAll(here);
        }
        return Condition.any(delays);
    }

    /** Whether a condition of the table can delay a request for rows of the use, these or others. */
    static boolean speaksFor(Use use, BoundTable table) {
        return use.onRequest() == OnRequest.AT_ITS_END
                && table.map().whiles().values().stream().anyMatch(condition -> speaksFor(use, table.map(), condition));
    }

    private static boolean speaksFor(Use use, Table table, While condition) {
        return use.whiles().isEmpty()
                ? table.uses().contains(use.id())
                : use.whiles().contains(condition.name());
    }

    private static Condition holds(While condition) {
        return Condition.all(
                condition.columns().stream().map(Condition::hasOneOf).toList());
    }
}
