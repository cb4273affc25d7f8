package dev.kept.core.proof;

import dev.kept.core.datamap.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Where in the stores something was found: never whose it is.
 *
 * @param columns of the table; empty for whole rows
 */
public record Spot(String store, Optional<TableName> table, List<String> columns) {

    public Spot {
        columns = List.copyOf(columns);
        if (table.isEmpty() && !columns.isEmpty()) {
            throw new IllegalArgumentException("columns are of a table");
        }
    }

    public static Spot of(String store) {
        return new Spot(store, Optional.empty(), List.of());
    }

    public static Spot of(String store, TableName table) {
        return new Spot(store, Optional.of(table), List.of());
    }

    public static Spot of(String store, TableName table, List<String> columns) {
        return new Spot(store, Optional.of(table), columns);
    }

    /** {@code shop.crm.tickets.subject}: the store, the table, the columns. */
    @Override
    public String toString() {
        return store
                + table.map(name -> "." + name).orElse("")
                + (columns.isEmpty() ? "" : "." + String.join(",", columns));
    }
}
