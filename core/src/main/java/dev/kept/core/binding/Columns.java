package dev.kept.core.binding;

import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Table;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.source.Spelling;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whose and for what every column is (DESIGN section 1, rule 6). */
final class Columns {

    private final Notice notice;
    private final Problems problems;

    Columns(Notice notice, Problems problems) {
        this.notice = notice;
        this.problems = problems;
    }

    Map<String, BoundColumn> of(Table table, CatalogueTable live, List<Role> roles, Set<String> structure) {
        Map<String, BoundColumn> bound = new LinkedHashMap<>();
        for (Column column : table.columns().values()) {
            List<String> element = List.of("columns", column.name());
            CatalogueColumn there = live.columns().get(column.name());
            if (there == null) {
                problems.error(
                        "unknown-column",
                        table.name(),
                        element,
                        "`" + table.name() + "` has no column `" + column.name() + "`",
                        Spelling.suggest(column.name(), live.columns().keySet()));
                continue;
            }
            if (!column.path().isEmpty() && !there.baseType().equals("jsonb")) {
                problems.error(
                        "path-outside-json",
                        table.name(),
                        element,
                        "`" + column.name() + "` is `" + there.type() + "`; paths are read inside jsonb only",
                        "declare the whole column");
            }
            bound.put(column.id(), new BoundColumn(column, uses(table, column, element), owners(table, column, roles)));
        }
        for (CatalogueColumn there : live.columns().values()) {
            boolean declared = table.columns().values().stream()
                    .anyMatch(column -> column.name().equals(there.name()));
            if (!declared && !structure.contains(there.name()) && !there.generated()) {
                problems.error(
                        "undeclared-column",
                        table.name(),
                        List.of("columns"),
                        "the map does not say what `" + table.name() + "." + there.name() + "` holds",
                        "declare it: a category of `collects`, or `" + there.name() + ": not-personal`");
            }
        }
        return bound;
    }

    private Set<String> uses(Table table, Column column, List<String> element) {
        Set<String> uses = new LinkedHashSet<>();
        if (column.notPersonal()) {
            return uses;
        }
        for (String category : column.categories()) {
            if (!notice.collects().containsKey(category)) {
                problems.error(
                        "unknown-category",
                        table.name(),
                        element,
                        "`" + category + "` is not collected by the notice",
                        Spelling.suggest(category, notice.collects().keySet()));
                continue;
            }
            for (String id : table.uses()) {
                Use use = notice.uses().get(id);
                if (use != null && use.concernsPersons() && use.data().contains(category)) {
                    uses.add(id);
                }
            }
        }
        if (!column.onlyFor().isEmpty()) {
            for (String id : column.onlyFor()) {
                if (!uses.contains(id)) {
                    problems.error(
                            "for-unserved-use",
                            table.name(),
                            element,
                            "`for: " + id + "`, but `" + id + "` does not use " + quoted(column.categories()) + " here",
                            "name uses of the table whose `data` has the category: " + uses);
                }
            }
            uses.retainAll(column.onlyFor());
        }
        boolean known = column.categories().stream().allMatch(notice.collects()::containsKey)
                && table.uses().stream().allMatch(notice.uses()::containsKey);
        if (uses.isEmpty() && known) {
            problems.error(
                    "column-for-no-use",
                    table.name(),
                    element,
                    "`" + table.name() + "." + column.id() + "` is held for no declared use: none of "
                            + quoted(table.uses()) + " uses " + quoted(column.categories()),
                    "add the category to a use's `data`, the use to the table, or stop holding the column");
        }
        return uses;
    }

    private List<String> owners(Table table, Column column, List<Role> roles) {
        if (column.of().isEmpty()) {
            return roles.stream().map(Role::name).toList();
        }
        Set<String> owners = new LinkedHashSet<>();
        for (String name : column.of()) {
            List<String> matching = roles.stream()
                    .filter(role -> role.name().equals(name) || role.entry().equals(name))
                    .map(Role::name)
                    .toList();
            if (matching.isEmpty()) {
                problems.error(
                        "unknown-role",
                        table.name(),
                        List.of("columns", column.name()),
                        "`of: " + name + "` names no owner of `" + table.name() + "`",
                        Spelling.suggest(name, roles.stream().map(Role::name).toList()));
            }
            owners.addAll(matching);
        }
        return List.copyOf(owners);
    }

    private static String quoted(List<String> names) {
        return "`" + String.join("`, `", names) + "`";
    }
}
