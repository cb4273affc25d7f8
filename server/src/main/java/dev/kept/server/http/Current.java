package dev.kept.server.http;

import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import java.time.Duration;
import java.time.Instant;

/** The folder as it was within the last minute; where it cannot be obeyed just now, as it was before. For jobs that come too often to read it each time. */
final class Current {

    static final Duration FRESH = Duration.ofMinutes(1);

    private final Home first;
    private Home last;
    private Instant readAt;

    Current(Home first) {
        this.first = first;
        this.last = first;
        this.readAt = first.clock().instant();
    }

    synchronized Home home() {
        Instant now = first.clock().instant();
        if (!now.isBefore(readAt.plus(FRESH))) {
            readAt = now;
            try {
                last = first.again();
            } catch (CannotRun e) {
                // jobs that read it themselves say why
            }
        }
        return last;
    }
}
