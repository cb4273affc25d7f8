package dev.kept.core.live;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a role needs so that a plan can be carried out, and no more: SELECT on every table of the map and on what refers to it, DELETE on tables
 * with persons' data, UPDATE on the columns that are cleared, cut or re-keyed. Rows are locked before they are decided, those that refer to
 * them, too: for that PostgreSQL asks UPDATE on one column at least. Nothing is ever inserted but the figures that ended rows leave: for that, INSERT
 * on their columns.
 */
public final class NeededPrivileges {

    private final BoundStore store;
    private final Map<TableName, Set<String>> updated = new LinkedHashMap<>();

    private NeededPrivileges(BoundStore store, Plan plan) {
        this.store = store;
        plan.tables().forEach(this::updates);
    }

    /** Table by table, each followed by its partitions: persons' data is swept partition by partition, and a privilege on the root does not reach them. */
    public static List<NeededGrant> of(BoundStore store, Plan plan) {
        NeededPrivileges needed = new NeededPrivileges(store, plan);
        List<NeededGrant> grants = new ArrayList<>();
        needed.tables().forEach(table -> {
            grants.add(needed.grant(table, table));
            needed.leaves(table).forEach(leaf -> grants.add(needed.grant(table, leaf)));
        });
        Map<TableName, Set<String>> added = new LinkedHashMap<>();
        plan.tables()
                .flatMap(table -> table.grouping().stream())
                .forEach(left -> added.computeIfAbsent(left.into(), into -> new LinkedHashSet<>())
                        .addAll(left.columns()));
        added.forEach((into, columns) -> grants.add(NeededGrant.adding(into, columns)));
        return grants;
    }

    /** Tables with persons' data, and those that refer to them. */
    private Set<TableName> tables() {
        Set<TableName> tables = new LinkedHashSet<>(store.tables().keySet());
        store.tables().keySet().stream()
                .flatMap(table -> store.catalogue().referringTo(table).stream())
                .map(ForeignKey::from)
                .forEach(tables::add);
        return tables;
    }

    private List<TableName> leaves(TableName table) {
        return store.tables().containsKey(table)
                ? store.catalogue()
                        .find(table)
                        .flatMap(Catalogue.CatalogueTable::partitioning)
                        .map(Catalogue.Partitioning::leaves)
                        .orElse(List.of())
                : List.of();
    }

    private NeededGrant grant(TableName table, TableName relation) {
        Set<String> columns = store.catalogue()
                .find(table)
                .map(live -> live.columns().keySet())
                .orElse(Set.of());
        return new NeededGrant(
                table,
                relation,
                columns,
                updated.getOrDefault(table, Set.of()),
                lockable(table, columns),
                store.tables().containsKey(table));
    }

    /** The column whose UPDATE lets rows be locked where nothing is updated: the one that refers, so that what a row itself says stays out of reach. */
    private String lockable(TableName table, Set<String> columns) {
        return store.tables().keySet().stream()
                .flatMap(target -> store.catalogue().referringTo(target).stream())
                .filter(key -> key.from().equals(table))
                .map(key -> key.columns().getFirst())
                .findFirst()
                .or(() -> columns.stream().findFirst())
                .orElse("");
    }

    private void updates(TablePlan plan) {
        plan.clearings()
                .forEach(clearing -> clearing.columns().forEach(column -> update(plan.table(), column.column())));
        plan.rekey().ifPresent(rekey -> {
            rekey.columns().forEach(column -> update(plan.table(), column));
            rekey.followers().forEach(link -> link.columns().forEach(column -> update(link.from(), column)));
        });
        plan.cuts()
                .forEach(cut -> cut.clearings()
                        .forEach(clearing -> clearing.columns()
                                .forEach(column -> update(cut.link().from(), column.column()))));
        plan.releases().forEach(this::updates);
    }

    private void updates(TablePlan.Release release) {
        Link pointer = release.pointer();
        release.husk().forEach(column -> update(pointer.to(), column.column()));
        release.next().forEach(this::updates);
    }

    private void update(TableName table, String column) {
        updated.computeIfAbsent(table, name -> new LinkedHashSet<>()).add(column);
    }

    /** The columns of persons' data that a correction may be asked for, by table; what is generated is nobody's to write. */
    public static Map<TableName, Set<String>> corrected(BoundStore store) {
        Map<TableName, Set<String>> columns = new LinkedHashMap<>();
        for (BoundTable table : store.tables().values()) {
            Set<String> personal = new LinkedHashSet<>();
            table.columns().values().stream()
                    .filter(bound -> !bound.map().notPersonal())
                    .map(bound -> bound.map().name())
                    .filter(column -> !generated(table, column))
                    .forEach(personal::add);
            columns.put(table.name(), personal);
        }
        return columns;
    }

    /**
     * The columns in which withdrawals, objections and restrictions are noted, by table ({@code kept end}, requests): runs that forget need none of
     * them. A state is left to people, and so is what is generated.
     */
    public static Map<TableName, Set<String>> noted(BoundStore store) {
        Map<TableName, Set<String>> columns = new LinkedHashMap<>();
        for (BoundTable table : store.tables().values()) {
            Set<String> noted = new LinkedHashSet<>();
            table.map().facts().values().forEach(facts -> {
                facts.withdrawn().ifPresent(noted::add);
                facts.objected().ifPresent(noted::add);
            });
            table.map().person().flatMap(Table.Person::restricted).ifPresent(noted::add);
            noted.removeIf(column -> generated(table, column) || identity(table, column));
            if (!noted.isEmpty()) {
                columns.put(table.name(), noted);
            }
        }
        return columns;
    }

    private static boolean identity(BoundTable table, String column) {
        Catalogue.CatalogueColumn live = table.catalogue().columns().get(column);
        return live != null && live.identity();
    }

    private static boolean generated(BoundTable table, String column) {
        Catalogue.CatalogueColumn live = table.catalogue().columns().get(column);
        return live != null && live.generated();
    }
}
