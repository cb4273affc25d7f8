package dev.kept.stores.postgres.look;

import dev.kept.core.datamap.TableName;
import dev.kept.stores.postgres.look.LookResult.TableLook;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Looks at a table in portions with pauses between them, all in the snapshot of the transaction that is open: as true as one look at the whole, and
 * others beside it are never kept off a processor for long. A snapshot that is held keeps the server from tidying up, so all pauses together are
 * limited: what is left then is looked at as one portion.
 */
final class Portions {

    /** Blocks of one portion: half a mebibyte, a millisecond or two. */
    private static final long BLOCKS = 64;

    /** How many times longer a pause is than the portion before. */
    private static final int PAUSE = 4;

    /** The server ends a transaction that stands still for a minute. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSED = Duration.ofMinutes(2);

    /** No table has so many. */
    private static final long NO_BLOCK = 4_294_967_295L;

    private final SqlTables tables;
    private final Pauses pauses;
    private long paused;

    Portions(SqlTables tables, Pauses pauses) {
        this.tables = tables;
        this.pauses = pauses;
    }

    /** @param pass the question about those of the table's rows for which a condition holds; of answers that add up */
    TableLook look(StoreConnection store, TableName table, Function<Sql, Sql> pass) {
        long blocks = blocks(store, table);
        Row row = Row.outer(table);
        TableLook sum = TableLook.none();
        for (long from = 0; from < NO_BLOCK; ) {
            boolean last = from + BLOCKS >= blocks || paused >= LONGEST_PAUSED.toNanos();
            long to = last ? NO_BLOCK : from + BLOCKS;
            long start = System.nanoTime();
            sum = sum.plus(Look.read(store.run(pass.apply(SqlTables.between(row, from, to)))));
            if (!last) {
                pause(System.nanoTime() - start);
            }
            from = to;
        }
        return sum;
    }

    private void pause(long took) {
        long pause = Math.min(took * PAUSE, LONGEST_PAUSE.toNanos());
        paused += pause;
        pauses.pause(Duration.ofNanos(pause));
    }

    /** Of its largest relation: a portion of a partitioned table is one of each partition. */
    private long blocks(StoreConnection store, TableName table) {
        List<Sql> sizes = tables.relations(table).stream()
                .map(relation -> Sql.of(
                        "coalesce(pg_relation_size(to_regclass(", Parameter.value(SqlTables.name(relation)), ")), 0)"))
                .toList();
        List<Sql> all = Stream.concat(Stream.of(Sql.of("0")), sizes.stream()).toList();
        Answer answer =
                store.run(Sql.of("SELECT greatest(", Sql.join(", ", all), ") / current_setting('block_size')::bigint"));
        return answer.number(0);
    }
}
