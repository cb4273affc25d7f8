package dev.kept.stores.postgres.sample;

import dev.kept.core.proof.sample.Likeness;
import dev.kept.core.proof.sample.Recognition;
import dev.kept.core.proof.sample.SampleColumn;
import dev.kept.core.proof.sample.SampledColumn;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what one column's values look like. */
final class Tally {

    private final SampleColumn column;
    private final Recognition recognition;
    private final Map<Likeness, Long> whole = new EnumMap<>(Likeness.class);
    private final Map<Likeness, Long> within = new EnumMap<>(Likeness.class);
    private long values;
    private long cardLike;

    Tally(SampleColumn column, Recognition recognition) {
        this.column = column;
        this.recognition = recognition;
    }

    void add(@Nullable String value) {
        if (value == null) {
            return;
        }
        values++;
        Recognition.Found found = recognition.in(value);
        found.whole().forEach(likeness -> whole.merge(likeness, 1L, Long::sum));
        found.within().forEach(likeness -> within.merge(likeness, 1L, Long::sum));
        if (found.cardLike()) {
            cardLike++;
        }
    }

    SampledColumn counted() {
        return new SampledColumn(column.table(), column.id(), values, whole, within, cardLike);
    }
}
