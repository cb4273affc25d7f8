package dev.kept.stores.postgres.sql;

import dev.kept.core.datamap.Link;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which rows of a table are whose: beside each row that a plan for many persons reaches, the numbers of the persons whose it is. One statement
 * a table tells them apart, where a question for each person would be one statement a person.
 */
public final class SqlMembers {

    /** A key of the plan's, and the number of the person who has it; somebody may have several, also of several kinds. */
    private record Numbered(List<String> key, int person) {}

    private final SqlTables tables;

    /** By the name of the plan's set of keys. */
    private final Map<String, List<Numbered>> persons = new HashMap<>();

    /**
     * Persons of a plan.
     *
     * @param scope of the plan: its keys are the persons'
     * @param people each one's keys by kind; their places in the list are their numbers
     */
    public SqlMembers(SqlConditions conditions, Scope.Persons scope, List<Map<String, List<List<String>>>> people) {
        this.tables = conditions.tables();
        for (Scope.Identified identified : scope.persons()) {
            List<Numbered> numbered = new ArrayList<>();
            for (int person = 0; person < people.size(); person++) {
                for (List<String> key : people.get(person).getOrDefault(identified.kind(), List.of())) {
                    numbered.add(new Numbered(key, person));
                }
            }
            persons.put(identified.keys().name(), List.copyOf(numbered));
        }
    }

    /**
     * Rows of the table that the reach finds, each once for each person whose it is: columns {@code person} (her number), {@code o} and
     * {@code c} (where the row stands). Empty where nobody is reached.
     */
    public Optional<Sql> members(Reach reach, Row row) {
        List<Sql> found = new ArrayList<>();
        String place = row.alias() + ".tableoid AS o, " + row.alias() + ".ctid AS c";
        walk(reach, row, Sql.of(SqlTables.as(row)), place, found);
        return switch (found.size()) {
            case 0 -> Optional.empty();
            // UNION leaves each once; a single way finds the same several times by others' rows on it, and by keys that
            // are equal in the column's type
            case 1 -> Optional.of(Sql.of("SELECT DISTINCT person, o, c FROM (", found.getFirst(), ") AS found"));
            default -> Optional.of(Sql.join(" UNION ", found));
        };
    }

    /** @param from what has been joined so far, the row among it */
    private void walk(Reach reach, Row row, Sql from, String selected, List<Sql> found) {
        switch (reach) {
            case Reach.AnyOf anyOf -> anyOf.of().forEach(way -> walk(way, row, from, selected, found));
            case Reach.Keys keys -> keyed(keys, row, from, selected).ifPresent(found::add);
            case Reach.Into(Link link, Reach of) -> {
                Row to = row.inner(link.to());
                walk(of, to, joined(from, to, tables.joins(link, row, to)), selected, found);
            }
            case Reach.From(Link link, Reach of) -> {
                Row pointing = row.inner(link.from());
                walk(of, pointing, joined(from, pointing, tables.joins(link, pointing, row)), selected, found);
            }
            case Reach.Below below -> below(below, row, from, selected).ifPresent(found::add);
            case Reach.Everything everything ->
                throw new IllegalArgumentException("rows of everybody are nobody's by number");
        }
    }

    private static Sql joined(Sql from, Row other, String on) {
        return Sql.of(from, " JOIN ", SqlTables.as(other), " ON ", on);
    }

    private Optional<Sql> keyed(Reach.Keys reach, Row row, Sql from, String selected) {
        List<Numbered> numbered = persons.getOrDefault(reach.keys().name(), List.of());
        if (numbered.isEmpty()) {
            return Optional.empty();
        }
        List<String> columns = reach.columns();
        List<Sql> arrays = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> same = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int part = i;
            arrays.add(Sql.of(
                    Parameter.hidden(
                            reach.keys().name(),
                            numbered.stream().map(one -> one.key().get(part)).toList()),
                    "::",
                    tables.castType(row.table(), columns.get(i)),
                    "[]"));
            names.add("k" + i);
            same.add("g.k" + i + " = " + row.column(columns.get(i)));
        }
        arrays.add(Sql.of(
                Parameter.values(numbered.stream()
                        .map(one -> Integer.toString(one.person()))
                        .toList()),
                "::int[]"));
        return Optional.of(Sql.of(
                "SELECT g.person, " + selected + " FROM ",
                from,
                " JOIN unnest(",
                Sql.join(", ", arrays),
                ") AS g(" + String.join(", ", names) + ", person) ON " + String.join(" AND ", same)));
    }

    /** The persons' rows in a tree and all below them: their places are walked, each once a person, so that circles end. */
    private Optional<Sql> below(Reach.Below below, Row row, Sql from, String selected) {
        Link parent = below.parent();
        Row start = row.inner(parent.to());
        Row child = row.inner(parent.from());
        List<String> names = IntStream.range(0, parent.columns().size())
                .mapToObj(i -> "k" + i)
                .toList();
        List<Sql> starts = new ArrayList<>();
        String place = SqlTables.unwrapped(tables.pointedToSought(parent, start));
        walk(below.of(), start, Sql.of(SqlTables.as(start)), place, starts);
        if (starts.isEmpty()) {
            return Optional.empty();
        }
        String walked = "members" + row.depth();
        String keys = String.join(", ", names);
        String qualified = String.join(
                ", ", names.stream().map(name -> walked + "." + name).toList());
        String found = String.join(", ", names.stream().map(name -> "d." + name).toList());
        return Optional.of(Sql.of(
                "SELECT d.person, " + selected + " FROM ",
                from,
                " JOIN (WITH RECURSIVE " + walked + "(person, " + keys + ") AS (SELECT * FROM (",
                Sql.join(" UNION ", starts),
                ") AS s UNION SELECT " + walked + ".person, ",
                SqlTables.unwrapped(tables.pointedToSought(parent, child)),
                " FROM ",
                SqlTables.as(child),
                ", " + walked + " WHERE ",
                tables.pointing(parent, child),
                " = ",
                names.size() == 1 ? qualified : "(" + qualified + ")",
                ") SELECT * FROM " + walked + ") AS d ON ",
                tables.pointedTo(parent, row),
                " = ",
                names.size() == 1 ? found : "(" + found + ")"));
    }
}
