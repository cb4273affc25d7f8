package dev.kept.stores.postgres.access;

import dev.kept.core.datamap.TableName;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.Beside;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Rows of statements, read through cursors: a few at a time, and more where none can be large. */
final class Cursor {

    /**
     * Each statement's has a name that no other in this process has, on whichever connection: the driver remembers by its text what a FETCH answers, and a pool hands
     * connections on.
     */
    private static final String NAME = "kept_access_";

    private static final AtomicLong LAST = new AtomicLong();

    /** Where less than so many percent is left of what a statement was given, it is given less: it runs beyond the limit by the rest at most. */
    private static final int ENOUGH_PERCENT = 90;

    private final StoreConnection store;
    private final TimeLimit limit;

    /** How long a statement may run by now. */
    private Duration given;

    /** @param limit in a transaction in which a statement may run for the whole of it */
    Cursor(StoreConnection store, TimeLimit limit) {
        this.store = store;
        this.limit = limit;
        this.given = limit.whole();
    }

    /** Is told the rows of a statement. */
    interface Rows {

        /** @return whether the next is wanted */
        boolean row(List<@Nullable String> row);
    }

    /**
     * A statement that reads a table.
     *
     * @param compressed asks whether a value of its rows is compressed
     */
    record Reads(TableName table, Sql sql, Sql compressed) {}

    /** @return whether all rows were wanted */
    boolean read(Reads reads, Rows rows) {
        String name = NAME + LAST.incrementAndGet();
        inTime();
        store.run(Sql.of("DECLARE " + name + " NO SCROLL CURSOR FOR ", reads.sql()));
        Answer first = fetch(name, AccessReading.ROWS_PER_FETCH);
        boolean wanted = told(first, rows);
        if (wanted && first.rows().size() == AccessReading.ROWS_PER_FETCH) {
            wanted = small(reads) ? ahead(name, rows) : oneByOne(name, rows);
        }
        store.run(Sql.of("CLOSE " + name));
        return wanted;
    }

    /**
     * Whether every row fits its page as it is handed out: nothing of the table was ever put aside for being too long (TOAST), with its partitions,
     * and nothing of hers is compressed. Only then more rows are read at once: of others each may be large.
     */
    private boolean small(Reads reads) {
        inTime();
        String name = Sql.literal(SqlTables.name(reads.table()));
        boolean nothingAside = store.run(Sql.of(
                                "SELECT coalesce(sum(pg_relation_size(reltoastrelid)), 0) FROM pg_class WHERE reltoastrelid <> 0 AND oid IN (SELECT ",
                                name,
                                "::regclass::oid UNION ALL SELECT relid::oid FROM pg_partition_tree(",
                                name,
                                "::regclass))"))
                        .number(0)
                == 0;
        return nothingAside && !store.run(reads.compressed()).yes(0);
    }

    private boolean oneByOne(String name, Rows rows) {
        Answer fetched;
        do {
            fetched = fetch(name, AccessReading.ROWS_PER_FETCH);
            if (!told(fetched, rows)) {
                return false;
            }
        } while (fetched.rows().size() == AccessReading.ROWS_PER_FETCH);
        return true;
    }

    /** While some rows are told, the next ones are fetched: two fetches are held in memory, of rows that are small. */
    private boolean ahead(String name, Rows rows) {
        Beside<Answer> next = fetching(name);
        try {
            Answer fetched = next.get();
            while (fetched.rows().size() == AccessReading.MOST_ROWS_PER_FETCH) {
                next = fetching(name);
                if (!told(fetched, rows)) {
                    return false;
                }
                fetched = next.get();
            }
            return told(fetched, rows);
        } finally {
            next.settle();
        }
    }

    /** A fetch under way; the connection is nobody else's until it is settled. */
    private Beside<Answer> fetching(String name) {
        return Beside.begun("kept-access", () -> fetch(name, AccessReading.MOST_ROWS_PER_FETCH));
    }

    private static boolean told(Answer fetched, Rows rows) {
        for (List<@Nullable String> row : fetched.rows()) {
            if (!rows.row(row)) {
                return false;
            }
        }
        return true;
    }

    private Answer fetch(String name, int rows) {
        inTime();
        return store.run(Sql.of("FETCH " + rows + " FROM " + name));
    }

    /** What is begun late is given no more than is left. */
    private void inTime() {
        Duration left = limit.left();
        if (left.multipliedBy(100).compareTo(given.multipliedBy(ENOUGH_PERCENT)) < 0) {
            given = left;
            store.run(Sql.of(
                    "SELECT set_config('statement_timeout', ", Parameter.value(TimeLimit.timeout(left)), ", true)"));
        }
    }
}
