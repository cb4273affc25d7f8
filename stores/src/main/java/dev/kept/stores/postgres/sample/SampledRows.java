package dev.kept.stores.postgres.sample;

import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.Locale;

/** What a sample is taken from: a small table, or blocks of a larger one chosen at random. How many rows are read is for a LIMIT to say. */
final class SampledRows {

    /** Blocks are chosen a little too often, since they are not equally full. */
    private static final double SURPLUS = 1.5;

    private SampledRows() {}

    /** The table as {@code t}. */
    static Sql of(CatalogueTable table, int most) {
        String name = SqlTables.name(table.name()) + " AS t";
        if (table.rows() <= 2L * most) {
            return Sql.of(name);
        }
        double percent = Math.min(100, 100 * SURPLUS * most / table.rows());
        return Sql.of(name + String.format(Locale.ROOT, " TABLESAMPLE SYSTEM (%.6f)", percent));
    }
}
