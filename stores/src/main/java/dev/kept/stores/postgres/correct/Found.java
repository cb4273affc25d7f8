package dev.kept.stores.postgres.correct;

import dev.kept.core.datamap.TableName;
import dev.kept.core.source.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a correction would do, found with the rows locked. No value is in it but new keys, which are never printed.
 *
 * @param problems why it is not carried out, all at once; empty where it may be
 * @param changes how many rows get a new value, by column
 * @param already values that were right before
 * @param left where the person's old value still stands
 * @param newKeys the person's new keys by kind, where a key changes, as PostgreSQL prints them
 */
public record Found(
        List<Problem> problems,
        List<Counted> changes,
        long already,
        List<Left> left,
        Map<String, List<String>> newKeys) {

    public Found {
        problems = List.copyOf(problems);
        changes = List.copyOf(changes);
        left = List.copyOf(left);
        newKeys = Collections.unmodifiableMap(new LinkedHashMap<>(newKeys));
    }

    /** Rows of a table that get a new value in a column, or path. */
    public record Counted(TableName table, String column, long rows, Why why) {}

    /** Why a column changes. */
    public enum Why {
        /** The request names it. */
        NAMED,
        /** It held the old value, and all such were to be changed. */
        EVERYWHERE,
        /** It refers to what changes, and follows it. */
        FOLLOWS
    }

    /**
     * Rows of the person that still hold an old value.
     *
     * @param reason why a second correction cannot change them; empty where it can
     */
    public record Left(TableName table, String column, long rows, String reason) {}

    @Override
    public String toString() {
        return problems.size() + " problems, " + changes + ", left " + left;
    }
}
