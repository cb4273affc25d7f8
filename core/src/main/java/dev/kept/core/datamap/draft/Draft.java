package dev.kept.core.datamap.draft;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Column;
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
 */
public record Draft(Store store, Catalogue catalogue, Map<TableName, List<Column>> columns) {
    public Draft {
        columns = Map.copyOf(columns);
    }

    /** What the columns of a table seem to hold. */
    public List<Column> guesses(TableName table) {
        return columns.getOrDefault(table, List.of());
    }
}
