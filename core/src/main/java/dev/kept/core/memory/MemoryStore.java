package dev.kept.core.memory;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import dev.kept.core.value.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A database in memory: the tables of a catalogue and their rows. Values are typed by the catalogue, see {@link ValueType}. Constraints are
 * not checked when rows are written by hand: {@link #violations} tells.
 *
 * <p>Not safe for several threads.
 */
public final class MemoryStore {
    private final Catalogue catalogue;
    private final Map<TableName, Map<Long, MemoryRow>> tables = new LinkedHashMap<>();

    /** Of the tables that were asked for, the same for all copies. */
    private final Map<TableName, Map<String, ValueType>> types;

    private final MemoryIndexes indexes = new MemoryIndexes(this);
    private long nextId = 1;
    private long version;

    public MemoryStore(Catalogue catalogue) {
        this(catalogue, new HashMap<>());
    }

    private MemoryStore(Catalogue catalogue, Map<TableName, Map<String, ValueType>> types) {
        this.catalogue = catalogue;
        this.types = types;
    }

    /** The same rows, to be changed apart from these; each keeps its {@link MemoryRow#id}. */
    public MemoryStore copy() {
        MemoryStore copy = new MemoryStore(catalogue, types);
        copy.nextId = nextId;
        tables.forEach((name, rows) -> rows.values()
                .forEach(row -> copy.stored(name).put(row.id(), new MemoryRow(name, row.id(), row.values()))));
        return copy;
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    public CatalogueTable table(TableName name) {
        CatalogueTable table = catalogue.tables().get(name);
        if (table == null) {
            throw new IllegalArgumentException("the catalogue has no table `" + name + "`");
        }
        return table;
    }

    public ValueType type(TableName table, String column) {
        ValueType type = types.computeIfAbsent(table, this::types).get(column);
        if (type == null) {
            throw new IllegalArgumentException("the catalogue has no column `" + column + "` of `" + table + "`");
        }
        return type;
    }

    private Map<String, ValueType> types(TableName table) {
        Map<String, ValueType> byColumn = new HashMap<>();
        for (CatalogueColumn column : table(table).columns().values()) {
            byColumn.put(column.name(), ValueType.of(column.baseType()));
        }
        return byColumn;
    }

    /** The rows of a table, in the order of their writing. */
    public List<MemoryRow> rows(TableName table) {
        return List.copyOf(stored(table).values());
    }

    /** The row with this {@link MemoryRow#id}, while it lives. */
    public Optional<MemoryRow> row(TableName table, long id) {
        return Optional.ofNullable(stored(table).get(id));
    }

    public boolean contains(MemoryRow row) {
        return stored(row.table()).get(row.id()) == row;
    }

    /** Writes a row; columns left out are NULL. */
    public MemoryRow insert(TableName table, Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        table(table).columns().keySet().forEach(column -> all.put(column, null));
        all.putAll(typed(table, values));
        MemoryRow row = new MemoryRow(table, nextId++, all);
        stored(table).put(row.id(), row);
        version++;
        return row;
    }

    public void update(MemoryRow row, Map<String, ? extends @Nullable Object> changes) {
        row.set(typed(row.table(), changes));
        version++;
    }

    public void delete(Collection<MemoryRow> rows) {
        rows.forEach(row -> stored(row.table()).remove(row.id()));
        version++;
    }

    public void delete(MemoryRow row) {
        delete(List.of(row));
    }

    /** The rows a link leads to; none where one of its columns is NULL, or stands for nobody. */
    public List<MemoryRow> targets(Link link, MemoryRow row) {
        List<@Nullable Object> values = row.values(link.columns());
        return nobody(link, values) ? List.of() : matching(link.to(), link.targetColumns(), link.match(), values);
    }

    /** The rows of {@code link.from()} that lead to this row. */
    public List<MemoryRow> pointing(Link link, MemoryRow row) {
        List<@Nullable Object> values = row.values(link.targetColumns());
        return nobody(link, values) ? List.of() : matching(link.from(), link.columns(), link.match(), values);
    }

    private static boolean nobody(Link link, List<@Nullable Object> values) {
        Object value = values.getFirst();
        return !link.none().isEmpty()
                && value != null
                && link.none().stream().anyMatch(none -> switch (link.match()) {
                    case EXACT -> ValueType.text(value).equals(none);
                    case CASEFOLD_TRIM ->
                        MemoryIndexes.foldedTrimmed(ValueType.text(value)).equals(MemoryIndexes.foldedTrimmed(none));
                });
    }

    /** The rows at the end of a way of links. */
    public Set<MemoryRow> targets(List<Link> path, Collection<MemoryRow> rows) {
        Set<MemoryRow> here = new LinkedHashSet<>(rows);
        for (Link link : path) {
            Set<MemoryRow> there = new LinkedHashSet<>();
            here.forEach(row -> there.addAll(targets(link, row)));
            here = there;
        }
        return here;
    }

    /** The rows whose way of links ends at one of these. */
    public Set<MemoryRow> pointing(List<Link> path, Collection<MemoryRow> rows) {
        Set<MemoryRow> here = new LinkedHashSet<>(rows);
        for (Link link : path.reversed()) {
            Set<MemoryRow> before = new LinkedHashSet<>();
            here.forEach(row -> before.addAll(pointing(link, row)));
            here = before;
        }
        return here;
    }

    List<MemoryRow> matching(TableName table, List<String> columns, Match match, List<@Nullable Object> values) {
        return indexes.find(table, columns, match, values);
    }

    /** The names of the constraints that do not hold: NOT NULL (as {@code table.column}), keys, UNIQUE and foreign keys. */
    public List<String> violations() {
        return new MemoryConstraints(this).all();
    }

    /** The keys, UNIQUE constraints and foreign keys that do not hold for this row; NOT NULL is not asked. */
    public List<String> violations(MemoryRow row) {
        return new MemoryConstraints(this)
                .keysBroken(row, table(row.table()).columns().keySet());
    }

    /** The contents, for comparing: rows by their {@link MemoryRow#id}. */
    public Map<TableName, Map<Long, Map<String, @Nullable Object>>> contents() {
        Map<TableName, Map<Long, Map<String, @Nullable Object>>> contents = new LinkedHashMap<>();
        catalogue.tables().keySet().forEach(name -> {
            Map<Long, Map<String, @Nullable Object>> byId = new LinkedHashMap<>();
            stored(name).forEach((id, row) -> byId.put(id, row.values()));
            contents.put(name, byId);
        });
        return contents;
    }

    /** Grows with every change; what was computed at another version is stale. */
    long version() {
        return version;
    }

    private Map<String, @Nullable Object> typed(TableName table, Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable Object> typed = new LinkedHashMap<>();
        List<String> unfit = new ArrayList<>();
        values.forEach((column, value) -> {
            try {
                typed.put(column, type(table, column).read(value));
            } catch (IllegalArgumentException e) {
                unfit.add(column + ": " + e.getMessage());
            }
        });
        if (!unfit.isEmpty()) {
            throw new IllegalArgumentException("`" + table + "`: " + String.join("; ", unfit));
        }
        return typed;
    }

    private Map<Long, MemoryRow> stored(TableName table) {
        return tables.computeIfAbsent(table(table).name(), name -> new LinkedHashMap<>());
    }
}
