package dev.kept.core.lifecycle;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The one T of a run: fixed and recorded before the first step.
 *
 * @param instant T, to the microsecond (what PostgreSQL stores)
 * @param zone the controller's zone, in which periods are counted
 */
public record AsOf(Instant instant, ZoneId zone) {
    public AsOf {
        instant = instant.truncatedTo(ChronoUnit.MICROS);
    }
}
