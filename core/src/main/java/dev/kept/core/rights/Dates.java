package dev.kept.core.rights;

import dev.kept.core.lifecycle.Cutoff;
import dev.kept.core.lifecycle.DateKind;
import dev.kept.core.lifecycle.Moment;
import dev.kept.core.lifecycle.TablePlan.ClauseAt;
import dev.kept.core.lifecycle.Truth;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** On which day a use ends for a row: the same arithmetic as a plan's cut-offs, counted forwards in the controller's zone. */
public final class Dates {

    private final ZoneId zone;

    public Dates(ZoneId zone) {
        this.zone = zone;
    }

    Until of(Term term, Truth ended, Function<Moment, Optional<Long>> times) {
        return switch (ended) {
            case TRUE -> new Until.Ended();
            case UNKNOWN -> new Until.Unknown();
            case FALSE ->
                term.ends().stream()
                        .flatMap(end -> latest(end, times).stream())
                        .min(LocalDate::compareTo)
                        .<Until>map(Until.On::new)
                        .orElseGet(Until.NotYet::new);
        };
    }

    /** When all clauses have passed; empty where one of them waits for something that has not happened. */
    private Optional<LocalDate> latest(List<ClauseAt> end, Function<Moment, Optional<Long>> times) {
        LocalDate latest = LocalDate.MIN;
        for (ClauseAt clause : end) {
            Optional<LocalDate> date = date(clause, times);
            if (date.isEmpty()) {
                return Optional.empty();
            }
            latest = date.get().isAfter(latest) ? date.get() : latest;
        }
        return end.isEmpty() ? Optional.empty() : Optional.of(latest);
    }

    private Optional<LocalDate> date(ClauseAt clause, Function<Moment, Optional<Long>> times) {
        for (Moment moment : clause.chain()) {
            Optional<Long> time = times.apply(moment);
            if (time.isPresent()) {
                return end(moment, time.get(), clause.cutoff());
            }
        }
        return Optional.empty();
    }

    /** Empty for a date beyond the calendar. */
    private Optional<LocalDate> end(Moment moment, long micros, Cutoff cutoff) {
        try {
            Instant time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
            LocalDateTime written = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
            boolean endOfYear = cutoff.endOfYear();
            return switch (kind(moment)) {
                case DATE ->
                    cutoff.comes(
                            written.toLocalDate(),
                            Cutoff.endOf(written.toLocalDate(), cutoff.span().period(), endOfYear));
                case LOCAL -> day(written.atZone(moment.leaf().zone()).toInstant(), cutoff);
                case INSTANT, EPOCH_SECONDS, EPOCH_MILLISECONDS, EPOCH_MICROSECONDS -> day(time, cutoff);
            };
        } catch (DateTimeException | ArithmeticException beyond) {
            return Optional.empty();
        }
    }

    private Optional<LocalDate> day(Instant start, Cutoff cutoff) {
        ZonedDateTime dated = start.atZone(zone);
        return cutoff.comes(
                dated.toLocalDate(),
                Cutoff.endOf(dated, cutoff.span().period(), cutoff.endOfYear()).toLocalDate());
    }

    /** Of several kinds of dates the latest is found as an instant. */
    private static DateKind kind(Moment moment) {
        return switch (moment) {
            case Moment.At at -> at.kind();
            case Moment.Through through -> kind(through.of());
            case Moment.Among among -> kind(among.of());
            case Moment.Extreme extreme ->
                extreme.of().stream().map(of -> scale(of.leaf())).distinct().count() == 1
                        ? kind(extreme.of().getFirst())
                        : DateKind.INSTANT;
        };
    }

    private static Object scale(Moment.At at) {
        return at.kind() == DateKind.LOCAL ? at.zone() : at.kind();
    }
}
