package dev.kept.core.datamap;

import dev.kept.core.datamap.Catalogue.Action;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Catalogue.Index;
import dev.kept.core.datamap.Catalogue.Partitioning;
import dev.kept.core.datamap.Catalogue.Trigger;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.notice.Written;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads a catalogue: see {@link CatalogueFile}. Where something is wrong, the value made up in its place is never handed out. */
final class CatalogueReader {

    /** The largest number of rows or pages read. */
    static final long MAX_COUNT = 1_000_000_000_000_000L;

    private static final String AGAIN = "write the file anew with `kept map`";
    private static final Map<String, Action> ACTIONS = Written.words(CatalogueWriter::word, List.of(Action.values()));
    private static final Map<String, String> EVENTS =
            Map.of("INSERT", "INSERT", "UPDATE", "UPDATE", "DELETE", "DELETE", "TRUNCATE", "TRUNCATE");

    private final TableName name;
    private final Fields fields;

    private CatalogueReader(TableName name, Element element) {
        this.name = name;
        this.fields = element.fields(
                "columns",
                "primary-key",
                "unique",
                "foreign-keys",
                "checks",
                "indexes",
                "triggers",
                "partitions",
                "row-security",
                "rows",
                "pages");
    }

    static Optional<Catalogue> catalogue(Element root) {
        Fields known = root.fields("product", "tables");
        Map<TableName, CatalogueTable> tables = new LinkedHashMap<>();
        known.required("tables", AGAIN).map(Element::entries).orElse(Map.of()).forEach((key, element) -> {
            TableName name = TableName.parse(key);
            CatalogueTable table = new CatalogueReader(name, element).table();
            if (tables.putIfAbsent(name, table) != null) {
                element.problemAtKey("duplicate-key", "`" + name + "` is here twice, under two names", AGAIN);
            }
        });
        return Optional.of(new Catalogue(required(known, "product"), tables));
    }

    private CatalogueTable table() {
        Map<String, CatalogueColumn> columns = new LinkedHashMap<>();
        fields.required("columns", AGAIN)
                .map(Element::entries)
                .orElse(Map.of())
                .forEach((column, element) -> columns.put(column, column(column, element)));
        return new CatalogueTable(
                name,
                columns,
                list(fields, "primary-key"),
                items("unique", CatalogueReader::unique),
                items("foreign-keys", this::foreignKey),
                items("checks", CatalogueReader::check),
                items("indexes", CatalogueReader::index),
                items("triggers", CatalogueReader::trigger),
                fields.get("partitions").map(CatalogueReader::partitions),
                flag(fields, "row-security"),
                count("rows"),
                count("pages"));
    }

    private <T> List<T> items(String key, Function<Element, T> item) {
        return fields.get(key).map(Element::items).orElse(List.of()).stream()
                .map(item)
                .toList();
    }

    private long count(String key) {
        return fields.get(key).flatMap(e -> e.whole(-1, MAX_COUNT)).orElse(-1L);
    }

    private static CatalogueColumn column(String name, Element element) {
        Fields known = element.fields("type", "base", "not-null", "generated", "identity", "values", "domain-checks");
        String type = required(known, "type");
        return new CatalogueColumn(
                name,
                type,
                known.get("base").flatMap(Element::text).orElse(type),
                flag(known, "not-null"),
                flag(known, "generated"),
                flag(known, "identity"),
                known.get("domain-checks").map(Element::items).orElse(List.of()).stream()
                        .map(CatalogueReader::check)
                        .toList(),
                list(known, "values"));
    }

    private static UniqueKey unique(Element element) {
        Fields known = element.fields("name", "columns", "nulls-not-distinct", "expression", "where");
        return new UniqueKey(
                required(known, "name"),
                list(known, "columns"),
                flag(known, "nulls-not-distinct"),
                flag(known, "expression"),
                known.get("where").flatMap(Element::text));
    }

    private ForeignKey foreignKey(Element element) {
        Fields known =
                element.fields("name", "columns", "to", "target", "on-delete", "on-update", "deferrable", "partly");
        return new ForeignKey(
                required(known, "name"),
                name,
                list(known, "columns"),
                TableName.parse(required(known, "to")),
                list(known, "target"),
                action(known, "on-delete"),
                action(known, "on-update"),
                flag(known, "deferrable"),
                flag(known, "partly"));
    }

    private static Action action(Fields known, String key) {
        return known.get(key).flatMap(e -> e.choice(ACTIONS)).orElse(Action.NO_ACTION);
    }

    private static Check check(Element element) {
        Fields known = element.fields("name", "columns", "check");
        return new Check(required(known, "name"), list(known, "columns"), required(known, "check"));
    }

    private static Index index(Element element) {
        Fields known = element.fields("name", "columns", "unique", "where");
        return new Index(
                required(known, "name"),
                list(known, "columns"),
                flag(known, "unique"),
                known.get("where").flatMap(Element::text));
    }

    private static Trigger trigger(Element element) {
        Fields known = element.fields("name", "events", "before", "enabled", "function");
        return new Trigger(
                required(known, "name"),
                known.required("events", AGAIN)
                        .map(e -> e.listOf(item -> item.choice(EVENTS)))
                        .orElse(List.of()),
                flag(known, "before"),
                known.get("enabled").flatMap(Element::flag).orElse(true),
                known.required("function", AGAIN).flatMap(Element::scalar).orElse(""));
    }

    private static Partitioning partitions(Element element) {
        Fields known = element.fields("strategy", "columns", "leaves");
        return new Partitioning(
                required(known, "strategy"),
                list(known, "columns"),
                list(known, "leaves").stream().map(TableName::parse).toList());
    }

    private static String required(Fields known, String key) {
        return known.required(key, AGAIN).flatMap(Element::text).orElse("");
    }

    /** Every name, also one that is listed twice or is blank: databases allow more than people write. */
    private static List<String> list(Fields known, String key) {
        return known.get(key).map(Element::items).orElse(List.of()).stream()
                .flatMap(item -> item.scalar().stream())
                .toList();
    }

    private static boolean flag(Fields known, String key) {
        return known.get(key).flatMap(Element::flag).orElse(false);
    }
}
