package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What transactions changed, by table. */
public final class Tally {

    private final Map<TableName, Counts> tables = new LinkedHashMap<>();

    void deleted(TableName table, long rows) {
        add(table, new Counts(rows, 0, 0, 0));
    }

    void cleared(TableName table, long rows) {
        add(table, new Counts(0, rows, 0, 0));
    }

    void rekeyed(TableName table, long rows) {
        add(table, new Counts(0, 0, rows, 0));
    }

    void released(TableName table, long rows) {
        add(table, new Counts(0, 0, 0, rows));
    }

    void grouped(TableName table, long rows) {
        add(table, new Counts(0, 0, 0, 0, rows, 0));
    }

    void added(TableName table, long groups) {
        add(table, new Counts(0, 0, 0, 0, 0, groups));
    }

    private void add(TableName table, Counts counts) {
        if (!counts.equals(Counts.NONE)) {
            tables.merge(table, counts, Counts::plus);
        }
    }

    public void add(Map<TableName, Counts> other) {
        other.forEach(this::add);
    }

    public Map<TableName, Counts> counts() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    public long changed() {
        return tables.values().stream().mapToLong(Counts::changed).sum();
    }
}
