package dev.kept.core.rights;

import dev.kept.core.lifecycle.Truth;
import java.util.List;
import java.util.Optional;

/**
 * One row as a person sees it.
 *
 * @param mine in which of the table's ways it is hers
 * @param ended of each term of the table, whether the use has ended
 * @param times of each of the table's moments, empty where it is absent: microseconds since 1970: of an instant, or of a date or local time as if in UTC
 * @param held whether a legal hold keeps it
 * @param cells one for each column of the table
 */
public record SeenRow(
        List<Boolean> mine, List<Truth> ended, List<Optional<Long>> times, boolean held, List<Cell> cells) {

    /** What a row has in a column. */
    public sealed interface Cell {

        /** A value: as the store hands it over, see {@link Shape}. */
        record Value(String text) implements Cell {}

        /** Nothing is held. */
        record Nothing() implements Cell {}

        /** Something is held and not handed out. */
        record Withheld() implements Cell {}

        /** In this row it is not the person's: whether anything stands there is not said. */
        record NotHers() implements Cell {}
    }
}
