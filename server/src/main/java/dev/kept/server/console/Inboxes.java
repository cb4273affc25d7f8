package dev.kept.server.console;

import dev.kept.core.rights.request.Deadline.Alarm;
import dev.kept.server.console.Counts.Count;
import dev.kept.server.request.Inbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How many requests wait at each distance from their last day; counted anew after a few seconds, not for every page. */
final class Inboxes {

    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Company company;
    private volatile Counted counted = new Counted(Map.of(), Instant.MIN);

    private record Counted(Map<Alarm, Long> open, Instant at) {}

    Inboxes(Company company) {
        this.company = company;
    }

    Inbox inbox() {
        return company.office().inbox();
    }

    Map<Alarm, Long> open() {
        Instant now = company.now();
        Counted known = counted;
        if (known.at().isBefore(now.minus(FRESH))) {
            known = new Counted(Map.copyOf(inbox().open()), now);
            counted = known;
        }
        return known.open();
    }

    long open(Alarm alarm) {
        return open().getOrDefault(alarm, 0L);
    }

    /** For the navigation: what is overdue, else what is open. */
    Optional<Count> count() {
        long overdue = open(Alarm.OVERDUE);
        long all = open().values().stream().mapToLong(Long::longValue).sum();
        return Optional.of(overdue > 0 ? new Count(overdue, "overdue", true) : new Count(all, "open", false));
    }

    /** What was done just now is counted at once. */
    void changed() {
        counted = new Counted(Map.of(), Instant.MIN);
    }
}
