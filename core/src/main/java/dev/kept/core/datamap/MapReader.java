package dev.kept.core.datamap;

import dev.kept.core.notice.Span;
import dev.kept.core.notice.Written;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import dev.kept.core.source.Problems;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.YamlReader;
import dev.kept.core.value.ValueType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a data map, {@code stores/<store>.yaml} (docs/map-format.md). Whether its names exist is asked when it is bound to the notice
 * and the catalogue.
 *
 * <p>A draft with unconfirmed guesses reads well: {@link Guesses} complains about them.
 */
public final class MapReader {

    private static final Pattern INLINE_PASSWORD =
            Pattern.compile("[?&]password=(?!\\$\\{)|//[^/@]*:(?!\\$\\{)[^/@]*@", Pattern.CASE_INSENSITIVE);

    /** What a time is kept as, with a zone or as a number. */
    private static final List<ValueType> SENTINEL_TYPES =
            List.of(ValueType.of("timestamp with time zone"), ValueType.of("bigint"));

    private static final String BEFORE_CHRIST = " BC";

    private MapReader() {}

    /**
     * The store, unless anything is wrong with its map.
     *
     * @param controllersZone the zone of a map that names none
     */
    public static Reading<Store> read(SourceText source, ZoneId controllersZone) {
        Problems problems = new Problems(source.name());
        return problems.reading(draft(source, controllersZone, problems));
    }

    /** The same problems, and a store wherever one can be made out of what is written: not to be worked with, only to check on. */
    public static Reading<Store> draft(SourceText source, ZoneId controllersZone) {
        Problems problems = new Problems(source.name());
        return problems.draft(draft(source, controllersZone, problems));
    }

    private static Optional<Store> draft(SourceText source, ZoneId controllersZone, Problems problems) {
        return YamlReader.read(source, problems).flatMap(root -> {
            Fields known = root.fields("store", "database", "zone", "sentinels", "epoch", "backups", "tables");
            if (root.kind() != Element.Kind.MAPPING) {
                return Optional.empty();
            }
            return Optional.of(store(known, controllersZone));
        });
    }

    private static Store store(Fields known, ZoneId controllersZone) {
        Optional<Element> database = known.required("database", "add the JDBC URL, or a reference like `${SHOP_URL}`");
        Optional<Span> backups = known.get("backups")
                .map(e -> e.fields("kept-for"))
                .flatMap(f -> f.required("kept-for", "say how long backups live, as in `kept-for: 35 days`"))
                .flatMap(Written::span);
        return new Store(
                known.required("store", "name the store, as in `store: shop`")
                        .flatMap(Written::id)
                        .orElse(""),
                database.flatMap(MapReader::database).orElse(""),
                known.get("zone").flatMap(Written::zone).orElse(controllersZone),
                sentinels(known),
                epoch(known),
                backups,
                tables(known.required("tables", "add `tables:` with what each table holds")));
    }

    private static Optional<String> database(Element element) {
        Optional<String> url = element.text();
        if (url.isPresent() && INLINE_PASSWORD.matcher(url.get()).find()) {
            element.advice(
                    "password-in-map",
                    "the map holds a password, and everybody who reads the map reads it",
                    "write `${NAME}` and keep the password in the environment");
        }
        return url;
    }

    private static Map<TableName, Table> tables(Optional<Element> written) {
        Map<TableName, Table> tables = new LinkedHashMap<>();
        written.map(Element::entries).orElse(Map.of()).forEach((key, element) -> {
            TableName name = TableName.parse(key);
            if (name.schema().isBlank() || name.name().isBlank()) {
                element.problemAtKey(
                        "bad-table",
                        key.isBlank() ? "a table has no name" : "`" + key + "` is not a table's name",
                        "write `table` or `schema.table`");
            } else if (tables.putIfAbsent(name, table(name, element)) != null) {
                element.problemAtKey(
                        "duplicate-key", "`" + name + "` is here twice, under two names", "keep one of them");
            }
        });
        return tables;
    }

    private static Table table(TableName name, Element element) {
        if (element.isScalar()) {
            element.choice(Map.of(ColumnReader.NOT_PERSONAL, true));
            return Table.notPersonal(name);
        }
        if (element.entries().containsKey(ColumnReader.NOT_PERSONAL)) {
            Fields known = element.fields(ColumnReader.NOT_PERSONAL, "guess");
            known.get(ColumnReader.NOT_PERSONAL)
                    .filter(flag -> flag.flag().filter(yes -> !yes).isPresent())
                    .ifPresent(flag -> flag.error(
                            "personal-or-not",
                            "`" + flag.dotted() + "` is false, which says nothing",
                            "say `not-personal`, or what the table holds"));
            return Table.notPersonal(name, known.get("guess").flatMap(Element::text));
        }
        return new TableReader(name, element).table();
    }

    /** Times that mean "none": numbers, too, where times are numbers. */
    static List<String> sentinels(Fields known) {
        return known.get("sentinels").map(e -> e.listOf(MapReader::sentinel)).orElse(List.of());
    }

    private static Optional<String> sentinel(Element written) {
        Optional<String> text = written.scalar();
        if (text.isPresent() && SENTINEL_TYPES.stream().noneMatch(type -> fits(type, text.get()))) {
            written.error(
                    "bad-sentinel",
                    "`" + text.get() + "` is neither a date nor a whole number",
                    "write it as PostgreSQL prints it: '9999-12-31', '1970-01-01 00:00:00', `infinity`, or 0");
            return Optional.empty();
        }
        return text;
    }

    private static boolean fits(ValueType type, String text) {
        try {
            type.read(text.endsWith(BEFORE_CHRIST) ? text.substring(0, text.length() - BEFORE_CHRIST.length()) : text);
            return true;
        } catch (IllegalArgumentException notOfThisType) {
            return false;
        }
    }

    /** What whole numbers count that are times. */
    static Optional<Epoch> epoch(Fields known) {
        return known.get("epoch").flatMap(e -> e.choice(Written.words(Epoch::word, List.of(Epoch.values()))));
    }

    /** How two values are compared, {@code exact} where nothing is said. */
    static Match match(Optional<Element> written) {
        return written.flatMap(e -> e.choice(Written.words(MapReader::word, List.of(Match.values()))))
                .orElse(Match.EXACT);
    }

    /** As maps write it. */
    static String word(Match match) {
        return match.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What several rows with one finder's value are, {@code refuse} where nothing is said. */
    static Several several(Optional<Element> written) {
        return written.flatMap(e -> e.choice(Written.words(MapReader::word, List.of(Several.values()))))
                .orElse(Several.REFUSE);
    }

    /** As maps write it. */
    static String word(Several several) {
        return several.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A column with some of its values: {@code {state: [paid, shipped]}}. */
    static List<Table.ColumnValues> columnValues(Element element) {
        List<Table.ColumnValues> columns = new ArrayList<>();
        element.entries().forEach((column, written) -> {
            List<Optional<String>> values =
                    written.isNothing() ? List.of(Optional.empty()) : written.listOf(MapReader::scalarOrNull);
            columns.add(new Table.ColumnValues(
                    column, values.stream().flatMap(Optional::stream).toList(), values.contains(Optional.empty())));
        });
        if (element.kind() == Element.Kind.MAPPING && columns.isEmpty()) {
            element.error("nothing-listed", "`" + element.dotted() + "` names no column", "write `{column: [values]}`");
        }
        return columns;
    }

    private static Optional<Optional<String>> scalarOrNull(Element element) {
        Optional<String> scalar = element.isNothing() ? Optional.empty() : element.scalar();
        return element.isNothing() || scalar.isPresent() ? Optional.of(scalar) : Optional.empty();
    }
}
