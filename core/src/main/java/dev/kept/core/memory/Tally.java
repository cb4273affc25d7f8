package dev.kept.core.memory;

import dev.kept.core.datamap.TableName;
import dev.kept.core.memory.Result.Counts;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts of a run, growing. */
final class Tally {
    private final Map<TableName, Counts> counts = new LinkedHashMap<>();

    void deleted(TableName table, long rows) {
        add(table, new Counts(rows, 0, 0, 0, 0, 0));
    }

    void cleared(TableName table, long rows) {
        add(table, new Counts(0, rows, 0, 0, 0, 0));
    }

    void rekeyed(TableName table, long rows) {
        add(table, new Counts(0, 0, rows, 0, 0, 0));
    }

    void released(TableName table, long rows) {
        add(table, new Counts(0, 0, 0, rows, 0, 0));
    }

    void looked(TableName table, long unknown, long leftover) {
        add(table, new Counts(0, 0, 0, 0, unknown, leftover));
    }

    private void add(TableName table, Counts more) {
        counts.merge(table, more, Counts::plus);
    }

    long changed() {
        return counts.values().stream().mapToLong(Counts::changed).sum();
    }

    Result result() {
        return new Result(counts);
    }
}
