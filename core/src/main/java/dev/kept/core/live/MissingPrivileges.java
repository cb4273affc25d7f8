package dev.kept.core.live;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a role must be granted so that a plan can be carried out: SELECT on every table of the map and on what refers to it, DELETE on tables
 * with persons' data, UPDATE on the columns that are cleared, cut or re-keyed. Rows are locked before they are decided, those that refer to
 * them, too: for that PostgreSQL asks UPDATE on one column at least. Nothing is ever inserted.
 */
public final class MissingPrivileges {

    private final BoundStore store;
    private final Map<TableName, Set<String>> updated = new LinkedHashMap<>();

    private MissingPrivileges(BoundStore store, Plan plan) {
        this.store = store;
        plan.tables().forEach(this::updates);
    }

    /** A problem for each table with the statement that grants what is missing. */
    public static List<Problem> of(BoundStore store, Plan plan, LiveSchema live, Places places) {
        MissingPrivileges needed = new MissingPrivileges(store, plan);
        List<Problem> problems = new ArrayList<>();
        Set<String> schemas = new LinkedHashSet<>();
        needed.tables().forEach(table -> {
            problems.addAll(needed.problems(table, table, live, places, schemas));
            needed.leaves(table).forEach(leaf -> problems.addAll(needed.problems(table, leaf, live, places, schemas)));
        });
        return problems;
    }

    /** Persons' data is swept partition by partition; a privilege on the root does not reach them. */
    private List<TableName> leaves(TableName table) {
        return store.tables().containsKey(table)
                ? store.catalogue()
                        .find(table)
                        .flatMap(Catalogue.CatalogueTable::partitioning)
                        .map(Catalogue.Partitioning::leaves)
                        .orElse(List.of())
                : List.of();
    }

    /** @param relation the table itself or one of its partitions */
    private List<Problem> problems(
            TableName table, TableName relation, LiveSchema live, Places places, Set<String> schemas) {
        Grants grants = live.grants().get(relation);
        if (grants == null) {
            return List.of();
        }
        String role = live.role();
        List<Problem> problems = new ArrayList<>();
        List<String> missing = missing(table, grants);
        if (!missing.isEmpty()) {
            problems.add(problem(
                    places,
                    table,
                    "privilege-missing",
                    "the role `" + role + "` may not " + String.join(", ", missing) + " on `" + relation + "`",
                    "GRANT " + String.join(", ", missing) + " ON " + sql(relation.schema()) + "." + sql(relation.name())
                            + " TO " + sql(role)));
        }
        if (!grants.schema() && schemas.add(relation.schema())) {
            problems.add(problem(
                    places,
                    table,
                    "privilege-missing",
                    "the role `" + role + "` may not use the schema `" + relation.schema() + "`",
                    "GRANT USAGE ON SCHEMA " + sql(relation.schema()) + " TO " + sql(role)));
        }
        if (grants.rowsHidden()) {
            problems.add(problem(
                    places,
                    table,
                    "rows-hidden",
                    "row-level security hides rows of `" + relation + "` from the role `" + role + "`",
                    "connect as the table's owner or as a role with BYPASSRLS: ALTER ROLE " + sql(role)
                            + " BYPASSRLS"));
        }
        return problems;
    }

    private Problem problem(Places places, TableName table, String code, String message, String attempt) {
        return Problem.error(
                code,
                places.at("tables", table.toString()),
                "stores." + store.store().name() + "." + table,
                message,
                attempt);
    }

    /** Tables with persons' data, and those that refer to them. */
    private Set<TableName> tables() {
        Set<TableName> tables = new LinkedHashSet<>(store.tables().keySet());
        store.tables().keySet().stream()
                .flatMap(table -> store.catalogue().referringTo(table).stream())
                .map(ForeignKey::from)
                .forEach(tables::add);
        return tables;
    }

    private void updates(TablePlan plan) {
        plan.clearings()
                .forEach(clearing -> clearing.columns().forEach(column -> update(plan.table(), column.column())));
        plan.rekey().ifPresent(rekey -> {
            rekey.columns().forEach(column -> update(plan.table(), column));
            rekey.followers().forEach(link -> link.columns().forEach(column -> update(link.from(), column)));
        });
        plan.releases().forEach(this::updates);
    }

    private void updates(TablePlan.Release release) {
        Link pointer = release.pointer();
        release.husk().forEach(column -> update(pointer.to(), column.column()));
        release.next().forEach(this::updates);
    }

    private void update(TableName table, String column) {
        updated.computeIfAbsent(table, name -> new LinkedHashSet<>()).add(column);
    }

    private List<String> missing(TableName table, Grants grants) {
        List<String> missing = new ArrayList<>();
        BoundTable bound = store.tables().get(table);
        Set<String> read = new LinkedHashSet<>(store.catalogue()
                .find(table)
                .map(live -> live.columns().keySet())
                .orElse(Set.of()));
        add(missing, "SELECT", read, grants.readable());
        if (bound == null && !updated.containsKey(table)) {
            if (grants.updatable().isEmpty() && !read.isEmpty()) {
                missing.add("UPDATE");
            }
            return missing;
        }
        Set<String> written = updated.getOrDefault(table, Set.of());
        if (!written.isEmpty()) {
            add(missing, "UPDATE", written, grants.updatable());
        } else if (grants.updatable().isEmpty()) {
            missing.add("UPDATE");
        }
        if (bound != null && !grants.delete()) {
            missing.add("DELETE");
        }
        return missing;
    }

    /** The whole privilege where no column has it, else the columns that lack it. */
    private static void add(List<String> missing, String privilege, Set<String> needed, Set<String> granted) {
        List<String> lacking =
                needed.stream().filter(column -> !granted.contains(column)).toList();
        if (!lacking.isEmpty()) {
            missing.add(
                    granted.isEmpty()
                            ? privilege
                            : privilege
                                    + lacking.stream()
                                            .map(MissingPrivileges::sql)
                                            .collect(Collectors.joining(", ", " (", ")")));
        }
    }

    private static String sql(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
