package dev.kept.stores.postgres.sql;

import dev.kept.core.datamap.TableName;

/**
 * A row under question: a table and the name it goes by in the statement.
 *
 * @param depth how many rows stand around it; names of inner rows never hide outer ones
 */
public record Row(TableName table, int depth) {

    public static Row outer(TableName table) {
        return new Row(table, 0);
    }

    /** A row of another table, asked inside a question about this one. */
    public Row inner(TableName other) {
        return new Row(other, depth + 1);
    }

    public String alias() {
        return "t" + depth;
    }

    /** The column, qualified and quoted. */
    public String column(String name) {
        return alias() + "." + Sql.quoted(name);
    }
}
