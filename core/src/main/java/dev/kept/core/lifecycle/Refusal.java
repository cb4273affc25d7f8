package dev.kept.core.lifecycle;

import static dev.kept.core.lifecycle.Condition.all;
import static dev.kept.core.lifecycle.Condition.any;
import static dev.kept.core.lifecycle.Condition.not;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Epoch;
import dev.kept.core.notice.Span;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column in which a store notes when a use was refused: how it says so at T, and what is written there to say it. The planner asks in the
 * same words ({@code docs/semantics.md} section 2).
 *
 * @param column where the time of the refusal stands
 * @param stands refused by T, and not given again since
 * @param givenSince given after T: who comes back by herself is not refused any more
 * @param value T as PostgreSQL reads it into the column, never later than T whatever the column rounds
 */
public record Refusal(Moment.At column, Condition stands, Condition givenSince, String value) {

    private static final Pattern PRECISION = Pattern.compile("\\((\\d)\\)");
    private static final int MICROSECONDS = 6;

    /**
     * A column that dates a refusal.
     *
     * @param given the column that dates the consent; empty where there is none
     */
    public static Refusal of(BoundStore store, AsOf asOf, BoundTable table, Optional<String> given, String refused) {
        EventSources sources = new EventSources(store);
        Cutoff now = now(asOf);
        Moment.At column = sources.moment(table, refused, Optional.empty(), List.of());
        Optional<Moment> consent = given.map(name -> sources.moment(table, name, Optional.empty(), List.of()));
        Condition since = consent.<Condition>map(
                        yes -> all(not(new Condition.Absent(List.of(yes))), not(new Condition.Past(List.of(yes), now))))
                .orElse(Condition.FALSE);
        String type = table.catalogue().column(refused).baseType();
        return new Refusal(column, stands(consent, column, now), since, value(column, now, type));
    }

    /** The cut-off of T itself. */
    private static Cutoff now(AsOf asOf) {
        return Cutoff.of(asOf, new Span(0, Span.Unit.DAY), false);
    }

    /** Refused by T, and not given again since. */
    static Condition stands(Optional<Moment> given, Moment refused, Cutoff now) {
        Condition notSince = given.<Condition>map(
                        yes -> any(new Condition.Absent(List.of(yes)), new Condition.Ordered(yes, refused)))
                .orElse(Condition.TRUE);
        List<Moment> no = List.of(refused);
        return all(not(new Condition.Absent(no)), new Condition.Past(no, now), notSince);
    }

    private static String value(Moment.At column, Cutoff now, String type) {
        return switch (column.kind()) {
            case DATE -> now.date().toString();
            case LOCAL -> cut(now.local(column.zone()), type).toString();
            case INSTANT -> cut(now.instant(), type).toString();
            case EPOCH_SECONDS -> number(now, Epoch.SECONDS);
            case EPOCH_MILLISECONDS -> number(now, Epoch.MILLISECONDS);
            case EPOCH_MICROSECONDS -> number(now, Epoch.MICROSECONDS);
        };
    }

    private static String number(Cutoff now, Epoch epoch) {
        return Long.toString(now.number(epoch));
    }

    private static LocalDateTime cut(LocalDateTime time, String type) {
        return time.with(ChronoField.NANO_OF_SECOND, cut(time.get(ChronoField.NANO_OF_SECOND), type));
    }

    private static Instant cut(Instant time, String type) {
        return Instant.ofEpochSecond(time.getEpochSecond(), cut(time.getNano(), type));
    }

    /** Down to what the column holds: PostgreSQL would round up, into the future. */
    private static int cut(int nanos, String type) {
        Matcher precision = PRECISION.matcher(type);
        int digits = precision.find() ? Integer.parseInt(precision.group(1)) : MICROSECONDS;
        int unit = (int) Math.pow(10, 9 - digits);
        return nanos / unit * unit;
    }
}
