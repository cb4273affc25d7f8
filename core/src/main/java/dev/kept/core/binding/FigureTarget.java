package dev.kept.core.binding;

import dev.kept.core.binding.Figures.Complaints;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Statistics;
import dev.kept.core.datamap.Statistics.Figure;
import dev.kept.core.datamap.Statistics.Form;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.source.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the table that takes figures is there, is nobody's, and holds them. */
final class FigureTarget {

    private final Store store;
    private final Catalogue catalogue;
    private final Complaints complaints;

    FigureTarget(Store store, Catalogue catalogue, Complaints complaints) {
        this.store = store;
        this.catalogue = catalogue;
        this.complaints = complaints;
    }

    void check(BoundTable table, Statistics statistics) {
        into(table, statistics)
                .ifPresent(
                        into -> statistics.columns().forEach((column, figure) -> target(table, into, column, figure)));
    }

    private Optional<CatalogueTable> into(BoundTable table, Statistics statistics) {
        TableName name = statistics.into();
        CatalogueTable live = catalogue.tables().get(name);
        if (live == null) {
            complaints.error(
                    table,
                    List.of("into"),
                    "unknown-table",
                    "the store has no table `" + name + "`",
                    Spelling.suggest(
                            name.toString(),
                            catalogue.tables().keySet().stream()
                                    .map(TableName::toString)
                                    .toList()));
            return Optional.empty();
        }
        Table declared = store.tables().get(name);
        if (declared != null && declared.personal()) {
            complaints.error(
                    table,
                    List.of("into"),
                    "figures-with-persons",
                    "`" + name + "` holds persons' data, and figures are nobody's",
                    "name a table of its own, and say `not-personal` of it");
            return Optional.empty();
        }
        clash(table, statistics, live);
        return Optional.of(live);
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
                .ifPresent(key -> complaints.error(
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
            complaints.error(
                    table,
                    element,
                    "unknown-column",
                    "`" + into.name() + "` has no column `" + column + "`",
                    Spelling.suggest(column, into.columns().keySet()));
            return;
        }
        if (live.generated()) {
            complaints.error(
                    table,
                    element,
                    "figure-not-written",
                    "the database makes `" + into.name() + "." + column + "` itself",
                    "leave it out");
        }
        if (live.notNull() && mayBeMissing(table, figure)) {
            complaints.error(
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
            complaints.error(
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
            case Figure.Common common -> FigureTypes.of(table, common.of());
            case Figure.Sum(String of) -> FigureTypes.of(table, of);
            case Figure.Rows rows -> "";
            case Figure.Persons persons -> "";
            case Figure.Day day -> "";
        };
    }
}
