package dev.kept.core.model;

import dev.kept.core.datamap.Epoch;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When events happened, as seen along a walk: nearest first. */
final class Times {

    private final Shape shape;
    private final Rows rows;
    private final AsOf asOf;

    Times(Shape shape, Rows rows, AsOf asOf) {
        this.shape = shape;
        this.rows = rows;
        this.asOf = asOf;
    }

    /** What is known of an event's time. */
    sealed interface Time {

        /**
         * It happened then.
         *
         * @param date whether only the day counts
         */
        record At(ZonedDateTime moment, boolean date) implements Time {}

        /** It has not happened, as far as the store says. {@code never}: the map says that this means it never did. */
        record Absent(boolean never) implements Time {}

        /** The row that would say is missing. */
        record Unknown() implements Time {}
    }

    Time of(String event, Walk walk) {
        for (int step = 0; step < walk.tables().size(); step++) {
            TableName table = walk.tables().get(step);
            if (mapped(table, event)) {
                return walk.missing(step)
                        ? new Time.Unknown()
                        : at(event, walk.rows().get(step));
            }
        }
        return walk.beyond() ? new Time.Unknown() : new Time.Absent(false);
    }

    /** The first step of the walk at which the event is mapped; empty where none is. */
    Optional<Integer> step(String event, List<TableName> tables) {
        for (int step = 0; step < tables.size(); step++) {
            if (mapped(tables.get(step), event)) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    /** Whether the map says that the event, where it is absent, never was. */
    boolean never(String event, List<TableName> tables) {
        Optional<Integer> step = step(event, tables);
        if (step.isEmpty()) {
            return false;
        }
        TableName table = tables.get(step.get());
        Optional<Table.Event> own = own(table, event);
        return own.isPresent()
                ? own.get().absent() == Table.Absent.NEVER
                : sources(table, event).stream()
                        .allMatch(source -> dated(source, event).absent() == Table.Absent.NEVER);
    }

    boolean mapped(TableName table, String event) {
        return own(table, event).isPresent() || !sources(table, event).isEmpty();
    }

    /** The event as the row's own table says it, else as the rows say that belong to it and date it. */
    Time at(String event, Row row) {
        Optional<Table.Event> own = own(row.table, event);
        if (own.isPresent()) {
            return read(row, own.get());
        }
        boolean never = true;
        boolean earliest = false;
        List<Time.At> found = new ArrayList<>();
        for (Table source : sources(row.table, event)) {
            Table.Event mapping = dated(source, event);
            never &= mapping.absent() == Table.Absent.NEVER;
            earliest |= mapping.earliest();
            for (Row dating : dating(source.name(), row)) {
                if (read(dating, mapping) instanceof Time.At time) {
                    found.add(time);
                }
            }
        }
        return extreme(found, earliest).<Time>map(time -> time).orElse(new Time.Absent(never));
    }

    private static Optional<Time.At> extreme(List<Time.At> found, boolean earliest) {
        Optional<Time.At> best = Optional.empty();
        for (Time.At time : found) {
            boolean better = best.isEmpty()
                    || (earliest
                            ? time.moment().isBefore(best.get().moment())
                            : time.moment().isAfter(best.get().moment()));
            best = better ? Optional.of(time) : best;
        }
        return best;
    }

    /** The rows of the dating table that belong to the row, along any way. */
    Set<Row> dating(TableName source, Row row) {
        Set<Row> found = new LinkedHashSet<>();
        shape.ways(source, row.table).forEach(way -> found.addAll(rows.below(way, row)));
        return found;
    }

    Optional<Table.Event> own(TableName table, String event) {
        Table map = shape.map(table);
        Table.Event mapped = map.events().get(event);
        return mapped != null ? Optional.of(mapped) : factEvent(map, event);
    }

    /** Facts define events, too: {@code newsletter.given} from {@code facts: {newsletter: {given: …}}}. */
    private static Optional<Table.Event> factEvent(Table map, String event) {
        for (Table.UseFacts facts : map.facts().values()) {
            Optional<String> column = event.equals(facts.use() + ".given")
                    ? facts.given()
                    : event.equals(facts.use() + ".withdrawn")
                            ? facts.withdrawn()
                            : event.equals(facts.use() + ".objected") ? facts.objected() : Optional.empty();
            if (column.isPresent()) {
                return Optional.of(new Table.Event(
                        event, column.get(), List.of(), false, facts.absent(), Optional.empty(), List.of()));
            }
        }
        return Optional.empty();
    }

    List<Table> sources(TableName dated, String event) {
        return shape.personalTables().stream()
                .filter(table -> table.events().containsKey(event))
                .filter(table -> dated(table, event).dates().contains(dated))
                .toList();
    }

    static Table.Event dated(Table source, String event) {
        return Objects.requireNonNull(source.events().get(event));
    }

    Time read(Row row, Table.Event mapping) {
        Object value = row.get(mapping.column());
        ZoneId zone = mapping.zone().orElse(shape.store.zone());
        if (value == null || sentinel(value, mapping, zone)) {
            return new Time.Absent(mapping.absent() == Table.Absent.NEVER);
        }
        return value instanceof Long number ? counted(number, row.table, mapping.column()) : time(value, zone);
    }

    /** A number of what the map says it counts, since 1970. */
    private Time.At counted(long number, TableName table, String column) {
        Optional<Epoch> said = Objects.requireNonNull(shape.store.tables().get(table)).events().values().stream()
                .filter(event -> event.column().equals(column))
                .flatMap(event -> event.epoch().stream())
                .findFirst();
        Duration since = switch (said.or(shape.store::epoch).orElseThrow()) {
            case SECONDS -> Duration.ofSeconds(number);
            case MILLISECONDS -> Duration.ofMillis(number);
            case MICROSECONDS -> Duration.of(number, ChronoUnit.MICROS);
        };
        Duration far = Duration.ofDays(FAR.toEpochDay());
        Instant instant = Instant.EPOCH.plus(since.compareTo(far) > 0 ? far : since);
        return new Time.At(instant.atZone(asOf.zone()), false);
    }

    private Time.At time(Object value, ZoneId zone) {
        return switch (value) {
            case Instant instant -> new Time.At(clamped(instant).atZone(asOf.zone()), false);
            case LocalDateTime local ->
                new Time.At(
                        clamped(local).atZone(zone).withLaterOffsetAtOverlap().withZoneSameInstant(asOf.zone()), false);
            case LocalDate date -> new Time.At(clamped(date).atStartOfDay(asOf.zone()), true);
            default -> throw new IllegalArgumentException("no time: " + value.getClass());
        };
    }

    /** The most days by which the end of a period is drawn forward, since the month is too short. */
    private static final int LONGEST_CLAMP = 3;

    /** {@code infinity} is later than anything, yet calendar arithmetic with it must not overflow. */
    private static final LocalDate FAR = LocalDate.of(200_000, 1, 1);

    private static Instant clamped(Instant instant) {
        Instant far = FAR.atStartOfDay(ZoneId.of("UTC")).toInstant();
        return instant.isAfter(far) ? far : instant;
    }

    private static LocalDateTime clamped(LocalDateTime local) {
        return local.isAfter(FAR.atStartOfDay()) ? FAR.atStartOfDay() : local;
    }

    private static LocalDate clamped(LocalDate date) {
        return date.isAfter(FAR) ? FAR : date;
    }

    private boolean sentinel(Object value, Table.Event mapping, ZoneId zone) {
        List<String> sentinels = new ArrayList<>(shape.store.sentinels());
        sentinels.addAll(mapping.sentinels());
        return sentinels.stream().anyMatch(text -> value.equals(parsed(text, value, zone)));
    }

    /** The sentinel as a value of the column's kind; null where it is none. */
    private static @Nullable Object parsed(String text, Object like, ZoneId zone) {
        boolean infinity = text.equals("infinity");
        if (like instanceof Long && text.matches("-?\\d+")) {
            return Long.parseLong(text);
        }
        if (!infinity && text.length() != 10) {
            return null;
        }
        return switch (like) {
            case Instant instant ->
                infinity
                        ? Instant.MAX
                        : LocalDate.parse(text).atStartOfDay(zone).toInstant();
            case LocalDateTime local ->
                infinity ? LocalDateTime.MAX : LocalDate.parse(text).atStartOfDay();
            case LocalDate date -> infinity ? LocalDate.MAX : LocalDate.parse(text);
            default -> null;
        };
    }

    /**
     * Whether a period after the time is over at T, counted forward in the controller's calendar; or one after a later time: at the end of
     * a short month it may be over first.
     */
    boolean over(Time.At time, Span span, boolean endOfYear) {
        ZonedDateTime now = asOf.instant().atZone(asOf.zone());
        for (int days = 0; days <= LONGEST_CLAMP; days++) {
            ZonedDateTime later = time.moment().plusDays(days).with(now.toLocalTime());
            if (!later.isBefore(time.moment()) && overFrom(new Time.At(later, time.date()), span, endOfYear)) {
                return true;
            }
        }
        return overFrom(time, span, endOfYear);
    }

    /** Whether a version's word counts at T for what is dated then. */
    boolean within(Time.At time, Window window) {
        LocalDate today = LocalDate.ofInstant(asOf.instant(), asOf.zone());
        LocalDate dated = time.moment().toLocalDate();
        boolean older =
                window.before().isEmpty() || dated.isBefore(window.before().get());
        boolean begun = window.from().isEmpty() || !window.from().get().isAfter(today);
        boolean goesOn = window.until().isEmpty() || window.until().get().isAfter(today);
        return older && begun && goesOn;
    }

    /** Whether the version whose word it is stands at T: what never happened is dated by no other. */
    boolean stands(Window window) {
        LocalDate today = LocalDate.ofInstant(asOf.instant(), asOf.zone());
        boolean begun = window.from().isEmpty() || !window.from().get().isAfter(today);
        boolean replaced =
                window.before().isPresent() && !today.isBefore(window.before().get());
        return begun && !replaced;
    }

    private boolean overFrom(Time.At time, Span span, boolean endOfYear) {
        ZonedDateTime now = asOf.instant().atZone(asOf.zone());
        if (time.date()) {
            LocalDate end = time.moment().toLocalDate().plus(span.period());
            LocalDate rounded = endOfYear ? LocalDate.of(end.getYear() + 1, 1, 1) : end;
            return !rounded.isAfter(now.toLocalDate());
        }
        ZonedDateTime end = time.moment().plus(span.period());
        ZonedDateTime rounded =
                endOfYear ? LocalDate.of(end.getYear() + 1, 1, 1).atStartOfDay(end.getZone()) : end;
        return !rounded.isAfter(now);
    }

    /** Whether the time has come at T. */
    boolean past(Time.At time) {
        ZonedDateTime now = asOf.instant().atZone(asOf.zone());
        return time.date()
                ? !time.moment().toLocalDate().isAfter(now.toLocalDate())
                : !time.moment().isAfter(now);
    }
}
