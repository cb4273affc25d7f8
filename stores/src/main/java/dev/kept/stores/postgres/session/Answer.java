package dev.kept.stores.postgres.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement answered: rows of values as PostgreSQL prints them, or how many rows it changed.
 *
 * @param count rows changed, or rows returned
 */
public record Answer(long count, List<List<@Nullable String>> rows) {

    public Answer {
        rows = Collections.unmodifiableList(new ArrayList<>(rows));
    }

    public static Answer changed(long count) {
        return new Answer(count, List.of());
    }

    /** The value in the first row; null where it is NULL. */
    public @Nullable String first(int position) {
        return rows.getFirst().get(position);
    }

    /** The value in the first row, which is never NULL. */
    public String text(int position) {
        String value = first(position);
        if (value == null) {
            throw new IllegalStateException("the store answered NULL where a value was asked for");
        }
        return value;
    }

    public long number(int position) {
        return Long.parseLong(text(position));
    }

    public boolean yes(int position) {
        return text(position).equals("t") || text(position).equals("true");
    }
}
