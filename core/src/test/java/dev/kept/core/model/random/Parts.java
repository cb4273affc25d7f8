package dev.kept.core.model.random;

import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Notices, maps and schemas with one part left out. */
final class Parts {

    private final Table table;
    private Map<String, Table.BelongsTo> belongsTo;
    private List<Table.Pointer> anyOf;
    private List<String> uses;
    private Map<String, Table.Event> events;
    private Map<String, Table.UseFacts> facts;
    private Map<String, Table.While> whiles;
    private Map<String, Column> columns;
    private Optional<Table.Unowned> unowned;
    private Optional<Table.Replies> replies;

    private Parts(Table table) {
        this.table = table;
        this.belongsTo = new LinkedHashMap<>(table.belongsTo());
        this.anyOf = new ArrayList<>(table.anyOf());
        this.uses = new ArrayList<>(table.uses());
        this.events = new LinkedHashMap<>(table.events());
        this.facts = new LinkedHashMap<>(table.facts());
        this.whiles = new LinkedHashMap<>(table.whiles());
        this.columns = new LinkedHashMap<>(table.columns());
        this.unowned = table.unowned();
        this.replies = table.replies();
    }

    static Parts of(Table table) {
        return new Parts(table);
    }

    private Table table() {
        return new Table(
                table.name(),
                table.personal(),
                table.person(),
                belongsTo,
                anyOf,
                uses,
                events,
                facts,
                whiles,
                columns,
                unowned,
                replies);
    }

    Table withoutTable(TableName gone, Store store) {
        belongsTo.values().removeIf(entry -> target(entry, store).equals(Optional.of(gone)));
        anyOf.removeIf(pointer -> pointer.table().equals(gone));
        events.replaceAll((name, event) -> dating(
                event,
                event.dates().stream().filter(dated -> !dated.equals(gone)).toList()));
        onlyRolesLeft();
        return table();
    }

    private static Optional<TableName> target(Table.BelongsTo entry, Store store) {
        return switch (entry.target()) {
            case Table.Target.OfTable(TableName name) -> Optional.of(name);
            case Table.Target.OfKind(String kind) ->
                store.tables().values().stream()
                        .filter(one ->
                                one.person().filter(p -> p.kind().equals(kind)).isPresent())
                        .map(Table::name)
                        .findFirst();
        };
    }

    private static Table.Event dating(Table.Event event, List<TableName> dates) {
        return new Table.Event(
                event.name(), event.column(), dates, event.earliest(), event.absent(), event.zone(), event.sentinels());
    }

    private void onlyRolesLeft() {
        columns.replaceAll((name, column) -> new Column(
                column.name(),
                column.path(),
                column.categories(),
                column.notPersonal(),
                column.onlyFor(),
                column.of().stream().filter(belongsTo::containsKey).toList(),
                column.cleared(),
                column.guess()));
    }

    Table withoutUse(String gone) {
        uses.remove(gone);
        facts.remove(gone);
        columns.replaceAll((name, column) -> new Column(
                column.name(),
                column.path(),
                column.categories(),
                column.notPersonal(),
                column.onlyFor().stream().filter(use -> !use.equals(gone)).toList(),
                column.of(),
                column.cleared(),
                column.guess()));
        return table();
    }

    Table onlyColumns(Set<String> there) {
        columns.values().removeIf(column -> !there.contains(column.name()));
        return table();
    }

    /** The table with one thing fewer. */
    List<Table> less() {
        List<Table> less = new ArrayList<>();
        table.belongsTo().keySet().forEach(role -> {
            Parts parts = of(table);
            parts.belongsTo.remove(role);
            parts.onlyRolesLeft();
            less.add(parts.table());
        });
        table.anyOf().forEach(pointer -> {
            Parts parts = of(table);
            parts.anyOf.remove(pointer);
            less.add(parts.table());
        });
        table.uses().forEach(use -> less.add(of(table).withoutUse(use)));
        table.events().values().forEach(event -> {
            Parts parts = of(table);
            parts.events.remove(event.name());
            less.add(parts.table());
            if (!event.dates().isEmpty()) {
                Parts dating = of(table);
                dating.events.put(event.name(), dating(event, List.of()));
                less.add(dating.table());
            }
        });
        less(table.facts(), (parts, key) -> parts.facts.remove(key), less);
        less(table.whiles(), (parts, key) -> parts.whiles.remove(key), less);
        less(table.columns(), (parts, key) -> parts.columns.remove(key), less);
        table.unowned().ifPresent(rule -> {
            Parts parts = of(table);
            parts.unowned = Optional.empty();
            less.add(parts.table());
        });
        table.replies().ifPresent(rule -> {
            Parts parts = of(table);
            parts.replies = Optional.empty();
            less.add(parts.table());
        });
        return less;
    }

    private interface Removal {
        void from(Parts parts, String key);
    }

    private void less(Map<String, ?> of, Removal removal, List<Table> less) {
        of.keySet().forEach(key -> {
            Parts parts = of(table);
            removal.from(parts, key);
            less.add(parts.table());
        });
    }

    // ---- schema ------------------------------------------------------------------------------------------------

    static CatalogueTable foreignKeys(CatalogueTable table, List<ForeignKey> keys) {
        return new CatalogueTable(
                table.name(),
                table.columns(),
                table.primaryKey(),
                table.uniqueKeys(),
                keys,
                table.checks(),
                table.indexes(),
                table.triggers(),
                table.partitioning(),
                table.rowSecurity(),
                table.rows(),
                table.pages());
    }

    /** The table without one of its foreign keys or columns. */
    static List<CatalogueTable> less(CatalogueTable table) {
        List<CatalogueTable> less = new ArrayList<>();
        for (ForeignKey key : table.foreignKeys()) {
            less.add(foreignKeys(
                    table,
                    table.foreignKeys().stream()
                            .filter(other -> !other.equals(key))
                            .toList()));
        }
        Set<String> bound = new HashSet<>(table.primaryKey());
        table.foreignKeys().forEach(key -> bound.addAll(key.columns()));
        for (String column : table.columns().keySet()) {
            if (!bound.contains(column)) {
                Map<String, CatalogueColumn> columns = new LinkedHashMap<>(table.columns());
                columns.remove(column);
                less.add(new CatalogueTable(
                        table.name(),
                        columns,
                        table.primaryKey(),
                        table.uniqueKeys().stream()
                                .filter(key -> !key.columns().contains(column))
                                .toList(),
                        table.foreignKeys(),
                        table.checks(),
                        table.indexes(),
                        table.triggers(),
                        table.partitioning(),
                        table.rowSecurity(),
                        table.rows(),
                        table.pages()));
            }
        }
        return less;
    }

    // ---- notice ------------------------------------------------------------------------------------------------

    static Store store(Store store, Map<TableName, Table> tables) {
        return new Store(
                store.name(), store.database(), store.zone(), store.sentinels(), store.backupsKeptFor(), tables);
    }

    static Notice notice(Notice notice, Map<String, Use> uses) {
        return notice.with(uses);
    }

    /** The use with simpler ends. */
    static List<Use> less(Use use) {
        List<Use> less = new ArrayList<>();
        if (!use.past().equals(Use.Past.NONE)) {
            less.add(use.with(use.ends(), Use.Past.NONE));
        }
        for (List<End> ends : Shrinking.less(use.ends())) {
            less.add(use.with(ends, use.past()));
        }
        return less;
    }
}
