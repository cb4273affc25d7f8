package dev.kept.core.constraint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What fits each of the columns that are forgotten together, and where nothing is known to fit. */
public record Fitted(Map<String, Fit> fits, List<Misfit> misfits) {

    public Fitted {
        fits = Collections.unmodifiableMap(new LinkedHashMap<>(fits));
        misfits = List.copyOf(misfits);
    }

    /**
     * A column for which nothing is known to satisfy a constraint.
     *
     * @param constraint its name, or {@code NOT NULL}, {@code GENERATED}, {@code type …}
     * @param attempt what to try, one sentence
     */
    public record Misfit(String column, String constraint, String attempt) {}
}
