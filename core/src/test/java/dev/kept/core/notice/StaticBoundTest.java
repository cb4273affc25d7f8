package dev.kept.core.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaticBoundTest {

    private static Span span(String text) {
        return Span.parse(text).orElseThrow();
    }

    private static boolean within(String period, boolean endOfYear, String longest) {
        return StaticBound.within(new End.Clause(List.of("a.b"), span(period), endOfYear, false), span(longest));
    }

    @ParameterizedTest
    @CsvSource({
        "2 years, 2 years, true",
        "24 months, 2 years, true",
        "25 months, 2 years, false",
        "730 days, 2 years, true",
        "731 days, 2 years, false",
        "2 years, 731 days, true",
        "2 years, 730 days, false",
        "1 month, 31 days, true",
        "1 month, 30 days, false",
        "28 days, 1 month, true",
        "29 days, 1 month, false",
        "4 weeks, 28 days, true",
        "0 days, 0 days, true",
    })
    void a_period_is_within_another_if_it_is_on_every_day(String period, String longest, boolean within) {
        assertThat(within(period, false, longest)).isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource({
        "1 year, 2 years, true",
        "13 months, 2 years, false",
        "12 months, 24 months, true",
        "0 days, 1 year, false"
    })
    void rounding_to_the_end_of_the_year_adds_a_year_at_most(String period, String longest, boolean within) {
        assertThat(within(period, true, longest)).isEqualTo(within);
    }

    @Test
    void what_is_said_to_be_within_is_so_on_every_day_of_a_hundred_and_twenty_years() {
        Random random = new Random(42);
        Span.Unit[] units = Span.Unit.values();
        for (int round = 0; round < 300; round++) {
            Span longest = new Span(random.nextInt(60), units[random.nextInt(units.length)]);
            Span period = new Span(random.nextInt(60), units[random.nextInt(units.length)]);
            boolean endOfYear = random.nextBoolean();
            if (!StaticBound.within(new End.Clause(List.of("a.b"), period, endOfYear, false), longest)) {
                continue;
            }
            for (LocalDate day = LocalDate.of(2000, 1, 1); day.getYear() < 2120; day = day.plusDays(1)) {
                LocalDate end = day.plus(period.period());
                LocalDate rounded = endOfYear ? LocalDate.of(end.getYear() + 1, 1, 1) : end;
                assertThat(rounded).as("%s + %s", day, period).isBeforeOrEqualTo(day.plus(longest.period()));
            }
        }
    }
}
