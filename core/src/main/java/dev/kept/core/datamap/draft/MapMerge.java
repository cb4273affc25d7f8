package dev.kept.core.datamap.draft;

import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.datamap.MapWriter;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.YamlInsertion;
import dev.kept.core.source.YamlWriter.Mapping;
import dev.kept.core.source.YamlWriter.Value;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Brings an existing map up to a schema: what is new there is added as a guess, at its place; what was written by hand stays to the letter,
 * also where the schema no longer has it.
 *
 * @param text the map with the additions
 * @param added the tables and columns added, as {@code table} and {@code table.column}
 */
public record MapMerge(String text, List<String> added) {

    public MapMerge {
        added = List.copyOf(added);
    }

    /**
     * Adds what a draft knows and the map does not declare.
     *
     * @param draft of the same store, from its live schema
     * @return empty where the map cannot be read, or cannot be added to
     */
    public static Optional<MapMerge> merge(SourceText map, Draft draft, ZoneId zone) {
        Optional<Store> written = MapReader.draft(map, zone).value();
        if (written.isEmpty()) {
            return Optional.empty();
        }
        MapMerge merged = new MapMerge(map.text(), List.of());
        for (Table table : draft.store().tables().values()) {
            Table there = written.get().tables().get(table.name());
            if (there == null) {
                Optional<MapMerge> next = merged.with(
                        List.of("tables"::equals),
                        table.name().toString(),
                        MapWriter.table(table, draft.comments(table.name())),
                        table.name().toString());
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                merged = next.get();
            } else if (there.personal()) {
                Optional<MapMerge> next = merged.columns(there, draft);
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                merged = next.get();
            }
        }
        return merged.readable(map, zone) ? Optional.of(merged) : Optional.empty();
    }

    private boolean readable(SourceText before, ZoneId zone) {
        Reading<Store> now = MapReader.draft(new SourceText(before.name(), text), zone);
        return now.value().isPresent()
                && now.problems().size()
                        <= MapReader.draft(before, zone).problems().size();
    }

    private Optional<MapMerge> columns(Table there, Draft draft) {
        List<Column> missing = draft.guesses(there.name()).stream()
                .filter(column -> !declared(there, column.name(), draft))
                .toList();
        Predicate<String> here = key -> TableName.parse(key).equals(there.name());
        Optional<MapMerge> merged = Optional.of(this);
        if (there.columns().isEmpty() && !missing.isEmpty()) {
            Mapping columns = new Mapping();
            missing.forEach(column -> columns.put(column.name(), MapWriter.column(column)));
            List<String> names = new ArrayList<>(added);
            missing.forEach(column -> names.add(there.name() + "." + column.name()));
            return YamlInsertion.append(text, List.of("tables"::equals, here), "columns", columns.block())
                    .map(next -> new MapMerge(next, names));
        }
        for (Column column : missing) {
            merged = merged.flatMap(so -> so.with(
                    List.of("tables"::equals, here, "columns"::equals),
                    column.name(),
                    MapWriter.column(column),
                    there.name() + "." + column.name()));
        }
        return merged;
    }

    private Optional<MapMerge> with(List<Predicate<String>> path, String key, Value value, String named) {
        List<String> names = new ArrayList<>(added);
        names.add(named);
        return YamlInsertion.append(text, path, key, value).map(next -> new MapMerge(next, names));
    }

    /** Whether the map says what a column is, or uses it for what columns need not be listed for. */
    private static boolean declared(Table there, String column, Draft draft) {
        Set<String> known = new HashSet<>();
        there.columns().values().forEach(listed -> known.add(listed.name()));
        there.person().ifPresent(person -> {
            known.addAll(person.key());
            person.restricted().ifPresent(known::add);
        });
        there.belongsTo().values().forEach(way -> known.addAll(way.via()));
        there.replies().ifPresent(replies -> known.addAll(replies.via()));
        there.events().values().forEach(event -> known.add(event.column()));
        there.whiles().values().forEach(condition -> condition.columns().forEach(c -> known.add(c.column())));
        there.facts().values().forEach(facts -> {
            facts.given().ifPresent(known::add);
            facts.withdrawn().ifPresent(known::add);
            facts.objected().ifPresent(known::add);
            facts.state().ifPresent(state -> known.add(state.column()));
        });
        Optional<CatalogueTable> live = draft.catalogue().find(there.name());
        live.ifPresent(table -> {
            known.addAll(table.primaryKey());
            table.foreignKeys().forEach(key -> known.addAll(key.columns()));
        });
        return known.contains(column);
    }
}
