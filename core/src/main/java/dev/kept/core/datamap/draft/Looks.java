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

    String category(CatalogueTable table, CatalogueColumn column) {
        return of(table, column).category().orElse("");
    }

    Stream<String> categories(CatalogueTable table) {
        return table.columns().values().stream().flatMap(column -> of(table, column).category().stream());
    }

    List<String> personalColumns(CatalogueTable table) {
        return table.columns().values().stream()
                .filter(column -> of(table, column).category().isPresent())
                .map(CatalogueColumn::name)
                .toList();
    }
}
