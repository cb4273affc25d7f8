package dev.kept.core.datamap;

import dev.kept.core.notice.Notice;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A data map tied to the notice and to the catalogue: every link, role and column resolved. What planner, access and checks work on. */
public record BoundStore(Notice notice, Store store, Catalogue catalogue, Map<TableName, BoundTable> tables) {

    public BoundStore {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /** The same under other rules. */
    public BoundStore with(Notice rules) {
        return new BoundStore(rules, store, catalogue, tables);
    }

    public BoundTable table(TableName name) {
        BoundTable table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("the map has no table `" + name + "`");
        }
        return table;
    }

    /** Tables whose partitions the map wants dropped as a whole where all of their rows have ended. */
    public Set<TableName> droppingPartitions() {
        return tables.values().stream()
                .filter(table -> table.map().dropsPartitions())
                .map(BoundTable::name)
                .collect(Collectors.toSet());
    }

    /** The table whose rows are persons of this kind. */
    public Optional<BoundTable> personTable(String kind) {
        return tables.values().stream()
                .filter(table ->
                        table.map().person().filter(p -> p.kind().equals(kind)).isPresent())
                .findFirst();
    }

    /** The link by which the rows lead to persons of this kind in which a finder of theirs stands. */
    public Optional<Link> toFound(Table.Person person, Table.FinderBeside finder) {
        return Optional.ofNullable(tables.get(finder.table())).flatMap(table -> {
            List<Link> straight = table.roles().stream()
                    .filter(role -> role.kind().equals(Optional.of(person.kind()))
                            && role.path().size() == 1)
                    .map(role -> role.path().getFirst())
                    .filter(link -> link.match() == Match.EXACT)
                    .toList();
            return straight.size() == 1 ? Optional.of(straight.getFirst()) : Optional.empty();
        });
    }

    /**
     * A personal table of the map.
     *
     * @param roles its ways to persons; empty for a shared table
     * @param pointers the links through which a shared table is owned
     * @param keepers the links from tables of nobody's that keep the rows of a shared table as they are
     * @param columns every column (and JSON path) that may be cleared, by id
     * @param deciding columns that events, facts and {@code while} conditions read
     * @param links links of {@code belongs-to} entries and foreign keys from this table
     */
    public record BoundTable(
            Table map,
            Catalogue.CatalogueTable catalogue,
            List<Role> roles,
            List<PointerLink> pointers,
            List<Link> keepers,
            Map<String, BoundColumn> columns,
            Set<String> deciding,
            List<Link> links,
            Optional<Link> parent) {
        public BoundTable {
            roles = List.copyOf(roles);
            pointers = List.copyOf(pointers);
            keepers = List.copyOf(keepers);
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
            deciding = Collections.unmodifiableSet(new LinkedHashSet<>(deciding));
            links = List.copyOf(links);
        }

        public TableName name() {
            return map.name();
        }

        public Role role(String name) {
            return roles.stream()
                    .filter(role -> role.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no role `" + name + "` at `" + map.name() + "`"));
        }
    }

    /**
     * A way from a table's rows to a person.
     *
     * @param name {@code self}, the entry's name, or {@code entry.role} where the entry's target has several
     * @param entry the {@code belongs-to} entry it starts with; {@code self} for a person's own table
     * @param kind the kind of person; empty where the way ends at a shared table (then its owners are this row's)
     * @param path the links from this table to the person's (or shared) table; empty for {@code self}
     */
    public record Role(String name, String entry, Optional<String> kind, List<Link> path) {
        public static final String SELF = "self";

        public Role {
            path = List.copyOf(path);
        }
    }

    /** A link by which a row owns a shared row, and the uses it serves. */
    public record PointerLink(Link link, Set<String> uses) {
        public PointerLink {
            uses = Collections.unmodifiableSet(new LinkedHashSet<>(uses));
        }
    }

    /** A column with the uses it serves and the roles whose it is (for a shared table: none). */
    public record BoundColumn(Column map, Set<String> uses, List<String> roles) {
        public BoundColumn {
            uses = Collections.unmodifiableSet(new LinkedHashSet<>(uses));
            roles = List.copyOf(roles);
        }
    }
}
