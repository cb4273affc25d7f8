package dev.kept.core.live;

import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a role needs on one table, or on one partition of it.
 *
 * @param table of the map
 * @param relation the table itself or one of its partitions
 * @param columns all of the table's
 * @param updated columns that runs change
 * @param lockable the column to be granted where none is changed, so that rows can be locked; empty for a table without columns
 * @param delete whether rows are deleted
 * @param inserted columns that are written in rows which are added; then nothing else is needed
 */
public record NeededGrant(
        TableName table,
        TableName relation,
        Set<String> columns,
        Set<String> updated,
        String lockable,
        boolean delete,
        Set<String> inserted) {

    /** Plain names that PostgreSQL does not take unquoted for a table, column or role (pg_get_keywords: reserved, and those for functions and types). */
    private static final Set<String> RESERVED =
            Set.of(("all analyse analyze and any array as asc asymmetric authorization"
                            + " binary both case cast check collate collation column concurrently constraint create cross"
                            + " current_catalog current_date current_role current_schema current_time current_timestamp current_user"
                            + " default deferrable desc distinct do else end except false fetch for foreign freeze from full grant"
                            + " group having ilike in initially inner intersect into is isnull join lateral leading left like limit"
                            + " localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing"
                            + " primary references returning right select session_user similar some symmetric system_user table"
                            + " tablesample then to trailing true union unique user using variadic verbose when where window with")
                    .split(" "));

    /** On a table whose rows are read, changed and deleted. */
    public NeededGrant(
            TableName table,
            TableName relation,
            Set<String> columns,
            Set<String> updated,
            String lockable,
            boolean delete) {
        this(table, relation, columns, updated, lockable, delete, Set.of());
    }

    /** On a table to which rows are added. */
    static NeededGrant adding(TableName table, Set<String> columns) {
        return new NeededGrant(table, table, columns, Set.of(), "", false, columns);
    }

    public NeededGrant {
        inserted = Collections.unmodifiableSet(new LinkedHashSet<>(inserted));
        columns = Collections.unmodifiableSet(new LinkedHashSet<>(columns));
        updated = Collections.unmodifiableSet(new LinkedHashSet<>(updated));
    }

    /** Everything that is needed, as GRANT writes it. */
    public List<String> privileges() {
        return missing(Grants.NONE);
    }

    /**
     * What of it a role lacks. SELECT is asked for the whole table: rows are found again by their place, {@code ctid}, which a grant on
     * columns leaves out.
     */
    public List<String> missing(Grants grants) {
        List<String> missing = new ArrayList<>();
        if (!inserted.isEmpty()) {
            List<String> closed = inserted.stream()
                    .filter(column -> !grants.insertable().contains(column))
                    .toList();
            return closed.isEmpty() ? missing : List.of(on("INSERT", closed));
        }
        if (!grants.place() || !grants.readable().containsAll(columns)) {
            missing.add("SELECT");
        }
        List<String> lacking = updated.stream()
                .filter(column -> !grants.updatable().contains(column))
                .toList();
        if (!lacking.isEmpty()) {
            missing.add(update(lacking));
        } else if (updated.isEmpty() && grants.updatable().isEmpty() && !lockable.isEmpty()) {
            missing.add(update(List.of(lockable)));
        }
        if (delete && !grants.delete()) {
            missing.add("DELETE");
        }
        return missing;
    }

    /** UPDATE on some columns, as GRANT writes it. */
    public static String update(Collection<String> columns) {
        return on("UPDATE", columns);
    }

    private static String on(String privilege, Collection<String> columns) {
        return columns.stream().map(NeededGrant::quoted).collect(Collectors.joining(", ", privilege + " (", ")"));
    }

    /** The statement that grants privileges on the relation. */
    public String statement(List<String> privileges, String role) {
        return "GRANT " + String.join(", ", privileges) + " ON " + quoted(relation.schema()) + "."
                + quoted(relation.name()) + " TO " + quoted(role);
    }

    /** A name as SQL needs it: quoted unless it is plain. */
    public static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") && !RESERVED.contains(name)
                ? name
                : "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
