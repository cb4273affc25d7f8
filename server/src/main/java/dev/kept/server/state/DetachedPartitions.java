package dev.kept.server.state;

import dev.kept.core.datamap.TableName;
import dev.kept.stores.postgres.step.Partition;
import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Partitions of a store that are about to be detached from their table and dropped, until it is known what became of them. */
public final class DetachedPartitions {

    private final Jdbi jdbi;

    DetachedPartitions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public static StateChange noted(String store, Partition partition) {
        return StateChange.of(
                "insert into kept.detached_partition (store, partition, parent, bounds) values (?, ?, ?, ?)"
                        + " on conflict (store, partition) do update set parent = excluded.parent, bounds = excluded.bounds,"
                        + " noted_at = now()",
                store,
                names(partition.name()),
                names(partition.parent()),
                partition.bounds());
    }

    public static StateChange settled(String store, Partition partition) {
        return StateChange.of(
                "delete from kept.detached_partition where store = ? and partition = ?",
                store,
                names(partition.name()));
    }

    /** Of which it is not known yet what became of them. */
    public List<Partition> open(String store) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select partition, parent, bounds from kept.detached_partition where store = ? order by partition")
                .bind(0, store)
                .map((row, context) -> new Partition(
                        name(row.getArray("partition")), name(row.getArray("parent")), row.getString("bounds")))
                .list());
    }

    private static List<String> names(TableName table) {
        return List.of(table.schema(), table.name());
    }

    private static TableName name(Array names) throws SQLException {
        String[] parts = (String[]) names.getArray();
        return new TableName(parts[0], parts[1]);
    }
}
