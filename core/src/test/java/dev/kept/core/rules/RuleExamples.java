package dev.kept.core.rules;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.model.Database;
import dev.kept.core.model.Forgotten;
import dev.kept.core.model.Model;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Reads the examples under {@code rules/}.
 *
 * <p>A file has a {@code notice} (its {@code uses}, and {@code keeps} where wanted; categories are listed under {@code collects} by name), a
 * {@code map}, earlier {@code versions} where wanted ({@link Versions}), a {@code schema} ({@link Schemas}) and {@code examples}: {@code at}, {@code given} rows, {@code facts}, {@code persons}
 * of a limited run, and the rows {@code after}. Columns left out are NULL; tables left out of {@code after} are as given.
 */
public final class RuleExamples {

    /** The files, by the rule they show. */
    static final List<String> FILES = List.of(
            "clauses",
            "null-values",
            "calendar",
            "epoch",
            "consent",
            "owners",
            "shared",
            "shared-with-nobody",
            "unowned",
            "nobody",
            "columns",
            "husks",
            "trees",
            "clocks",
            "dated-together",
            "requests",
            "frozen",
            "keys",
            "replaced-keys",
            "documents",
            "finders",
            "kinds",
            "by-value",
            "by-value-ended",
            "by-value-cleared",
            "by-value-circle",
            "by-value-left",
            "anonymising",
            "versions",
            "versions-three",
            "found");

    private static final String CLEARED = "<cleared>";
    private static final String FRESH = "<fresh ";

    private final String file;
    private final Notice notice;
    private final Store store;
    private final Catalogue catalogue;
    private final ZoneId zone;
    private final List<?> categories;

    private RuleExamples(String file, Map<?, ?> root) {
        this.file = file;
        this.zone =
                ZoneId.of(Optional.ofNullable(root.get("zone")).orElse("UTC").toString());
        this.categories = (List<?>) required(root, "collects");
        this.catalogue = Schemas.read((Map<?, ?>) required(root, "schema"));
        this.notice = Versions.bind(root, notice(root), this::notice);
        this.store = read(MapReader.read(new SourceText(file, mapText(root)), zone));
    }

    public static List<RuleExample> all() {
        return FILES.stream().flatMap(file -> of(file).stream()).toList();
    }

    static List<RuleExample> of(String file) {
        return read(file, text(file));
    }

    /** The examples of a text in the form of these files. */
    static List<RuleExample> read(String file, String text) {
        Map<?, ?> root = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
        RuleExamples examples = new RuleExamples(file, root);
        List<RuleExample> read = new ArrayList<>();
        for (Object example : (List<?>) required(root, "examples")) {
            read.add(examples.example((Map<?, ?>) example));
        }
        return read;
    }

    private static String text(String file) {
        try (InputStream stream = RuleExamples.class.getResourceAsStream("/rules/" + file + ".yaml")) {
            return new String(Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object required(Map<?, ?> map, String key) {
        return Objects.requireNonNull(map.get(key), () -> "`" + key + "` is missing");
    }

    private static <T> T read(Reading<T> reading) {
        return reading.value()
                .orElseThrow(
                        () -> new IllegalArgumentException(reading.problems().toString()));
    }

    private Notice notice(Map<?, ?> part) {
        return read(NoticeReader.read(new SourceText(file, noticeText(part))));
    }

    private String noticeText(Map<?, ?> part) {
        String collects = categories.stream()
                .map(category -> "  " + category + ": {from: you, is: pd:Identifying}\n")
                .collect(Collectors.joining());
        return """
                notice: rules
                languages: [en]
                controller: {name: Rules, email: privacy@rules.example, post: here, zone: %s}
                covers: {sites: [rules.example]}
                collects:
                %s
                signals: {dnt: not-answered, gpc: not-answered}
                contact: {email: privacy@rules.example, post: here}
                rights: {answered-within: 30 days, access: {}, correct: {}, erase: {}}
                """.formatted(zone, collects) + required(part, "notice");
    }

    private static String mapText(Map<?, ?> root) {
        return "store: rules\ndatabase: ${RULES_URL}\n" + required(root, "map");
    }

    // ---- one example -------------------------------------------------------------------------------------------

    private RuleExample example(Map<?, ?> example) {
        Database before = database((Map<?, ?>) required(example, "given"), new LinkedHashMap<>());
        Database after = database((Map<?, ?>) required(example, "after"), new LinkedHashMap<>(before.tables()));
        return new RuleExample(
                file + ": " + required(example, "name"),
                notice,
                store,
                catalogue,
                before,
                facts(example.get("facts")),
                new AsOf(instant(required(example, "at").toString()), zone),
                persons(example.get("persons")),
                after);
    }

    private Database database(Map<?, ?> given, Map<TableName, List<Map<String, @Nullable Object>>> tables) {
        catalogue.tables().keySet().forEach(table -> tables.putIfAbsent(table, List.of()));
        given.forEach((name, rows) -> {
            TableName table = TableName.parse(name.toString());
            tables.put(
                    table,
                    ((List<?>) rows)
                            .stream().map(row -> row(table, (Map<?, ?>) row)).toList());
        });
        return new Database(tables);
    }

    private Map<String, @Nullable Object> row(TableName table, Map<?, ?> given) {
        Map<String, CatalogueColumn> columns = Objects.requireNonNull(
                        catalogue.tables().get(table), () -> "no table " + table)
                .columns();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        columns.forEach((name, column) -> row.put(name, value(column, given.get(name))));
        given.keySet().stream()
                .filter(name -> !columns.containsKey(name.toString()))
                .forEach(name -> {
                    throw new IllegalArgumentException(file + ": no column " + table + "." + name);
                });
        return row;
    }

    private @Nullable Object value(CatalogueColumn column, @Nullable Object given) {
        if (given == null) {
            return null;
        }
        String text = given.toString();
        if (text.equals(CLEARED)) {
            return new Forgotten.Cleared(Optional.empty(), false);
        }
        if (text.startsWith(FRESH)) {
            return new Forgotten.FreshKey(Integer.parseInt(text.substring(FRESH.length(), text.length() - 1)));
        }
        boolean infinity = text.equals("infinity");
        return switch (column.type()) {
            case "timestamp with time zone" -> infinity ? Instant.MAX : instant(text);
            case "timestamp without time zone" ->
                infinity
                        ? LocalDateTime.MAX
                        : text.length() == 10 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text);
            case "date" -> infinity ? LocalDate.MAX : LocalDate.parse(text);
            case "bigint", "integer" -> Long.valueOf(text);
            case "numeric" -> new BigDecimal(text);
            case "boolean" -> Boolean.valueOf(text);
            case "uuid" -> UUID.fromString(text);
            case "jsonb" -> given;
            default -> text;
        };
    }

    /** An instant, or the start of a day in the controller's zone. */
    private Instant instant(String text) {
        return text.length() == 10 ? LocalDate.parse(text).atStartOfDay(zone).toInstant() : Instant.parse(text);
    }

    // ---- facts and persons -------------------------------------------------------------------------------------

    private static Facts facts(@Nullable Object given) {
        List<Facts.PersonFact> persons = new ArrayList<>();
        List<Facts.Hold> holds = new ArrayList<>();
        if (given instanceof List<?> facts) {
            for (Object one : facts) {
                Map<?, ?> fact = (Map<?, ?>) one;
                if (fact.get("hold") instanceof Map<?, ?> hold) {
                    hold.forEach((table, key) ->
                            holds.add(new Facts.Hold(TableName.parse(table.toString()), List.of(key(key)))));
                } else {
                    ((Map<?, ?>) required(fact, "person"))
                            .forEach((kind, key) ->
                                    persons.add(new Facts.PersonFact(what(fact), kind.toString(), List.of(key(key)))));
                }
            }
        }
        return new Facts(persons, holds);
    }

    private static What what(Map<?, ?> fact) {
        if (fact.get("ended") != null) {
            return new What.Ended(required(fact, "ended").toString());
        }
        if (fact.get("given") != null) {
            return new What.Given(required(fact, "given").toString());
        }
        if (fact.get("objected") != null) {
            return new What.Objected(required(fact, "objected").toString());
        }
        return fact.get("restricted") != null ? new What.Restricted() : new What.Erased();
    }

    private static List<String> key(@Nullable Object key) {
        return key instanceof List<?> parts
                ? parts.stream().map(Object::toString).toList()
                : List.of(String.valueOf(key));
    }

    private static List<Model.Persons> persons(@Nullable Object given) {
        List<Model.Persons> persons = new ArrayList<>();
        if (given instanceof Map<?, ?> kinds) {
            kinds.forEach((kind, keys) -> persons.add(new Model.Persons(
                    kind.toString(),
                    ((List<?>) keys).stream().<List<String>>map(key -> key(key)).toList())));
        }
        return persons;
    }
}
