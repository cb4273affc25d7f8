package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Parameter;
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

/**
 * Finds the keys of a named person in a store, in every kind of person that knows one of the finders. A name that fits several persons of
 * one kind is refused: nobody is erased on a guess.
 */
public final class Finding {

    private Finding() {}

    /**
     * The person's keys by kind; empty where the store does not know her.
     *
     * @throws CannotRun where a finder is unknown, or fits more than one person of a kind
     */
    public static Map<String, List<List<String>>> keys(LiveStore store, StoreConnection connection, Named person) {
        Map<String, List<List<String>>> found = new LinkedHashMap<>();
        Set<String> known = new LinkedHashSet<>();
        for (BoundTable table : store.bound().tables().values()) {
            table.map().person().ifPresent(kind -> {
                known.add(kind.kind());
                known.addAll(kind.foundBy().keySet());
                List<List<String>> keys = keys(connection, table, kind, person);
                if (keys.size() > 1) {
                    throw new CannotRun(
                            person + " fits " + keys.size() + " persons of kind `" + kind.kind() + "`",
                            "name her by key as well: `" + kind.kind() + ": KEY`");
                }
                if (!keys.isEmpty()) {
                    found.put(kind.kind(), keys);
                }
            });
        }
        List<String> unknown = person.by().keySet().stream()
                .filter(name -> !known.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw new CannotRun(
                    person + " is named by `" + unknown.getFirst() + "`, which finds nobody here",
                    "name her by one of " + known);
        }
        return found;
    }

    private static List<List<String>> keys(
            StoreConnection connection, BoundTable table, Table.Person kind, Named person) {
        List<Sql> conditions = new ArrayList<>();
        for (Map.Entry<String, String> by : person.by().entrySet()) {
            if (by.getKey().equals(kind.kind())) {
                List<String> parts = Arrays.stream(by.getValue().split(",", -1))
                        .map(String::strip)
                        .toList();
                if (parts.size() != kind.key().size()) {
                    throw new CannotRun(
                            "the key of " + person + " has " + parts.size() + " parts",
                            "the key of `" + kind.kind() + "` is " + kind.key());
                }
                for (int i = 0; i < parts.size(); i++) {
                    conditions.add(Sql.of(
                            Sql.quoted(kind.key().get(i)) + "::text = ", Parameter.value(parts.get(i)), "::text"));
                }
            } else {
                finder(kind, by.getKey()).ifPresent(finder -> conditions.add(condition(finder, by.getValue())));
            }
        }
        if (conditions.isEmpty()) {
            return List.of();
        }
        String columns = String.join(
                ", ",
                kind.key().stream().map(column -> Sql.quoted(column) + "::text").toList());
        Answer answer = connection
                .run(List.of(Sql.of(
                        "SELECT " + columns + " FROM " + SqlTables.name(table.name()) + " WHERE ",
                        Sql.and(conditions),
                        " LIMIT 100")))
                .getFirst();
        connection.rollback();
        return answer.rows().stream()
                .map(row -> row.stream().map(Objects::requireNonNull).toList())
                .toList();
    }

    private static Optional<Table.Finder> finder(Table.Person kind, String name) {
        return Optional.ofNullable(kind.foundBy().get(name));
    }

    private static Sql condition(Table.Finder finder, String value) {
        String column = Sql.quoted(finder.column());
        Parameter parameter = Parameter.value(value);
        return finder.match() == Match.CASEFOLD_TRIM
                ? Sql.of("lower(btrim(" + column + "::text)) = lower(btrim(", parameter, "::text))")
                : Sql.of(column + "::text = ", parameter, "::text");
    }
}
