package dev.kept.core.rights;

import dev.kept.core.datamap.TableName;
import dev.kept.core.source.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request for rectification (GDPR Art. 16): a person, and the values that are right. Printed, it says columns and places, never values.
 *
 * @param person what she is known by: finders, or a kind with its key
 * @param personPlace where she is named
 */
public record Correction(Map<String, String> person, Place personPlace, List<Entry> entries) {

    public Correction {
        person = Collections.unmodifiableMap(new LinkedHashMap<>(person));
        entries = List.copyOf(entries);
    }

    /**
     * What is to stand in one row of a table, or in as many as {@code rows} says.
     *
     * @param where which of the person's rows; empty where she has no other
     * @param rows how many rows are meant: another number is refused
     */
    public record Entry(TableName table, List<Cell> where, long rows, List<Cell> set, Place place) {
        public Entry {
            where = List.copyOf(where);
            set = List.copyOf(set);
        }

        @Override
        public String toString() {
            return table + " " + set;
        }
    }

    /**
     * A column, or a JSON path in one ({@code doc $.email}), and a value as PostgreSQL reads it.
     *
     * @param value empty for NULL
     */
    public record Cell(String column, Optional<String> value, Place place) {
        @Override
        public String toString() {
            return column + " at " + place;
        }
    }

    @Override
    public String toString() {
        return "a correction of " + entries;
    }
}
