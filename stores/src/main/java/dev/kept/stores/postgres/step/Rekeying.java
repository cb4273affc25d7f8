package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.TablePlan.Rekey;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gives rows a new key, and lets all that refers to them follow in the same statement: foreign keys are checked at its end, when both sides
 * agree again, whatever they say about ON UPDATE.
 */
final class Rekeying {

    private final Statements statements;
    private final SqlTables tables;
    private final NewKeys newKeys;

    Rekeying(Statements statements, NewKeys newKeys) {
        this.statements = statements;
        this.newKeys = newKeys;
        this.tables = statements.tables();
    }

    void rekey(Rekey rekey, Part part, StoreConnection store, Tally tally) {
        Row row = Row.outer(part.table());
        Sql wanted = Sql.and(List.of(
                statements.conditions().holds(rekey.when(), row),
                statements.clearings().rekeyDue(rekey, row)));
        List<String> columns = columns(rekey, part.table());
        Answer locked = store.run(statements.lock(part, wanted, columns));
        if (locked.rows().isEmpty()) {
            return;
        }
        List<Way> ways = Way.readBy(List.of(rekey.when()));
        Part some = part.locked(locked.rows().stream()
                .map(values -> String.valueOf(values.getFirst()))
                .toList());
        store.run(ways.stream()
                .map(way -> statements.lock(way, way.guards(ways), some))
                .toList());
        Answer decided = ways.isEmpty() ? locked : store.run(statements.lock(some, wanted, columns));
        for (List<@org.jspecify.annotations.Nullable String> values : decided.rows()) {
            Map<String, String> before = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                before.put(columns.get(i), String.valueOf(values.get(i + 1)));
            }
            store.run(replace(rekey, part.table(), before));
            tally.rekeyed(part.table(), 1);
        }
    }

    /** The columns whose values must be known: the key, and whatever followers refer to. */
    private List<String> columns(Rekey rekey, TableName table) {
        Set<String> columns = new LinkedHashSet<>(tables.table(table).primaryKey());
        columns.addAll(rekey.columns());
        rekey.followers().stream()
                .filter(link -> link.to().equals(table))
                .forEach(link -> columns.addAll(link.targetColumns()));
        return List.copyOf(columns);
    }

    /** One row and its followers, in one statement. */
    private Sql replace(Rekey rekey, TableName table, Map<String, String> before) {
        Map<TableName, Changes> changes = new LinkedHashMap<>();
        Changes own = changes.computeIfAbsent(table, name -> new Changes());
        Map<String, Pair> key = new LinkedHashMap<>();
        String digits = newKeys.digits(
                table,
                tables.table(table).primaryKey().stream().map(before::get).toList());
        before.forEach((column, value) -> {
            boolean replaced =
                    rekey.columns().contains(column) && !rekey.shape(column).replaced(value);
            key.put(column, new Pair(value, replaced ? rekey.shape(column).of(digits) : value));
        });
        own.places.add(new Place(key, Match.EXACT, List.of()));
        follow(rekey, table, key, List.of(), changes);
        List<Sql> updates = new ArrayList<>();
        changes.forEach((name, change) -> updates.add(update(name, change)));
        List<Sql> with = new ArrayList<>();
        for (int i = 0; i < updates.size() - 1; i++) {
            with.add(Sql.of("u" + i + " AS (", updates.get(i), ")"));
        }
        return with.isEmpty() ? updates.getLast() : Sql.of("WITH ", Sql.join(", ", with), " ", updates.getLast());
    }

    /** A value before and after. */
    private record Pair(String before, String after) {
        boolean changes() {
            return !before.equals(after);
        }
    }

    /** By what of a key a link leads to somebody: not by a value that stands for nobody there. */
    private record Leading(Link link, String before) {}

    /**
     * Columns of a table in which a key stands, its own or a reference to it.
     *
     * @param leading of the links over which the key was followed here, those that know values that stand for nobody
     */
    private record Place(Map<String, Pair> columns, Match match, List<Leading> leading) {}

    /** All places of one table in which the key stands: a row may hold it in several. */
    private static final class Changes {
        private final Set<Place> places = new LinkedHashSet<>();
    }

    private static void follow(
            Rekey rekey,
            TableName table,
            Map<String, Pair> key,
            List<Leading> before,
            Map<TableName, Changes> changes) {
        for (Link link : rekey.followers()) {
            if (!link.to().equals(table)) {
                continue;
            }
            Map<String, Pair> theirs = new LinkedHashMap<>();
            for (int i = 0; i < link.columns().size(); i++) {
                Pair pair = key.get(link.targetColumns().get(i));
                if (pair != null) {
                    theirs.put(link.columns().get(i), pair);
                }
            }
            boolean follows = theirs.values().stream().anyMatch(Pair::changes);
            List<Leading> leading = leading(before, link, theirs);
            if (follows
                    && changes.computeIfAbsent(link.from(), name -> new Changes())
                            .places
                            .add(new Place(theirs, link.match(), leading))) {
                follow(rekey, link.from(), theirs, leading, changes);
            }
        }
    }

    private static List<Leading> leading(List<Leading> before, Link link, Map<String, Pair> key) {
        Pair first = key.get(link.columns().getFirst());
        if (link.none().isEmpty() || first == null) {
            return before;
        }
        Leading one = new Leading(link, first.before());
        return before.contains(one)
                ? before
                : Stream.concat(before.stream(), Stream.of(one)).toList();
    }

    private Sql update(TableName table, Changes changes) {
        Row row = Row.outer(table);
        Map<String, Sql> values = new LinkedHashMap<>();
        List<Sql> here = new ArrayList<>();
        for (Place place : changes.places) {
            Sql stands = stands(place, row);
            here.add(stands);
            place.columns().forEach((column, pair) -> {
                if (pair.changes()) {
                    Sql before = values.getOrDefault(column, Sql.of(row.column(column)));
                    values.put(
                            column,
                            Sql.of(
                                    "CASE WHEN ",
                                    stands,
                                    " THEN ",
                                    value(table, column, pair.after()),
                                    " ELSE ",
                                    before,
                                    " END"));
                }
            });
        }
        List<Sql> set = new ArrayList<>();
        values.forEach((column, value) -> set.add(Sql.of(Sql.quoted(column), " = ", value)));
        return Sql.of("UPDATE ", SqlTables.as(row), " SET ", Sql.join(", ", set), " WHERE ", Sql.or(here));
    }

    private Sql stands(Place place, Row row) {
        Stream<Sql> leading = place.leading().stream().map(one -> tables.leads(one.link(), hidden(one.before())));
        Stream<Sql> columns = place.columns().entrySet().stream()
                .map(entry -> place.match() == Match.EXACT
                        ? Sql.of(
                                row.column(entry.getKey()),
                                " = ",
                                value(
                                        row.table(),
                                        entry.getKey(),
                                        entry.getValue().before()))
                        : Sql.of(
                                "lower(btrim(" + row.column(entry.getKey()) + "::text)) = lower(btrim(",
                                hidden(entry.getValue().before()),
                                "::text))"));
        return Sql.and(Stream.concat(leading, columns).toList());
    }

    private Sql value(TableName table, String column, String value) {
        return Sql.of(hidden(value), "::", tables.castType(table, column));
    }

    private static Parameter hidden(String value) {
        return new Parameter(value, "'…'");
    }
}
