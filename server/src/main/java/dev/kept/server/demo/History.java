package dev.kept.server.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The time in which everything happens: three years up to the instant as of which the shop is made. */
record History(Instant start, Instant end) {

    static final int DAY = 86_400;
    static final int YEARS = 3;

    static History until(Instant asOf) {
        return new History(asOf.atZone(ZoneOffset.UTC).minusYears(YEARS).toInstant(), asOf);
    }

    boolean future(Instant instant) {
        return instant.isAfter(end);
    }

    /** The instant, or null where it has not come yet. */
    @Nullable
    Instant past(Instant instant) {
        return future(instant) ? null : instant;
    }

    /** The instant, or the end where it has not come yet. */
    Instant capped(Instant instant) {
        return future(instant) ? end : instant;
    }

    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
