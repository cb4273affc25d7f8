package dev.kept.core.model;

import dev.kept.core.datamap.TableName;
import java.util.List;

/**
 * What a sweep leaves.
 *
 * @param after the rows that stay; values that were forgotten may be {@link Forgotten}
 * @param deleted how many rows went
 * @param husks how many dead rows stay because something needs them
 * @param unknowns what cannot be shown either way, of rows that stay
 */
public record Outcome(Database after, int deleted, int husks, List<Unknown> unknowns) {

    public Outcome {
        unknowns = List.copyOf(unknowns);
    }

    /** A use of which it is unknown whether it has ended for a row ({@code position}: of the rows before). */
    public record Unknown(TableName table, int position, String use) {}
}
