package dev.kept.core.binding;

import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Statistics;
import dev.kept.core.datamap.Statistics.Figure;
import dev.kept.core.datamap.Statistics.Form;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.DateKind;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.source.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what a table's ended rows become is as anonymous as the notice says, and fits the table that takes it. */
final class Figures {

    private static final String ANONYMISE = "anonymise";

    private final Notice notice;
    private final Store store;
    private final Catalogue catalogue;
    private final Problems problems;

    Figures(Notice notice, Store store, Catalogue catalogue, Problems problems) {
        this.notice = notice;
        this.store = store;
        this.catalogue = catalogue;
        this.problems = problems;
    }

    void check(BoundTable table) {
        table.map().statistics().ifPresent(statistics -> {
            use(table, statistics);
            persons(table);
            CatalogueTable into = into(table, statistics);
            statistics.columns().forEach((column, figure) -> {
                if (into != null) {
                    target(table, into, column, figure);
                }
                kept(table, statistics, column, figure);
            });
        });
    }

    private void error(BoundTable table, List<String> element, String code, String message, String attempt) {
        List<String> path = new ArrayList<>(List.of(ANONYMISE));
        path.addAll(element);
        problems.error(code, table.name(), path, message, attempt);
    }

    // ---- the notice ------------------------------------------------------------------------------------------------

    private void use(BoundTable table, Statistics statistics) {
        Use use = notice.uses().get(statistics.use());
        if (use == null) {
            error(
                    table,
                    List.of("for"),
                    "unknown-use",
                    "the notice has no use `" + statistics.use() + "`",
                    Spelling.suggest(statistics.use(), notice.uses().keySet()));
        } else if (use.anonymisedAtLeast().isEmpty()) {
            error(
                    table,
                    List.of("for"),
                    "figures-for-persons",
                    "`" + use.id() + "` is a use of persons' data, and what is left of ended rows concerns nobody",
                    "name a use of the notice with `form: anonymised`");
        } else {
            int promised = use.anonymisedAtLeast().get();
            statistics
                    .atLeast()
                    .filter(least -> least < promised)
                    .ifPresent(least -> error(
                            table,
                            List.of("at-least"),
                            "group-too-small",
                            "groups of " + least + " persons, where `" + use.path() + "` promises at least " + promised,
                            "write `at-least: " + promised + "` or more, or leave it out"));
        }
    }

    /** Groups are counted in persons: it has to be known whose each row is. */
    private void persons(BoundTable table) {
        boolean unclear = table.map().shared()
                || table.roles().stream().anyMatch(role -> role.kind().isEmpty());
        if (unclear) {
            error(
                    table,
                    List.of(),
                    "figures-of-shared-rows",
                    "whose a row of `" + table.name()
                            + "` is depends on what points to it, and groups are counted in persons",
                    "leave `anonymise` to tables whose rows belong to persons");
        }
    }

    // ---- the table that takes the figures --------------------------------------------------------------------------

    private @Nullable CatalogueTable into(BoundTable table, Statistics statistics) {
        TableName name = statistics.into();
        CatalogueTable live = catalogue.tables().get(name);
        if (live == null) {
            error(
                    table,
                    List.of("into"),
                    "unknown-table",
                    "the store has no table `" + name + "`",
                    Spelling.suggest(
                            name.toString(),
                            catalogue.tables().keySet().stream()
                                    .map(TableName::toString)
                                    .toList()));
            return null;
        }
        Table declared = store.tables().get(name);
        if (declared != null && declared.personal()) {
            error(
                    table,
                    List.of("into"),
                    "figures-with-persons",
                    "`" + name + "` holds persons' data, and figures are nobody's",
                    "name a table of its own, and say `not-personal` of it");
            return null;
        }
        clash(table, statistics, live);
        return live;
    }

    /** Each sweep adds groups of its own: they may be called alike. */
    private void clash(BoundTable table, Statistics statistics, CatalogueTable into) {
        Set<String> groups = new LinkedHashSet<>();
        statistics.columns().forEach((column, figure) -> {
            if (figure instanceof Figure.Common || figure instanceof Figure.Day) {
                groups.add(column);
            }
        });
        List<List<String>> keys = new ArrayList<>(
                into.uniqueKeys().stream().map(Catalogue.UniqueKey::columns).toList());
        keys.add(into.primaryKey());
        keys.stream()
                .filter(key -> !key.isEmpty() && groups.containsAll(key))
                .findFirst()
                .ifPresent(key -> error(
                        table,
                        List.of("into"),
                        "figures-clash",
                        "`" + into.name() + "` takes each (" + String.join(", ", key)
                                + ") once, and a later sweep adds groups that are called alike",
                        "drop that key, and let whoever reads the figures add them up"));
    }

    private void target(BoundTable table, CatalogueTable into, String column, Figure figure) {
        List<String> element = List.of("columns", column);
        CatalogueColumn live = into.columns().get(column);
        if (live == null) {
            error(
                    table,
                    element,
                    "unknown-column",
                    "`" + into.name() + "` has no column `" + column + "`",
                    Spelling.suggest(column, into.columns().keySet()));
            return;
        }
        if (live.generated()) {
            error(
                    table,
                    element,
                    "figure-not-written",
                    "the database makes `" + into.name() + "." + column + "` itself",
                    "leave it out");
        }
        if (live.notNull() && mayBeMissing(table, figure)) {
            error(
                    table,
                    element,
                    "figure-may-be-missing",
                    "`" + into.name() + "." + column
                            + "` must not be NULL, and in some groups there is nothing to write",
                    "let it be NULL");
        }
        String type = FigureTypes.plain(live.baseType());
        List<String> fitting = FigureTypes.fitting(figure, source(table, figure));
        if (!fitting.isEmpty() && !fitting.contains(type)) {
            error(
                    table,
                    element,
                    "figure-type",
                    "`" + into.name() + "." + column + "` is `" + live.type() + "`, which does not hold it",
                    "make it "
                            + String.join(
                                    " or ",
                                    fitting.stream().map(t -> "`" + t + "`").toList()));
        }
    }

    private static boolean mayBeMissing(BoundTable table, Figure figure) {
        return switch (figure) {
            case Figure.Common common -> {
                CatalogueColumn source = table.catalogue().columns().get(common.of());
                yield common.droppable()
                        || (source != null && !source.notNull())
                        || common.forms().getFirst() instanceof Form.Network;
            }
            case Figure.Sum(String of) -> {
                CatalogueColumn source = table.catalogue().columns().get(of);
                yield source != null && !source.notNull();
            }
            case Figure.Rows rows -> false;
            case Figure.Persons persons -> false;
            case Figure.Day day -> false;
        };
    }

    private static String source(BoundTable table, Figure figure) {
        return switch (figure) {
            case Figure.Common common -> type(table, common.of());
            case Figure.Sum(String of) -> type(table, of);
            case Figure.Rows rows -> "";
            case Figure.Persons persons -> "";
            case Figure.Day day -> "";
        };
    }

    private static String type(BoundTable table, String column) {
        CatalogueColumn live = table.catalogue().columns().get(column);
        return live == null ? "" : FigureTypes.plain(live.baseType());
    }

    // ---- what is kept ----------------------------------------------------------------------------------------------

    private void kept(BoundTable table, Statistics statistics, String column, Figure figure) {
        List<String> element = List.of("columns", column);
        switch (figure) {
            case Figure.Common common -> {
                if (exists(table, common.of(), element)) {
                    tellsWho(table, common.of(), element);
                    forUse(table, statistics, common.of(), element);
                    common.forms().forEach(form -> form(table, common.of(), form, element));
                }
            }
            case Figure.Sum(String of) -> {
                if (exists(table, of, element)) {
                    tellsWho(table, of, element);
                    forUse(table, statistics, of, element);
                    if (!FigureTypes.NUMBERS.contains(type(table, of))) {
                        wrongForm(table, of, element, "a sum", "a whole or `numeric` number");
                    }
                }
            }
            case Figure.Rows rows -> {}
            case Figure.Persons persons -> {}
            case Figure.Day day -> {}
        }
    }

    private boolean exists(BoundTable table, String column, List<String> element) {
        if (table.catalogue().columns().containsKey(column)) {
            return true;
        }
        error(
                table,
                element,
                "unknown-column",
                "`" + table.name() + "` has no column `" + column + "`",
                Spelling.suggest(column, table.catalogue().columns().keySet()));
        return false;
    }

    /** Keys, finders and links to persons say of a row whose it is, however they are cut. */
    private void tellsWho(BoundTable table, String column, List<String> element) {
        boolean key = (table.catalogue().primaryKey().contains(column) && !datesKey(table, column))
                || table.map().person().filter(p -> p.key().contains(column)).isPresent();
        boolean finder = table.map()
                .person()
                .filter(p ->
                        p.foundBy().values().stream().anyMatch(f -> f.column().equals(column)))
                .isPresent();
        boolean link = table.links().stream()
                .filter(l -> l.columns().contains(column))
                .map(Link::to)
                .anyMatch(to -> !nobodys(to));
        boolean secret = table.columns().values().stream()
                .filter(c -> c.map().name().equals(column))
                .flatMap(c -> c.map().categories().stream())
                .map(id -> notice.collects().get(id))
                .anyMatch(category -> category != null && category.secret());
        if (key || finder || link || secret) {
            error(
                    table,
                    element,
                    "figure-tells-who",
                    "`" + table.name() + "." + column + "` is "
                            + (key
                                    ? "a key"
                                    : finder ? "what a person is found by" : link ? "a link to a person" : "a secret")
                            + " and is not kept, not even in part",
                    "name another column, or count: `rows`, `persons`");
        }
    }

    /** A date that stands in a key of several columns, as keys of partitioned tables have it. */
    private static boolean datesKey(BoundTable table, String column) {
        return table.catalogue().primaryKey().size() > 1
                && DateKind.ofType(table.catalogue().column(column).baseType()).isPresent();
    }

    private boolean nobodys(TableName to) {
        Table target = store.tables().get(to);
        return target == null || !target.personal();
    }

    /** What the notice lets the use have. */
    private void forUse(BoundTable table, Statistics statistics, String column, List<String> element) {
        Use use = notice.uses().get(statistics.use());
        if (use == null) {
            return;
        }
        for (BoundColumn bound : table.columns().values()) {
            Column declared = bound.map();
            if (!declared.name().equals(column)) {
                continue;
            }
            if (!declared.path().isEmpty()) {
                wrongForm(table, column, element, "a group", "a column of its own, not a document");
                return;
            }
            List<String> beyond = declared.categories().stream()
                    .filter(category -> !use.data().contains(category))
                    .toList();
            if (!beyond.isEmpty()) {
                error(
                        table,
                        element,
                        "figure-beyond-use",
                        "`" + use.id() + "` does not use `" + String.join("`, `", beyond) + "`, which `" + column
                                + "` holds",
                        "add it to `" + use.path() + ".data`, or leave the column out");
            }
        }
    }

    private void form(BoundTable table, String column, Form form, List<String> element) {
        String type = type(table, column);
        switch (form) {
            case Form.Year year -> date(table, column, type, element);
            case Form.Month month -> date(table, column, type, element);
            case Form.First first -> {
                if (!FigureTypes.TEXTS.contains(type)) {
                    wrongForm(table, column, element, "`first`", "a text");
                }
            }
            case Form.Network network -> {
                if (!FigureTypes.TEXTS.contains(type) && !FigureTypes.ADDRESSES.contains(type)) {
                    wrongForm(table, column, element, "`network`", "`inet`, `cidr` or a text");
                }
            }
            case Form.Steps steps -> {
                if (!FigureTypes.NUMBERS.contains(type)) {
                    wrongForm(table, column, element, "`steps`", "a whole or `numeric` number");
                }
            }
            case Form.Value value -> value(table, column, type, element);
        }
    }

    private void date(BoundTable table, String column, String type, List<String> element) {
        if (DateKind.ofType(type).isEmpty()) {
            wrongForm(table, column, element, "`year` and `month`", "a `date` or `timestamp`");
        }
    }

    /** As it is, a value is kept only where the schema shows that there are few. */
    private void value(BoundTable table, String column, String type, List<String> element) {
        CatalogueColumn live = table.catalogue().column(column);
        boolean listed = !live.enumValues().isEmpty()
                || !live.domainChecks().isEmpty()
                        && live.domainChecks().stream().anyMatch(FigureTypes::lists)
                || table.catalogue().checks().stream()
                        .anyMatch(check -> check.columns().equals(List.of(column)) && FigureTypes.lists(check));
        boolean named = table.catalogue().foreignKeys().stream()
                .anyMatch(foreign -> foreign.columns().contains(column) && nobodys(foreign.to()));
        if (!listed && !named && !FigureTypes.few(type, live.baseType())) {
            error(
                    table,
                    element,
                    "figure-of-free-text",
                    "`" + table.name() + "." + column + "` is `" + live.type()
                            + "`, in which anything may stand: it is not kept as it is",
                    FigureTypes.TEXTS.contains(type)
                            ? "keep its beginning, as in `first: 2`, or let a CHECK or a foreign key say which values there are"
                            : "generalise it: `year`, `steps`, `network`");
        }
    }

    private void wrongForm(BoundTable table, String column, List<String> element, String form, String wanted) {
        CatalogueColumn live = table.catalogue().columns().get(column);
        error(
                table,
                element,
                "figure-form",
                form + " is made of " + wanted + ", and `" + table.name() + "." + column + "` is `"
                        + (live == null ? "unknown" : live.type()) + "`",
                "generalise it otherwise, or leave it out");
    }
}
