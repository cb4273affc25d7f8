package dev.kept.server.console;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What waits for somebody, beside the part of the console where it waits. */
record Counts(Map<Section, Count> all) {

    static final Counts NONE = new Counts(Map.of());

    /** @param bad whether it should not be so */
    record Count(long number, String what, boolean bad) {}

    Counts {
        all = all.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(all));
    }

    Optional<Count> of(Section section) {
        return Optional.ofNullable(all.get(section)).filter(count -> count.number() > 0);
    }
}
