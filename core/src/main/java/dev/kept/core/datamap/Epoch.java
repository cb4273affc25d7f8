package dev.kept.core.datamap;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whole numbers that are times: what is counted since 1970-01-01T00:00:00Z (POSIX.1-2017, "Seconds Since the Epoch"), and finer. */
public enum Epoch {
    SECONDS(1),
    MILLISECONDS(1_000),
    MICROSECONDS(1_000_000);

    /** 4713 BC and AD 294276, between which PostgreSQL knows times; numbers beyond are before or after all of them. */
    private static final long FIRST_SECOND = -210_866_803_200L;

    private static final long LAST_SECOND = 9_224_318_015_999L;

    private final long perSecond;

    Epoch(long perSecond) {
        this.perSecond = perSecond;
    }

    public long perSecond() {
        return perSecond;
    }

    /** The least number that is a time. */
    public long first() {
        return FIRST_SECOND * perSecond;
    }

    /** The greatest number that is a time. */
    public long last() {
        return perSecond == MICROSECONDS.perSecond ? Long.MAX_VALUE : LAST_SECOND * perSecond;
    }

    /** The number of a time, rounded down. */
    public long number(Instant time) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        return Math.floorDiv(micros, MICROSECONDS.perSecond / perSecond);
    }

    /** The time of a number; of one beyond {@link #first} or {@link #last} the first or last time of all. */
    public Instant time(long number) {
        if (number < first()) {
            return Instant.MIN;
        }
        return number > last()
                ? Instant.MAX
                : Instant.EPOCH.plus(
                        number,
                        perSecond == 1
                                ? ChronoUnit.SECONDS
                                : perSecond == 1_000 ? ChronoUnit.MILLIS : ChronoUnit.MICROS);
    }

    /** The numbers from 2001 to 2100: what counts these is likely a time. */
    public long likelyFrom() {
        return 978_307_200L * perSecond;
    }

    /** Until when, see {@link #likelyFrom}. */
    public long likelyTo() {
        return 4_102_444_800L * perSecond;
    }

    /** By the word that maps write. */
    public static Optional<Epoch> of(String word) {
        return Arrays.stream(values())
                .filter(epoch -> epoch.word().equals(word))
                .findFirst();
    }

    /** As maps write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
