package dev.kept.core.memory;

import dev.kept.core.datamap.Epoch;
import dev.kept.core.lifecycle.Cutoff;
import dev.kept.core.lifecycle.Moment;
import dev.kept.core.notice.Window;
import dev.kept.core.value.ValueType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the time of an event stands, looked up in memory. */
final class MemoryMoments {
    private final MemoryStore store;
    private final Map<Sentinels, Set<Object>> sentinels = new HashMap<>();

    /** The times at which a window opens and closes. */
    static List<Instant> changes(Window window, ZoneId zone) {
        return Stream.concat(window.from().stream(), window.until().stream())
                .map(day -> day.atStartOfDay(zone).toInstant())
                .toList();
    }

    /** A time that is there: of the kind of its column, read as {@code at} says. */
    record Found(Moment.At at, Object value) implements Comparable<Found> {

        boolean past(Cutoff cutoff) {
            return switch (at.kind()) {
                case INSTANT -> !((Instant) value).isAfter(cutoff.instant());
                case LOCAL -> !((LocalDateTime) value).isAfter(cutoff.local(at.zone()));
                case DATE -> !((LocalDate) value).isAfter(cutoff.date());
                case EPOCH_SECONDS -> (long) value <= cutoff.number(Epoch.SECONDS);
                case EPOCH_MILLISECONDS -> (long) value <= cutoff.number(Epoch.MILLISECONDS);
                case EPOCH_MICROSECONDS -> (long) value <= cutoff.number(Epoch.MICROSECONDS);
            };
        }

        /** The times from which the cut-off's end counts for this time, or counts no more; none for a time without end. */
        List<Instant> changes(Cutoff cutoff, ZoneId zone) {
            Optional<Instant> end = end(cutoff, zone);
            if (end.isEmpty()) {
                return List.of();
            }
            List<Instant> changes = new ArrayList<>(List.of(end.get()));
            changes.addAll(MemoryMoments.changes(cutoff.window(), zone));
            return changes;
        }

        private Optional<Instant> end(Cutoff cutoff, ZoneId zone) {
            Period period = cutoff.span().period();
            return switch (value) {
                case Instant instant
                when instant.equals(Instant.MAX) || instant.equals(Instant.MIN) -> Optional.empty();
                case LocalDateTime local
                when local.equals(LocalDateTime.MAX) || local.equals(LocalDateTime.MIN) -> Optional.empty();
                case LocalDate date when date.equals(LocalDate.MAX) || date.equals(LocalDate.MIN) -> Optional.empty();
                case Long number
                when instant().equals(Instant.MAX) || instant().equals(Instant.MIN) -> Optional.empty();
                case LocalDate date ->
                    Optional.of(Cutoff.endOf(date, period, cutoff.endOfYear())
                            .atStartOfDay(zone)
                            .toInstant());
                default ->
                    Optional.of(Cutoff.endOf(instant().atZone(zone), period, cutoff.endOfYear())
                            .toInstant());
            };
        }

        /** By value where the kinds are the same, else as instants. */
        @Override
        public int compareTo(Found other) {
            if (value instanceof LocalDate a && other.value instanceof LocalDate b) {
                return a.compareTo(b);
            }
            if (value instanceof Long a && other.value instanceof Long b && at.kind() == other.at.kind()) {
                return a.compareTo(b);
            }
            if (value instanceof LocalDateTime a
                    && other.value instanceof LocalDateTime b
                    && at.zone().equals(other.at.zone())) {
                return a.compareTo(b);
            }
            return instant().compareTo(other.instant());
        }

        Instant instant() {
            return switch (at.kind()) {
                case INSTANT -> (Instant) value;
                case LOCAL -> ((LocalDateTime) value).atZone(at.zone()).toInstant();
                case DATE -> ((LocalDate) value).atStartOfDay(at.zone()).toInstant();
                case EPOCH_SECONDS -> Epoch.SECONDS.time((long) value);
                case EPOCH_MILLISECONDS -> Epoch.MILLISECONDS.time((long) value);
                case EPOCH_MICROSECONDS -> Epoch.MICROSECONDS.time((long) value);
            };
        }
    }

    MemoryMoments(MemoryStore store) {
        this.store = store;
    }

    /** The moment seen from a row; {@code null} where it is absent. */
    @Nullable
    Found find(Moment moment, MemoryRow row) {
        return switch (moment) {
            case Moment.At at -> at(at, row);
            case Moment.Through through -> extreme(through.of(), store.targets(through.link(), row), false);
            case Moment.Among among -> extreme(among.of(), store.pointing(among.link(), row), among.earliest());
            case Moment.Extreme extreme ->
                extreme(extreme.of().stream().map(of -> find(of, row)).toList(), extreme.earliest());
        };
    }

    /** The first that is not absent. */
    @Nullable
    Found first(List<Moment> chain, MemoryRow row) {
        for (Moment moment : chain) {
            Found found = find(moment, row);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Found at(Moment.At at, MemoryRow row) {
        Object value = row.value(at.column());
        if (value == null) {
            return null;
        }
        Sentinels none = new Sentinels(store.type(row.table(), at.column()), at.sentinels(), at.zone());
        boolean sentinel = sentinels.computeIfAbsent(none, Sentinels::read).contains(value);
        return sentinel ? null : new Found(at, value);
    }

    /** Values that mean "none", as the map writes them. */
    private record Sentinels(ValueType type, List<String> written, ZoneId zone) {

        Set<Object> read() {
            Set<Object> values = new HashSet<>();
            for (String one : written) {
                Object value = MemoryMoments.read(type, one, zone);
                if (value != null) {
                    values.add(value);
                }
            }
            return values;
        }
    }

    private static @Nullable Object read(ValueType type, String sentinel, ZoneId zone) {
        try {
            return type.read(sentinel, zone);
        } catch (IllegalArgumentException notOfThisType) {
            return null;
        }
    }

    private @Nullable Found extreme(Moment of, List<MemoryRow> rows, boolean earliest) {
        List<@Nullable Found> found = new ArrayList<>();
        rows.forEach(row -> found.add(find(of, row)));
        return extreme(found, earliest);
    }

    private static @Nullable Found extreme(List<? extends @Nullable Found> all, boolean earliest) {
        Found best = null;
        for (Found found : all) {
            if (found != null && (best == null || better(found.compareTo(best), earliest))) {
                best = found;
            }
        }
        return best;
    }

    private static boolean better(int order, boolean earliest) {
        return earliest ? order < 0 : order > 0;
    }
}
