package dev.kept.core.cases;

import dev.kept.core.cases.Case.Answer;
import dev.kept.core.cases.Case.Expected;
import dev.kept.core.cases.Case.Fact;
import dev.kept.core.cases.Case.Forgotten;
import dev.kept.core.cases.Case.May;
import dev.kept.core.cases.Case.PersonKey;
import dev.kept.core.cases.Case.Rows;
import dev.kept.core.cases.Case.Stay;
import dev.kept.core.cases.Case.When;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Ground;
import dev.kept.core.notice.Notice.SignalAnswer;
import dev.kept.core.notice.Signals;
import dev.kept.core.notice.Written;
import dev.kept.core.source.Element;
import dev.kept.core.source.Element.Kind;
import dev.kept.core.source.Fields;
import dev.kept.core.source.Problems;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.YamlReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code cases/*.yaml}. Whether tables, uses and persons exist is asked when the cases are run. */
public final class CaseReader {

    private static final Map<String, String> SIGNALS = Written.words(signal -> signal, Signals.KNOWN);

    private final ZoneId zone;

    /** What the whole file supposes of signals. */
    private Map<String, SignalAnswer> signals = Map.of();

    private CaseReader(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * The cases that can be read, and every problem of the others.
     *
     * @param controllersZone in which a date alone begins
     */
    public static Reading<List<Case>> read(SourceText source, ZoneId controllersZone) {
        Problems problems = new Problems(source.name());
        CaseReader reader = new CaseReader(controllersZone);
        Optional<List<Case>> cases =
                YamlReader.read(source, problems).map(root -> reader.cases(root.fields("signals", "cases")));
        return problems.draft(cases);
    }

    private List<Case> cases(Fields file) {
        signals = file.get("signals").map(Signals::read).orElse(Map.of());
        return file.required("cases", "add `cases:` with a list of cases")
                .map(this::cases)
                .orElse(List.of());
    }

    private List<Case> cases(Element list) {
        List<Case> cases = new ArrayList<>();
        List<Element> items = list.items();
        for (int i = 0; i < items.size(); i++) {
            one(i, items.get(i)).ifPresent(cases::add);
        }
        return cases;
    }

    private Optional<Case> one(int index, Element element) {
        Fields fields = element.fields("name", "store", "at", "signals", "given", "facts", "expect");
        Optional<String> name =
                fields.required("name", "say in a sentence what the case shows").flatMap(Element::text);
        Optional<String> store =
                fields.required("store", "name the store, as in `store: shop`").flatMap(Written::id);
        Optional<Instant> at = fields.required("at", "add the time, as in `at: 2027-06-01T00:00:00Z`")
                .flatMap(this::instant);
        Rows given = fields.get("given").map(CaseReader::rows).orElse(Rows.NONE);
        List<Fact> facts = new ArrayList<>();
        fields.get("facts").map(Element::items).orElse(List.of()).forEach(item -> facts.addAll(facts(item)));
        Optional<Expected> expected =
                fields.required("expect", "add what must come of it").map(this::expected);
        if (name.isEmpty() || store.isEmpty() || at.isEmpty() || expected.isEmpty()) {
            return Optional.empty();
        }
        Map<String, SignalAnswer> supposed = new LinkedHashMap<>(signals);
        fields.get("signals").map(Signals::read).ifPresent(supposed::putAll);
        return Optional.of(new Case(index, name.get(), store.get(), at.get(), supposed, given, facts, expected.get()));
    }

    private Optional<Instant> instant(Element element) {
        return element.parsed("bad-time", "a time", "write `2027-06-01T00:00:00Z`, or a date", text -> {
            try {
                return Optional.of(
                        text.length() == 10
                                ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                                : OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }

    // --------------------------------------------------------------------------------------------------------- rows

    private static Rows rows(Element element) {
        Map<TableName, List<Map<String, @Nullable Object>>> rows = new LinkedHashMap<>();
        element.entries().forEach((table, list) -> {
            List<Map<String, @Nullable Object>> each = new ArrayList<>();
            list.items().forEach(row -> each.add(row(row)));
            rows.put(TableName.parse(table), each);
        });
        return new Rows(rows);
    }

    private static Map<String, @Nullable Object> row(Element element) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        element.entries().forEach((column, value) -> row.put(column, columnValue(value)));
        return row;
    }

    /** As written: whether {@code 0176} is a number or a text, the column's type says. */
    private static @Nullable Object columnValue(Element element) {
        boolean number = element.kind() == Kind.WHOLE || element.kind() == Kind.DECIMAL;
        return number ? element.scalar().orElse("") : value(element);
    }

    private static @Nullable Object value(Element element) {
        return switch (element.kind()) {
            case MAPPING -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                element.entries().forEach((key, member) -> members.put(key, value(member)));
                yield members;
            }
            case LIST -> {
                List<@Nullable Object> items = new ArrayList<>();
                element.items().forEach(item -> items.add(value(item)));
                yield items;
            }
            case WHOLE, DECIMAL ->
                element.scalar().<Object>map(CaseReader::number).orElse("");
            case FLAG -> element.flag().orElse(false);
            case TEXT -> element.scalar().orElse("");
            case NOTHING, UNREADABLE -> null;
        };
    }

    /** A number where it is written as one; {@code 0x10} stays a text. */
    private static Object number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    // -------------------------------------------------------------------------------------------------------- facts

    private static Optional<PersonKey> person(Element element) {
        Map<String, Element> entries = element.entries();
        if (entries.size() != 1) {
            if (element.kind() == Kind.MAPPING) {
                element.error("bad-person", "a person is named by kind and key", "write `{customer: 1}`");
            }
            return Optional.empty();
        }
        Map.Entry<String, Element> only = entries.entrySet().iterator().next();
        List<String> key = only.getValue().listOf(Element::scalar);
        return key.isEmpty() ? Optional.empty() : Optional.of(new PersonKey(only.getKey(), key));
    }

    private static List<Fact> facts(Element element) {
        Fields fields = element.fields(
                "person", "ended", "erased", "restricted", "objected", "consented", "signal", "hold", "isolated");
        List<Fact> facts = new ArrayList<>();
        fields.get("hold")
                .map(Element::entries)
                .orElse(Map.of())
                .forEach((table, key) -> facts.add(new Fact.Held(TableName.parse(table), key.listOf(Element::scalar))));
        flag(fields, "isolated", new Fact.Isolated()).ifPresent(facts::add);
        if (fields.has("hold") || fields.has("isolated")) {
            return facts;
        }
        fields.required("person", "name whom the fact is about, as in `person: {customer: 1}`")
                .flatMap(CaseReader::person)
                .ifPresent(person -> {
                    about(fields, "ended", use -> new Fact.Ended(person, use)).ifPresent(facts::add);
                    about(fields, "objected", use -> new Fact.Objected(person, use))
                            .ifPresent(facts::add);
                    about(fields, "consented", use -> new Fact.Consented(person, use))
                            .ifPresent(facts::add);
                    fields.get("signal")
                            .flatMap(word -> word.choice(SIGNALS))
                            .ifPresent(signal -> facts.add(new Fact.Signalled(person, signal)));
                    flag(fields, "erased", new Fact.Erased(person)).ifPresent(facts::add);
                    flag(fields, "restricted", new Fact.Restricted(person)).ifPresent(facts::add);
                });
        return facts;
    }

    private static Optional<Fact> about(Fields fields, String key, Function<String, Fact> fact) {
        return fields.get(key).flatMap(Written::id).map(fact);
    }

    private static Optional<Fact> flag(Fields fields, String key, Fact fact) {
        return fields.get(key).flatMap(Element::flag).filter(said -> said).map(said -> fact);
    }

    // -------------------------------------------------------------------------------------------------- expectations

    private Expected expected(Element element) {
        Fields fields = element.fields("after-sweep", "after-erasure-of", "rows", "stays", "may", "forgotten");
        Optional<PersonKey> erased = fields.get("after-erasure-of").flatMap(CaseReader::person);
        if (fields.has("after-sweep") && (fields.has("after-erasure-of") || fields.has("rows"))) {
            element.error(
                    "two-runs",
                    "`after-sweep` stands beside `" + (fields.has("rows") ? "rows" : "after-erasure-of") + "`",
                    "list the rows after an erasure under `rows:`, or write two cases");
        }
        if (fields.has("stays") && !fields.has("after-erasure-of")) {
            element.error(
                    "stays-of-nothing",
                    "`stays` says what an erasure leaves, and there is none",
                    "add `after-erasure-of: {customer: 1}`");
        }
        List<May> may = new ArrayList<>();
        fields.get("may")
                .map(Element::items)
                .orElse(List.of())
                .forEach(item -> may(item).ifPresent(may::add));
        List<Forgotten> forgotten = new ArrayList<>();
        fields.get("forgotten")
                .map(Element::items)
                .orElse(List.of())
                .forEach(item -> forgotten(item).ifPresent(forgotten::add));
        Optional<List<Stay>> stays = fields.get("stays").map(list -> {
            List<Stay> all = new ArrayList<>();
            list.items().forEach(item -> stay(item).ifPresent(all::add));
            return all;
        });
        return new Expected(
                erased,
                fields.get("after-sweep").or(() -> fields.get("rows")).map(CaseReader::rows),
                stays,
                may,
                forgotten);
    }

    private static Optional<Stay> stay(Element element) {
        Fields fields = element.fields("table", "column", "use", "ground", "until");
        Map<String, Ground> grounds = Written.words(Ground::word, Ground.OF_ERASURES);
        return fields.required("table", "name the table")
                .flatMap(Element::text)
                .map(table -> new Stay(
                        TableName.parse(table),
                        fields.get("column").flatMap(Element::text),
                        fields.get("use").flatMap(Written::id),
                        fields.get("ground").flatMap(word -> word.choice(grounds)),
                        fields.get("until").flatMap(CaseReader::when)));
    }

    private static Optional<May> may(Element element) {
        Fields fields = element.fields("use", "data", "person", "answer");
        Optional<String> use = fields.required("use", "name the use").flatMap(Written::id);
        Optional<String> data = fields.required("data", "name the category").flatMap(Written::id);
        Optional<PersonKey> person = fields.required("person", "name the person, as in `person: {customer: 1}`")
                .flatMap(CaseReader::person);
        Optional<Answer> answer =
                fields.required("answer", "write `yes`, `no` or `unknown`").flatMap(CaseReader::answer);
        if (use.isEmpty() || data.isEmpty() || person.isEmpty() || answer.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new May(use.get(), data.get(), person.get(), answer.get()));
    }

    private static Optional<Answer> answer(Element element) {
        return element.choice(
                Written.words(answer -> answer.name().toLowerCase(Locale.ROOT), List.of(Answer.values())));
    }

    private static Optional<Forgotten> forgotten(Element element) {
        Fields fields = element.fields("table", "row", "column", "on");
        Optional<String> table = fields.required("table", "name the table").flatMap(Element::text);
        Optional<Element> row = fields.required("row", "name the row, as in `row: {id: 10}`");
        Optional<When> on =
                fields.required("on", "write a date, `never` or `unknown`").flatMap(CaseReader::when);
        if (table.isEmpty() || row.isEmpty() || on.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Forgotten(
                TableName.parse(table.get()),
                row(row.get()),
                fields.get("column").flatMap(Element::text),
                on.get()));
    }

    private static Optional<When> when(Element element) {
        return switch (element.is("never") ? "never" : element.is("unknown") ? "unknown" : "") {
            case "never" -> Optional.of(new When.Never());
            case "unknown" -> Optional.of(new When.Unknown());
            default -> Written.date(element).map(When.On::new);
        };
    }
}
