package dev.kept.server.schedule;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.TableName;
import dev.kept.core.datamap.picture.TableFacts;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One table's part of the retention schedule, as sentences. */
public final class Schedule {

    private Schedule() {}

    /** One sentence; {@code columns} are those it speaks of, empty for the row as a whole. */
    public record Line(List<String> columns, Set<String> uses, String text) {
        public Line {
            columns = List.copyOf(columns);
            uses = Collections.unmodifiableSet(new LinkedHashSet<>(uses));
        }
    }

    public static List<Line> of(BoundStore store, TablePlan plan) {
        BoundTable table = store.table(plan.table());
        Set<String> all = inOrder(store, table.map().uses());
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(List.of(), all, "whose: " + owners(table)));
        Set<String> emptied = emptied(plan);
        Set<String> bound = new LinkedHashSet<>();
        Map<Set<String>, List<String>> cleared = new LinkedHashMap<>();
        Map<Set<String>, List<String>> met = new LinkedHashMap<>();
        for (BoundColumn column : table.columns().values()) {
            String name = column.map().name();
            boolean before = !inOrder(store, column.uses()).equals(all) || links(table, name);
            if (!column.map().notPersonal() && before && !emptied.contains(name)) {
                bound.add(name);
            } else if (!column.map().notPersonal()) {
                (meetsOwner(table, name) ? met : cleared)
                        .computeIfAbsent(inOrder(store, column.uses()), uses -> new ArrayList<>())
                        .add(named(column));
            }
        }
        cleared.forEach((uses, columns) -> {
            if (!uses.equals(all)) {
                lines.add(new Line(
                        columns, uses, "cleared: " + String.join(", ", columns) + " — once " + ended(store, uses)));
            }
        });
        met.forEach((uses, columns) -> {
            if (!uses.equals(all)) {
                lines.add(new Line(
                        columns,
                        uses,
                        "cleared: " + String.join(", ", columns) + " — once " + ended(store, uses)
                                + " and nothing needs the link any more, or whom it leads to is gone"));
            }
        });
        lines.add(new Line(List.of(), all, "deleted: the row — once " + ended(store, all)));
        plan.grouping()
                .ifPresent(grouping -> GroupingWords.of(grouping)
                        .forEach(text -> lines.add(new Line(GroupingWords.columns(grouping), all, text))));
        if (table.map().dropsPartitions()) {
            lines.add(new Line(
                    List.of(),
                    all,
                    "dropped: a whole partition — once its time is over and all of its rows have ended"));
        }
        plan.rekey()
                .ifPresent(rekey -> lines.add(new Line(
                        rekey.columns(),
                        all,
                        "replaced by a meaningless key, where something alive still refers to the row: "
                                + String.join(", ", rekey.columns()))));
        Set<String> staying = staying(table);
        staying.addAll(bound);
        if (!staying.isEmpty()) {
            lines.add(new Line(
                    List.copyOf(staying),
                    all,
                    "never before the row: " + String.join(", ", staying)
                            + (bound.isEmpty()
                                    ? " (keys, and what the ends are read from)"
                                    : " (keys, links that must not be cut, and what the ends are read from)")));
        }
        lines.add(new Line(List.of(), all, "on request: " + onRequest(store, table, all)));
        return lines;
    }

    private static String named(BoundColumn column) {
        return column.map().id()
                + (column.map().of().isEmpty()
                        ? ""
                        : " (of " + String.join(", ", column.map().of()) + ")");
    }

    /** As the notice names them. */
    private static Set<String> inOrder(BoundStore store, Collection<String> uses) {
        return store.notice().uses().keySet().stream()
                .filter(uses::contains)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Columns that are forgotten in rows that stay. */
    private static Set<String> emptied(TablePlan plan) {
        Set<String> emptied = new LinkedHashSet<>();
        plan.clearings().forEach(clearing -> clearing.columns().forEach(one -> emptied.add(one.column())));
        plan.rekey().ifPresent(rekey -> emptied.addAll(rekey.columns()));
        return emptied;
    }

    private static boolean links(BoundTable table, String column) {
        return table.links().stream().anyMatch(link -> link.columns().contains(column));
    }

    /** The row meets an owner by the column's value: until it is cleared, it is the link to her. */
    private static boolean meetsOwner(BoundTable table, String column) {
        return table.roles().stream()
                .flatMap(role -> role.path().stream().limit(1))
                .anyMatch(link -> !link.foreignKey() && link.columns().contains(column));
    }

    private static Set<String> staying(BoundTable table) {
        Set<String> staying = new LinkedHashSet<>(table.catalogue().primaryKey());
        staying.addAll(table.deciding());
        table.columns().values().forEach(column -> staying.remove(column.map().name()));
        return staying;
    }

    private static String onRequest(BoundStore store, BoundTable table, Set<String> uses) {
        List<String> answers = new ArrayList<>();
        for (String id : uses) {
            Use use = Objects.requireNonNull(store.notice().uses().get(id));
            answers.add("`" + id + "` "
                    + switch (use.onRequest()) {
                        case ENDS -> "ends at once";
                        case AT_ITS_END -> "ends at once" + delays(store, table, use);
                        case NEVER -> "stays until its end";
                        case REVIEW -> "is restricted until somebody has decided";
                    });
        }
        return String.join("; ", answers);
    }

    /** The conditions that speak for rows of the table: its own, those of tables on the ways to owners, and of what dates one of them. */
    private static String delays(BoundStore store, BoundTable table, Use use) {
        Set<TableName> met = met(store, table);
        List<String> conditions = store.tables().values().stream()
                .filter(other -> met.contains(other.name())
                        || other.map().events().values().stream()
                                .anyMatch(event -> event.dates().stream().anyMatch(met::contains)))
                .flatMap(other -> other.map().whiles().keySet().stream()
                        .filter(name -> use.whiles().isEmpty()
                                ? other.map().uses().contains(use.id())
                                : use.whiles().contains(name)))
                .distinct()
                .toList();
        return conditions.isEmpty()
                ? ""
                : " unless " + conditions.stream().map(name -> "`" + name + "`").collect(Collectors.joining(" or "));
    }

    private static Set<TableName> met(BoundStore store, BoundTable table) {
        Set<TableName> met = new HashSet<>(Set.of(table.name()));
        table.roles().forEach(role -> role.path().forEach(link -> met.add(link.to())));
        table.pointers().forEach(pointer -> {
            BoundTable from = store.table(pointer.link().from());
            met.add(from.name());
            from.roles().forEach(role -> role.path().forEach(link -> met.add(link.to())));
        });
        return met;
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
                .map(use -> "`" + use.id() + "` has ended (" + TableFacts.ends(use) + ")")
                .collect(Collectors.joining(" and "));
    }
}
