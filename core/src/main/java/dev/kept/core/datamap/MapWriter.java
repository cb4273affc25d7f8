package dev.kept.core.datamap;

import dev.kept.core.datamap.Table.Absent;
import dev.kept.core.datamap.Table.BelongsTo;
import dev.kept.core.datamap.Table.ColumnValues;
import dev.kept.core.datamap.Table.Event;
import dev.kept.core.datamap.Table.Pointer;
import dev.kept.core.datamap.Table.Target;
import dev.kept.core.datamap.Table.Unowned;
import dev.kept.core.datamap.Table.UseFacts;
import dev.kept.core.source.YamlWriter;
import dev.kept.core.source.YamlWriter.Mapping;
import dev.kept.core.source.YamlWriter.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a store's map in the format that {@link MapReader} reads, with the guesses of a draft. */
public final class MapWriter {

    private MapWriter() {}

    /**
     * The map's text.
     *
     * @param header lines of comment above it
     */
    public static String write(Store store, List<String> header) {
        return write(store, header, Map.of());
    }

    /**
     * The map's text.
     *
     * @param comments lines above what leads from a table, by its role or {@code replies}
     */
    public static String write(Store store, List<String> header, Map<TableName, Map<String, List<String>>> comments) {
        Mapping tables = new Mapping();
        store.tables()
                .values()
                .forEach(table -> tables.put(
                        table.name().toString(), table(table, comments.getOrDefault(table.name(), Map.of()))));
        Mapping root = new Mapping()
                .put("store", YamlWriter.text(store.name()))
                .put("database", YamlWriter.text(store.database()))
                .put("zone", YamlWriter.text(store.zone().getId()))
                .list("sentinels", store.sentinels())
                .text("epoch", store.epoch().map(Epoch::word));
        store.backupsKeptFor()
                .ifPresent(span -> root.put(
                        "backups",
                        new Mapping()
                                .put("kept-for", YamlWriter.text(span.toString()))
                                .line()));
        return YamlWriter.write(header, root.put("tables", tables.block()).block());
    }

    /**
     * One table, as it stands under its name.
     *
     * @param comments lines above what leads from it, by its role or {@code replies}
     */
    public static Value table(Table table, Map<String, List<String>> comments) {
        if (!table.personal()) {
            return table.guess().isEmpty()
                    ? YamlWriter.text(ColumnReader.NOT_PERSONAL)
                    : new Mapping()
                            .flag(ColumnReader.NOT_PERSONAL, true)
                            .text("guess", table.guess())
                            .line();
        }
        Mapping mapping = new Mapping().text("guess", table.guess());
        table.person()
                .ifPresent(person -> mapping.put(
                        "person",
                        new Mapping().put(person.kind(), person(person)).line()));
        Mapping belongsTo = new Mapping();
        table.belongsTo()
                .values()
                .forEach(way -> belongsTo.comment(way.role(), comments.getOrDefault(way.role(), List.of()), way(way)));
        if (table.shared()) {
            belongsTo.put(
                    "any-of",
                    YamlWriter.lines(
                            table.anyOf().stream().map(MapWriter::pointer).toList()));
        }
        mapping.block("belongs-to", belongsTo).list("uses", table.uses());
        Mapping events = new Mapping();
        table.events().values().forEach(event -> events.put(event.name(), event(event)));
        Mapping facts = new Mapping();
        table.facts().values().forEach(fact -> facts.put(fact.use(), facts(fact)));
        Mapping whiles = new Mapping();
        table.whiles()
                .values()
                .forEach(condition ->
                        whiles.put(condition.name(), values(condition.columns()).line()));
        mapping.block("events", events)
                .block("facts", facts)
                .block("while", whiles)
                .block("columns", columns(table));
        table.unowned().ifPresent(unowned -> mapping.put("unowned", unowned(unowned)));
        table.replies()
                .ifPresent(replies -> mapping.comment(
                        "replies",
                        comments.getOrDefault("replies", List.of()),
                        new Mapping()
                                .words("via", replies.via())
                                .put("delete", YamlWriter.text(replies.branch() ? "branch" : "author"))
                                .text("guess", replies.guess())
                                .line()));
        table.statistics().ifPresent(statistics -> mapping.put("anonymise", StatisticsWriter.write(statistics)));
        if (table.dropsPartitions()) {
            mapping.put("partitions", YamlWriter.text("drop"));
        }
        return mapping.block();
    }

    private static Value person(Table.Person person) {
        Mapping finders = new Mapping();
        person.foundBy().forEach((name, finder) -> finders.put(name, finder(finder)));
        person.foundBeside().forEach((name, finder) -> finders.put(name, finder(finder)));
        Mapping mapping = new Mapping().words("key", person.key());
        if (!finders.isEmpty()) {
            mapping.put("found-by", finders.line());
        }
        return mapping.text("restricted", person.restricted()).line();
    }

    private static Value finder(Table.FinderBeside finder) {
        Mapping mapping = new Mapping()
                .put("table", YamlWriter.text(finder.table().toString()))
                .put("column", YamlWriter.text(finder.column()));
        if (finder.match() != Match.EXACT) {
            mapping.put("match", YamlWriter.text(MapReader.word(finder.match())));
        }
        return mapping.line();
    }

    private static Value finder(Table.Finder finder) {
        if (finder.match() == Match.EXACT && finder.several() == Several.REFUSE) {
            return YamlWriter.text(finder.column());
        }
        Mapping mapping = new Mapping().put("column", YamlWriter.text(finder.column()));
        if (finder.match() != Match.EXACT) {
            mapping.put("match", YamlWriter.text(MapReader.word(finder.match())));
        }
        if (finder.several() != Several.REFUSE) {
            mapping.put("several", YamlWriter.text(MapReader.word(finder.several())));
        }
        return mapping.line();
    }

    private static Value way(BelongsTo way) {
        Mapping mapping = new Mapping();
        switch (way.target()) {
            case Target.OfKind(String kind) -> mapping.put("person", YamlWriter.text(kind));
            case Target.OfTable(TableName table) -> mapping.put("table", YamlWriter.text(table.toString()));
        }
        mapping.words("via", way.via()).words("to", way.to());
        if (way.match() != Match.EXACT) {
            mapping.put("match", YamlWriter.text(MapReader.word(way.match())));
        }
        return mapping.list("none", way.none()).text("guess", way.guess()).line();
    }

    private static Value pointer(Pointer pointer) {
        boolean simple = pointer.guess().isEmpty()
                && pointer.via().size() == 1
                && pointer.via().getFirst().indexOf('.') < 0;
        return simple && !pointer.via().getFirst().endsWith("\"")
                ? YamlWriter.text(pointer.table() + "." + pointer.via().getFirst())
                : new Mapping()
                        .put("table", YamlWriter.text(pointer.table().toString()))
                        .words("via", pointer.via())
                        .text("guess", pointer.guess())
                        .line();
    }

    private static Value event(Event event) {
        Mapping mapping = new Mapping()
                .put("at", YamlWriter.text(event.column()))
                .list("dates", event.dates().stream().map(TableName::toString).toList())
                .text("take", event.earliest() ? Optional.of("earliest") : Optional.empty())
                .text("absent", absent(event.absent()))
                .text("zone", event.zone().map(Object::toString))
                .list("sentinels", event.sentinels())
                .text("epoch", event.epoch().map(Epoch::word));
        boolean plain = event.equals(
                new Event(event.name(), event.column(), List.of(), false, Absent.UNKNOWN, Optional.empty(), List.of()));
        return plain ? YamlWriter.text(event.column()) : mapping.line();
    }

    private static Optional<String> absent(Absent absent) {
        return absent == Absent.NEVER ? Optional.of("never") : Optional.empty();
    }

    private static Value facts(UseFacts facts) {
        if (facts.kept()) {
            return YamlWriter.text("kept");
        }
        Mapping mapping = new Mapping()
                .text("given", facts.given())
                .text("withdrawn", facts.withdrawn())
                .text("objected", facts.objected());
        facts.state()
                .ifPresent(state -> mapping.put("state", values(List.of(state)).line()));
        return mapping.text("absent", absent(facts.absent())).line();
    }

    private static Mapping values(List<ColumnValues> columns) {
        Mapping mapping = new Mapping();
        columns.forEach(column -> mapping.put(column.column(), YamlWriter.line(column.values(), column.orNull())));
        return mapping;
    }

    private static Mapping columns(Table table) {
        Map<String, Mapping> paths = new LinkedHashMap<>();
        Map<String, Value> values = new LinkedHashMap<>();
        for (Column column : table.columns().values()) {
            if (column.path().isEmpty()) {
                values.put(column.name(), column(column));
            } else {
                Mapping at = paths.computeIfAbsent(column.name(), name -> new Mapping());
                at.put(ColumnReader.pathOf(column.path()), column(column));
                values.put(column.name(), new Mapping().put("at", at.line()).line());
            }
        }
        Mapping mapping = new Mapping();
        values.forEach(mapping::put);
        return mapping;
    }

    /** One column, as it stands under its name. */
    public static Value column(Column column) {
        List<String> is = column.notPersonal() ? List.of(ColumnReader.NOT_PERSONAL) : column.categories();
        boolean plain = column.onlyFor().isEmpty()
                && column.of().isEmpty()
                && column.cleared().isEmpty()
                && column.guess().isEmpty();
        if (plain && is.size() == 1) {
            return YamlWriter.text(is.getFirst());
        }
        return new Mapping()
                .words("is", is)
                .list("for", column.onlyFor())
                .words("of", column.of())
                .text("cleared", column.cleared())
                .text("guess", column.guess())
                .line();
    }

    private static Value unowned(Unowned unowned) {
        return switch (unowned) {
            case Unowned.Keep() -> YamlWriter.text("keep");
            case Unowned.After(String event, var span) ->
                new Mapping()
                        .put("after", YamlWriter.text(event))
                        .put("for", YamlWriter.text(span.toString()))
                        .line();
        };
    }
}
