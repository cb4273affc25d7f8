package dev.kept.core.cases;

import static dev.kept.core.cases.Findings.shown;

import dev.kept.core.cases.Case.Rows;
import dev.kept.core.datamap.TableName;
import dev.kept.core.memory.MemoryRow;
import dev.kept.core.memory.MemoryStore;
import dev.kept.core.value.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the rows that are left with those expected: row by row where the key is listed, else with the most alike. */
final class RowComparison {

    private final Setting setting;
    private final Findings findings;
    private final MemoryStore after;
    private final String where;

    RowComparison(Setting setting, Findings findings, MemoryStore after, String where) {
        this.setting = setting;
        this.findings = findings;
        this.after = after;
        this.where = where;
    }

    void compare(Rows expected) {
        expected.byTable().forEach(this::compareWritten);
    }

    private void compareWritten(TableName table, List<Map<String, @Nullable Object>> rows) {
        List<Map<String, @Nullable Object>> typed = new ArrayList<>();
        int index = 0;
        for (Map<String, @Nullable Object> row : rows) {
            setting.typed(table, row, "expect", where, table, index).ifPresent(typed::add);
            index++;
        }
        boolean known = setting.knownTable(table, "expect", where, table);
        if (known && typed.size() == rows.size()) {
            compare(table, typed);
        }
    }

    private void compare(TableName table, List<Map<String, @Nullable Object>> expected) {
        List<MemoryRow> left = new ArrayList<>(after.rows(table));
        for (int i = 0; i < expected.size(); i++) {
            Map<String, @Nullable Object> row = expected.get(i);
            Optional<MemoryRow> found = find(table, row, left);
            if (found.isEmpty()) {
                findings.differs(
                        "rows of `" + table + "`",
                        "the row " + shownRow(row, row.keySet()),
                        "it is not left",
                        "expect",
                        where,
                        table,
                        i);
            } else {
                left.remove(found.get());
                compare(table, i, row, found.get());
            }
        }
        for (MemoryRow extra : left) {
            List<String> naming = named(extra);
            findings.differs(
                    "rows of `" + table + "`",
                    expected.isEmpty() ? "none" : "no others than those listed",
                    "the row " + shownRow(extra.values(), naming) + " is left",
                    "expect",
                    where,
                    table);
        }
    }

    private void compare(TableName table, int index, Map<String, @Nullable Object> expected, MemoryRow actual) {
        for (String column : expected.keySet()) {
            Object wanted = expected.get(column);
            Object there = actual.value(column);
            if (!ValueType.same(wanted, there)) {
                findings.differs(
                        "`" + table + "." + column + "` of the row " + shownRow(actual.values(), named(actual)),
                        shown(wanted),
                        shown(there),
                        "expect",
                        where,
                        table,
                        index,
                        column);
            }
        }
    }

    /** The columns that tell which row it is. */
    private List<String> named(MemoryRow row) {
        List<String> key = after.table(row.table()).primaryKey();
        return key.isEmpty()
                ? row.values().keySet().stream()
                        .filter(column -> row.value(column) != null)
                        .toList()
                : key;
    }

    private Optional<MemoryRow> find(TableName table, Map<String, @Nullable Object> row, List<MemoryRow> left) {
        List<String> key = after.table(table).primaryKey();
        if (!key.isEmpty() && row.keySet().containsAll(key)) {
            return left.stream()
                    .filter(other -> alike(row, other, key) == key.size())
                    .findFirst();
        }
        List<String> listed = List.copyOf(row.keySet());
        return left.stream().max(Comparator.comparingInt(other -> alike(row, other, listed)));
    }

    private static int alike(Map<String, @Nullable Object> row, MemoryRow other, List<String> columns) {
        return (int) columns.stream()
                .filter(column -> ValueType.same(row.get(column), other.value(column)))
                .count();
    }

    static String shownRow(Map<String, @Nullable Object> row, Iterable<String> columns) {
        List<String> parts = new ArrayList<>();
        columns.forEach(column -> parts.add(column + ": " + shown(row.get(column))));
        return parts.stream().collect(Collectors.joining(", ", "(", ")"));
    }
}
