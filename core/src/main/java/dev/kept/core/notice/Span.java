package dev.kept.core.notice;

import java.time.Period;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A calendar period as the notice writes it: {@code 30 days}, {@code 2 years}; {@code 0 days} means at once.
 *
 * <p>The unit is kept as written, since people read it: 24 months and 2 years are the same period in other words.
 */
public record Span(int count, Unit unit) {

    /** The largest count read; a longer period is a slip of the pen. */
    public static final int MAX_COUNT = 36_500;

    /** Calendar units; a period shorter than a day has no place in a notice about keeping. */
    public enum Unit {
        DAY,
        WEEK,
        MONTH,
        YEAR
    }

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,5})\\s+(day|week|month|year)s?");

    public Span {
        if (count < 0 || count > MAX_COUNT) {
            throw new IllegalArgumentException("a period counts from 0 to " + MAX_COUNT);
        }
    }

    /** Reads {@code "30 days"}; empty where the text is no period. */
    public static Optional<Span> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int count = Integer.parseInt(matcher.group(1));
        if (count > MAX_COUNT) {
            return Optional.empty();
        }
        return Optional.of(new Span(count, Unit.valueOf(matcher.group(2).toUpperCase(Locale.ROOT))));
    }

    public Period period() {
        return switch (unit) {
            case DAY -> Period.ofDays(count);
            case WEEK -> Period.ofWeeks(count);
            case MONTH -> Period.ofMonths(count);
            case YEAR -> Period.ofYears(count);
        };
    }

    /** The longest this period can be, in days: what a static bound compares. */
    public long atMostDays() {
        return switch (unit) {
            case DAY -> count;
            case WEEK -> 7L * count;
            case MONTH -> daysOfYears(count / 12) + 31L * (count % 12);
            case YEAR -> daysOfYears(count);
        };
    }

    private static long daysOfYears(int years) {
        return 365L * years + (years + 3) / 4;
    }

    @Override
    public String toString() {
        return count + " " + unit.name().toLowerCase(Locale.ROOT) + (count == 1 ? "" : "s");
    }
}
