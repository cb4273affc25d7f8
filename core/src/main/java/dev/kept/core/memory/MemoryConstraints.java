package dev.kept.core.memory;

import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.datamap.Match;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * NOT NULL, keys, UNIQUE and foreign keys. Nothing cascades here: a row that is still referred to may not go, whatever its foreign key would
 * do about it.
 */
final class MemoryConstraints {
    private final MemoryStore store;

    MemoryConstraints(MemoryStore store) {
        this.store = store;
    }

    /** Deletes the rows together, as one statement would. */
    void delete(Collection<MemoryRow> rows) {
        store.delete(rows);
        for (MemoryRow row : rows) {
            for (ForeignKey key : store.catalogue().referringTo(row.table())) {
                refuseOrphans(key, row.values(key.targetColumns()));
            }
        }
    }

    /** Writes the changes together, as one statement would. */
    void update(Map<MemoryRow, Map<String, @Nullable Object>> changes) {
        Map<MemoryRow, Map<String, @Nullable Object>> before = new LinkedHashMap<>();
        changes.forEach((row, change) -> {
            before.put(row, row.values());
            store.update(row, change);
        });
        changes.forEach((row, change) -> {
            broken(row, change.keySet()).ifPresent(name -> {
                throw broken(name, row.table().toString());
            });
            Map<String, @Nullable Object> old = before.getOrDefault(row, Map.of());
            for (ForeignKey key : store.catalogue().referringTo(row.table())) {
                if (!Collections.disjoint(key.targetColumns(), change.keySet())) {
                    List<@Nullable Object> values = new ArrayList<>();
                    key.targetColumns().forEach(column -> values.add(old.get(column)));
                    refuseOrphans(key, values);
                }
            }
        });
    }

    private void refuseOrphans(ForeignKey key, List<@Nullable Object> target) {
        boolean gone = store.matching(key.to(), key.targetColumns(), Match.EXACT, target)
                .isEmpty();
        boolean referred =
                !store.matching(key.from(), key.columns(), Match.EXACT, target).isEmpty();
        if (gone && referred) {
            throw broken(key.name(), key.from().toString());
        }
    }

    private static IllegalStateException broken(String constraint, String table) {
        return new IllegalStateException("the constraint `" + constraint + "` of `" + table + "` would not hold");
    }

    /** The first constraint of the row's own table, among those that concern the columns, that does not hold. */
    private Optional<String> broken(MemoryRow row, Set<String> columns) {
        CatalogueTable table = store.table(row.table());
        for (CatalogueColumn column : table.columns().values()) {
            if (columns.contains(column.name()) && column.notNull() && row.value(column.name()) == null) {
                return Optional.of(table.name() + "." + column.name() + " NOT NULL");
            }
        }
        return keysBroken(row, columns).stream().findFirst();
    }

    /** Keys, UNIQUE constraints and foreign keys of the row's own table that concern the columns and do not hold. */
    List<String> keysBroken(MemoryRow row, Set<String> columns) {
        CatalogueTable table = store.table(row.table());
        List<String> broken = new ArrayList<>();
        for (UniqueKey key : uniqueKeys(table)) {
            if (!Collections.disjoint(key.columns(), columns)
                    && store.matching(table.name(), key.columns(), Match.EXACT, row.values(key.columns()))
                                    .size()
                            > 1) {
                broken.add(key.name());
            }
        }
        for (ForeignKey key : table.foreignKeys()) {
            List<@Nullable Object> values = row.values(key.columns());
            if (!Collections.disjoint(key.columns(), columns)
                    && !values.contains(null)
                    && store.matching(key.to(), key.targetColumns(), Match.EXACT, values)
                            .isEmpty()) {
                broken.add(key.name());
            }
        }
        return broken;
    }

    /** Partial and expression indexes are left to the database. */
    private static List<UniqueKey> uniqueKeys(CatalogueTable table) {
        List<UniqueKey> keys = new ArrayList<>();
        if (!table.primaryKey().isEmpty()) {
            keys.add(new UniqueKey(table.name() + " primary key", table.primaryKey(), false, false, Optional.empty()));
        }
        table.uniqueKeys().stream()
                .filter(key -> !key.expression() && key.partial().isEmpty())
                .forEach(keys::add);
        return keys;
    }

    List<String> all() {
        Set<String> names = new HashSet<>();
        for (CatalogueTable table : store.catalogue().tables().values()) {
            for (MemoryRow row : store.rows(table.name())) {
                broken(row, table.columns().keySet()).ifPresent(names::add);
            }
        }
        return names.stream().sorted().toList();
    }
}
