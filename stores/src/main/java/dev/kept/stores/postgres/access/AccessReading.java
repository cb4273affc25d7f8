package dev.kept.stores.postgres.access;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.rights.SeenTable;
import dev.kept.core.rights.Sight;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        TimeLimit time = new TimeLimit(limit);
        try {
            begin(store, catalogue, sight, time);
            locked.run();
            SqlConditions conditions = new SqlConditions(new SqlTables(catalogue));
            Cursor cursor = new Cursor(store, time);
            sight.tables().forEach(table -> read(cursor, new TableStatement(conditions, table), reader));
        } finally {
            store.rollback();
        }
    }

    private static void read(Cursor cursor, TableStatement statement, RowReader reader) {
        reader.begin(statement.table());
        cursor.read(new Cursor.Reads(statement.table().name(), statement.sql(), statement.compressed()), row -> {
            reader.row(statement.read(row));
            return true;
        });
        reader.end();
    }

    /** Begins a snapshot from which no partition of the tables can leave. */
    static void begin(StoreConnection store, Catalogue catalogue, Sight sight, TimeLimit limit) {
        store.run(beginning(limit.left()));
        store.run(partitioned(catalogue, sight));
    }

    /** A partition that is detached concurrently leaves also for those whose snapshot is older, but not while they hold its table. */
    private static List<Sql> partitioned(Catalogue catalogue, Sight sight) {
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
    private static List<Sql> beginning(Duration left) {
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
                        "statement_timeout", TimeLimit.timeout(left))
                .forEach((name, value) -> statements.add(
                        Sql.of("SELECT set_config('" + name + "', ", Parameter.value(value), ", true)")));
        return statements;
    }
}
