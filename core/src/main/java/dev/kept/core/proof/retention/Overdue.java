package dev.kept.core.proof.retention;

import dev.kept.core.datamap.TableName;
import java.util.List;

/**
 * What a sweep as of now would find to do in one table, and of what it would not know.
 *
 * @param rows all rows of the table
 * @param due rows to be deleted, cleared in part, or given another key
 * @param unknown rows of which it is not known whether all, or something in them, has ended
 * @param beyondLongest rows with something due that has outlasted the notice's longest period under every use that is no duty of law
 */
public record Overdue(TableName table, long rows, long due, long unknown, long beyondLongest, List<OfUse> uses) {

    public Overdue {
        uses = List.copyOf(uses);
    }

    /**
     * The same as far as one use is concerned. A row is due under the uses that have begun for it; under all of the table's where none has.
     *
     * @param use its id
     * @param rows to be deleted
     * @param unknown rows in which it is this use of which nothing is known
     */
    public record OfUse(String use, long rows, List<OfColumns> columns, long unknown) {
        public OfUse {
            columns = List.copyOf(columns);
        }
    }

    /** Rows that stay, in which these columns have outlived their uses. */
    public record OfColumns(List<String> columns, long rows) {
        public OfColumns {
            columns = List.copyOf(columns);
        }
    }
}
