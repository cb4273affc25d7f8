package dev.kept.core.lifecycle;

import dev.kept.core.datamap.Epoch;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The latest moment from which a period has passed at T: {@code max d with d + span ≤ T}.
 *
 * <p>Computed once a plan and compared with columns as they are. Dates are never counted backwards: 29 February plus a year and
 * back again is another day.
 *
 * @param window for which data and at which T the end counts
 * @param instant for columns with a zone, to the microsecond
 * @param date for {@code date} columns
 */
public record Cutoff(Span span, boolean endOfYear, Window window, Instant instant, LocalDate date) {

    /** Before anything that is dated. */
    private static final LocalDate NEVER = LocalDate.of(-4000, 1, 1);

    /** Cut-offs so many days from the end of a month or a change of clocks are searched for. */
    private static final int DAYS_AROUND = 5;

    public static Cutoff of(AsOf asOf, Span span, boolean endOfYear) {
        return of(asOf, span, endOfYear, Window.ALWAYS);
    }

    /** The same within a window: nothing dated later counts, and nothing at all at another time. */
    public static Cutoff of(AsOf asOf, Span span, boolean endOfYear, Window window) {
        ZonedDateTime now = asOf.instant().atZone(asOf.zone());
        if (!window.isOpen(now.toLocalDate())) {
            return new Cutoff(span, endOfYear, window, never(), NEVER);
        }
        Instant latest = latest(now, span, endOfYear);
        LocalDate latestDate = latest(now.toLocalDate(), span.period(), endOfYear);
        if (window.before().isEmpty()) {
            return new Cutoff(span, endOfYear, window, latest, latestDate);
        }
        LocalDate before = window.before().get();
        Instant last = before.atStartOfDay(asOf.zone()).toInstant().minus(1, ChronoUnit.MICROS);
        LocalDate lastDate = before.minusDays(1);
        return new Cutoff(
                span,
                endOfYear,
                window,
                last.isBefore(latest) ? last : latest,
                lastDate.isBefore(latestDate) ? lastDate : latestDate);
    }

    /** Whether the window is open at T. */
    public boolean isOpen() {
        return date.isAfter(NEVER);
    }

    /** The latest moment before anything that is dated: the cut-off where the window is closed. */
    public static Instant never() {
        return NEVER.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The cut-off of the same period at another T. */
    public Cutoff at(AsOf asOf) {
        return of(asOf, span, endOfYear, window);
    }

    /**
     * The day on which this end comes for data dated on a day; empty where it never does.
     *
     * @param ends when the period has passed
     */
    public Optional<LocalDate> comes(LocalDate dated, LocalDate ends) {
        if (window.before().filter(before -> !dated.isBefore(before)).isPresent()) {
            return Optional.empty();
        }
        LocalDate comes = window.from().filter(ends::isBefore).orElse(ends);
        return Optional.of(comes).filter(window::isOpen);
    }

    /**
     * The latest moment from which the period has passed. Counting back finds it where a later start never ends earlier: not at ends of
     * months (29 February at noon ends before 28 February in the evening), nor at changes of clocks.
     */
    private static Instant latest(ZonedDateTime now, Span span, boolean endOfYear) {
        Period period = span.period();
        ZoneId zone = now.getZone();
        Predicate<Instant> hasPassed =
                start -> !endOf(start.atZone(zone), period, endOfYear).isAfter(now);
        ZonedDateTime back = endOfYear
                ? now.toLocalDate()
                        .withDayOfYear(1)
                        .atStartOfDay(zone)
                        .minus(period)
                        .minus(1, ChronoUnit.MICROS)
                : now.minus(period);
        Instant counted = back.toInstant();
        return (endOfYear || withinMonth(now, span)) && steady(now) && steady(back)
                ? counted
                : latestInstant(
                        now.minus(period).minusDays(endOfYear ? 370 : 4).toInstant(),
                        now.minus(period).plusDays(4).toInstant(),
                        hasPassed);
    }

    private static LocalDate latest(LocalDate today, Period period, boolean endOfYear) {
        LocalDate date =
                (endOfYear ? today.withDayOfYear(1) : today).minus(period).plusDays(4);
        while (endOf(date, period, endOfYear).isAfter(today)) {
            date = date.minusDays(1);
        }
        return date;
    }

    /** When a period counted from {@code start} ends. */
    public static ZonedDateTime endOf(ZonedDateTime start, Period period, boolean endOfYear) {
        ZonedDateTime end = start.plus(period);
        return endOfYear ? LocalDate.of(end.getYear() + 1, 1, 1).atStartOfDay(end.getZone()) : end;
    }

    /** When a period counted from {@code start} ends, by date. */
    public static LocalDate endOf(LocalDate start, Period period, boolean endOfYear) {
        LocalDate end = start.plus(period);
        return endOfYear ? LocalDate.of(end.getYear() + 1, 1, 1) : end;
    }

    /** For columns without zone, read in {@code zone}; in the hour a clock goes through twice, the second passage counts. */
    public LocalDateTime local(ZoneId zone) {
        LocalDateTime here = LocalDateTime.ofInstant(instant, zone);
        boolean later = here.atZone(zone).withLaterOffsetAtOverlap().toInstant().isAfter(instant);
        return later ? zone.getRules().getTransition(here).getDateTimeAfter().minus(1, ChronoUnit.MICROS) : here;
    }

    /** For columns of numbers. */
    public long number(Epoch epoch) {
        return epoch.number(instant);
    }

    /** No start after the one counted back to ends at an end of a month as early as now, or months do not matter. */
    private static boolean withinMonth(ZonedDateTime now, Span span) {
        boolean months = span.unit() == Span.Unit.MONTH || span.unit() == Span.Unit.YEAR;
        return !months || now.getDayOfMonth() < 28 - DAYS_AROUND;
    }

    /** No change of clocks is near. */
    private static boolean steady(ZonedDateTime time) {
        ZoneOffsetTransition next = time.getZone()
                .getRules()
                .nextTransition(time.minusDays(DAYS_AROUND).toInstant());
        return next == null
                || next.getInstant().isAfter(time.plusDays(DAYS_AROUND).toInstant());
    }

    private static Instant latestInstant(Instant passed, Instant open, Predicate<Instant> hasPassed) {
        long low = micros(passed);
        long high = micros(open);
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (hasPassed.test(instant(middle))) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return instant(low);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
