package dev.kept.stores.postgres.end;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.lifecycle.Refusal;
import dev.kept.core.rights.EndingPlan.Place;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlReach;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.List;

/**
 * The end of a use, written into the column in which the store notes it, in the caller's transaction. Only rows change that are the person's
 * alone and that do not say so already: what is done twice changes nothing the second time.
 */
public final class Endings {

    /** What the store checks at the COMMIT it checks now, while it is known which column it is about. */
    private static final Sql IMMEDIATE = Sql.of("SET CONSTRAINTS ALL IMMEDIATE");

    private final SqlTables tables;
    private final SqlConditions conditions;
    private final SqlReach reaches;

    public Endings(Catalogue catalogue) {
        this.tables = new SqlTables(catalogue);
        this.conditions = new SqlConditions(tables);
        this.reaches = new SqlReach(conditions);
    }

    /**
     * Rows of the person that do not say that the use has ended.
     *
     * @param ofOthers how many of them are another person's, too
     */
    public record Left(long rows, long ofOthers) {}

    /**
     * Locks the rows, decides with them in hand, and writes.
     *
     * @return how many rows
     * @throws StoreException where a lock is not to be had, or the store refuses, or keeps another value
     */
    public long write(StoreConnection connection, Place place) {
        Row row = Row.outer(place.table());
        Sql said = Sql.of("(", conditions.holds(place.said(), row), ")");
        return set(connection, place, row, Sql.of(said, " IS NOT TRUE"), value(place), Sql.of(said, " IS TRUE"));
    }

    /** What is left to do by hand, or has been done already. */
    public Left left(StoreConnection connection, Place place) {
        Row row = Row.outer(place.table());
        Answer answer = connection.run(Sql.of(
                "SELECT count(*), count(*) FILTER (WHERE (",
                conditions.holds(place.others(), row),
                ") IS TRUE) FROM ",
                SqlTables.as(row),
                " WHERE ",
                Sql.and(List.of(
                        reaches.reached(place.hers(), row),
                        Sql.of("(", conditions.holds(place.said(), row), ") IS NOT TRUE")))));
        return new Left(answer.number(0), answer.number(1));
    }

    /**
     * Notes a time in rows of the person's own in which the column is empty.
     *
     * @return in how many rows it stands now, be it from before: what is done twice is counted alike
     * @throws StoreException where a lock is not to be had, or the store refuses, or keeps another value
     */
    public long note(StoreConnection connection, Place place) {
        Row row = Row.outer(place.table());
        String column = row.column(place.refusal().orElseThrow().column().column());
        set(
                connection,
                place,
                row,
                Sql.of(column, " IS NULL"),
                value(place),
                Sql.of(column, " IS NOT DISTINCT FROM ", value(place)));
        return connection
                .run(Sql.of(
                        "SELECT count(*) FROM ",
                        SqlTables.as(row),
                        " WHERE ",
                        alone(place, row),
                        " AND ",
                        column,
                        " = ",
                        value(place)))
                .number(0);
    }

    /**
     * Takes back what was noted, where it still stands as it was.
     *
     * @return from how many rows
     */
    public long lift(StoreConnection connection, Place place) {
        Row row = Row.outer(place.table());
        String column = row.column(place.refusal().orElseThrow().column().column());
        return set(
                connection,
                place,
                row,
                Sql.of(column, " = ", value(place)),
                Sql.of("NULL"),
                Sql.of(column, " IS NULL"));
    }

    private Sql value(Place place) {
        Refusal refusal = place.refusal().orElseThrow();
        return Sql.of(
                Parameter.value(refusal.value()),
                "::" + tables.castType(place.table(), refusal.column().column()));
    }

    private Sql alone(Place place, Row row) {
        return Sql.and(List.of(
                reaches.reached(place.hers(), row),
                Sql.of("(", conditions.holds(place.others(), row), ") IS NOT TRUE")));
    }

    /** @param stands what is asked of each row afterwards */
    private long set(StoreConnection connection, Place place, Row row, Sql where, Sql value, Sql stands) {
        Sql due = Sql.and(List.of(alone(place, row), where));
        Sql lock = Sql.of(
                "SELECT count(*) FROM (SELECT 1 FROM ",
                SqlTables.as(row),
                " WHERE ",
                due,
                " ORDER BY ",
                tables.order(row),
                " FOR UPDATE OF t0) AS locked");
        if (connection.run(lock).number(0) == 0) {
            return 0;
        }
        String column = place.refusal().orElseThrow().column().column();
        Answer answer = connection.run(Sql.of(
                "UPDATE ",
                SqlTables.as(row),
                " SET ",
                Sql.quoted(column),
                " = ",
                value,
                " WHERE ",
                due,
                " RETURNING ",
                stands));
        connection.run(IMMEDIATE);
        if (answer.rows().stream().anyMatch(kept -> !"t".equals(kept.getFirst()))) {
            throw new StoreException(
                    Kind.NO_PROGRESS,
                    "the store keeps another value in `" + place.table() + "` than was given for `" + column + "`",
                    "see its triggers and rules");
        }
        return answer.rows().size();
    }
}
