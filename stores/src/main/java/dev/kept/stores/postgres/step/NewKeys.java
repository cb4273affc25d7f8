package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What personal keys are replaced by: drawn by chance, but for those that somebody else knows and has to follow, which were settled before the
 * run.
 *
 * @param settled hexadecimal digits by table and primary key, its columns' values as PostgreSQL prints them
 */
public record NewKeys(Map<TableName, Map<List<String>, String>> settled) {

    public static final NewKeys BY_CHANCE = new NewKeys(Map.of());

    public NewKeys {
        Map<TableName, Map<List<String>, String>> copy = new HashMap<>();
        settled.forEach((table, keys) -> copy.put(table, Map.copyOf(keys)));
        settled = Map.copyOf(copy);
    }

    /** The digits of the key that takes the place of this one. */
    String digits(TableName table, List<String> key) {
        return Optional.ofNullable(settled.getOrDefault(table, Map.of()).get(key))
                .orElseGet(() -> UUID.randomUUID().toString().replace("-", ""));
    }

    /** Never the keys: they are persons'. */
    @Override
    public String toString() {
        return "new keys";
    }
}
