package dev.kept.stores.postgres.end;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Refusal;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.rights.EndingPlan.Place;
import dev.kept.core.rights.EndingPlanner;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The end of a use, written into the column in which the store notes it, in the caller's transaction. Only rows change that are the person's
 * alone and that do not say so already: what is done twice changes nothing the second time. Many persons are one statement a table and step; each row
 * is decided by the keys and the time of whose it is.
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
    public record Left(long rows, long ofOthers) {
        static final Left NOTHING = new Left(0, 0);
    }

    /**
     * One place, as it is planned for each of some persons: it differs in keys and times only.
     *
     * @param each one for each person
     * @param people each one's keys by kind, all of the same kinds
     */
    public record Alike(List<Place> each, List<Map<String, List<List<String>>>> people) {
        public Alike {
            each = List.copyOf(each);
            people = List.copyOf(people);
            if (each.isEmpty() || each.size() != people.size()) {
                throw new IllegalArgumentException("a place is each person's once");
            }
        }

        static Alike of(Place place) {
            return new Alike(List.of(place), List.of(Map.of()));
        }

        public Place first() {
            return each.getFirst();
        }

        /** Whether rows are to be told apart by whose they are. */
        public boolean many() {
            return each.size() > 1;
        }

        /** The same, left to people. */
        public Alike byHand(dev.kept.core.rights.EndingPlan.Reason why) {
            return new Alike(each.stream().map(place -> place.byHand(why)).toList(), people);
        }

        private Scope.Persons scope() {
            Map<String, List<List<String>>> all = new LinkedHashMap<>();
            people.forEach(keys -> keys.forEach((kind, hers) ->
                    all.computeIfAbsent(kind, name -> new ArrayList<>()).addAll(hers)));
            return new Scope.Persons(all.entrySet().stream()
                    .map(kind -> new Scope.Identified(
                            kind.getKey(), new KeySet(EndingPlanner.keysOf(kind.getKey()), kind.getValue())))
                    .toList());
        }
    }

    // ------------------------------------------------------------------------------------------------- one person

    /** What is left to do by hand, or has been done already. */
    public Left left(StoreConnection connection, Place place) {
        return left(connection, Alike.of(place)).getFirst();
    }

    // ---------------------------------------------------------------------------------------------- one, or many

    /** Whether one statement can ask of all of them what would be asked of each alone. */
    public boolean asksAlike(Alike place) {
        if (!place.many()) {
            return true;
        }
        Row row = Row.outer(place.first().table());
        return Stream.<Function<Place, Sql>>of(
                        one -> conditions.holds(one.others(), row),
                        one -> conditions.holds(one.said(), row),
                        one -> one.refusal().map(refusal -> value(one)).orElse(Sql.EMPTY))
                .allMatch(question -> place.each().stream()
                                .map(question)
                                .map(Sql::text)
                                .distinct()
                                .count()
                        == 1);
    }

    /**
     * Locks the rows, decides with them in hand, and writes.
     *
     * @return how many rows of each
     * @throws StoreException where a lock is not to be had, or the store refuses, or keeps another value
     */
    public List<Long> write(StoreConnection connection, Alike place) {
        Row row = Row.outer(place.first().table());
        Function<Place, Sql> said = one -> Sql.of("(", conditions.holds(one.said(), row), ")");
        return set(
                connection,
                place,
                row,
                one -> Sql.of(said.apply(one), " IS NOT TRUE"),
                this::value,
                one -> Sql.of(said.apply(one), " IS TRUE"));
    }

    /** What is left of each to do by hand, or has been done already. */
    public List<Left> left(StoreConnection connection, Alike place) {
        Row row = Row.outer(place.first().table());
        Whose whose = whose(place, row);
        Sql others = whose.ask(one -> conditions.holds(one.others(), row));
        Sql open = whose.ask(one -> Sql.of("(", conditions.holds(one.said(), row), ") IS NOT TRUE"));
        Answer answer = connection.run(Sql.of(
                "SELECT " + whose.person() + ", count(*), count(*) FILTER (WHERE (",
                others,
                ") IS TRUE) FROM ",
                whose.from(),
                " WHERE ",
                Sql.and(List.of(whose.reached(), open)),
                " GROUP BY 1"));
        List<Left> left = new ArrayList<>(Collections.nCopies(place.each().size(), Left.NOTHING));
        for (List<@Nullable String> found : answer.rows()) {
            left.set((int) number(found, 0), new Left(number(found, 1), number(found, 2)));
        }
        return left;
    }

    /**
     * Notes a time in rows of each one's own in which the column is empty.
     *
     * @return in how many rows of each it stands now, be it from before: what is done twice is counted alike
     * @throws StoreException where a lock is not to be had, or the store refuses, or keeps another value
     */
    public List<Long> note(StoreConnection connection, Alike place) {
        Row row = Row.outer(place.first().table());
        String column =
                row.column(place.first().refusal().orElseThrow().column().column());
        set(
                connection,
                place,
                row,
                one -> Sql.of(column, " IS NULL"),
                this::value,
                one -> Sql.of(column, " IS NOT DISTINCT FROM ", value(one)));
        Whose whose = whose(place, row);
        Sql stands = whose.ask(one -> Sql.of(alone(one, row), " AND ", column, " = ", value(one)));
        return counted(
                place,
                connection.run(Sql.of(
                        "SELECT " + whose.person() + ", count(*) FROM ",
                        whose.from(),
                        " WHERE ",
                        whose.reached(),
                        " AND ",
                        stands,
                        " GROUP BY 1")));
    }

    /**
     * Takes back what was noted, where it still stands as it was.
     *
     * @return from how many rows of each
     */
    public List<Long> lift(StoreConnection connection, Alike place) {
        Row row = Row.outer(place.first().table());
        String column =
                row.column(place.first().refusal().orElseThrow().column().column());
        return set(
                connection,
                place,
                row,
                one -> Sql.of(column, " = ", value(one)),
                one -> Sql.of("NULL"),
                one -> Sql.of(column, " IS NULL"));
    }

    private Sql value(Place place) {
        Refusal refusal = place.refusal().orElseThrow();
        return Sql.of(
                Parameter.value(refusal.value()),
                "::" + tables.castType(place.table(), refusal.column().column()));
    }

    private Sql alone(Place place, Row row) {
        return Sql.of("((", conditions.holds(place.others(), row), ") IS NOT TRUE)");
    }

    private Whose whose(Alike place, Row row) {
        return place.many()
                ? Whose.told(conditions, place.scope(), place, row)
                : Whose.one(reaches, place.first(), row);
    }

    /** @param stands what is asked of each row afterwards */
    private List<Long> set(
            StoreConnection connection,
            Alike place,
            Row row,
            Function<Place, Sql> where,
            Function<Place, Sql> value,
            Function<Place, Sql> stands) {
        Whose whose = whose(place, row);
        Sql due = Sql.and(List.of(whose.reached(), whose.ask(one -> alone(one, row)), whose.ask(where)));
        Sql lock = Sql.of(
                "SELECT count(*) FROM (SELECT 1 FROM ",
                whose.from(),
                " WHERE ",
                due,
                " ORDER BY ",
                tables.order(row),
                " FOR UPDATE OF t0) AS locked");
        boolean locked = connection.run(lock).number(0) > 0;
        // Rows of many are found by where they stand: one that somebody has just changed stands elsewhere, and is found
        // by asking again.
        if (!locked && (!place.many() || connection.run(lock).number(0) == 0)) {
            return none(place);
        }
        String column = place.first().refusal().orElseThrow().column().column();
        Sql given = whose.ask(value);
        Sql asked = whose.ask(stands);
        Answer answer = connection.run(Sql.of(
                "UPDATE ",
                SqlTables.as(row),
                " SET ",
                Sql.quoted(column),
                " = ",
                given,
                whose.beside(),
                " WHERE ",
                due,
                " RETURNING " + whose.person() + ", ",
                asked));
        connection.run(IMMEDIATE);
        if (answer.rows().stream().anyMatch(kept -> !"t".equals(kept.getLast()))) {
            throw new StoreException(
                    Kind.NO_PROGRESS,
                    "the store keeps another value in `" + row.table() + "` than was given for `" + column + "`",
                    "see its triggers and rules");
        }
        return changed(place, answer);
    }

    /** Rows of each, as they were counted beside her number. */
    private static List<Long> counted(Alike place, Answer answer) {
        List<Long> each = none(place);
        for (List<@Nullable String> found : answer.rows()) {
            each.set((int) number(found, 0), number(found, 1));
        }
        return each;
    }

    /** Rows of each, of which each row answers whose it is. */
    private static List<Long> changed(Alike place, Answer answer) {
        List<Long> each = none(place);
        for (List<@Nullable String> found : answer.rows()) {
            int person = (int) number(found, 0);
            each.set(person, each.get(person) + 1);
        }
        return each;
    }

    private static List<Long> none(Alike place) {
        return new ArrayList<>(Collections.nCopies(place.each().size(), 0L));
    }

    private static long number(List<@Nullable String> row, int position) {
        String number = row.get(position);
        return number == null ? 0 : Long.parseLong(number);
    }
}
