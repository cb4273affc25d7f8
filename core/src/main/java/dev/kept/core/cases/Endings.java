package dev.kept.core.cases;

import dev.kept.core.cases.Case.When;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Truth;
import dev.kept.core.memory.MemoryConditions;
import dev.kept.core.memory.MemoryRow;
import dev.kept.core.memory.MemoryStore;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * When something will have ended: of the times at which an answer can change, the first from which it has. What has ended stays ended, so the
 * times are searched by halves.
 */
final class Endings {

    private Endings() {}

    /** The first of the times, in order, for which it is so. */
    static Optional<Instant> first(Collection<Instant> times, Predicate<Instant> so) {
        List<Instant> sorted = times.stream().sorted().distinct().toList();
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (so.test(sorted.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low < sorted.size() ? Optional.of(sorted.get(low)) : Optional.empty();
    }

    /** From which day the condition holds for the row. */
    static When of(Condition condition, MemoryRow row, MemoryStore store, AsOf now) {
        ZoneId zone = now.zone();
        List<Instant> times =
                new ArrayList<>(new MemoryConditions(store, now).boundaries(condition, List.of(row), zone));
        times.add(now.instant());
        Optional<Instant> end = first(
                times,
                at -> new MemoryConditions(store, new AsOf(at, zone))
                        .evaluate(condition, row)
                        .isTrue());
        if (end.isPresent()) {
            return day(end.get(), zone);
        }
        Instant last = times.stream().max(Instant::compareTo).orElseThrow();
        Truth atLast = new MemoryConditions(store, new AsOf(last, zone)).evaluate(condition, row);
        return atLast == Truth.UNKNOWN ? new When.Unknown() : new When.Never();
    }

    static When day(Instant time, ZoneId zone) {
        return new When.On(time.atZone(zone).toLocalDate());
    }

    /** The later of two; unknown where one is. */
    static When later(When a, When b) {
        return switch (a) {
            case When.Unknown unknown -> unknown;
            case When.Never never -> b instanceof When.Unknown ? b : never;
            case When.On(var date) -> b instanceof When.On(var other) && other.isBefore(date) ? a : b;
        };
    }
}
