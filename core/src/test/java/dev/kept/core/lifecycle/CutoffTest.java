package dev.kept.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.notice.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutoffTest {

    private static final Span[] SPANS = {
        new Span(0, Span.Unit.DAY), new Span(30, Span.Unit.DAY), new Span(2, Span.Unit.WEEK),
                new Span(1, Span.Unit.MONTH),
        new Span(13, Span.Unit.MONTH), new Span(1, Span.Unit.YEAR), new Span(2, Span.Unit.YEAR),
                new Span(10, Span.Unit.YEAR)
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe",
                "Asia/Shanghai",
                "Africa/Casablanca"
            })
    void it_is_the_latest_moment_from_which_the_period_has_passed(String name) {
        ZoneId zone = ZoneId.of(name);
        for (LocalDate day = LocalDate.of(2023, 1, 1); day.getYear() < 2027; day = day.plusDays(1)) {
            ZonedDateTime now = day.atTime(2, 30, 0, 123_456_000).atZone(zone);
            for (Span span : SPANS) {
                assertLatest(now, span, false);
            }
            for (Span span : SPANS) {
                assertLatest(now, span, true);
            }
        }
    }

    @Test
    void on_the_last_of_february_what_began_on_the_29th_has_passed_too() {
        ZonedDateTime noon = ZonedDateTime.of(2026, 2, 28, 12, 0, 0, 0, ZoneId.of("UTC"));

        assertThat(Cutoff.of(new AsOf(noon.toInstant(), noon.getZone()), SPANS[6], false)
                        .instant())
                .isEqualTo("2024-02-29T12:00:00Z");
    }

    private static void assertLatest(ZonedDateTime now, Span span, boolean endOfYear) {
        Cutoff cutoff = Cutoff.of(new AsOf(now.toInstant(), now.getZone()), span, endOfYear);

        assertThat(passed(cutoff.instant(), now, span, endOfYear))
                .as("%s at %s", span, now)
                .isTrue();
        assertThat(passed(cutoff.instant().plus(1, ChronoUnit.MICROS), now, span, endOfYear))
                .as("a microsecond after %s at %s", span, now)
                .isFalse();
        assertThat(passed(cutoff.date(), now, span, endOfYear))
                .as("%s at %s", span, now)
                .isTrue();
        assertThat(passed(cutoff.date().plusDays(1), now, span, endOfYear))
                .as("a day after %s at %s", span, now)
                .isFalse();
    }

    private static boolean passed(Instant start, ZonedDateTime now, Span span, boolean endOfYear) {
        ZonedDateTime end = start.atZone(now.getZone()).plus(period(span));
        return !(endOfYear ? LocalDate.of(end.getYear() + 1, 1, 1).atStartOfDay(now.getZone()) : end).isAfter(now);
    }

    private static boolean passed(LocalDate start, ZonedDateTime now, Span span, boolean endOfYear) {
        LocalDate end = start.plus(period(span));
        return !(endOfYear ? LocalDate.of(end.getYear() + 1, 1, 1) : end).isAfter(now.toLocalDate());
    }

    private static Period period(Span span) {
        return switch (span.unit()) {
            case DAY -> Period.ofDays(span.count());
            case WEEK -> Period.ofWeeks(span.count());
            case MONTH -> Period.ofMonths(span.count());
            case YEAR -> Period.ofYears(span.count());
        };
    }
}
