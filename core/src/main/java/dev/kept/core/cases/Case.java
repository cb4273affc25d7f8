package dev.kept.core.cases;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Ground;
import dev.kept.core.notice.Notice.SignalAnswer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One case, as written ({@code docs/notice-format.md}, Cases).
 *
 * @param index its place in the file, from 0
 * @param at T
 * @param signals how signals are answered where the case supposes another answer than the notice gives
 * @param given the store's rows; columns left out are NULL
 * @param facts what Kept knows besides
 */
public record Case(
        int index,
        String name,
        String store,
        Instant at,
        Map<String, SignalAnswer> signals,
        Rows given,
        List<Fact> facts,
        Expected expected) {

    public Case {
        signals = Map.copyOf(signals);
        facts = List.copyOf(facts);
    }

    /** Rows by table, each a map of columns to values as YAML gives them. */
    public record Rows(Map<TableName, List<Map<String, @Nullable Object>>> byTable) {
        static final Rows NONE = new Rows(Map.of());

        public Rows {
            Map<TableName, List<Map<String, @Nullable Object>>> copy = new LinkedHashMap<>();
            byTable.forEach((table, rows) -> {
                List<Map<String, @Nullable Object>> each = new ArrayList<>();
                rows.forEach(row -> each.add(Collections.unmodifiableMap(new LinkedHashMap<>(row))));
                copy.put(table, Collections.unmodifiableList(each));
            });
            byTable = Collections.unmodifiableMap(copy);
        }
    }

    /** A person by kind and key, as in <code>{customer: 1}</code>. */
    public record PersonKey(String kind, List<String> key) {
        public PersonKey {
            key = List.copyOf(key);
        }
    }

    /** What Kept knows. */
    public sealed interface Fact {
        /** The use was ended for the person. */
        record Ended(PersonKey person, String use) implements Fact {}

        /** The person objected to the use (Art. 21): direct marketing ends, another use is restricted until weighed. */
        record Objected(PersonKey person, String use) implements Fact {}

        /** The person consented, and Kept recorded it. */
        record Consented(PersonKey person, String use) implements Fact {}

        /** The person's browser sends the signal ({@code gpc}) with the visit that asks. */
        record Signalled(PersonKey person, String signal) implements Fact {}

        /** A request for erasure stands. */
        record Erased(PersonKey person) implements Fact {}

        /** The person's data is restricted (Art. 18). */
        record Restricted(PersonKey person) implements Fact {}

        /** The store was restored from a backup, and what was erased may be back in it: nothing of it is used until it is looked through. */
        record Isolated() implements Fact {}

        /** A legal hold on a row, by its primary key. */
        record Held(TableName table, List<String> key) implements Fact {
            public Held {
                key = List.copyOf(key);
            }
        }
    }

    /**
     * What must come of it.
     *
     * @param erasureOf the person of an erasure; empty: a sweep of everybody
     * @param rows the rows afterwards: of a table named here all rows are listed, of a row only the columns that matter
     * @param stays what the erasure leaves; an empty list: nothing
     */
    public record Expected(
            Optional<PersonKey> erasureOf,
            Optional<Rows> rows,
            Optional<List<Stay>> stays,
            List<May> may,
            List<Forgotten> forgotten) {
        public Expected {
            stays = stays.map(List::copyOf);
            may = List.copyOf(may);
            forgotten = List.copyOf(forgotten);
        }
    }

    /** Something an erasure leaves. */
    public record Stay(
            TableName table,
            Optional<String> column,
            Optional<String> use,
            Optional<Ground> ground,
            Optional<When> until) {}

    /** Whether a use may read a category of data of a person. */
    public record May(String use, String data, PersonKey person, Answer answer) {}

    /** An answer to {@link May}. */
    public enum Answer {
        YES,
        NO,
        UNKNOWN
    }

    /** When a row, or a column of it, is forgotten. */
    public record Forgotten(TableName table, Map<String, @Nullable Object> row, Optional<String> column, When on) {
        public Forgotten {
            row = Collections.unmodifiableMap(new LinkedHashMap<>(row));
        }
    }

    /** A day, or that it never comes, or that nobody knows. */
    public sealed interface When {
        /** That day, in the controller's zone. */
        record On(LocalDate date) implements When {
            @Override
            public String toString() {
                return date.toString();
            }
        }

        /** It does not come by itself. */
        record Never() implements When {
            @Override
            public String toString() {
                return "never";
            }
        }

        /** What would decide is not known. */
        record Unknown() implements When {
            @Override
            public String toString() {
                return "unknown";
            }
        }
    }
}
