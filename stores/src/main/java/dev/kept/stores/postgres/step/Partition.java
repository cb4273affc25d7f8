package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.TableName;

/**
 * A partition on its way out of its table.
 *
 * @param parent the partitioned table it is a partition of
 * @param bounds as PostgreSQL writes them: {@code FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')}
 */
public record Partition(TableName name, TableName parent, String bounds) {}
