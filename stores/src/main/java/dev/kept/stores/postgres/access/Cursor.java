package dev.kept.stores.postgres.access;

import dev.kept.core.datamap.TableName;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.Beside;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
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

    private final StoreConnection store;
    private final long deadline;

    /** @param deadline of {@link System#nanoTime} */
    Cursor(StoreConnection store, long deadline) {
        this.store = store;
        this.deadline = deadline;
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
        if (System.nanoTime() - deadline > 0) {
            throw new StoreException(
                    Kind.TIME_LIMIT,
                    "reading what the person sees took longer than its snapshot may stand",
                    "see that the tables have an index on the columns that lead to the person");
        }
        return store.run(Sql.of("FETCH " + rows + " FROM " + name));
    }
}
