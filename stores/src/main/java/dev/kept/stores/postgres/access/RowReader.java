package dev.kept.stores.postgres.access;

import dev.kept.core.rights.SeenRow;
import dev.kept.core.rights.SeenTable;

/** Is told what is read, table by table and row by row; nothing is kept for it. */
public interface RowReader {

    /** A table in which the person can have rows, whether or not she has some. */
    void begin(SeenTable table);

    /** A row of the table begun last. */
    void row(SeenRow row);

    /** The table begun last has no more rows. */
    void end();
}
