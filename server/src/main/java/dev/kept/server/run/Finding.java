package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Several;
import dev.kept.core.datamap.Table;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Found.Leading;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keys of a named person in a store. Kinds of persons meet through their finders: who is named by her customer number is also
 * found as a subscriber of the same e-mail address — one step from what she was named by, never further. What fits several persons of
 * one kind is refused: nobody is touched on a guess; unless the map says that what has the finder's value is one person's.
 */
public final class Finding {

    /** Rows of one kind that are one person's, where the map says so. */
    static final int MOST_ROWS_OF_ONE = 1_000;

    /** Rows named in an error: beyond, they are many. */
    private static final int MOST_COUNTED = 100;

    private Finding() {}

    /**
     * The person's keys by kind; empty where the store does not know her.
     *
     * @throws CannotRun where a finder is unknown, or fits more than one person of a kind
     */
    public static Map<String, List<List<String>>> keys(LiveStore store, StoreConnection connection, Named person) {
        Set<String> known = names(store);
        person.by().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw unknown(person, name, known);
                });
        return find(store, connection, person, Leading.NOWHERE).keys();
    }

    /** A store with an open connection. */
    record Opened(LiveStore store, StoreConnection connection) {}

    /**
     * The person as each of these stores knows her, in their order.
     *
     * @throws CannotRun where a name is known to no store, or fits several persons of a kind
     */
    static List<Found> everywhere(List<Opened> stores, Named person) {
        known(stores, person);
        List<Found> here = find(stores, person, Leading.NOWHERE);
        if (here.size() < 2) {
            return here;
        }
        return find(stores, person, Found.leading(here));
    }

    /**
     * The person as each of these stores knows her by what she is named by, and by nothing that stands in her rows: no value of hers leads on, and none
     * that is somebody else's, too, is in the way.
     *
     * @throws CannotRun where a name is known to no store, or fits several persons of a kind
     */
    static List<Found> named(List<Opened> stores, Named person) {
        known(stores, person);
        return stores.stream()
                .map(opened -> new Meeting(opened.store(), opened.connection(), person).named())
                .toList();
    }

    private static void known(List<Opened> stores, Named person) {
        Set<String> known = new LinkedHashSet<>();
        stores.forEach(opened -> known.addAll(names(opened.store())));
        person.by().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw unknown(person, name, known);
                });
    }

    private static List<Found> find(List<Opened> stores, Named person, Leading elsewhere) {
        return stores.stream()
                .map(opened -> find(opened.store(), opened.connection(), person, elsewhere))
                .toList();
    }

    static CannotRun unknown(Named person, String name, Set<String> known) {
        return new CannotRun(
                person + " is named by `" + name + "`, which finds nobody here", "name her by one of " + known);
    }

    /** What persons of a store can be named by: kinds and finders. */
    static Set<String> names(LiveStore store) {
        Set<String> names = new LinkedHashSet<>();
        kinds(store).forEach((kind, table) -> {
            names.add(kind.kind());
            names.addAll(kind.finders());
        });
        return names;
    }

    /**
     * The person as the store knows her.
     *
     * @param elsewhere finders' values of her rows in other stores: they find her in kinds that what she is named by does not speak of
     */
    static Found find(LiveStore store, StoreConnection connection, Named person, Leading elsewhere) {
        return new Meeting(store, connection, person).find(elsewhere);
    }

    /** Whether one of the finders' values still finds somebody: if not, what stays has no way back to the person (Art. 11). */
    static boolean findable(LiveStore store, StoreConnection connection, Found found) {
        Map<Table.Person, BoundTable> kinds = kinds(store);
        List<Map<String, String>> everyRow = found.keys().keySet().stream()
                .flatMap(kind -> found.values(kind).stream())
                .distinct()
                .toList();
        for (Map<String, String> values : everyRow) {
            for (Map.Entry<Table.Person, BoundTable> kind : kinds.entrySet()) {
                for (String finder : kind.getKey().finders()) {
                    String value = values.get(finder);
                    if (value != null && finds(store, connection, kind.getValue(), kind.getKey(), finder, value)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean finds(
            LiveStore store,
            StoreConnection connection,
            BoundTable table,
            Table.Person kind,
            String finder,
            String value) {
        return !rows(
                        connection,
                        table,
                        kind,
                        Finders.condition(store, kind, finder, value).stream().toList())
                .isEmpty();
    }

    static Map<Table.Person, BoundTable> kinds(LiveStore store) {
        Map<Table.Person, BoundTable> kinds = new LinkedHashMap<>();
        store.bound()
                .tables()
                .values()
                .forEach(table -> table.map().person().ifPresent(kind -> kinds.put(kind, table)));
        return kinds;
    }

    record PersonRow(List<String> key, Map<String, String> finders) {}

    /** Whether she is named by a finder of which the map says that all it finds is one person's. */
    static boolean onePerson(Table.Person kind, Named person) {
        return onePerson(kind, person.by().keySet());
    }

    static boolean onePerson(Table.Person kind, Set<String> finders) {
        return finders.stream()
                .flatMap(name -> Optional.ofNullable(kind.foundBy().get(name)).stream())
                .anyMatch(finder -> finder.several() == Several.ONE_PERSON);
    }

    /** @param onePerson whether several rows are one person's */
    static List<PersonRow> read(
            StoreConnection connection,
            BoundTable table,
            Table.Person kind,
            List<Sql> conditions,
            boolean onePerson,
            Named person) {
        List<PersonRow> rows = rows(connection, table, kind, conditions);
        if (rows.size() > (onePerson ? MOST_ROWS_OF_ONE : 1)) {
            throw new CannotRun(
                    person + " fits " + (rows.size() > MOST_COUNTED ? "many" : rows.size()) + " persons of kind `"
                            + kind.kind() + "`",
                    "name her by key as well: `" + kind.kind() + ": KEY`"
                            + (onePerson
                                    ? ""
                                    : "; where they are all one person, the map says so: `several: one-person` at the finder"));
        }
        return rows;
    }

    private static List<PersonRow> rows(
            StoreConnection connection, BoundTable table, Table.Person kind, List<Sql> conditions) {
        List<String> columns = new ArrayList<>(kind.key());
        kind.foundBy().values().forEach(finder -> columns.add(finder.column()));
        String selected = String.join(
                ", ",
                columns.stream().map(column -> Sql.quoted(column) + "::text").toList());
        List<List<@Nullable String>> rows = connection
                .run(List.of(Sql.of(
                        "SELECT " + selected + " FROM " + SqlTables.name(table.name()) + " AS "
                                + Row.outer(table.name()).alias() + " WHERE ",
                        Sql.and(conditions),
                        " LIMIT " + (MOST_ROWS_OF_ONE + 1))))
                .getFirst()
                .rows();
        connection.rollback();
        return rows.stream().map(row -> row(kind, row)).toList();
    }

    private static PersonRow row(Table.Person kind, List<@Nullable String> values) {
        List<String> key = values.subList(0, kind.key().size()).stream()
                .map(Objects::requireNonNull)
                .toList();
        Map<String, String> finders = new LinkedHashMap<>();
        int position = key.size();
        for (String finder : kind.foundBy().keySet()) {
            String value = values.get(position++);
            if (value != null && !value.isBlank()) {
                finders.put(finder, value);
            }
        }
        return new PersonRow(key, finders);
    }

    static List<Sql> named(LiveStore store, BoundTable table, Table.Person kind, Named person) {
        List<Sql> conditions = new ArrayList<>();
        person.by().forEach((name, value) -> {
            if (name.equals(kind.kind())) {
                conditions.addAll(byKey(table, kind, value, person));
            } else {
                Finders.condition(store, kind, name, value).ifPresent(conditions::add);
            }
        });
        return conditions;
    }

    private static List<Sql> byKey(BoundTable table, Table.Person kind, String value, Named person) {
        List<String> parts =
                Arrays.stream(value.split(",", -1)).map(String::strip).toList();
        if (parts.size() != kind.key().size()) {
            throw new CannotRun(
                    "the key of " + person + " has " + parts.size() + " parts",
                    "the key of `" + kind.kind() + "` is " + kind.key());
        }
        List<Sql> conditions = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            conditions.add(part(table, kind, kind.key().get(i), parts.get(i), person));
        }
        return conditions;
    }

    /** A key that no row could have is a slip of the pen, and not somebody who is absent. */
    private static Sql part(BoundTable table, Table.Person kind, String column, String value, Named person) {
        String type = table.catalogue().column(column).baseType();
        if (!KeyText.written(type, value)) {
            throw new CannotRun(
                    person + " is named by a `" + kind.kind() + "` that is no " + type + ", as `" + table.name() + "."
                            + column + "` is",
                    "look the key up again, or name her by one of " + kind.finders());
        }
        return KeyText.is(column, type, value);
    }
}
