package dev.kept.core.rights;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.Refusal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What it takes that a store itself says that uses have ended for one person: a withdrawal of consent (Art. 7(3)), an objection to direct
 * marketing (Art. 21(2)), one that was upheld (Art. 21(1)).
 *
 * @param places where the store's columns speak of it
 * @param sources which of the person's kinds the columns speak for, by use; for the others Kept's own fact is the source, and stays
 */
public record EndingPlan(List<Place> places, SortedMap<String, Map<String, Source>> sources) {

    public EndingPlan {
        places = List.copyOf(places);
        SortedMap<String, Map<String, Source>> copy = new TreeMap<>();
        sources.forEach((use, kinds) -> copy.put(use, Collections.unmodifiableMap(new LinkedHashMap<>(kinds))));
        sources = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * Where a use's facts stand.
     *
     * @param hers the person's rows
     * @param others the row is another person's, too: never unknown
     * @param said the store says that the use has ended for the person of the row, or was given again since
     * @param refusal what is written; empty where that is done by hand
     * @param reason why it is done by hand
     * @param columns those that would say it
     */
    public record Place(
            String use,
            TableName table,
            Reach hers,
            Condition others,
            Condition said,
            Optional<Refusal> refusal,
            Optional<Reason> reason,
            List<String> columns) {
        public Place {
            columns = List.copyOf(columns);
            if (refusal.isPresent() == reason.isPresent()) {
                throw new IllegalArgumentException("a fact is written, or there is a reason why it is not");
            }
        }

        /** The same, left to people. */
        public Place byHand(Reason why) {
            return new Place(use, table, hers, others, said, Optional.empty(), Optional.of(why), columns);
        }

        /** {@code shop.customers.opted_out_at}: what is written. */
        public String written() {
            return table + "." + refusal.map(column -> column.column().column()).orElseThrow();
        }
    }

    /** Who says for a kind of person whether a use has ended. */
    public sealed interface Source {
        /** The columns of these tables do, whatever the person's rows are; of none where nothing of the kind serves the use. */
        record Columns(Set<TableName> tables) implements Source {
            public Columns {
                tables = Set.copyOf(tables);
            }
        }

        /** Kept's own fact: the map names no columns, or not for every row of the kind. */
        record Kept() implements Source {}
    }

    /** Why Kept does not write into a store that the use has ended. */
    public enum Reason {
        /** The column holds a state, and the map does not say which values mean that the use is off. */
        STATE,
        /** The map names no column that dates the end. */
        NO_DATE,
        /** The database itself makes the column. */
        GENERATED,
        /** The column speaks of another use, too, which nobody ended. */
        OTHER_USES,
        /** Kept's role may not write the column. */
        NOT_GRANTED,
        /** A constraint or a trigger of the store forbids it, or keeps another value. */
        REFUSED,
        /** The row is another person's, too. */
        OTHER_PERSONS;

        /** As the ledger has it: {@code other-uses}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What somebody has to do in the store. No person is in it: whose rows they are the request says.
     *
     * @param columns those that would say it
     * @param rows of the person that do not say it
     */
    public record ByHand(String use, TableName table, List<String> columns, Reason reason, long rows) {
        public ByHand {
            columns = List.copyOf(columns);
        }

        /** One sentence: what to do. */
        public String task() {
            String where = "in `" + table + "`";
            String shown = columns.stream()
                    .map(column -> "`" + column + "`")
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("what says so");
            return switch (reason) {
                case STATE -> "set " + shown + " " + where + " to a value with which `" + use + "` is off";
                case NO_DATE -> "end `" + use + "` in the application, and let the map name the column that dates it";
                case GENERATED -> "change what the database makes " + shown + " " + where + " from";
                case OTHER_USES ->
                    "end `" + use + "` in the application: " + shown + " " + where
                            + " speaks of other uses, too, which go on";
                case NOT_GRANTED ->
                    "write the time of the end into " + shown + " " + where
                            + ", or GRANT UPDATE on it and give the command again";
                case REFUSED ->
                    "write the time of the end into " + shown + " " + where + " as its constraints and triggers allow";
                case OTHER_PERSONS ->
                    "end `" + use + "` for this person alone in the application: her rows " + where
                            + " are another person's, too";
            };
        }
    }
}
