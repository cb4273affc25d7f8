package dev.kept.core.live;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Catalogue.Index;
import dev.kept.core.datamap.Catalogue.Partitioning;
import dev.kept.core.datamap.Catalogue.Trigger;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.TableName;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where a committed catalogue file no longer says what the live schema is. Estimates (rows, pages) and the leaves of partitioned tables, which
 * come and go, are not compared.
 */
final class CatalogueDrift {

    private final Store store;
    private final Places places;
    private final List<Problem> problems = new ArrayList<>();

    private CatalogueDrift(Store store, Places places) {
        this.store = store;
        this.places = places;
    }

    /** @param places of the catalogue file */
    static List<Problem> between(Store store, Places places, Catalogue committed, Catalogue live) {
        CatalogueDrift drift = new CatalogueDrift(store, places);
        committed
                .tables()
                .forEach((name, before) -> live.find(name)
                        .ifPresentOrElse(
                                now -> drift.compare(before, now),
                                () -> drift.stale(
                                        name, List.of(), "table `" + name + "` is no longer in the live schema")));
        live.tables().keySet().stream()
                .filter(name -> committed.find(name).isEmpty())
                .forEach(name -> drift.stale(
                        name, List.of(), "table `" + name + "` of the live schema is not in the catalogue file"));
        return drift.problems;
    }

    private void compare(CatalogueTable before, CatalogueTable now) {
        TableName name = before.name();
        before.columns().forEach((column, was) -> {
            CatalogueColumn is = now.columns().get(column);
            if (is == null) {
                stale(
                        name,
                        List.of("columns", column),
                        "`" + name + "." + column + "` is no longer in the live schema");
            } else {
                compare(name, was, is);
            }
        });
        now.columns().keySet().stream()
                .filter(column -> !before.columns().containsKey(column))
                .forEach(column -> stale(
                        name,
                        List.of("columns"),
                        "`" + name + "." + column + "` of the live schema is not in the catalogue file"));
        changed(
                name,
                "primary-key",
                "the primary key of `" + name + "`",
                before.primaryKey(),
                now.primaryKey(),
                CatalogueDrift::columns);
        named(name, "unique", "unique key", before.uniqueKeys(), now.uniqueKeys(), UniqueKey::name);
        named(name, "foreign-keys", "foreign key", before.foreignKeys(), now.foreignKeys(), ForeignKey::name);
        named(name, "checks", "check", before.checks(), now.checks(), Check::name);
        named(name, "triggers", "trigger", before.triggers(), now.triggers(), Trigger::name);
        changed(
                name,
                "partitions",
                "how `" + name + "` is partitioned",
                before.partitioning().map(CatalogueDrift::way),
                now.partitioning().map(CatalogueDrift::way),
                way -> way.orElse("not at all"));
        changed(
                name,
                "row-security",
                "row-level security of `" + name + "`",
                before.rowSecurity(),
                now.rowSecurity(),
                on -> on ? "on" : "off");
        indexes(name, before.indexes(), now.indexes());
    }

    private void compare(TableName table, CatalogueColumn was, CatalogueColumn is) {
        String column = "`" + table + "." + was.name() + "`";
        List<String> element = List.of("columns", was.name());
        changed(table, element, column, was.type(), is.type(), type -> "`" + type + "`");
        if (was.type().equals(is.type())) {
            changed(
                    table,
                    element,
                    "the base type of " + column,
                    was.baseType(),
                    is.baseType(),
                    type -> "`" + type + "`");
        }
        changed(table, element, column, was.notNull(), is.notNull(), strict -> strict ? "NOT NULL" : "nullable");
        changed(
                table,
                element,
                column,
                was.generated(),
                is.generated(),
                computed -> computed ? "generated" : "not generated");
        changed(
                table,
                element,
                column,
                was.identity(),
                is.identity(),
                identity -> identity ? "an identity column" : "no identity column");
        changed(table, element, "what " + column + " may be", was.enumValues(), is.enumValues(), List::toString);
        changed(
                table,
                element,
                "the domain's checks of " + column,
                was.domainChecks(),
                is.domainChecks(),
                checks -> checks.stream().map(Check::expression).collect(Collectors.joining(", ", "`", "`")));
    }

    private <T> void changed(TableName table, String element, String what, T was, T is, Function<T, String> said) {
        changed(table, List.of(element), what, was, is, said);
    }

    private <T> void changed(
            TableName table, List<String> element, String what, T was, T is, Function<T, String> said) {
        if (!was.equals(is)) {
            stale(
                    table,
                    element,
                    what + " is " + said.apply(is) + " in the live schema, " + said.apply(was)
                            + " in the catalogue file");
        }
    }

    private <T> void named(
            TableName table, String element, String what, List<T> before, List<T> now, Function<T, String> name) {
        Map<String, T> was = byName(before, name);
        Map<String, T> is = byName(now, name);
        was.forEach((key, value) -> {
            T there = is.get(key);
            if (there == null) {
                stale(
                        table,
                        List.of(element),
                        what + " `" + key + "` of `" + table + "` is no longer in the live schema");
            } else if (!there.equals(value)) {
                stale(
                        table,
                        List.of(element),
                        what + " `" + key + "` of `" + table + "` is another in the live schema");
            }
        });
        is.keySet().stream()
                .filter(key -> !was.containsKey(key))
                .forEach(key -> stale(
                        table,
                        List.of(element),
                        what + " `" + key + "` of `" + table + "` is not in the catalogue file"));
    }

    private static <T> Map<String, T> byName(List<T> values, Function<T, String> name) {
        Map<String, T> named = new TreeMap<>();
        values.forEach(value -> named.put(name.apply(value), value));
        return named;
    }

    /** Indexes decide what is slow, not what is right; unique ones are compared as keys. */
    private void indexes(TableName table, List<Index> before, List<Index> now) {
        if (!plain(before).equals(plain(now))) {
            problems.add(problem(
                    Problem.Severity.ADVICE,
                    table,
                    List.of("indexes"),
                    "the indexes of `" + table + "` are others in the live schema than in the catalogue file"));
        }
    }

    private static Map<String, Index> plain(List<Index> indexes) {
        return byName(indexes.stream().filter(index -> !index.unique()).toList(), Index::name);
    }

    private static String columns(List<String> columns) {
        return columns.isEmpty() ? "none" : "`" + String.join(", ", columns) + "`";
    }

    private static String way(Partitioning partitioning) {
        return "by " + partitioning.strategy() + " of " + String.join(", ", partitioning.columns());
    }

    private void stale(TableName table, List<String> element, String message) {
        problems.add(problem(Problem.Severity.ERROR, table, element, message));
    }

    private Problem problem(Problem.Severity severity, TableName table, List<String> element, String message) {
        List<String> path = new ArrayList<>(List.of("tables", table.toString()));
        path.addAll(element);
        return new Problem(
                severity,
                "catalogue-stale",
                places.at(path.toArray(String[]::new)),
                "stores." + store.name() + "." + table,
                message,
                "write the file anew: " + MapCommandLine.of(store));
    }
}
