package dev.kept.core.rights;

import dev.kept.core.lifecycle.Moment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Until when the rows of a table are held, and their columns: those for the same uses are reckoned once, and a row that is dated like the one before it
 * is not reckoned again. For one reader.
 */
public final class Untils {

    private final SeenTable table;
    private final Dates dates;

    /** Where a row has the time of a moment; by the very moments that the terms name, since to compare two takes long. */
    private final IdentityHashMap<Moment, Integer> positions = new IdentityHashMap<>();

    /** The terms that count for the row, then those of each different set of uses. */
    private final List<BitSet> groups = new ArrayList<>();

    /** Of each column, which of them counts. */
    private final List<Integer> groupOf = new ArrayList<>();

    private Optional<Reckoned> last = Optional.empty();

    private record Reckoned(SeenRow row, Held held) {}

    public Untils(SeenTable table, Dates dates) {
        this.table = table;
        this.dates = dates;
        List<Moment> moments = table.moments();
        table.terms().stream()
                .flatMap(term -> term.ends().stream())
                .flatMap(List::stream)
                .flatMap(clause -> clause.chain().stream())
                .forEach(moment -> positions.put(moment, moments.indexOf(moment)));
        Map<BitSet, Integer> known = new LinkedHashMap<>();
        group(table.uses(), known);
        table.columns()
                .forEach(column -> groupOf.add(
                        group(column.sort() == SeenColumn.Sort.DATA ? column.uses() : table.uses(), known)));
        groups.addAll(known.keySet());
    }

    private int group(Collection<String> uses, Map<BitSet, Integer> known) {
        BitSet served = new BitSet();
        for (int i = 0; i < table.terms().size(); i++) {
            served.set(i, uses.contains(table.terms().get(i).use()));
        }
        return known.computeIfAbsent(served, set -> known.size());
    }

    /**
     * Until when a row is held.
     *
     * @param whole the row
     * @param columns each column's value, in their order; what is no data by itself goes with the row
     */
    public record Held(Until whole, List<Until> columns) {
        public Held {
            columns = List.copyOf(columns);
        }
    }

    public Held of(SeenRow row) {
        Optional<Reckoned> before = last.filter(known -> known.row().ended().equals(row.ended())
                && known.row().mine().equals(row.mine())
                && known.row().times().equals(row.times()));
        if (before.isPresent()) {
            return before.get().held();
        }
        List<Until> reckoned = new ArrayList<>(groups.size());
        groups.forEach(served -> reckoned.add(until(row, served)));
        Held held = new Held(
                reckoned.getFirst(), groupOf.stream().map(reckoned::get).toList());
        last = Optional.of(new Reckoned(row, held));
        return held;
    }

    private Until until(SeenRow row, BitSet served) {
        if (table.shared()) {
            return new Until.Pointed();
        }
        Until until = new Until.Ended();
        for (int i = served.nextSetBit(0); i >= 0; i = served.nextSetBit(i + 1)) {
            Term term = table.terms().get(i);
            if (row.mine().get(term.way())) {
                until = Until.later(
                        until,
                        dates.of(
                                term,
                                row.ended().get(i),
                                moment -> row.times().get(Objects.requireNonNull(positions.get(moment)))));
            }
        }
        return until;
    }
}
