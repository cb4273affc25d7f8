package dev.kept.core.datamap;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a live schema is: written by {@code kept map}, committed beside the map, so that checking and planning need no database.
 *
 * @param product and its version, as the server says it: {@code PostgreSQL 18.0}
 */
public record Catalogue(String product, Map<TableName, CatalogueTable> tables) {

    public Catalogue {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    public Optional<CatalogueTable> find(TableName table) {
        return Optional.ofNullable(tables.get(table));
    }

    /** Foreign keys that refer to {@code table}, self-references included. */
    public List<ForeignKey> referringTo(TableName table) {
        return tables.values().stream()
                .flatMap(t -> t.foreignKeys().stream())
                .filter(key -> key.to().equals(table))
                .toList();
    }

    /**
     * One table.
     *
     * @param primaryKey its columns; empty where there is none
     * @param rows estimated number of rows, and {@code pages} of 8 KiB; -1 where nothing is known
     */
    public record CatalogueTable(
            TableName name,
            Map<String, CatalogueColumn> columns,
            List<String> primaryKey,
            List<UniqueKey> uniqueKeys,
            List<ForeignKey> foreignKeys,
            List<Check> checks,
            List<Index> indexes,
            List<Trigger> triggers,
            Optional<Partitioning> partitioning,
            boolean rowSecurity,
            long rows,
            long pages) {
        public CatalogueTable {
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
            primaryKey = List.copyOf(primaryKey);
            uniqueKeys = List.copyOf(uniqueKeys);
            foreignKeys = List.copyOf(foreignKeys);
            checks = List.copyOf(checks);
            indexes = List.copyOf(indexes);
            triggers = List.copyOf(triggers);
        }

        /** The column of this name. */
        public CatalogueColumn column(String column) {
            CatalogueColumn found = columns.get(column);
            if (found == null) {
                throw new IllegalArgumentException("`" + name + "` has no column `" + column + "`");
            }
            return found;
        }
    }

    /**
     * One column.
     *
     * @param type as {@code format_type} prints it: {@code character varying(50)}, {@code timestamp with time zone}
     * @param baseType of a domain, its base type; else the same as {@code type}
     * @param domainChecks of a domain: its constraints, with {@code VALUE} for the column
     * @param enumValues of an enumeration, in order
     * @param generated whether the database computes it (then it cannot be written)
     */
    public record CatalogueColumn(
            String name,
            String type,
            String baseType,
            boolean notNull,
            boolean generated,
            boolean identity,
            List<Check> domainChecks,
            List<String> enumValues) {
        public CatalogueColumn {
            domainChecks = List.copyOf(domainChecks);
            enumValues = List.copyOf(enumValues);
        }
    }

    /** A UNIQUE constraint or unique index; {@code partial} is its predicate, {@code expression} true if it is not on plain columns. */
    public record UniqueKey(
            String name, List<String> columns, boolean nullsNotDistinct, boolean expression, Optional<String> partial) {
        public UniqueKey {
            columns = List.copyOf(columns);
        }
    }

    /** What a foreign key does to referring rows. */
    public enum Action {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }

    /**
     * A foreign key of {@code from} to {@code to}.
     *
     * @param partly whether it binds some rows only — it is not validated, not enforced, or not on every partition: it keeps what rows refer to,
     *     but does not assure that it is there
     */
    public record ForeignKey(
            String name,
            TableName from,
            List<String> columns,
            TableName to,
            List<String> targetColumns,
            Action onDelete,
            Action onUpdate,
            boolean deferrable,
            boolean partly) {
        public ForeignKey {
            columns = List.copyOf(columns);
            targetColumns = List.copyOf(targetColumns);
        }

        /** A foreign key that binds every row. */
        public ForeignKey(
                String name,
                TableName from,
                List<String> columns,
                TableName to,
                List<String> targetColumns,
                Action onDelete,
                Action onUpdate,
                boolean deferrable) {
            this(name, from, columns, to, targetColumns, onDelete, onUpdate, deferrable, false);
        }
    }

    /** A CHECK constraint: its columns and its expression as {@code pg_get_expr} prints it. */
    public record Check(String name, List<String> columns, String expression) {
        public Check {
            columns = List.copyOf(columns);
        }
    }

    /** An index on plain leading columns; expressions appear as their text. */
    public record Index(String name, List<String> columns, boolean unique, Optional<String> partial) {
        public Index {
            columns = List.copyOf(columns);
        }
    }

    /** A user trigger, with the events it fires on ({@code DELETE}, {@code UPDATE}, {@code INSERT}) and its function's text. */
    public record Trigger(String name, List<String> events, boolean before, boolean enabled, String function) {
        public Trigger {
            events = List.copyOf(events);
        }
    }

    /** A partitioned table: by what, and its leaf partitions. */
    public record Partitioning(String strategy, List<String> columns, List<TableName> leaves) {
        public Partitioning {
            columns = List.copyOf(columns);
            leaves = List.copyOf(leaves);
        }
    }
}
