package dev.kept.core.model;

import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what an executor left with what the model expects: row by row, cleared values and fresh keys by their kind. */
public final class Comparison {

    /** With what texts begin that have taken another's place; they may stay where a value is expected to be cleared. */
    private static final String REPLACED = "erased";

    /** How many pairings of rows with fresh keys are tried before the comparison gives up. */
    private static final int MAX_PAIRINGS = 200_000;

    private final Database before;
    private final Map<Integer, Object> fresh = new HashMap<>();
    private int pairings;

    private Comparison(Database before) {
        this.before = before;
    }

    private record Pending(TableName table, Map<String, @Nullable Object> expected) {}

    /** What differs, one line each; empty where nothing does. Texts of {@code before} must not stand where one was to be cleared. */
    public static List<String> differences(Database before, Database expected, Database actual) {
        return new Comparison(before).compare(expected, actual);
    }

    private List<String> compare(Database expected, Database actual) {
        List<String> differences = new ArrayList<>();
        Set<TableName> tables = new LinkedHashSet<>(expected.tables().keySet());
        tables.addAll(actual.tables().keySet());
        List<Pending> pending = new ArrayList<>();
        Map<TableName, List<Map<String, @Nullable Object>>> left = new HashMap<>();
        for (TableName table : tables) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>(actual.rows(table));
            left.put(table, rows);
            List<Map<String, @Nullable Object>> wanted = new ArrayList<>(expected.rows(table));
            wanted.sort(Comparator.comparingInt(Comparison::openCells));
            for (Map<String, @Nullable Object> row : wanted) {
                if (row.values().stream().anyMatch(Forgotten.FreshKey.class::isInstance)) {
                    pending.add(new Pending(table, row));
                } else if (!removeMatch(table, row, rows)) {
                    differences.add(table + " lacks " + row);
                }
            }
        }
        if (!pair(pending, 0, left)) {
            pending.forEach(p -> differences.add(p.table() + " lacks (or pairs wrongly) " + p.expected()));
        }
        left.forEach((table, rows) -> rows.forEach(row -> differences.add(table + " has in excess " + row)));
        return differences;
    }

    private static int openCells(Map<String, @Nullable Object> row) {
        return (int) row.values().stream().filter(Forgotten.class::isInstance).count();
    }

    private boolean removeMatch(
            TableName table, Map<String, @Nullable Object> wanted, List<Map<String, @Nullable Object>> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (matches(table, wanted, rows.get(i))) {
                rows.remove(i);
                return true;
            }
        }
        return false;
    }

    private boolean pair(List<Pending> pending, int from, Map<TableName, List<Map<String, @Nullable Object>>> left) {
        if (from == pending.size()) {
            return true;
        }
        Pending next = pending.get(from);
        List<Map<String, @Nullable Object>> rows = Objects.requireNonNull(left.get(next.table()));
        for (int i = 0; i < rows.size() && pairings++ < MAX_PAIRINGS; i++) {
            Map<String, @Nullable Object> row = rows.get(i);
            Map<Integer, Object> known = new HashMap<>(fresh);
            if (matches(next.table(), next.expected(), row)) {
                rows.remove(i);
                if (pair(pending, from + 1, left)) {
                    return true;
                }
                rows.add(i, row);
            }
            fresh.clear();
            fresh.putAll(known);
        }
        return false;
    }

    private boolean matches(
            TableName table, Map<String, @Nullable Object> wanted, Map<String, @Nullable Object> actual) {
        if (!wanted.keySet().equals(actual.keySet())) {
            return false;
        }
        for (String column : wanted.keySet()) {
            if (!matches(table, column, wanted.get(column), actual.get(column))) {
                return false;
            }
        }
        return true;
    }

    private boolean matches(TableName table, String column, @Nullable Object wanted, @Nullable Object actual) {
        return switch (wanted) {
            case Forgotten.Cleared cleared -> cleared(table, column, cleared, actual);
            case Forgotten.FreshKey key -> fresh(table, column, key, actual);
            case null, default -> Values.same(wanted, actual);
        };
    }

    private boolean cleared(TableName table, String column, Forgotten.Cleared wanted, @Nullable Object actual) {
        if (actual == null) {
            return wanted.nullAllowed();
        }
        if (wanted.constant().isPresent()) {
            return Values.same(wanted.constant().get(), actual)
                    || Values.print(wanted.constant().get()).equals(Values.print(actual));
        }
        return !(actual instanceof String text) || !stoodThere(table, column, text);
    }

    private boolean stoodThere(TableName table, String column, String text) {
        return !text.isBlank()
                && !text.startsWith(REPLACED)
                && before.rows(table).stream().anyMatch(row -> text.equals(row.get(column)));
    }

    private boolean fresh(TableName table, String column, Forgotten.FreshKey wanted, @Nullable Object actual) {
        if (actual == null || before.rows(table).stream().anyMatch(row -> Values.same(actual, row.get(column)))) {
            return false;
        }
        Object known = fresh.get(wanted.number());
        if (known != null) {
            return Values.same(known, actual);
        }
        if (fresh.values().stream().anyMatch(other -> Values.same(other, actual))) {
            return false;
        }
        fresh.put(wanted.number(), actual);
        return true;
    }
}
