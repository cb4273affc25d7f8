package dev.kept.core.datamap;

import dev.kept.core.notice.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One table of a data map, as written.
 *
 * @param personal false for {@code films: not-personal}; then everything else is empty
 * @param person the kind of person a row of this table is
 * @param belongsTo the ways to owners, by entry name
 * @param anyOf the pointing links through which a shared row is owned; empty for other tables
 * @param uses the ids of the uses the table serves
 * @param events by event name
 * @param facts consent and objection facts, by use
 * @param whiles conditions that delay a request, by name
 * @param statistics what is kept of its ended rows as figures of groups
 * @param dropsPartitions whether a partition whose rows have all ended is dropped as a whole
 * @param guess why a draft thinks the table is personal, or is not; fails the check until somebody confirms it by removing the word
 */
public record Table(
        TableName name,
        boolean personal,
        Optional<Person> person,
        Map<String, BelongsTo> belongsTo,
        List<Pointer> anyOf,
        List<String> uses,
        Map<String, Event> events,
        Map<String, UseFacts> facts,
        Map<String, While> whiles,
        Map<String, Column> columns,
        Optional<Unowned> unowned,
        Optional<Replies> replies,
        Optional<Statistics> statistics,
        boolean dropsPartitions,
        Optional<String> guess) {

    /** A table whose ended rows leave no figures. */
    public Table(
            TableName name,
            boolean personal,
            Optional<Person> person,
            Map<String, BelongsTo> belongsTo,
            List<Pointer> anyOf,
            List<String> uses,
            Map<String, Event> events,
            Map<String, UseFacts> facts,
            Map<String, While> whiles,
            Map<String, Column> columns,
            Optional<Unowned> unowned,
            Optional<Replies> replies,
            Optional<String> guess) {
        this(
                name,
                personal,
                person,
                belongsTo,
                anyOf,
                uses,
                events,
                facts,
                whiles,
                columns,
                unowned,
                replies,
                Optional.empty(),
                false,
                guess);
    }

    /** The same, of which nothing is guessed. */
    public Table(
            TableName name,
            boolean personal,
            Optional<Person> person,
            Map<String, BelongsTo> belongsTo,
            List<Pointer> anyOf,
            List<String> uses,
            Map<String, Event> events,
            Map<String, UseFacts> facts,
            Map<String, While> whiles,
            Map<String, Column> columns,
            Optional<Unowned> unowned,
            Optional<Replies> replies) {
        this(
                name,
                personal,
                person,
                belongsTo,
                anyOf,
                uses,
                events,
                facts,
                whiles,
                columns,
                unowned,
                replies,
                Optional.empty());
    }

    public Table {
        belongsTo = ordered(belongsTo);
        anyOf = List.copyOf(anyOf);
        uses = List.copyOf(uses);
        events = ordered(events);
        facts = ordered(facts);
        whiles = ordered(whiles);
        columns = ordered(columns);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    public static Table notPersonal(TableName name) {
        return notPersonal(name, Optional.empty());
    }

    public static Table notPersonal(TableName name, Optional<String> guess) {
        return new Table(
                name,
                false,
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                guess);
    }

    public boolean shared() {
        return !anyOf.isEmpty();
    }

    /**
     * A row of the table is a person of this kind.
     *
     * @param key the columns that identify the person within the store
     * @param foundBy finders by name ({@code email}): how a person who asks is found
     * @param foundBeside finders whose values stand in rows of other tables, of which a person may have several
     * @param restricted the column in which the store notes since when the person's data is restricted (GDPR Art. 18)
     */
    public record Person(
            String kind,
            List<String> key,
            Map<String, Finder> foundBy,
            Map<String, FinderBeside> foundBeside,
            Optional<String> restricted) {

        /** One whose store notes no restriction, and who is found by columns of her own row. */
        public Person(String kind, List<String> key, Map<String, Finder> foundBy) {
            this(kind, key, foundBy, Map.of(), Optional.empty());
        }

        public Person {
            key = List.copyOf(key);
            foundBy = ordered(foundBy);
            foundBeside = ordered(foundBeside);
        }

        /** The names of all finders. */
        public Set<String> finders() {
            Set<String> names = new LinkedHashSet<>(foundBy.keySet());
            names.addAll(foundBeside.keySet());
            return names;
        }
    }

    /**
     * A column of another table by which a person is found: each of its rows belongs to one.
     *
     * @param table which has one way to the person, straight to her row
     */
    public record FinderBeside(TableName table, String column, Match match) {}

    /**
     * A column by which a person is found.
     *
     * @param several what it means that several rows have the value
     */
    public record Finder(String column, Match match, Several several) {

        /** One that finds one row. */
        public Finder(String column, Match match) {
            this(column, match, Several.REFUSE);
        }
    }

    /**
     * A row belongs to a person or to a row of another table.
     *
     * @param role the entry's name
     * @param target the person kind's name, or the table
     * @param via the columns here
     * @param to the columns there; empty: those of the foreign key, else the person's key, else the primary key
     * @param none values that stand for nobody, as NULL does, as PostgreSQL prints them
     * @param guess why a draft thinks so where no foreign key does
     */
    public record BelongsTo(
            String role,
            Target target,
            List<String> via,
            List<String> to,
            Match match,
            List<String> none,
            Optional<String> guess) {

        /** One in which only NULL stands for nobody. */
        public BelongsTo(
                String role, Target target, List<String> via, List<String> to, Match match, Optional<String> guess) {
            this(role, target, via, to, match, List.of(), guess);
        }

        /** One of which nothing is guessed. */
        public BelongsTo(String role, Target target, List<String> via, List<String> to, Match match) {
            this(role, target, via, to, match, Optional.empty());
        }

        public BelongsTo {
            via = List.copyOf(via);
            to = List.copyOf(to);
            none = List.copyOf(none);
        }
    }

    /** What a row belongs to. */
    public sealed interface Target {
        /** A person of this kind, wherever the store keeps its table. */
        record OfKind(String kind) implements Target {}

        /** A row of this table. */
        record OfTable(TableName table) implements Target {}
    }

    /**
     * The columns of another table that point to a shared row.
     *
     * @param guess why a draft thinks so where no foreign key does
     */
    public record Pointer(TableName table, List<String> via, Optional<String> guess) {

        /** One of which nothing is guessed. */
        public Pointer(TableName table, List<String> via) {
            this(table, via, Optional.empty());
        }

        public Pointer {
            via = List.copyOf(via);
        }
    }

    /** What a NULL begin means. */
    public enum Absent {
        UNKNOWN,
        NEVER
    }

    /**
     * Where an event's time stands.
     *
     * @param dates the tables whose rows this event dates besides its own and what belongs to them
     * @param earliest whether of several the earliest counts ({@code take: earliest}); else the latest
     * @param zone in which a {@code timestamp} without zone is read; empty: the store's
     * @param epoch what a whole number counts; empty: the store's
     */
    public record Event(
            String name,
            String column,
            List<TableName> dates,
            boolean earliest,
            Absent absent,
            Optional<java.time.ZoneId> zone,
            List<String> sentinels,
            Optional<Epoch> epoch) {

        /** One of a number that counts what the store says. */
        public Event(
                String name,
                String column,
                List<TableName> dates,
                boolean earliest,
                Absent absent,
                Optional<java.time.ZoneId> zone,
                List<String> sentinels) {
            this(name, column, dates, earliest, absent, zone, sentinels, Optional.empty());
        }

        public Event {
            dates = List.copyOf(dates);
            sentinels = List.copyOf(sentinels);
        }
    }

    /**
     * Facts about a use that the store's columns hold, or Kept.
     *
     * @param kept whether Kept itself is the source; then the rest is empty
     * @param state a column and the values with which the use is on
     */
    public record UseFacts(
            String use,
            boolean kept,
            Optional<String> given,
            Optional<String> withdrawn,
            Optional<String> objected,
            Optional<ColumnValues> state,
            Absent absent) {}

    /**
     * A column and some of its values.
     *
     * @param values as PostgreSQL prints them
     * @param orNull whether NULL is one of them; where it is not, NULL says nothing either way
     */
    public record ColumnValues(String column, List<String> values, boolean orNull) {
        public ColumnValues {
            values = List.copyOf(values);
        }
    }

    /** A condition that delays a request while it holds: every column has one of its values. */
    public record While(String name, List<ColumnValues> columns, List<TableName> dates) {
        public While {
            columns = List.copyOf(columns);
            dates = List.copyOf(dates);
        }
    }

    /** What becomes of rows that nobody owns. */
    public sealed interface Unowned {
        /** They stay. */
        record Keep() implements Unowned {}

        /** They end a period after an event of their own table. */
        record After(String event, Span span) implements Unowned {}
    }

    /**
     * A tree: rows answer rows of the same table.
     *
     * @param guess why a draft thinks so where no foreign key does
     */
    public record Replies(List<String> via, boolean branch, Optional<String> guess) {

        /** One of which nothing is guessed. */
        public Replies(List<String> via, boolean branch) {
            this(via, branch, Optional.empty());
        }

        public Replies {
            via = List.copyOf(via);
        }
    }
}
