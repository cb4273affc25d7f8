package dev.kept.core.rights;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.rights.Correction.Cell;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a correction means in one store: pure data that a store's executor decides on with the rows in hand.
 *
 * @param tables where the person's data stands, by table: what is changed, and where an old value may still stand
 * @param persons the kinds of person she is here: a changed key is followed by what Kept knows under it
 * @param finders by which persons are found: nobody else may be found by a new value
 * @param links all links of the store: what refers to a corrected column follows
 * @param problems why it must not be carried out; empty for a plan that may run
 */
public record CorrectionPlan(
        List<Change> changes,
        Map<TableName, PersonTable> tables,
        List<PersonKey> persons,
        List<FinderColumn> finders,
        List<Link> links,
        List<Problem> problems) {

    public CorrectionPlan {
        changes = List.copyOf(changes);
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        persons = List.copyOf(persons);
        finders = List.copyOf(finders);
        links = List.copyOf(links);
        problems = List.copyOf(problems);
    }

    /** One entry of the request, with its columns found. */
    public record Change(TableName table, List<Cell> where, long rows, List<NewValue> values, Place place) {
        public Change {
            where = List.copyOf(where);
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return table + " " + values;
        }
    }

    /** A value that is to stand in a column or path; empty for NULL. Never printed. */
    public record NewValue(Target target, Optional<String> value, Place place) {
        @Override
        public String toString() {
            return target.id();
        }
    }

    /**
     * A table in which the person has rows.
     *
     * @param reach her rows, by any role
     * @param held a hold lies on the row
     * @param owners the ways to the owners, locked before it is decided whose a row is
     */
    public record PersonTable(
            TableName table, Reach reach, Condition held, List<List<Link>> owners, List<Target> targets) {
        public PersonTable {
            owners = owners.stream().map(List::copyOf).toList();
            targets = List.copyOf(targets);
        }
    }

    /**
     * A column or JSON path in which a value of hers may stand.
     *
     * @param categories what it holds; empty where the map does not say
     * @param mine rows in which it is hers
     * @param others it is somebody else's, too
     * @param refusal why it cannot be corrected, whatever the row; empty where it can
     */
    public record Target(
            TableName table,
            String column,
            List<String> path,
            List<String> categories,
            Reach mine,
            Condition others,
            Optional<Refusal> refusal) {
        public Target {
            path = List.copyOf(path);
            categories = List.copyOf(categories);
        }

        /** {@code email}, or {@code doc $.email}. */
        public String id() {
            return path.isEmpty() ? column : column + " $." + String.join(".", path);
        }
    }

    /** Why a column cannot be corrected. */
    public record Refusal(String code, String message, String attempt) {}

    /** Where a person of a kind has her key. */
    public record PersonKey(String kind, TableName table, List<String> columns) {
        public PersonKey {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A column by which persons of one kind are found.
     *
     * @param name the finder's: a value must be one person's over all kinds that are found by it
     * @param she this person: whoever else is found by the value is another
     */
    public record FinderColumn(String name, String kind, TableName table, String column, Match match, Condition she) {}
}
