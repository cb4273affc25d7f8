package dev.kept.core.memory;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Cutoff;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.Truth;
import dev.kept.core.memory.MemoryMoments.Found;
import dev.kept.core.value.ValueType;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Answers a {@link Condition} for a row in memory. */
public final class MemoryConditions {
    private final MemoryStore store;
    private final MemoryMoments moments;
    private final IdentityHashMap<Condition, Map<MemoryRow, Found>> best = new IdentityHashMap<>();
    private final IdentityHashMap<KeySet, Map<KeyColumns, Set<List<Object>>>> keys = new IdentityHashMap<>();
    private final Map<Cutoff, Cutoff> cutoffs = new HashMap<>();
    private final Optional<AsOf> asOf;
    private final Set<Instant> boundaries = new TreeSet<>();
    private ZoneId zone = ZoneOffset.UTC;
    private boolean recording;
    private long bestAt = -1;

    private record KeyColumns(List<ValueType> types, Match match) {}

    /** Asks conditions as of the time for which they were planned. */
    public MemoryConditions(MemoryStore store) {
        this(store, Optional.empty());
    }

    /** Asks conditions as of another time: a plan knows its T by its cut-offs alone. */
    public MemoryConditions(MemoryStore store, AsOf asOf) {
        this(store, Optional.of(asOf));
    }

    private MemoryConditions(MemoryStore store, Optional<AsOf> asOf) {
        this.store = store;
        this.asOf = asOf;
        this.moments = new MemoryMoments(store);
    }

    /** The times at which an answer about these rows can change. */
    public Set<Instant> boundaries(Condition condition, Collection<MemoryRow> rows, ZoneId zone) {
        recording = true;
        boundaries.clear();
        this.zone = zone;
        rows.forEach(row -> evaluate(condition, row));
        recording = false;
        return new TreeSet<>(boundaries);
    }

    /** The rows of a table that belong to the persons of a run. */
    public Set<MemoryRow> reached(TableName table, Reach reach) {
        return new MemoryReaches(store, this).rows(table, reach);
    }

    /** The rows for which the answer is known to be TRUE. */
    public List<MemoryRow> known(Condition condition, Collection<MemoryRow> rows) {
        return rows.stream().filter(row -> evaluate(condition, row).isTrue()).toList();
    }

    public boolean unknown(Condition condition, MemoryRow row) {
        return evaluate(condition, row) == Truth.UNKNOWN;
    }

    public Truth evaluate(Condition condition, MemoryRow row) {
        return switch (condition) {
            case Condition.Always always -> always.truth();
            case Condition.All all -> all(all.of(), row);
            case Condition.Any any -> any(any.of(), row);
            case Condition.Not not -> evaluate(not.of(), row).not();
            case Condition.Known known -> Truth.of(evaluate(known.of(), row).isTrue());
            case Condition.Past past -> {
                Found found = moments.first(past.chain(), row);
                if (found != null && recording) {
                    boundaries.addAll(found.changes(past.cutoff(), zone));
                }
                yield found == null ? Truth.UNKNOWN : Truth.of(found.past(cutoff(past.cutoff())));
            }
            case Condition.Stands stands -> {
                if (recording) {
                    boundaries.addAll(MemoryMoments.changes(stands.cutoff().window(), zone));
                }
                yield Truth.of(cutoff(stands.cutoff()).isOpen());
            }
            case Condition.Absent absent -> Truth.of(moments.first(absent.chain(), row) == null);
            case Condition.Ordered ordered -> ordered(ordered, row);
            case Condition.ValueIn in -> keyIn(List.of(in.column()), Match.EXACT, single(in.values()), row, null);
            case Condition.AnyNull nulls ->
                Truth.of(nulls.columns().stream().anyMatch(column -> row.value(column) == null));
            case Condition.KeyIn in -> keyIn(in.columns(), in.match(), in.keys().keys(), row, in.keys());
            case Condition.Through through -> {
                List<MemoryRow> targets = store.targets(through.link(), row);
                yield targets.isEmpty() ? Truth.UNKNOWN : every(through.of(), targets);
            }
            case Condition.Every every -> every(every.of(), store.pointing(every.link(), row));
            case Condition.Some some -> some(some.of(), store.pointing(some.link(), row));
            case Condition.Above above -> some(above.of(), above(above.parent(), row));
            case Condition.Surpassed surpassed -> Truth.of(surpassed(surpassed, row));
            case Condition.Referred referred -> Truth.of(referred(referred, row));
            case Condition.Leads leads ->
                Truth.of(!store.targets(leads.link(), row).isEmpty());
            case Condition.Meets meets -> {
                Set<MemoryRow> ends = store.targets(meets.one(), List.of(row));
                yield Truth.of(ends.size() == 1 && ends.equals(store.targets(meets.other(), List.of(row))));
            }
        };
    }

    private Truth all(List<Condition> of, MemoryRow row) {
        Truth truth = Truth.TRUE;
        for (Condition condition : of) {
            truth = truth.and(evaluate(condition, row));
            if (truth == Truth.FALSE && !recording) {
                return truth;
            }
        }
        return truth;
    }

    private Truth any(List<Condition> of, MemoryRow row) {
        Truth truth = Truth.FALSE;
        for (Condition condition : of) {
            truth = truth.or(evaluate(condition, row));
            if (truth == Truth.TRUE && !recording) {
                return truth;
            }
        }
        return truth;
    }

    private Truth every(Condition of, Collection<MemoryRow> rows) {
        Truth truth = Truth.TRUE;
        for (MemoryRow row : rows) {
            truth = truth.and(evaluate(of, row));
        }
        return truth;
    }

    private Truth some(Condition of, Collection<MemoryRow> rows) {
        Truth truth = Truth.FALSE;
        for (MemoryRow row : rows) {
            truth = truth.or(evaluate(of, row));
        }
        return truth;
    }

    private Truth ordered(Condition.Ordered ordered, MemoryRow row) {
        Found earlier = moments.find(ordered.earlier(), row);
        Found later = moments.find(ordered.later(), row);
        return earlier == null || later == null ? Truth.UNKNOWN : Truth.of(earlier.compareTo(later) <= 0);
    }

    private static List<List<String>> single(List<String> values) {
        return values.stream().map(List::of).toList();
    }

    private Truth keyIn(
            List<String> columns, Match match, List<List<String>> texts, MemoryRow row, @Nullable KeySet cached) {
        List<Object> key = MemoryIndexes.key(row.values(columns), match);
        if (key == null) {
            return row.values(columns).contains(null) ? Truth.UNKNOWN : Truth.FALSE;
        }
        List<ValueType> types =
                columns.stream().map(column -> store.type(row.table(), column)).toList();
        Set<List<Object>> known = cached == null
                ? readKeys(texts, types, match)
                : keys.computeIfAbsent(cached, set -> new HashMap<>())
                        .computeIfAbsent(new KeyColumns(types, match), of -> readKeys(texts, types, match));
        return Truth.of(known.contains(key));
    }

    private static Set<List<Object>> readKeys(List<List<String>> texts, List<ValueType> types, Match match) {
        Set<List<Object>> read = new HashSet<>();
        for (List<String> text : texts) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                values.add(match == Match.EXACT ? readOrNull(types.get(i), text.get(i)) : text.get(i));
            }
            List<Object> key = MemoryIndexes.key(values, match);
            if (key != null) {
                read.add(key);
            }
        }
        return read;
    }

    /** A text that is no value of the type equals no value of it. */
    private static @Nullable Object readOrNull(ValueType type, String text) {
        try {
            return type.read(text);
        } catch (IllegalArgumentException notOfThisType) {
            return null;
        }
    }

    private Set<MemoryRow> above(Link parent, MemoryRow row) {
        Set<MemoryRow> above = new HashSet<>();
        Deque<MemoryRow> open = new ArrayDeque<>(List.of(row));
        while (!open.isEmpty()) {
            for (MemoryRow next : store.targets(parent, open.pop())) {
                if (above.add(next)) {
                    open.push(next);
                }
            }
        }
        above.remove(row);
        return above;
    }

    private boolean surpassed(Condition.Surpassed surpassed, MemoryRow row) {
        Found own = moments.find(surpassed.moment(), row);
        if (own == null) {
            return true;
        }
        Map<MemoryRow, Found> byTarget = bestByTarget(surpassed);
        for (MemoryRow target : store.targets(surpassed.path(), List.of(row))) {
            Found other = byTarget.get(target);
            int order = other == null ? 0 : other.compareTo(own);
            if (surpassed.earliest() ? order < 0 : order > 0) {
                return true;
            }
        }
        return false;
    }

    private Map<MemoryRow, Found> bestByTarget(Condition.Surpassed surpassed) {
        if (bestAt != store.version()) {
            best.clear();
            bestAt = store.version();
        }
        return best.computeIfAbsent(surpassed, s -> {
            Map<MemoryRow, Found> byTarget = new HashMap<>();
            for (MemoryRow row : store.rows(surpassed.path().getFirst().from())) {
                Found found = moments.find(surpassed.moment(), row);
                if (found != null) {
                    store.targets(surpassed.path(), List.of(row))
                            .forEach(target -> byTarget.merge(
                                    target, found, (a, b) -> a.compareTo(b) <= 0 == surpassed.earliest() ? a : b));
                }
            }
            return byTarget;
        });
    }

    private boolean referred(Condition.Referred referred, MemoryRow row) {
        boolean found = false;
        for (MemoryRow other : store.pointing(referred.link(), row)) {
            found |= other != row && !evaluate(referred.removable(), other).isTrue();
        }
        return found;
    }

    private Cutoff cutoff(Cutoff planned) {
        return asOf.map(other -> cutoffs.computeIfAbsent(planned, cutoff -> cutoff.at(other)))
                .orElse(planned);
    }
}
