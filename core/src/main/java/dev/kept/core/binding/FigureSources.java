package dev.kept.core.binding;

import dev.kept.core.binding.Figures.Complaints;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
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
import java.util.List;

/** Whether what figures keep of rows says nobody who it is, is the use's by the notice, and is generalised as its type allows. */
final class FigureSources {

    private final Notice notice;
    private final Store store;
    private final Complaints complaints;

    FigureSources(Notice notice, Store store, Complaints complaints) {
        this.notice = notice;
        this.store = store;
        this.complaints = complaints;
    }

    /** The column is one by which persons of another table are found. */
    private boolean findsBeside(TableName table, String column) {
        return store.tables().values().stream()
                .flatMap(other -> other.person().stream())
                .flatMap(person -> person.foundBeside().values().stream())
                .anyMatch(finder ->
                        finder.table().equals(table) && finder.column().equals(column));
    }

    void check(BoundTable table, Statistics statistics, String column, Figure figure) {
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
                    if (!FigureTypes.NUMBERS.contains(FigureTypes.of(table, of))) {
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
        complaints.error(
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
                        .filter(p -> p.foundBy().values().stream()
                                .anyMatch(f -> f.column().equals(column)))
                        .isPresent()
                || findsBeside(table.name(), column);
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
            complaints.error(
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
    private boolean datesKey(BoundTable table, String column) {
        return table.catalogue().primaryKey().size() > 1
                && dates(table, column, table.catalogue().column(column).baseType());
    }

    private boolean dates(BoundTable table, String column, String type) {
        return DateKind.of(store, table.map(), column, type).isPresent();
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
                complaints.error(
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
        String type = FigureTypes.of(table, column);
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
        if (!dates(table, column, type)) {
            wrongForm(table, column, element, "`year` and `month`", "a `date` or `timestamp`");
        }
    }

    /** As it is, a value is kept only where the schema shows that there are few. */
    private void value(BoundTable table, String column, String type, List<String> element) {
        CatalogueColumn live = table.catalogue().column(column);
        boolean listed = !live.enumValues().isEmpty()
                || live.domainChecks().stream().anyMatch(FigureTypes::lists)
                || table.catalogue().checks().stream()
                        .anyMatch(check -> check.columns().equals(List.of(column)) && FigureTypes.lists(check));
        boolean named = table.catalogue().foreignKeys().stream()
                .anyMatch(foreign -> foreign.columns().contains(column) && nobodys(foreign.to()));
        if (!listed && !named && !FigureTypes.few(type, live.baseType())) {
            complaints.error(
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
        complaints.error(
                table,
                element,
                "figure-form",
                form + " is made of " + wanted + ", and `" + table.name() + "." + column + "` is `"
                        + (live == null ? "unknown" : live.type()) + "`",
                "generalise it otherwise, or leave it out");
    }
}
