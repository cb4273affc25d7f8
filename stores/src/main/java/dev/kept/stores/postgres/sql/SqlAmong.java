package dev.kept.stores.postgres.sql;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Reach;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the rows of one of many persons are looked for: among those that one pass over each table on the way has found to be hers. The pass narrows and
 * decides nothing: each row is asked what it is asked where she is alone, so that it could lack a row of hers, and never have one that is not.
 */
public final class SqlAmong implements SqlReach.Among {

    /** A pass: a table, and which of its rows. */
    private record Pass(TableName table, Reach reach) {}

    private final Map<Pass, String> passes = new LinkedHashMap<>();

    @Override
    public Sql from(Row row, Reach reach) {
        String pass = passes.computeIfAbsent(new Pass(row.table(), reach), first -> "among" + passes.size());
        return Sql.of(pass + " JOIN " + SqlTables.as(row) + " ON " + row.alias() + ".ctid = " + pass + ".c AND "
                + row.alias() + ".tableoid = " + pass + ".o AND " + pass + ".person = " + SqlEach.PERSON);
    }

    /** {@code WITH …}: the passes, once everything has been asked. */
    public Sql with(SqlMembers members) {
        if (passes.isEmpty()) {
            return Sql.EMPTY;
        }
        List<Sql> named = new ArrayList<>();
        passes.forEach((pass, name) -> named.add(Sql.of(
                name + "(person, o, c) AS MATERIALIZED (",
                members.members(pass.reach(), Row.outer(pass.table()))
                        .orElse(Sql.of("SELECT NULL::int, NULL::oid, NULL::tid WHERE FALSE")),
                ")")));
        return Sql.of("WITH ", Sql.join(", ", named), " ");
    }
}
