package dev.kept.server.schedule;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One table's part of the retention schedule, as sentences. */
public final class Schedule {

    private Schedule() {}

    /** One sentence; {@code columns} are those it speaks of, empty for the row as a whole. */
    public record Line(List<String> columns, Set<String> uses, String text) {}

    public static List<Line> of(BoundStore store, TablePlan plan) {
        BoundTable table = store.table(plan.table());
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(List.of(), Set.copyOf(table.map().uses()), "whose: " + owners(table)));
        Map<Set<String>, List<String>> byUses = new LinkedHashMap<>();
        for (BoundColumn column : table.columns().values()) {
            if (!column.map().notPersonal()) {
                byUses.computeIfAbsent(column.uses(), uses -> new ArrayList<>())
                        .add(column.map().id()
                                + (column.map().of().isEmpty()
                                        ? ""
                                        : " (of "
                                                + String.join(", ", column.map().of()) + ")"));
            }
        }
        Set<String> all = Set.copyOf(table.map().uses());
        byUses.forEach((uses, columns) -> {
            if (!uses.equals(all)) {
                lines.add(new Line(
                        columns, uses, "cleared: " + String.join(", ", columns) + " — once " + ended(store, uses)));
            }
        });
        lines.add(new Line(List.of(), all, "deleted: the row — once " + ended(store, all)));
        return lines;
    }

    private static String owners(BoundTable table) {
        if (table.map().shared()) {
            return "all who point to it, through "
                    + table.pointers().stream()
                            .map(pointer -> pointer.link().from() + "."
                                    + String.join(", ", pointer.link().columns()))
                            .collect(Collectors.joining("; "));
        }
        return table.roles().stream()
                .map(role ->
                        role.name() + role.kind().map(kind -> " (" + kind + ")").orElse(""))
                .collect(Collectors.joining(", "));
    }

    private static String ended(BoundStore store, Set<String> uses) {
        return uses.stream()
                .flatMap(id -> Optional.ofNullable(store.notice().uses().get(id)).stream())
                .map(use -> "`" + use.id() + "` has ended (" + ends(use) + ")")
                .collect(Collectors.joining(" and "));
    }

    private static String ends(Use use) {
        return use.ends().stream().map(Schedule::end).collect(Collectors.joining(", or "));
    }

    private static String end(End end) {
        return end.clauses().stream()
                .map(clause -> clause.span() + " after " + String.join(", else ", clause.events())
                        + (clause.endOfYear() ? ", to the end of the year" : ""))
                .collect(Collectors.joining(" and "));
    }
}
