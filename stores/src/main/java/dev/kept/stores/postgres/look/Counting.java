package dev.kept.stores.postgres.look;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlTables;
import java.time.Duration;
import java.util.List;

/** Counts the rows of a table for which something is known to be so, in a read-only snapshot. */
public final class Counting {

    private final SqlConditions conditions;

    public Counting(Catalogue catalogue) {
        this.conditions = new SqlConditions(new SqlTables(catalogue));
    }

    /** @param limit how long the count may take */
    public long rows(StoreConnection store, TableName table, Condition known, Duration limit) {
        Row row = Row.outer(table);
        try {
            store.run(List.of(
                    Sql.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"),
                    Sql.of(
                            "SELECT set_config('statement_timeout', ",
                            Parameter.value(Long.toString(limit.toMillis())),
                            ", true)")));
            return store.run(
                            Sql.of("SELECT count(*) FROM ", SqlTables.as(row), " WHERE ", conditions.holds(known, row)))
                    .number(0);
        } finally {
            store.rollback();
        }
    }
}
