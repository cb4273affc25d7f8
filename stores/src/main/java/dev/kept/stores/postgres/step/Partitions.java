package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.List;

/**
 * Detaches partitions whose rows have all ended, and drops them; a partition of which that turns out not to be so is attached again.
 *
 * <p>Detaching goes {@code CONCURRENTLY}: who reads or writes the table does not wait. It is no transaction and may break off anywhere; {@link #attached}
 * finds out where, and undoes it. Tables that the partition refers to are locked for a moment, and never waited for longer than the session's limit.
 */
public final class Partitions {

    /** How often it is tried to settle what a transaction is in the way of; each time the session's own limit for locks is waited for. */
    private static final int MOST_ATTEMPTS = 3;

    /** A partition's rows are of a time that is over: a day more, whatever the time zone in which its bounds are meant. */
    private static final String OVER = "EXISTS (SELECT FROM pg_partition_ancestors(c.oid) a"
            + " JOIN pg_class k ON k.oid = a.relid AND k.relispartition"
            + " JOIN pg_inherits i ON i.inhrelid = k.oid"
            + " JOIN pg_partitioned_table w ON w.partrelid = i.inhparent AND w.partstrat = 'r' AND w.partnatts = 1"
            + " JOIN pg_attribute b ON b.attrelid = w.partrelid AND b.attnum = w.partattrs[0]"
            + " WHERE CASE WHEN b.atttypid IN ('date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype)"
            + " THEN (regexp_match(pg_get_expr(k.relpartbound, k.oid), ' TO \\(''([^'']*)''\\)$'))[1]::timestamptz"
            + " <= now() - interval '1 day' END)";

    /** Changes that are handed on row by row would not be. */
    private static final String PUBLISHED = "EXISTS (SELECT FROM pg_publication_tables u"
            + " JOIN pg_namespace un ON un.nspname = u.schemaname JOIN pg_class uc ON uc.relnamespace = un.oid AND uc.relname = u.tablename"
            + " JOIN pg_partition_ancestors(c.oid) a ON a.relid = uc.oid)";

    /**
     * Detaching waits for whoever uses the table, and for whoever began before: whoever has done so for long would have it break off half-way. Queries of a
     * moment are waited for.
     */
    private static final String IN_THE_WAY =
            "SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_stat_activity o ON o.pid = l.pid"
                    + " WHERE l.pid <> pg_backend_pid() AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                    + " AND o.xact_start < clock_timestamp() - interval '1 second')";

    /** A view, or a foreign key, of the partition itself. */
    private static final String NEEDED = "EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass"
            + " AND d.refobjid = c.oid AND d.deptype = 'n'"
            + " AND NOT EXISTS (SELECT FROM pg_constraint own WHERE d.classid = 'pg_constraint'::regclass AND own.oid = d.objid"
            + " AND own.conrelid = c.oid))";

    private static final String CANDIDATES =
            "SELECT n.nspname, c.relname, pn.nspname, p.relname, pg_get_expr(c.relpartbound, c.oid) FROM pg_partition_tree(";

    private static final String THAT_FIT = "::regclass) t"
            + " JOIN pg_class c ON c.oid = t.relid AND c.relkind = 'r' JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " JOIN pg_class p ON p.oid = t.parentrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace"
            + " JOIN pg_partitioned_table pt ON pt.partrelid = p.oid AND pt.partdefid = 0"
            + " WHERE t.isleaf AND pg_has_role(c.relowner, 'USAGE') AND pg_has_role(p.relowner, 'USAGE')"
            + " AND " + OVER + " AND NOT " + PUBLISHED + " AND NOT " + NEEDED
            + " ORDER BY n.nspname, c.relname";

    private final Statements statements;

    public Partitions(Catalogue catalogue) {
        this.statements = new Statements(new SqlTables(catalogue));
    }

    /** Partitions of a time that is over which this role may drop, and of which nothing hangs that would be missed. */
    public List<Partition> candidates(TableName table, StoreConnection store) {
        Answer answer = store.run(Sql.of(CANDIDATES, Sql.literal(SqlTables.name(table)), THAT_FIT));
        store.rollback();
        return answer.rows().stream()
                .map(row -> new Partition(
                        new TableName(String.valueOf(row.get(0)), String.valueOf(row.get(1))),
                        new TableName(String.valueOf(row.get(2)), String.valueOf(row.get(3))),
                        String.valueOf(row.get(4))))
                .toList();
    }

    /** Whether the partition has rows, and the plan deletes all of them; not where one statement does not find out in time. */
    public boolean ended(TablePlan plan, Partition partition, StoreConnection store) {
        try {
            return store.run(statements.ended(part(plan, partition), plan.removable()))
                    .yes(0);
        } catch (StoreException e) {
            if (e.kind() != Kind.TIME_LIMIT) {
                throw e;
            }
            return false;
        } finally {
            store.rollback();
        }
    }

    private static Part part(TablePlan plan, Partition partition) {
        return Part.relation(plan.table(), partition.name());
    }

    /** Whether a transaction has been open for so long that it may be in the way. */
    public boolean inTheWay(StoreConnection store) {
        boolean there = store.run(Sql.of(IN_THE_WAY)).yes(0);
        store.rollback();
        return there;
    }

    /** Takes the partition out of its table. */
    public void detach(Partition partition, StoreConnection store) {
        store.alone(alter(partition, "DETACH PARTITION " + SqlTables.name(partition.name()) + " CONCURRENTLY"));
    }

    private static Sql alter(Partition partition, String how) {
        return Sql.of("ALTER TABLE " + SqlTables.name(partition.parent()) + " " + how);
    }

    /**
     * Drops a detached partition in the open transaction, if all of its rows still have ended; while that is asked nobody else reaches them.
     *
     * @param tally gets its rows, of the table whose partition it was
     */
    public void drop(TablePlan plan, Partition partition, StoreConnection store, Tally tally) {
        store.run(Sql.of("LOCK TABLE " + SqlTables.name(partition.name()) + " IN ACCESS EXCLUSIVE MODE"));
        Answer rows = store.run(statements.staying(part(plan, partition), plan.removable()));
        if (!rows.yes(1)) {
            store.run(Sql.of("DROP TABLE " + SqlTables.name(partition.name())));
            tally.deleted(plan.table(), rows.number(0));
        }
    }

    /**
     * Sees to it that a partition that was to be detached is one of its table again, wherever detaching it broke off.
     *
     * @return false where it is not there any more
     * @throws StoreException where that cannot be done just now, or not by Kept: then somebody has to attach it by hand, or to drop it
     */
    public static boolean attached(Partition partition, StoreConnection store) {
        Answer answer = store.run(Sql.of(
                "SELECT c.oid IS NOT NULL, i.inhrelid IS NOT NULL, coalesce(i.inhdetachpending, false) FROM (SELECT to_regclass(",
                Parameter.value(SqlTables.name(partition.name())),
                ") AS oid) c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid"));
        store.rollback();
        if (!answer.yes(0)) {
            return false;
        }
        if (answer.yes(2)) {
            patiently(() -> store.alone(
                    alter(partition, "DETACH PARTITION " + SqlTables.name(partition.name()) + " FINALIZE")));
        }
        if (answer.yes(2) || !answer.yes(1)) {
            patiently(() -> store.alone(alter(
                    partition, "ATTACH PARTITION " + SqlTables.name(partition.name()) + " " + partition.bounds())));
        }
        return true;
    }

    private static void patiently(Runnable work) {
        for (int attempt = 1; ; attempt++) {
            try {
                work.run();
                return;
            } catch (StoreException e) {
                if (e.kind() != Kind.CONFLICT || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
