package dev.kept.core.datamap;

import dev.kept.core.datamap.Table.Absent;
import dev.kept.core.datamap.Table.BelongsTo;
import dev.kept.core.datamap.Table.ColumnValues;
import dev.kept.core.datamap.Table.Event;
import dev.kept.core.datamap.Table.Finder;
import dev.kept.core.datamap.Table.FinderBeside;
import dev.kept.core.datamap.Table.Person;
import dev.kept.core.datamap.Table.Pointer;
import dev.kept.core.datamap.Table.Replies;
import dev.kept.core.datamap.Table.Target;
import dev.kept.core.datamap.Table.Unowned;
import dev.kept.core.datamap.Table.UseFacts;
import dev.kept.core.datamap.Table.While;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Written;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one table of a data map. */
final class TableReader {

    private static final String ANY_OF = "any-of";
    private static final Map<String, Absent> ABSENT = Map.of("unknown", Absent.UNKNOWN, "never", Absent.NEVER);

    private final TableName name;
    private final Fields fields;

    TableReader(TableName name, Element element) {
        this.name = name;
        this.fields = element.fields(
                "person",
                "belongs-to",
                "uses",
                "events",
                "facts",
                "while",
                "columns",
                "unowned",
                "replies",
                "anonymise",
                "partitions",
                "guess");
    }

    Table table() {
        Map<String, BelongsTo> belongsTo = new LinkedHashMap<>();
        List<Pointer> anyOf = new ArrayList<>();
        fields.get("belongs-to").ifPresent(written -> belongsTo(written, belongsTo, anyOf));
        Map<String, Event> events = new LinkedHashMap<>();
        entries("events").forEach((event, written) -> event(event, written).ifPresent(e -> events.put(event, e)));
        Map<String, UseFacts> facts = new LinkedHashMap<>();
        entries("facts").forEach((use, written) -> facts(use, written).ifPresent(f -> facts.put(use, f)));
        Map<String, Column> columns = new LinkedHashMap<>();
        entries("columns")
                .forEach((column, written) ->
                        ColumnReader.read(column, written).forEach(read -> columns.put(read.id(), read)));
        return new Table(
                name,
                true,
                fields.get("person").flatMap(TableReader::person),
                belongsTo,
                anyOf,
                fields.get("uses").map(e -> e.listOf(Written::id)).orElse(List.of()),
                events,
                facts,
                whiles(events),
                columns,
                fields.get("unowned").flatMap(TableReader::unowned),
                fields.get("replies").flatMap(TableReader::replies),
                fields.get("anonymise").flatMap(StatisticsReader::read),
                fields.get("partitions")
                        .flatMap(e -> e.choice(Map.of("drop", true, "keep", false)))
                        .orElse(false),
                fields.get("guess").flatMap(Element::text));
    }

    private Map<String, Element> entries(String key) {
        return fields.get(key).map(Element::entries).orElse(Map.of());
    }

    private static Optional<Person> person(Element written) {
        Map<String, Element> kinds = written.entries();
        if (written.kind() == Element.Kind.MAPPING && kinds.size() != 1) {
            written.error(
                    "one-person",
                    "`" + written.dotted() + "` names " + kinds.size() + " kinds of persons, but a row is one person",
                    "write one, as in `customer: {key: id}`");
            return Optional.empty();
        }
        return kinds.values().stream().findFirst().flatMap(kind -> {
            boolean named = Written.named(kind);
            Fields known = kind.fields("key", "found-by", "restricted");
            List<String> key = known.required("key", "name the column that identifies the person")
                    .map(Element::words)
                    .orElse(List.of());
            Map<String, Finder> finders = new LinkedHashMap<>();
            Map<String, FinderBeside> beside = new LinkedHashMap<>();
            known.get("found-by")
                    .map(Element::entries)
                    .orElse(Map.of())
                    .forEach((finder, e) -> finder(finder, e, finders, beside));
            Optional<String> restricted = known.get("restricted").flatMap(Element::text);
            return named && !key.isEmpty()
                    ? Optional.of(new Person(kind.name(), key, finders, beside, restricted))
                    : Optional.empty();
        });
    }

    private static void finder(
            String name, Element written, Map<String, Finder> finders, Map<String, FinderBeside> beside) {
        Written.named(written);
        if (written.isScalar()) {
            written.text().ifPresent(column -> finders.put(name, new Finder(column, Match.EXACT)));
            return;
        }
        Fields known = written.fields("column", "table", "match", "several");
        Match match = MapReader.match(known.get("match"));
        Several several = MapReader.several(known.get("several"));
        Optional<TableName> table = known.get("table").flatMap(Element::text).map(TableName::parse);
        if (table.isPresent()) {
            known.get("several")
                    .ifPresent(both -> both.error(
                            "finder-beside",
                            "rows of another table that lead to several persons are never taken for one person's",
                            "leave `several` out"));
        }
        known.required("column", "name the column")
                .flatMap(Element::text)
                .ifPresent(column -> table.ifPresentOrElse(
                        other -> beside.put(name, new FinderBeside(other, column, match)),
                        () -> finders.put(name, new Finder(column, match, several))));
    }

    private static void belongsTo(Element written, Map<String, BelongsTo> ways, List<Pointer> anyOf) {
        Map<String, Element> entries = written.entries();
        Optional<Element> shared = Optional.ofNullable(entries.get(ANY_OF));
        shared.ifPresent(e -> {
            for (Element pointer : e.items()) {
                pointer(pointer).ifPresent(anyOf::add);
            }
            if (e.kind() == Element.Kind.LIST && e.items().isEmpty()) {
                e.error("empty-list", "`" + e.dotted() + "` is an empty list", "name a column that points here");
            }
        });
        entries.forEach((role, entry) -> {
            if (!role.equals(ANY_OF)) {
                way(role, entry).ifPresent(way -> ways.put(role, way));
            }
        });
    }

    private static Optional<BelongsTo> way(String role, Element written) {
        Written.named(written);
        Fields known = written.fields("person", "table", "via", "to", "match", "none", "guess");
        if (known.has("person") == known.has("table") && written.kind() == Element.Kind.MAPPING) {
            written.problemAtKey(
                    "one-target",
                    "`" + written.dotted() + "` names "
                            + (known.has("person") ? "both a person and a table" : "neither a person nor a table"),
                    "write `person: customer` or `table: orders`");
        }
        Optional<Target> person = known.get("person").flatMap(Written::id).map(Target.OfKind::new);
        Optional<Target> table =
                known.get("table").flatMap(Element::text).map(TableName::parse).map(Target.OfTable::new);
        List<String> via = known.required("via", "name the column that leads there")
                .map(Element::words)
                .orElse(List.of());
        List<String> to = known.get("to").map(Element::words).orElse(List.of());
        Match match = MapReader.match(known.get("match"));
        if (!to.isEmpty() && !via.isEmpty() && to.size() != via.size()) {
            written.problemAtKey(
                    "uneven-link",
                    "`" + written.dotted() + "` joins " + via.size() + " columns with " + to.size(),
                    "name as many columns in `via` as in `to`");
        }
        return via.isEmpty()
                ? Optional.empty()
                : person.or(() -> table)
                        .map(target -> new BelongsTo(
                                role,
                                target,
                                via,
                                to,
                                match,
                                known.get("none")
                                        .map(e -> e.listOf(Element::scalar))
                                        .orElse(List.of()),
                                known.get("guess").flatMap(Element::text)));
    }

    /** {@code orders.address_id}, {@code crm.orders.address_id} or {@code {table, via}}. */
    private static Optional<Pointer> pointer(Element written) {
        if (written.isScalar()) {
            return written.parsed("bad-pointer", "a table's column", "write `orders.address_id`", text -> {
                int dot = text.lastIndexOf('.');
                return dot > 0 && dot < text.length() - 1 && !text.endsWith("\"")
                        ? Optional.of(
                                new Pointer(TableName.parse(text.substring(0, dot)), List.of(text.substring(dot + 1))))
                        : Optional.empty();
            });
        }
        Fields known = written.fields("table", "via", "guess");
        List<String> via = known.required("via", "name the columns that point here")
                .map(Element::words)
                .orElse(List.of());
        return known.required("table", "name the table that points here")
                .flatMap(Element::text)
                .filter(table -> !via.isEmpty())
                .map(table -> new Pointer(
                        TableName.parse(table), via, known.get("guess").flatMap(Element::text)));
    }

    private static Optional<Event> event(String event, Element written) {
        Written.namedAsEvent(written);
        if (written.isScalar()) {
            return written.text()
                    .map(column ->
                            new Event(event, column, List.of(), false, Absent.UNKNOWN, Optional.empty(), List.of()));
        }
        Fields known = written.fields("at", "dates", "take", "absent", "zone", "sentinels", "epoch");
        List<TableName> dates = known.get("dates")
                .map(e -> e.listOf(item -> item.text().map(TableName::parse)))
                .orElse(List.of());
        boolean earliest = known.get("take")
                .flatMap(e -> e.choice(Map.of("latest", false, "earliest", true)))
                .orElse(false);
        Absent absent = absent(known);
        Optional<java.time.ZoneId> zone = known.get("zone").flatMap(Written::zone);
        List<String> sentinels = MapReader.sentinels(known);
        Optional<Epoch> epoch = MapReader.epoch(known);
        return known.required("at", "name the column that holds the time")
                .flatMap(Element::text)
                .map(column -> new Event(event, column, dates, earliest, absent, zone, sentinels, epoch));
    }

    private static Absent absent(Fields known) {
        return known.get("absent").flatMap(e -> e.choice(ABSENT)).orElse(Absent.UNKNOWN);
    }

    private static Optional<UseFacts> facts(String use, Element written) {
        Written.named(written);
        if (written.isScalar()) {
            return written.choice(Map.of("kept", true))
                    .map(kept -> new UseFacts(
                            use,
                            true,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Absent.UNKNOWN));
        }
        Fields known = written.fields("given", "withdrawn", "objected", "state", "absent");
        Absent absent = absent(known);
        List<ColumnValues> state =
                known.get("state").map(MapReader::columnValues).orElse(List.of());
        if (state.size() > 1) {
            written.error(
                    "one-state",
                    "`" + written.dotted() + ".state` names " + state.size() + " columns",
                    "name the one column that holds the state");
        }
        boolean nothing =
                !known.has("given") && !known.has("withdrawn") && !known.has("objected") && !known.has("state");
        if (nothing && written.kind() == Element.Kind.MAPPING) {
            written.error(
                    "nothing-listed",
                    "`" + written.dotted() + "` names no column",
                    "write `{given: opted_in_at, withdrawn: opted_out_at}`, or `kept`");
        }
        return Optional.of(new UseFacts(
                use,
                false,
                known.get("given").flatMap(Element::text),
                known.get("withdrawn").flatMap(Element::text),
                known.get("objected").flatMap(Element::text),
                state.stream().findFirst(),
                absent));
    }

    /** A condition speaks for the tables that this table's events date, too (docs/semantics.md section 2). */
    private Map<String, While> whiles(Map<String, Event> events) {
        List<TableName> dates = events.values().stream()
                .flatMap(event -> event.dates().stream())
                .distinct()
                .toList();
        Map<String, While> whiles = new LinkedHashMap<>();
        entries("while").forEach((condition, written) -> {
            Written.namedAsEvent(written);
            whiles.put(condition, new While(condition, MapReader.columnValues(written), dates));
        });
        return whiles;
    }

    private static Optional<Unowned> unowned(Element written) {
        if (written.isScalar()) {
            return written.choice(Map.of("keep", new Unowned.Keep()));
        }
        Fields known = written.fields("after", "for");
        Optional<String> after =
                known.required("after", "name the event the period counts from").flatMap(Written::event);
        Optional<Span> span =
                known.required("for", "add a period, as in `for: 1 year`").flatMap(Written::span);
        return after.flatMap(event -> span.map(period -> new Unowned.After(event, period)));
    }

    private static Optional<Replies> replies(Element written) {
        Fields known = written.fields("via", "delete", "guess");
        boolean branch = known.get("delete")
                .flatMap(e -> e.choice(Map.of("author", false, "branch", true)))
                .orElse(false);
        return known.required("via", "name the column that leads to the row above")
                .map(Element::words)
                .filter(via -> !via.isEmpty())
                .map(via -> new Replies(via, branch, known.get("guess").flatMap(Element::text)));
    }
}
