package dev.kept.stores.postgres.access;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.rights.SeenTable;
import dev.kept.core.rights.Sight;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.Beside;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a person sees of a store in one read-only snapshot, so that what is handed out was true at one moment. Rows come through a
 * cursor: memory does not grow with what the person has.
 */
public final class AccessReading {

    /** How long a snapshot may stand: it keeps dead rows of the whole database from being vacuumed. */
    public static final Duration SNAPSHOT_LIMIT = Duration.ofMinutes(30);

    /** Rows held in memory at once; few, since a single value may be large. */
    public static final int ROWS_PER_FETCH = 64;

    /** Rows read at once where none can be large. */
    static final int MOST_ROWS_PER_FETCH = 512;

    /** Each table's has a name of its own: the driver remembers by its text what a statement answers. */
    private static final String CURSOR = "kept_access_";

    private final Catalogue catalogue;

    public AccessReading(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Reads every table in which the person can have rows, in a transaction of its own that is rolled back at the end.
     *
     * @param limit how long all of it may take
     * @param locked told when no partition can leave its table any more until all is read
     * @throws StoreException {@code TIME_LIMIT} where it takes longer, {@code PRIVILEGE} where rows would be hidden
     */
    public void read(StoreConnection store, Sight sight, Duration limit, Runnable locked, RowReader reader) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            store.run(beginning(limit));
            store.run(partitioned(sight));
            locked.run();
            SqlConditions conditions = new SqlConditions(new SqlTables(catalogue));
            int number = 0;
            for (SeenTable table : sight.tables()) {
                number++;
                read(store, CURSOR + number, new TableStatement(conditions, table), deadline, reader);
            }
        } finally {
            store.rollback();
        }
    }

    /** A partition that is detached concurrently leaves also for those whose snapshot is older, but not while they hold its table. */
    private List<Sql> partitioned(Sight sight) {
        return sight.tables().stream()
                .map(SeenTable::name)
                .filter(name -> catalogue
                        .find(name)
                        .filter(table -> table.partitioning().isPresent())
                        .isPresent())
                .map(name -> Sql.of("LOCK TABLE ONLY " + SqlTables.name(name) + " IN ACCESS SHARE MODE"))
                .toList();
    }

    /** Settings of this transaction alone: a pool that hands the session on gets it back as it was. */
    private static List<Sql> beginning(Duration limit) {
        List<Sql> statements = new ArrayList<>();
        statements.add(Sql.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"));
        Map.of(
                        "row_security", "off",
                        "TimeZone", "UTC",
                        "DateStyle", "ISO, YMD",
                        "IntervalStyle", "iso_8601",
                        "extra_float_digits", "1",
                        "cursor_tuple_fraction", "1",
                        "jit", "off",
                        "statement_timeout", Long.toString(limit.toMillis()))
                .forEach((name, value) -> statements.add(
                        Sql.of("SELECT set_config('" + name + "', ", Parameter.value(value), ", true)")));
        return statements;
    }

    /**
     * Whether every row of hers fits its page as it is handed out: nothing of the table was ever put aside for being too long (TOAST), with its partitions,
     * and nothing of hers is compressed. Only then more rows are read at once: of others each may be large.
     */
    private static boolean small(StoreConnection store, TableStatement statement) {
        String name = Sql.literal(SqlTables.name(statement.table().name()));
        boolean nothingAside = store.run(Sql.of(
                                "SELECT coalesce(sum(pg_relation_size(reltoastrelid)), 0) FROM pg_class WHERE reltoastrelid <> 0 AND oid IN (SELECT ",
                                name,
                                "::regclass::oid UNION ALL SELECT relid::oid FROM pg_partition_tree(",
                                name,
                                "::regclass))"))
                        .number(0)
                == 0;
        return nothingAside && !store.run(statement.compressed()).yes(0);
    }

    private static void read(
            StoreConnection store, String cursor, TableStatement statement, long deadline, RowReader reader) {
        store.run(Sql.of("DECLARE " + cursor + " NO SCROLL CURSOR FOR ", statement.sql()));
        reader.begin(statement.table());
        Answer first = fetch(store, cursor, ROWS_PER_FETCH, deadline);
        told(first, statement, reader);
        if (first.rows().size() == ROWS_PER_FETCH) {
            if (small(store, statement)) {
                ahead(store, cursor, statement, deadline, reader);
            } else {
                oneByOne(store, cursor, statement, deadline, reader);
            }
        }
        reader.end();
        store.run(Sql.of("CLOSE " + cursor));
    }

    private static void oneByOne(
            StoreConnection store, String cursor, TableStatement statement, long deadline, RowReader reader) {
        Answer fetched;
        do {
            fetched = fetch(store, cursor, ROWS_PER_FETCH, deadline);
            told(fetched, statement, reader);
        } while (fetched.rows().size() == ROWS_PER_FETCH);
    }

    /** While some rows are told, the next ones are fetched: two fetches are held in memory, of rows that are small. */
    private static void ahead(
            StoreConnection store, String cursor, TableStatement statement, long deadline, RowReader reader) {
        Beside<Answer> next = fetching(store, cursor, deadline);
        try {
            Answer fetched = next.get();
            while (fetched.rows().size() == MOST_ROWS_PER_FETCH) {
                next = fetching(store, cursor, deadline);
                told(fetched, statement, reader);
                fetched = next.get();
            }
            told(fetched, statement, reader);
        } finally {
            next.settle();
        }
    }

    /** A fetch under way; the connection is nobody else's until it is settled. */
    private static Beside<Answer> fetching(StoreConnection store, String cursor, long deadline) {
        return Beside.begun("kept-access", () -> fetch(store, cursor, MOST_ROWS_PER_FETCH, deadline));
    }

    private static void told(Answer fetched, TableStatement statement, RowReader reader) {
        for (List<@Nullable String> row : fetched.rows()) {
            reader.row(statement.read(row));
        }
    }

    private static Answer fetch(StoreConnection store, String cursor, int rows, long deadline) {
        if (System.nanoTime() - deadline > 0) {
            throw new StoreException(
                    Kind.TIME_LIMIT,
                    "reading what the person sees took longer than its snapshot may stand",
                    "see that the tables have an index on the columns that lead to the person");
        }
        return store.run(Sql.of("FETCH " + rows + " FROM " + cursor));
    }
}
