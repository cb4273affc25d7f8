package dev.kept.core.memory;

import dev.kept.core.datamap.Link;
import dev.kept.core.lifecycle.TablePlan.Rekey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives rows a new key and lets all that refers to them follow. */
final class Rekeying {
    /** Larger than any number of rows. */
    private static final long NEXT = 1L << 40;

    private final MemoryStore store;
    private final MemoryConstraints constraints;
    private final long salt;

    /** @param salt so that one run does not give the keys that another gave */
    Rekeying(MemoryStore store, MemoryConstraints constraints, long salt) {
        this.salt = mixed(salt);
        this.store = store;
        this.constraints = constraints;
    }

    /** The rows that still have a key of their own. */
    List<MemoryRow> due(Rekey rekey, Collection<MemoryRow> rows) {
        return rows.stream()
                .filter(row -> rekey.columns().stream().anyMatch(column -> !replaced(rekey, row, column)))
                .toList();
    }

    private static boolean replaced(Rekey rekey, MemoryRow row, String column) {
        String text = row.text(column);
        return text == null || rekey.shape(column).replaced(text);
    }

    void rekey(Rekey rekey, List<MemoryRow> rows) {
        Map<MemoryRow, Map<String, @Nullable Object>> changes = new LinkedHashMap<>();
        Deque<MemoryRow> open = new ArrayDeque<>();
        for (MemoryRow row : rows) {
            Map<String, @Nullable Object> change = new LinkedHashMap<>();
            for (String column : rekey.columns()) {
                if (!replaced(rekey, row, column)) {
                    change.put(column, fresh(rekey, row, column));
                }
            }
            changes.put(row, change);
            open.add(row);
        }
        while (!open.isEmpty()) {
            MemoryRow row = open.pop();
            Map<String, @Nullable Object> change = Objects.requireNonNull(changes.get(row));
            rekey.followers().stream()
                    .filter(link -> link.to().equals(row.table()))
                    .forEach(link -> follow(link, row, change, changes, open));
        }
        constraints.update(changes);
    }

    private void follow(
            Link link,
            MemoryRow row,
            Map<String, @Nullable Object> change,
            Map<MemoryRow, Map<String, @Nullable Object>> changes,
            Deque<MemoryRow> open) {
        for (MemoryRow follower : store.pointing(link, row)) {
            Map<String, @Nullable Object> theirs = changes.computeIfAbsent(follower, f -> new LinkedHashMap<>());
            boolean grew = false;
            for (int i = 0; i < link.columns().size(); i++) {
                String there = link.targetColumns().get(i);
                String here = link.columns().get(i);
                if (change.containsKey(there) && !theirs.containsKey(here)) {
                    theirs.put(here, change.get(there));
                    grew = true;
                }
            }
            if (grew) {
                open.add(follower);
            }
        }
    }

    /** Random-looking, and the same for the same row and T: drawn from the row's number, not from its values. */
    private String fresh(Rekey rekey, MemoryRow row, String column) {
        long number = row.id() ^ salt;
        String key;
        do {
            key = rekey.shape(column).of("%016x%016x".formatted(mixed(number), mixed(~number)));
            number += NEXT;
        } while (stands(row, column, key));
        return key;
    }

    /** Whether another row was given the key before. */
    private boolean stands(MemoryRow row, String column, String key) {
        return store.rows(row.table()).stream().anyMatch(other -> key.equals(other.text(column)));
    }

    /** The finaliser of SplitMix64, a bijection: different rows have different keys. */
    private static long mixed(long id) {
        long z = id + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
