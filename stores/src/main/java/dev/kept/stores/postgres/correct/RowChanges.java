package dev.kept.stores.postgres.correct;

import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to stand in which rows: each row is changed once, with all that changes in it. */
final class RowChanges {

    /** A row with what is to stand in it. */
    record RowChange(Hand hand, Map<String, Assigned> assigned, Map<String, Found.Why> why) {}

    private final Map<RowPlace, RowChange> rows = new LinkedHashMap<>();

    /** What became of an assignment. */
    enum Put {
        NEW,
        SAME,
        CONFLICT
    }

    Put put(Hand hand, Assigned assigned, Found.Why why) {
        RowChange row = rows.computeIfAbsent(
                hand.place(), place -> new RowChange(hand, new LinkedHashMap<>(), new LinkedHashMap<>()));
        Assigned before = row.assigned().putIfAbsent(assigned.toString(), assigned);
        if (before == null) {
            row.why().put(assigned.toString(), why);
            return Put.NEW;
        }
        return before.equals(assigned) ? Put.SAME : Put.CONFLICT;
    }

    boolean has(RowPlace place, String id) {
        RowChange row = rows.get(place);
        return row != null && row.assigned().containsKey(id);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    List<RowChange> rows() {
        return List.copyOf(rows.values());
    }

    /** The row's columns as they will be; what stands at paths is left out. */
    static Map<String, Optional<String>> after(RowChange row) {
        Map<String, Optional<String>> after = new LinkedHashMap<>(row.hand().values());
        row.assigned().values().stream()
                .filter(assigned -> assigned.path().isEmpty())
                .forEach(assigned -> after.put(assigned.column(), assigned.value()));
        return after;
    }

    /** Rows that get the same values, together. */
    Map<Group, List<RowPlace>> groups() {
        Map<Group, List<RowPlace>> groups = new LinkedHashMap<>();
        rows.values().stream()
                .filter(row -> !row.assigned().isEmpty())
                .forEach(row -> groups.computeIfAbsent(
                                new Group(
                                        row.hand().place().table(),
                                        List.copyOf(row.assigned().values())),
                                group -> new ArrayList<>())
                        .add(row.hand().place()));
        return groups;
    }

    /** A table, and what is to stand in some of its rows. */
    record Group(TableName table, List<Assigned> assigned) {}

    /** Rows by column and reason. */
    List<Found.Counted> counted() {
        Map<Found.Counted, Long> counts = new LinkedHashMap<>();
        for (RowChange row : rows.values()) {
            row.why()
                    .forEach((id, why) ->
                            counts.merge(new Found.Counted(row.hand().place().table(), id, 1, why), 1L, Long::sum));
        }
        return counts.entrySet().stream()
                .map(one -> new Found.Counted(
                        one.getKey().table(),
                        one.getKey().column(),
                        one.getValue(),
                        one.getKey().why()))
                .toList();
    }
}
