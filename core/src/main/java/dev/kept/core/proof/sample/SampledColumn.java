package dev.kept.core.proof.sample;

import dev.kept.core.datamap.TableName;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many of a column's sampled values look like what. Values themselves never come here.
 *
 * @param values sampled that are not NULL and not empty
 * @param whole values that are such a thing, by kind
 * @param within values in which such a thing stands, or that are one
 * @param cardLike values with a number of a payment card's form, whatever its check digit
 */
public record SampledColumn(
        TableName table,
        String column,
        long values,
        Map<Likeness, Long> whole,
        Map<Likeness, Long> within,
        long cardLike) {

    public SampledColumn {
        whole = counts(whole);
        within = counts(within);
    }

    private static Map<Likeness, Long> counts(Map<Likeness, Long> counts) {
        Map<Likeness, Long> copy = new EnumMap<>(Likeness.class);
        copy.putAll(counts);
        return Collections.unmodifiableMap(copy);
    }

    long whole(Likeness likeness) {
        return whole.getOrDefault(likeness, 0L);
    }

    long within(Likeness likeness) {
        return within.getOrDefault(likeness, 0L);
    }
}
