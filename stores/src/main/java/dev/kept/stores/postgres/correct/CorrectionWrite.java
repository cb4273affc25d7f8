package dev.kept.stores.postgres.correct;

import dev.kept.stores.postgres.correct.RowChanges.Group;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one statement that changes values: foreign keys are checked at its end, when a key and all that refers to it agree again, whatever they
 * say about ON UPDATE.
 */
final class CorrectionWrite {

    private final CorrectionSql sql;

    CorrectionWrite(CorrectionSql sql) {
        this.sql = sql;
    }

    void write(StoreConnection connection, RowChanges changes) {
        List<Group> groups = new ArrayList<>();
        List<Long> announced = new ArrayList<>();
        List<Sql> with = new ArrayList<>();
        List<Sql> counts = new ArrayList<>();
        changes.groups().forEach((group, places) -> {
            String name = "u" + groups.size();
            with.add(Sql.of(name + " AS (", update(group, places), ")"));
            counts.add(Sql.of("(SELECT count(*) FROM " + name + "), (SELECT count(*) FROM " + name + " WHERE kept)"));
            groups.add(group);
            announced.add((long) places.size());
        });
        if (groups.isEmpty()) {
            return;
        }
        Answer answer = connection.run(Sql.of("WITH ", Sql.join(", ", with), " SELECT ", Sql.join(", ", counts)));
        connection.run(Sql.of("SET CONSTRAINTS ALL IMMEDIATE"));
        for (int i = 0; i < groups.size(); i++) {
            if (answer.number(2 * i) != announced.get(i)) {
                throw other("other rows of `" + groups.get(i).table() + "` changed than announced");
            }
            if (answer.number(2 * i + 1) != announced.get(i)) {
                throw other("the store keeps another value in `" + groups.get(i).table() + "` than was given for "
                        + groups.get(i).assigned());
            }
        }
    }

    private static StoreException other(String message) {
        return new StoreException(
                Kind.NO_PROGRESS, message, "see its triggers and rules; give the value as they leave it");
    }

    private Sql update(Group group, List<RowPlace> places) {
        Row row = Row.outer(group.table());
        Map<String, List<Assigned>> columns = new LinkedHashMap<>();
        group.assigned()
                .forEach(assigned -> columns.computeIfAbsent(assigned.column(), c -> new ArrayList<>())
                        .add(assigned));
        List<Sql> set = new ArrayList<>();
        List<Sql> kept = new ArrayList<>();
        columns.forEach((column, all) -> {
            set.add(Sql.of(Sql.quoted(column), " = ", value(row, column, all)));
            all.forEach(assigned -> kept.add(stands(row, assigned)));
        });
        return Sql.of(
                "UPDATE ",
                SqlTables.as(row),
                " SET ",
                Sql.join(", ", set),
                " WHERE ",
                CorrectionSql.at(places, row),
                " RETURNING (",
                Sql.and(kept),
                ") IS TRUE AS kept");
    }

    private Sql value(Row row, String column, List<Assigned> all) {
        if (all.getFirst().path().isEmpty()) {
            return all.getFirst()
                    .value()
                    .map(value -> sql.typed(row.table(), column, value))
                    .orElse(Sql.of("NULL"));
        }
        Sql document = Sql.of(row.column(column));
        for (Assigned assigned : all) {
            Sql path = CorrectionSql.path(assigned.path());
            document = assigned.value().isPresent()
                    ? Sql.of(
                            "jsonb_set(",
                            document,
                            ", ",
                            path,
                            ", ",
                            CorrectionSql.hidden(assigned.value().get()),
                            "::jsonb, true)")
                    : Sql.of("(", document, " #- ", path, ")");
        }
        return document;
    }

    /** The new row has what it was given. */
    private Sql stands(Row row, Assigned assigned) {
        if (!assigned.path().isEmpty()) {
            Sql there = Sql.of("(" + row.column(assigned.column()) + " #> ", CorrectionSql.path(assigned.path()), ")");
            return assigned.value().isPresent()
                    ? Sql.of(there, " = ", CorrectionSql.hidden(assigned.value().get()), "::jsonb")
                    : Sql.of(there, " IS NULL");
        }
        if (assigned.value().isEmpty()) {
            return Sql.of(row.column(assigned.column()), " IS NULL");
        }
        Sql value = sql.kept(row.table(), assigned.column(), assigned.value().get());
        return sql.tables().hasEquality(row.table(), assigned.column())
                ? Sql.of(row.column(assigned.column()), " = ", value)
                : Sql.of(row.column(assigned.column()) + "::text = (", value, ")::text");
    }
}
