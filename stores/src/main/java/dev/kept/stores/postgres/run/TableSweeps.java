package dev.kept.stores.postgres.run;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.WholePartitions;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import dev.kept.stores.postgres.step.Batches;
import dev.kept.stores.postgres.step.Counts;
import dev.kept.stores.postgres.step.NewKeys;
import dev.kept.stores.postgres.step.Part;
import dev.kept.stores.postgres.step.Partition;
import dev.kept.stores.postgres.step.Partitions;
import dev.kept.stores.postgres.step.Tally;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One pass over a table: for everybody by ranges of blocks, one relation after the other; for persons by their keys.
 *
 * <p>A range is only a hint where to look: rows move, also into blocks already visited, so that only a look says what is left.
 */
final class TableSweeps {

    private final SqlTables tables;
    private final Batches batches;
    private final Transactions transactions;
    private final RunWatch watch;
    private final RunOptions options;
    private final long rows;
    private final Partitions partitions;

    /** Tables whose partitions are dropped where all of their rows have ended. */
    private final Set<TableName> dropping;

    private int step;
    private long batch;

    TableSweeps(
            Catalogue catalogue,
            Transactions transactions,
            RunWatch watch,
            RunOptions options,
            Plan plan,
            NewKeys newKeys) {
        this.dropping = plan.dropping();
        this.partitions = new Partitions(catalogue);
        this.tables = new SqlTables(catalogue);
        this.batches = new Batches(catalogue, newKeys);
        this.transactions = transactions;
        this.watch = watch;
        this.options = options;
        this.rows = plan.tables().mapToLong(table -> table.cost().rows()).anyMatch(count -> count < 0)
                ? -1
                : plan.tables().mapToLong(table -> table.cost().rows()).sum();
    }

    /** Whether the whole table was passed; false where the run was asked to stop. */
    boolean sweep(TablePlan plan) {
        step++;
        batch = 0;
        boolean whole = switch (plan.reach()) {
            case Reach.Everything everything when plan.groups() -> together(plan);
            case Reach.Everything everything -> dropped(plan) && byBlocks(plan);
            default -> byKeys(plan);
        };
        transactions.session().faults().reached(Point.TABLE_PASSED);
        return whole;
    }

    /** Drops whole partitions where the map wants it and nothing speaks against it; false where the run was asked to stop. */
    private boolean dropped(TablePlan plan) {
        if (!dropping.contains(plan.table()) || !Batches.decidedAlone(plan) || !WholePartitions.onlyDeletes(plan)) {
            return true;
        }
        StoreConnection store = transactions.session().connection();
        for (Partition partition : partitions.candidates(plan.table(), store)) {
            if (watch.stopRequested()) {
                return false;
            }
            if (partitions.ended(plan, partition, store) && !partitions.inTheWay(store)) {
                drop(plan, partition);
            }
        }
        return true;
    }

    private void drop(TablePlan plan, Partition partition) {
        StoreSession session = transactions.session();
        // Not while it stands detached: nobody is handed anything of the table then.
        transactions.pacing().next();
        transactions.journal().detaching(partition);
        session.faults().reached(Point.DETACHING_NOTED);
        try {
            partitions.detach(partition, session.connection());
            session.faults().reached(Point.DETACHED);
            transactions.batch(new BatchId(step, ++batch, plan.table()), () -> {
                Tally tally = new Tally();
                partitions.drop(plan, partition, session.connection(), tally);
                return tally;
            });
        } catch (StoreException e) {
            if (e.kind() == Kind.LOST) {
                throw e;
            }
            // What keeps it from being dropped may be gone at the next sweep; its rows go one by one.
        }
        try {
            boolean attached = Partitions.attached(partition, session.connection());
            transactions.journal().settled(partition, !attached);
        } catch (StoreException e) {
            if (e.kind() == Kind.LOST) {
                throw e;
            }
            // It is noted, tried again by whatever is done next, and until then nothing of the store is called done.
        }
    }

    /** The table, or those of its partitions that are still there: since they were read, some may have been dropped. */
    private List<TableName> relations(TableName table) {
        List<TableName> relations = tables.relations(table);
        if (tables.table(table).partitioning().isEmpty()) {
            return relations;
        }
        StoreConnection store = transactions.session().connection();
        List<TableName> there = relations.stream()
                .filter(relation -> store.run(Sql.of(
                                "SELECT to_regclass(", Parameter.value(SqlTables.name(relation)), ") IS NOT NULL"))
                        .yes(0))
                .toList();
        store.rollback();
        return there;
    }

    private boolean byBlocks(TablePlan plan) {
        List<TableName> relations = relations(plan.table());
        for (TableName relation : relations) {
            long blocks = blocks(relation);
            BatchSize size = new BatchSize(
                    Math.min(RunOptions.FIRST_BLOCKS, blocks), RunOptions.MOST_BLOCKS, options.batchTarget());
            long from = 0;
            while (from < blocks) {
                if (watch.stopRequested()) {
                    return false;
                }
                size.aim(transactions.pacing().target(), transactions.pacing().blocks());
                long to = Math.min(blocks, from + size.blocks());
                boolean treated;
                try {
                    treated = treat(plan, Part.blocks(plan.table(), relation, from, to))
                            .isPresent();
                } catch (StoreException e) {
                    if (e.kind() != Kind.TIME_LIMIT || size.blocks() == 1) {
                        throw e;
                    }
                    size.tookTooLong();
                    continue;
                }
                from = to;
                if (treated) {
                    size.took(transactions.pacing().lastTook());
                }
                progress(plan, from, blocks);
            }
        }
        return true;
    }

    /**
     * Rows that leave something go together, since a group is made of rows from all over the table: up to a number of them in one transaction,
     * in the order of their keys. What is cleared in rows that stay comes after them, in batches.
     */
    private boolean together(TablePlan plan) {
        TablePlan deletions = plan.deletionsOnly();
        int most = options.rowsGrouped();
        long deleted = most;
        while (!plan.removable().equals(Condition.FALSE) && deleted >= most) {
            if (watch.stopRequested()) {
                return false;
            }
            try {
                deleted = treat(deletions, Part.reached(plan.table(), plan.table(), plan.reach(), OptionalInt.of(most)))
                        .map(tally -> tally.counts().getOrDefault(plan.table(), Counts.NONE))
                        .map(Counts::deleted)
                        .orElse(0L);
            } catch (StoreException e) {
                if (e.kind() != Kind.TIME_LIMIT || most == 1) {
                    throw e;
                }
                most = Math.max(1, most / 4);
                deleted = most;
            }
        }
        TablePlan rest = plan.withoutDeletions();
        return (rest.clearings().isEmpty() && rest.rekey().isEmpty()) || byBlocks(rest);
    }

    private long blocks(TableName relation) {
        StoreConnection store = transactions.session().connection();
        long blocks = store.run(Sql.of(
                        "SELECT pg_relation_size(",
                        Parameter.value(SqlTables.name(relation)),
                        "::regclass) / current_setting('block_size')::bigint"))
                .number(0);
        store.rollback();
        return blocks;
    }

    /** What goes is gone before what stays is emptied: a row that has lost its link would not be found by the next batch. */
    private boolean byKeys(TablePlan plan) {
        TablePlan deletions = plan.deletionsOnly();
        return (deletions.equals(plan) || byKeysOnce(deletions)) && byKeysOnce(plan);
    }

    private boolean byKeysOnce(TablePlan plan) {
        int chunks = KeyChunks.count(plan.reach(), options.keysPerBatch());
        for (int chunk = 0; chunk < chunks; chunk++) {
            Reach reach = KeyChunks.chunk(plan.reach(), chunk, options.keysPerBatch());
            for (TableName relation : relations(plan.table())) {
                if (!byRows(plan, relation, reach)) {
                    return false;
                }
            }
            progress(plan, chunk + 1, chunks);
        }
        return true;
    }

    /** Batches of so many rows until one is not full; never more than the rows could need: then what is done to them does not stay. */
    private boolean byRows(TablePlan plan, TableName relation, Reach reach) {
        long most = Unrest.MOST_EQUAL_PASSES;
        boolean more = true;
        for (long round = 1; more; round++) {
            if (watch.stopRequested()) {
                return false;
            }
            int full = transactions.pacing().rows();
            if (round == Unrest.MOST_EQUAL_PASSES) {
                Part whole = Part.reached(plan.table(), relation, reach, OptionalInt.empty());
                // As many rounds as the smallest batches would take that there may be.
                most += 2 * batches.rows(whole, transactions.session().connection()) / Math.min(full, Pacing.FEW_ROWS);
            }
            if (round > most) {
                throw Unrest.comingBack(List.of(plan.table()));
            }
            Part part = Part.reached(plan.table(), relation, reach, OptionalInt.of(full));
            more = treat(plan, part).map(Tally::changed).orElse(0L) >= full;
        }
        return true;
    }

    private Optional<Tally> treat(TablePlan plan, Part part) {
        return transactions.batch(
                new BatchId(step, ++batch, plan.table()),
                () -> batches.treat(
                        plan,
                        part,
                        transactions.session().connection(),
                        transactions.session().faults()));
    }

    private void progress(TablePlan plan, long done, long total) {
        watch.progress(
                new RunWatch.Progress(plan.table(), done, total, transactions.changed(), rows, transactions.elapsed()));
    }
}
