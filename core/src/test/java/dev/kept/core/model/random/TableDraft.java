package dev.kept.core.model.random;

import dev.kept.core.datamap.Catalogue.Action;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A table while it is being thought up: its schema and its part of the map together. */
final class TableDraft {

    static final String INSTANT = "timestamp with time zone";
    static final String LOCAL = "timestamp without time zone";
    static final String DATE = "date";

    /** What fills a column. */
    enum Content {
        KEY,
        LINK,
        TEXT,
        NUMBER,
        DOCUMENT,
        EMAIL,
        PAST_DATE,
        RARE_DATE,
        STATE
    }

    /** A link to another table and how its columns are filled. */
    record LinkDraft(
            TableDraft to,
            List<String> columns,
            List<String> targets,
            boolean foreignKey,
            boolean casefold,
            boolean nullable) {}

    final TableName name;
    final boolean personal;
    final Map<String, CatalogueColumn> columns = new LinkedHashMap<>();
    final Map<String, Content> contents = new LinkedHashMap<>();
    final List<String> key = new ArrayList<>();
    final List<UniqueKey> unique = new ArrayList<>();
    final List<ForeignKey> foreignKeys = new ArrayList<>();
    final List<LinkDraft> links = new ArrayList<>();
    final Map<String, LinkDraft> entries = new LinkedHashMap<>();
    final Map<String, String> entryKinds = new LinkedHashMap<>();
    final List<Table.Pointer> pointers = new ArrayList<>();
    final Map<String, Table.Event> events = new LinkedHashMap<>();
    final Map<String, Table.UseFacts> facts = new LinkedHashMap<>();
    final Map<String, Table.While> whiles = new LinkedHashMap<>();
    final Map<String, Column> mapped = new LinkedHashMap<>();
    final Set<String> uses = new LinkedHashSet<>();
    final List<String> personalColumns = new ArrayList<>();
    final List<LinkDraft> pointing = new ArrayList<>();
    Optional<String> kind = Optional.empty();
    Optional<Table.Unowned> unowned = Optional.empty();
    Optional<Table.Replies> replies = Optional.empty();

    TableDraft(TableName name, boolean personal) {
        this.name = name;
        this.personal = personal;
    }

    boolean shared() {
        return !pointers.isEmpty();
    }

    void column(String column, String type, boolean notNull, Content content) {
        columns.put(column, new CatalogueColumn(column, type, type, notNull, false, false, List.of(), List.of()));
        contents.put(column, content);
    }

    void notPersonal(String column) {
        mapped.put(
                column,
                new Column(
                        column, List.of(), List.of(), true, List.of(), List.of(), Optional.empty(), Optional.empty()));
    }

    void link(LinkDraft link, Action onDelete) {
        links.add(link);
        if (link.foreignKey()) {
            foreignKeys.add(new ForeignKey(
                    name.name() + "_" + String.join("_", link.columns()) + "_fkey",
                    name,
                    link.columns(),
                    link.to().name,
                    link.targets(),
                    onDelete,
                    Action.NO_ACTION,
                    false));
        }
    }

    String type(String column) {
        return Objects.requireNonNull(columns.get(column)).type();
    }

    boolean notNull(String column) {
        return Objects.requireNonNull(columns.get(column)).notNull();
    }

    CatalogueTable catalogue() {
        return new CatalogueTable(
                name,
                columns,
                key,
                unique,
                foreignKeys,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                -1,
                -1);
    }

    Table map() {
        if (!personal) {
            return Table.notPersonal(name);
        }
        Map<String, Table.BelongsTo> belongsTo = new LinkedHashMap<>();
        entries.forEach((role, link) -> {
            Table.Target target = entryKinds.containsKey(role)
                    ? new Table.Target.OfKind(Objects.requireNonNull(entryKinds.get(role)))
                    : new Table.Target.OfTable(link.to().name);
            belongsTo.put(
                    role,
                    new Table.BelongsTo(
                            role,
                            target,
                            link.columns(),
                            link.targets(),
                            link.casefold() ? Match.CASEFOLD_TRIM : Match.EXACT));
        });
        return new Table(
                name,
                true,
                kind.map(k -> new Table.Person(k, key, Map.of())),
                belongsTo,
                pointers,
                List.copyOf(uses),
                events,
                facts,
                whiles,
                mapped,
                unowned,
                replies);
    }

    // ---- ways --------------------------------------------------------------------------------------------------

    /** The tables on each way to a person (or to a shared table), this one first; a branch of a way may end at a NULL. */
    List<List<TableDraft>> ways() {
        List<List<TableDraft>> ways = new ArrayList<>();
        if (kind.isPresent() || shared()) {
            ways.add(List.of(this));
        }
        entries.forEach((role, link) -> {
            List<List<TableDraft>> further = entryKinds.containsKey(role)
                    ? List.of(List.of(link.to()))
                    : link.to().ways();
            for (List<TableDraft> way : further) {
                List<TableDraft> longer = new ArrayList<>(List.of(this));
                longer.addAll(way);
                ways.add(longer);
            }
        });
        return ways;
    }

    /** Whether every row knows all its owners: no link on a way is nullable or without foreign key. */
    boolean alwaysOwned() {
        return !shared()
                && entries.values().stream()
                        .allMatch(link -> link.foreignKey()
                                && !link.nullable()
                                && link.to().alwaysOwned());
    }

    /** Whether the event can be found from every row of this table, for every owner. */
    boolean finds(String event, List<TableDraft> all) {
        return ways().stream().allMatch(way -> way.stream().anyMatch(table -> table.has(event, all)));
    }

    boolean has(String event, List<TableDraft> all) {
        return events.containsKey(event)
                || facts.keySet().stream().anyMatch(use -> event.equals(use + ".given") && facts.get(use) != null)
                || all.stream()
                        .anyMatch(other -> other.events.containsKey(event)
                                && Objects.requireNonNull(other.events.get(event))
                                        .dates()
                                        .contains(name));
    }
}
