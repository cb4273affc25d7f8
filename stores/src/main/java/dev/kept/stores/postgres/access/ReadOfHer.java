package dev.kept.stores.postgres.access;

import dev.kept.core.rights.SeenRow;
import dev.kept.core.rights.SeenTable;
import dev.kept.core.rights.Sight;
import java.util.List;

/**
 * What was read of one of several persons in a store, held in memory.
 *
 * @param sight what was asked
 * @param tables what was found, in the order of the sight
 * @param bytes how much memory it takes, roughly
 */
public record ReadOfHer(Sight sight, List<Table> tables, long bytes) {

    public ReadOfHer {
        tables = List.copyOf(tables);
    }

    /** A table, and her rows of it. */
    record Table(SeenTable table, List<SeenRow> rows) {}

    /** Tells what was read as {@link AccessReading} would have told it. */
    public void tell(RowReader reader) {
        for (Table table : tables) {
            reader.begin(table.table());
            table.rows().forEach(reader::row);
            reader.end();
        }
    }

    /** Only how much there is: rows are a person's. */
    @Override
    public String toString() {
        return tables.size() + " tables";
    }
}
