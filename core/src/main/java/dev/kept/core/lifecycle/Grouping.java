package dev.kept.core.lifecycle;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Statistics.Form;
import dev.kept.core.datamap.TableName;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is left of rows that go: in the transaction that deletes them they are generalised and grouped, and the groups of enough persons are
 * added to a table that is nobody's. What is in no such group leaves nothing.
 *
 * <p>A group is large enough where, of each role in which its rows have anybody, at least {@code atLeast} persons are in it, and none of them
 * has more than half of its rows, nor of a sum. Rows that nobody owns are in no group. Groups that are too small are merged: their rows are
 * grouped again, level by level, and those of the last level that are too small are suppressed. So every group is made of other rows than
 * every other, whenever it was added, and none can be had by taking one from another.
 *
 * @param into the table that takes the groups; each is one more row of it
 * @param use the use of the notice for which they are kept
 * @param zone in which months and years are told: the controller's
 * @param roles whose the rows are: persons are counted role by role
 * @param common what the rows of a group have in common, in the order of the map
 */
public record Grouping(
        TableName into,
        String use,
        int atLeast,
        ZoneId zone,
        List<Persons> roles,
        List<Common> common,
        List<Sum> sums,
        List<String> rows,
        List<String> persons,
        List<Written> days) {

    public Grouping {
        roles = List.copyOf(roles);
        common = List.copyOf(common);
        sums = List.copyOf(sums);
        rows = List.copyOf(rows);
        persons = List.copyOf(persons);
        days = List.copyOf(days);
        if (atLeast < 2) {
            throw new IllegalArgumentException("a group of one is a person");
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("without persons there is nothing to count");
        }
    }

    /**
     * A way from a row to whose it is.
     *
     * @param path of links; empty where the row's own columns say it
     * @param key at its end; of several rows (a join by value) the smallest counts, so that one row is one person's
     * @param value by which several rows are one person ({@code several: one-person}): it counts before the key where it is there
     */
    public record Persons(String role, List<Link> path, List<String> key, Optional<Value> value) {
        public Persons {
            path = List.copyOf(path);
            key = List.copyOf(key);
        }
    }

    /** A finder's column, and how its values are compared. */
    public record Value(String column, Match match) {}

    /**
     * A column by which rows are grouped.
     *
     * @param column of the groups' table
     * @param moment the rows' column as a date, where the forms are of dates
     * @param of the rows' column
     * @param forms the finest first
     * @param droppable whether nothing is written where the coarsest form is too fine
     * @param asDate whether months and years are written as their first day
     */
    public record Common(
            String column, String of, Optional<Moment.At> moment, List<Form> forms, boolean droppable, boolean asDate) {
        public Common {
            forms = List.copyOf(forms);
        }

        /** How often it can get coarser. */
        int steps() {
            return forms.size() - 1 + (droppable ? 1 : 0);
        }

        /** How it is written after so many steps; empty for nothing. */
        public Optional<Form> form(int step) {
            return step < forms.size() ? Optional.of(forms.get(step)) : Optional.empty();
        }
    }

    /** A sum over the rows of a group. */
    public record Sum(String column, String of) {}

    /** The same in every group. */
    public record Written(String column, String text) {}

    /** The columns of the groups' table that are written. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>();
        common.forEach(one -> columns.add(one.column()));
        sums.forEach(sum -> columns.add(sum.column()));
        columns.addAll(rows);
        columns.addAll(persons);
        days.forEach(day -> columns.add(day.column()));
        return columns;
    }

    /**
     * From the finest to the coarsest, how far each of {@link #common} has given way: the last of them first, to its end, then the one before.
     */
    public List<List<Integer>> levels() {
        List<Integer> steps = new ArrayList<>();
        common.forEach(column -> steps.add(0));
        List<List<Integer>> levels = new ArrayList<>(List.of(List.copyOf(steps)));
        for (int i = common.size() - 1; i >= 0; i--) {
            for (int step = 1; step <= common.get(i).steps(); step++) {
                steps.set(i, step);
                levels.add(List.copyOf(steps));
            }
        }
        return levels;
    }
}
