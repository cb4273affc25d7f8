package dev.kept.core.datamap.draft;

import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.Notice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What columns seem to hold.
 *
 * @param samples what sampled values look like, by table and column
 */
record Looks(Optional<Notice> notice, Map<TableName, Map<String, String>> samples) {

    ColumnGuess of(CatalogueTable table, CatalogueColumn column) {
        Optional<String> looksLike = Optional.ofNullable(samples.get(table.name()))
                .flatMap(columns -> Optional.ofNullable(columns.get(column.name())));
        return ColumnGuess.of(column, looksLike, notice);
    }

    /** What it is, whatever the notice calls it: a person's table is one under every notice. */
    String sign(CatalogueTable table, CatalogueColumn column) {
        return of(table, column).sign().orElse("");
    }

    Stream<String> signs(CatalogueTable table) {
        return table.columns().values().stream().flatMap(column -> of(table, column).sign().stream());
    }

    List<String> personalColumns(CatalogueTable table) {
        return table.columns().values().stream()
                .filter(column -> of(table, column).category().isPresent())
                .map(CatalogueColumn::name)
                .toList();
    }
}
