package dev.kept.stores.postgres.correct;

import dev.kept.core.rights.CorrectionPlan.Target;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A row in hand: locked, and looked at after the lock. Never printed.
 *
 * @param held a hold lies on it
 * @param values the columns that constraints and links need, as PostgreSQL prints them; empty for NULL
 */
record Hand(RowPlace place, boolean held, Map<Target, Cell> cells, Map<String, Optional<String>> values) {

    Hand {
        cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * What stands at a target in the row.
     *
     * @param mine it is the person's
     * @param others it is somebody else's, too
     * @param value as text; empty for NULL
     * @param jsonType of what stands at a path; empty where nothing does
     * @param place what stands around a path: {@code object}, {@code array}; empty where nothing does
     * @param asked the answer to what was asked of it besides
     */
    record Cell(
            boolean mine,
            boolean others,
            Optional<String> value,
            Optional<String> jsonType,
            Optional<String> place,
            boolean asked) {}

    Cell cell(Target target) {
        Cell cell = cells.get(target);
        if (cell == null) {
            throw new IllegalArgumentException("nothing was read at `" + target.id() + "`");
        }
        return cell;
    }

    @Override
    public String toString() {
        return "a row of " + place.table();
    }
}
