package dev.kept.core.notice.version;

import dev.kept.core.notice.End;
import dev.kept.core.notice.Span;
import java.util.List;
import java.util.Optional;

/** Periods beside each other: how long a month is depends on when it begins. */
final class Periods {

    private Periods() {}

    /**
     * Whether one period may, on some day, be longer than another. 31 days may be longer than a month, and a month than 30 days.
     *
     * @param period empty: without an end
     */
    static boolean maySurpass(Optional<Span> period, Optional<Span> other) {
        return other.isPresent()
                && !period.equals(other)
                && (period.isEmpty()
                        || !new End.Clause(List.of("begun"), period.get(), false, false).within(other.get()));
    }
}
