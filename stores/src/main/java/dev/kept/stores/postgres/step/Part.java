package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Reach;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlReach;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which rows of a table a batch looks at.
 *
 * @param table as the plan names it
 * @param relation the table itself, or the leaf partition in which the rows stand
 * @param most how many rows one batch takes at most; empty where the rows are bounded otherwise
 */
public record Part(TableName table, TableName relation, Rows rows, OptionalInt most) {

    /** How the rows are found. */
    public sealed interface Rows {

        /** A range of blocks of 8 KiB: a hint where to look, never carried across transactions. */
        record Blocks(long from, long to) implements Rows {}

        /** The rows of persons. */
        record Reached(Reach reach) implements Rows {}

        /** Rows this transaction has locked, by where they stand; in a part of several relations each with the relation's number. */
        record Locked(List<String> positions) implements Rows {}
    }

    public static Part blocks(TableName table, TableName relation, long from, long to) {
        return new Part(table, relation, new Rows.Blocks(from, to), OptionalInt.empty());
    }

    /** All of a relation, for questions about it as a whole. */
    static Part relation(TableName table, TableName relation) {
        return blocks(table, relation, 0, Long.MAX_VALUE);
    }

    public static Part reached(TableName table, TableName relation, Reach reach, OptionalInt most) {
        return new Part(table, relation, new Rows.Reached(reach), most);
    }

    Part locked(List<String> positions) {
        return new Part(table, relation, new Rows.Locked(positions), OptionalInt.empty());
    }

    /** The row belongs to this part. */
    Sql holds(Row row, SqlReach reaches) {
        return switch (rows) {
            case Rows.Blocks blocks -> SqlTables.between(row, blocks.from(), blocks.to());
            case Rows.Reached reached -> reaches.reached(reached.reach(), row);
            case Rows.Locked locked -> standing(locked.positions(), row);
        };
    }

    /** Whether the part spans several relations, in which rows may stand at the same place. */
    boolean spans(SqlTables tables) {
        return relation.equals(table) && tables.table(table).partitioning().isPresent();
    }

    /** Places, each {@code (block,line)}; where the part spans several relations, with the relation before it. */
    private static Sql standing(List<String> positions, Row row) {
        boolean related = !positions.isEmpty() && positions.getFirst().indexOf(' ') > 0;
        if (!related) {
            return Sql.of(row.alias(), ".ctid = ANY (", Parameter.values(positions), "::tid[])");
        }
        List<String> relations =
                positions.stream().map(at -> at.substring(0, at.indexOf(' '))).toList();
        List<String> places =
                positions.stream().map(at -> at.substring(at.indexOf(' ') + 1)).toList();
        return Sql.of(
                "(" + row.alias() + ".tableoid, " + row.alias() + ".ctid) IN (SELECT * FROM unnest(",
                Parameter.values(relations),
                "::oid[], ",
                Parameter.values(places),
                "::tid[]))");
    }
}
