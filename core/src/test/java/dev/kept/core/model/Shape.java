package dev.kept.core.model;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.Table.BelongsTo;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Notice, map and catalogue read together: joins, roles, and what columns are. */
final class Shape {

    final Notice notice;
    final Store store;
    private final Catalogue catalogue;
    private final Map<TableName, List<Role>> roles = new HashMap<>();
    private final Map<TableName, List<Join>> joins = new HashMap<>();
    private final Map<TableName, Set<String>> keys = new HashMap<>();

    Shape(Notice notice, Store store, Catalogue catalogue) {
        this.notice = notice;
        this.store = store;
        this.catalogue = catalogue;
    }

    // ---- tables ------------------------------------------------------------------------------------------------

    Set<TableName> tableNames() {
        return catalogue.tables().keySet();
    }

    /** Whether the map says that the table holds personal data. */
    boolean personal(TableName name) {
        Table table = store.tables().get(name);
        return table != null && table.personal();
    }

    Table map(TableName name) {
        return Objects.requireNonNull(store.tables().get(name), () -> "the map has no table " + name);
    }

    List<Table> personalTables() {
        return store.tables().values().stream().filter(Table::personal).toList();
    }

    CatalogueTable catalogue(TableName name) {
        return Objects.requireNonNull(catalogue.tables().get(name), () -> "the catalogue has no table " + name);
    }

    Optional<Table> personTable(String kind) {
        return personalTables().stream()
                .filter(t -> t.person().filter(p -> p.kind().equals(kind)).isPresent())
                .findFirst();
    }

    /** The uses of persons' data that the table serves. */
    List<Use> uses(TableName name) {
        return map(name).uses().stream()
                .map(this::use)
                .filter(Use::concernsPersons)
                .toList();
    }

    Use use(String id) {
        return Objects.requireNonNull(notice.uses().get(id), () -> "the notice has no use " + id);
    }

    // ---- joins -------------------------------------------------------------------------------------------------

    List<Join> foreignKeys(TableName from) {
        return catalogue(from).foreignKeys().stream().map(Shape::join).toList();
    }

    private static Join join(ForeignKey key) {
        return new Join(key.from(), key.columns(), key.to(), key.targetColumns(), false, true, List.of());
    }

    Join entry(TableName from, BelongsTo entry) {
        Table target = target(entry);
        List<String> fallback = target.person().isPresent()
                ? target.person().get().key()
                : catalogue(target.name()).primaryKey();
        Join join =
                declared(from, entry.via(), target.name(), entry.to(), fallback, entry.match() == Match.CASEFOLD_TRIM);
        return new Join(
                join.from(),
                join.columns(),
                join.to(),
                join.targets(),
                join.casefold(),
                join.foreignKey(),
                entry.none());
    }

    Table target(BelongsTo entry) {
        return switch (entry.target()) {
            case Table.Target.OfKind(String kind) ->
                personTable(kind).orElseThrow(() -> new IllegalArgumentException("no table of kind " + kind));
            case Table.Target.OfTable(TableName name) -> map(name);
        };
    }

    /** The links through which a shared table's rows are owned. */
    List<Join> pointers(TableName shared) {
        return map(shared).anyOf().stream()
                .map(p -> declared(
                        p.table(), p.via(), shared, List.of(), catalogue(shared).primaryKey(), false))
                .toList();
    }

    Optional<Join> parent(TableName table) {
        return map(table)
                .replies()
                .map(r -> declared(
                        table, r.via(), table, List.of(), catalogue(table).primaryKey(), false));
    }

    private Join declared(
            TableName from,
            List<String> via,
            TableName to,
            List<String> written,
            List<String> fallback,
            boolean casefold) {
        if (!casefold) {
            for (Join key : foreignKeys(from)) {
                if (key.to().equals(to)
                        && key.columns().equals(via)
                        && (written.isEmpty() || key.targets().equals(written))) {
                    return key;
                }
            }
        }
        return new Join(from, via, to, written.isEmpty() ? fallback : written, casefold, false, List.of());
    }

    /** Every join that starts at the table: foreign keys, owners, parents, pointers to shared rows. */
    List<Join> joins(TableName from) {
        return joins.computeIfAbsent(from, this::allJoins);
    }

    private List<Join> allJoins(TableName from) {
        Set<Join> all = new LinkedHashSet<>(foreignKeys(from));
        if (personal(from)) {
            map(from).belongsTo().values().forEach(e -> all.add(entry(from, e)));
            parent(from).ifPresent(all::add);
        }
        for (Table shared : personalTables()) {
            pointers(shared.name()).stream().filter(j -> j.from().equals(from)).forEach(all::add);
        }
        return List.copyOf(all);
    }

    // ---- roles -------------------------------------------------------------------------------------------------

    List<Role> roles(TableName name) {
        List<Role> known = roles.get(name);
        if (known == null) {
            known = List.copyOf(rolesOf(name, List.of()));
            roles.put(name, known);
        }
        return known;
    }

    private List<Role> rolesOf(TableName name, List<TableName> below) {
        List<Role> found = new ArrayList<>();
        map(name).person().ifPresent(p -> found.add(new Role(Role.SELF, Role.SELF, List.of(), Optional.of(p.kind()))));
        if (below.contains(name)) {
            return found;
        }
        List<TableName> way = new ArrayList<>(below);
        way.add(name);
        map(name).belongsTo().forEach((entryName, entry) -> {
            Join join = entry(name, entry);
            List<Role> further = further(entry, way);
            for (Role role : further) {
                List<Join> path = new ArrayList<>(List.of(join));
                path.addAll(role.path());
                String roleName = further.size() == 1 ? entryName : entryName + "." + role.name();
                found.add(new Role(roleName, entryName, List.copyOf(path), role.kind()));
            }
        });
        return found;
    }

    private List<Role> further(BelongsTo entry, List<TableName> way) {
        Table target = target(entry);
        if (target.shared()) {
            return List.of(new Role("", "", List.of(), Optional.empty()));
        }
        return switch (entry.target()) {
            case Table.Target.OfKind(String kind) ->
                List.of(new Role(Role.SELF, Role.SELF, List.of(), Optional.of(kind)));
            case Table.Target.OfTable(TableName table) -> rolesOf(table, way);
        };
    }

    /** The roles a column's {@code of} names; all where it names none. */
    List<Role> rolesOf(TableName table, Column column) {
        return column.of().isEmpty()
                ? roles(table)
                : roles(table).stream()
                        .filter(r ->
                                column.of().contains(r.name()) || column.of().contains(r.entry()))
                        .toList();
    }

    /** Whose a pointing link is: those whom the map names for its columns, else all owners of the row. */
    List<Role> rolesOf(Join pointer) {
        List<Role> named = new ArrayList<>();
        for (Column column : classified(pointer)) {
            rolesOf(pointer.from(), column).stream()
                    .filter(role -> !named.contains(role))
                    .forEach(named::add);
        }
        return named.isEmpty() ? roles(pointer.from()) : named;
    }

    /** Ways along {@code belongs-to} from one table up to another, no table twice. */
    List<List<Join>> ways(TableName from, TableName to) {
        List<List<Join>> found = new ArrayList<>();
        extend(from, to, List.of(), Set.of(from), found);
        return found;
    }

    private void extend(TableName at, TableName to, List<Join> way, Set<TableName> seen, List<List<Join>> found) {
        for (BelongsTo entry : map(at).belongsTo().values()) {
            Join join = entry(at, entry);
            List<Join> longer = new ArrayList<>(way);
            longer.add(join);
            if (join.to().equals(to)) {
                found.add(longer);
            } else if (!seen.contains(join.to())) {
                Set<TableName> more = new LinkedHashSet<>(seen);
                more.add(join.to());
                extend(join.to(), to, longer, more, found);
            }
        }
    }

    // ---- columns -----------------------------------------------------------------------------------------------

    /** The uses a column serves: those of its categories, narrowed by {@code for}. */
    List<Use> uses(TableName table, Column column) {
        return uses(table).stream()
                .filter(u -> column.categories().stream().anyMatch(u.data()::contains))
                .filter(u -> column.onlyFor().isEmpty() || column.onlyFor().contains(u.id()))
                .toList();
    }

    /** The uses a pointing link serves: those of its columns where they are classified, else those of the table. */
    List<Use> servedBy(Join pointer) {
        List<Column> classified = classified(pointer);
        if (classified.isEmpty()) {
            return uses(pointer.from());
        }
        return uses(pointer.from()).stream()
                .filter(u -> classified.stream()
                        .anyMatch(c -> uses(pointer.from(), c).contains(u)))
                .toList();
    }

    List<Column> classified(Join pointer) {
        Map<String, Column> columns = map(pointer.from()).columns();
        return pointer.columns().stream()
                .map(columns::get)
                .filter(Objects::nonNull)
                .filter(c -> !c.categories().isEmpty())
                .toList();
    }

    /** Whether a person is met by what stands in the link's columns, without a foreign key. */
    boolean byValue(Join link) {
        return !link.foreignKey()
                && personal(link.to())
                && map(link.to()).person().isPresent()
                && map(link.from()).belongsTo().values().stream()
                        .filter(entry -> entry(link.from(), entry).equals(link))
                        .allMatch(entry -> entry.target() instanceof Table.Target.OfKind);
    }

    /** Whether the column may be left blank where it must not be NULL: blanks meet nobody, and no rule speaks of the column. */
    boolean blankable(Join link, String column) {
        CatalogueTable table = catalogue(link.from());
        return link.casefold()
                && table.column(column).baseType().equals("text")
                && table.checks().stream().noneMatch(check -> check.columns().contains(column))
                && table.uniqueKeys().stream()
                        .noneMatch(key -> key.expression() || key.columns().contains(column));
    }

    /** Columns that events, facts and conditions read. */
    Set<String> deciding(TableName name) {
        Table table = map(name);
        Set<String> columns = new LinkedHashSet<>();
        table.events().values().forEach(e -> columns.add(e.column()));
        table.facts().values().forEach(f -> {
            f.given().ifPresent(columns::add);
            f.withdrawn().ifPresent(columns::add);
            f.objected().ifPresent(columns::add);
            f.state().ifPresent(s -> columns.add(s.column()));
        });
        table.whiles().values().forEach(w -> w.columns().forEach(c -> columns.add(c.column())));
        return columns;
    }

    /** The primary key's columns, and columns that a foreign key refers to. */
    Set<String> keyColumns(TableName name) {
        return keys.computeIfAbsent(name, n -> {
            Set<String> columns = new LinkedHashSet<>(catalogue(n).primaryKey());
            catalogue.referringTo(n).forEach(key -> columns.addAll(key.targetColumns()));
            return columns;
        });
    }

    boolean notNull(TableName table, String column) {
        CatalogueColumn found = catalogue(table).columns().get(column);
        return found != null && found.notNull();
    }

    /** Tables by which rows of this table are dated, or delayed: those whose events say so. */
    Map<TableName, List<String>> eventsDating(TableName dated) {
        Map<TableName, List<String>> sources = new LinkedHashMap<>();
        for (Table table : personalTables()) {
            List<String> events = table.events().values().stream()
                    .filter(e -> e.dates().contains(dated))
                    .map(Table.Event::name)
                    .toList();
            if (!events.isEmpty()) {
                sources.put(table.name(), events);
            }
        }
        return sources;
    }
}
