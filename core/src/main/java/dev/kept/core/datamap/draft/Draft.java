package dev.kept.core.datamap.draft;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.MapWriter;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.TableName;
import java.util.List;
import java.util.Map;

/**
 * A drafted map.
 *
 * @param store the map, all of it guesses
 * @param catalogue the live schema it was drafted from
 * @param columns what every column of every table seems to hold, keys and computed columns left out
 * @param comments what is said about ways that are guesses, by table and role: other places they could lead to, and a missing index
 */
public record Draft(
        Store store,
        Catalogue catalogue,
        Map<TableName, List<Column>> columns,
        Map<TableName, Map<String, List<String>>> comments) {
    public Draft {
        columns = Map.copyOf(columns);
        comments = Map.copyOf(comments);
    }

    /** What the columns of a table seem to hold. */
    public List<Column> guesses(TableName table) {
        return columns.getOrDefault(table, List.of());
    }

    /** What is said about the ways from a table. */
    public Map<String, List<String>> comments(TableName table) {
        return comments.getOrDefault(table, Map.of());
    }

    /**
     * The map's text.
     *
     * @param header lines of comment above it
     */
    public String text(List<String> header) {
        return MapWriter.write(store, header, comments);
    }
}
