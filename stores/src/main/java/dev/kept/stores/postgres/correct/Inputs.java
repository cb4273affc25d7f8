package dev.kept.stores.postgres.correct;

import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.TableName;
import dev.kept.core.rights.Correction;
import dev.kept.core.rights.CorrectionPlan.Change;
import dev.kept.core.rights.CorrectionPlan.NewValue;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the database can read values as their columns' types. It is asked itself: only it knows how an address of a network, a range or an array
 * is written.
 */
final class Inputs {

    /** From PostgreSQL 16 on it can be asked without an error, and so without a line in the server's log. */
    private static final int ASKED_FROM = 160_000;

    private final StoreConnection connection;
    private final SqlTables tables;
    private final boolean asked;

    Inputs(StoreConnection connection, SqlTables tables) {
        this(connection, tables, version(connection) >= ASKED_FROM);
    }

    /** @param asked whether the server has {@code pg_input_is_valid}; else a cast is tried */
    Inputs(StoreConnection connection, SqlTables tables, boolean asked) {
        this.connection = connection;
        this.tables = tables;
        this.asked = asked;
    }

    private static long version(StoreConnection connection) {
        return connection
                .run(Sql.of("SELECT current_setting('server_version_num')"))
                .number(0);
    }

    /** What the database cannot read of an entry of the request. */
    List<Problem> problems(Change change) {
        List<Problem> problems = new ArrayList<>();
        for (NewValue value : change.values()) {
            String column = value.target().column();
            if (value.target().path().isEmpty() && !readable(change.table(), column, value.value())) {
                problems.add(
                        misfit("misfit", "the new value of `" + column + "`", change.table(), column, value.place()));
            }
        }
        for (Correction.Cell cell : change.where()) {
            if (!readable(change.table(), cell.column(), cell.value())) {
                problems.add(
                        misfit("where-misfit", "the value in `where`", change.table(), cell.column(), cell.place()));
            }
        }
        return problems;
    }

    private Problem misfit(String code, String what, TableName table, String column, Place place) {
        String type = tables.table(table).column(column).type();
        return Problem.error(
                code,
                place,
                table + "." + column,
                what + " is none of `type " + type + "` of `" + table + "`",
                "write it as the database prints it");
    }

    /** Asked within a savepoint: a type's own input function may fail where it should only answer. */
    private boolean readable(TableName table, String column, Optional<String> value) {
        if (value.isEmpty()) {
            return true;
        }
        connection.run(Sql.of("SAVEPOINT kept_input"));
        try {
            return connection.run(question(table, column, value.get())).yes(0);
        } catch (StoreException e) {
            if (e.kind() != Kind.OTHER && e.kind() != Kind.CONSTRAINT) {
                throw e;
            }
            return false;
        } finally {
            connection.run(Sql.of("ROLLBACK TO SAVEPOINT kept_input"));
        }
    }

    /** Before PostgreSQL 16: the cast that would be made. */
    private Sql question(TableName table, String column, String value) {
        CatalogueColumn live = tables.table(table).column(column);
        if (asked) {
            return Sql.of(
                    "SELECT pg_input_is_valid(",
                    CorrectionSql.hidden(value),
                    "::text, ",
                    Parameter.value(live.type()),
                    "::text)");
        }
        boolean domain = !live.type().equals(live.baseType());
        String type = domain ? live.type() : tables.castType(table, column);
        return Sql.of("SELECT CAST(", CorrectionSql.hidden(value), "::text AS " + type + ") IS NOT NULL");
    }
}
