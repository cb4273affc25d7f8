package dev.kept.core.rights;

import dev.kept.core.datamap.TableName;
import dev.kept.core.rights.Correction.Cell;
import dev.kept.core.rights.Correction.Entry;
import dev.kept.core.source.Element;
import dev.kept.core.source.Element.Kind;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Problems;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a request for correction ({@code docs/correct.md}). Whatever stands in it may be a person's: problems name places and known words,
 * and never repeat what was written.
 */
public final class CorrectionReader {

    /** The most values corrected at once. */
    public static final int MOST_VALUES = 200;

    /** The most rows that one entry may be about. */
    public static final int MOST_ROWS = 10_000;

    private static final String FORM = "person: {email: …}, set: {customers: {full_name: …}}";
    private static final String LIST_FORM = "- {where: {id: …}, set: {street: …}}, with `rows: 2` where two are meant";
    private static final String OWN = "correction-";

    private final Problems problems;
    private final List<Entry> entries = new ArrayList<>();

    private CorrectionReader(Problems problems) {
        this.problems = problems;
    }

    public static Reading<Correction> read(SourceText source) {
        Problems problems = new Problems(source.name());
        Optional<Correction> correction =
                YamlReader.read(source, problems).flatMap(root -> new CorrectionReader(problems).document(root));
        Reading<Correction> reading = problems.reading(correction);
        return new Reading<>(
                reading.value(),
                reading.problems().stream().map(CorrectionReader::withoutValues).toList(),
                reading.places());
    }

    private Optional<Correction> document(Element root) {
        if (root.kind() != Kind.MAPPING) {
            error("form", root.place(), "the request is no mapping", FORM);
            return Optional.empty();
        }
        Map<String, Element> parts = root.entries();
        known(root, Set.of("person", "set"));
        Element who = parts.get("person");
        Element set = parts.get("set");
        if (who == null || set == null || set.kind() != Kind.MAPPING) {
            error("form", root.place(), "the request does not say whose data, or what is right", FORM);
            return Optional.empty();
        }
        Map<String, String> person = person(who);
        set.entries().forEach(this::table);
        int values = entries.stream().mapToInt(entry -> entry.set().size()).sum();
        if (values > MOST_VALUES) {
            error("size", set.place(), "more than " + MOST_VALUES + " values are corrected at once", "split it");
        }
        if (entries.isEmpty()) {
            error("form", set.place(), "nothing is set", FORM);
        }
        return Optional.of(new Correction(person, who.place(), entries));
    }

    private Map<String, String> person(Element who) {
        Map<String, String> person = new LinkedHashMap<>();
        if (who.kind() != Kind.MAPPING || who.entries().isEmpty()) {
            error("form", who.place(), "the person is not named", "person: {email: …}, or a kind with its key");
            return person;
        }
        who.entries().forEach((by, value) -> {
            String text = value.isScalar() ? value.scalar().orElse("") : "";
            if (text.isBlank()) {
                error("form", value.place(), "a finder has no value", "person: {email: …}");
            }
            person.put(by, text.strip());
        });
        return person;
    }

    private void table(String name, Element element) {
        TableName table = TableName.parse(name);
        switch (element.kind()) {
            case MAPPING -> entries.add(new Entry(table, List.of(), 1, cells(element), element.keyPlace()));
            case LIST -> element.items().forEach(item -> entry(table, item));
            default ->
                error("form", element.place(), "what is right in this table is neither a mapping nor a list", FORM);
        }
    }

    private void entry(TableName table, Element item) {
        Element set = item.kind() == Kind.MAPPING ? item.entries().get("set") : null;
        if (set == null || set.kind() != Kind.MAPPING) {
            error("form", item.place(), "this says no values to `set`", LIST_FORM);
            return;
        }
        known(item, Set.of("where", "set", "rows"));
        Element where = item.entries().get("where");
        Element rows = item.entries().get("rows");
        entries.add(new Entry(
                table,
                where == null ? List.of() : cells(where),
                rows == null ? 1 : rows.whole(1, MOST_ROWS).orElse(1L),
                cells(set),
                item.place()));
    }

    private List<Cell> cells(Element mapping) {
        List<Cell> cells = new ArrayList<>();
        if (mapping.kind() != Kind.MAPPING || mapping.entries().isEmpty()) {
            error("form", mapping.place(), "columns with values are missing", LIST_FORM);
            return cells;
        }
        mapping.entries().forEach((column, value) -> {
            if (value.kind() == Kind.NOTHING) {
                cells.add(new Cell(column, Optional.empty(), value.keyPlace()));
            } else if (value.isScalar()) {
                cells.add(new Cell(column, value.scalar(), value.keyPlace()));
            } else {
                error("form", value.place(), "a value is no single text, number or `null`", "put it in quotes");
            }
        });
        return cells;
    }

    private void known(Element mapping, Set<String> known) {
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                error("form", entry.keyPlace(), "a word is not known here", "use only " + sorted(known));
            }
        });
    }

    private static List<String> sorted(Set<String> words) {
        return words.stream().sorted().map(word -> "`" + word + "`").toList();
    }

    private void error(String code, Place place, String message, String attempt) {
        problems.add(Problem.error(OWN + code, place, "", message, attempt));
    }

    /** What the YAML reader says may quote what it read. */
    private static Problem withoutValues(Problem problem) {
        if (problem.code().startsWith(OWN)) {
            return problem;
        }
        String message = switch (problem.code()) {
            case "duplicate-key" -> "a key stands here for the second time";
            case "bad-number", "wrong-type" -> "a number of rows is not between 1 and " + MOST_ROWS;
            case "yaml-empty" -> "the request is empty";
            case "yaml-too-large" -> "the request has more than " + SourceText.MAX_CHARACTERS + " characters";
            default -> "the request is not YAML, or uses what is not read here: tags, anchors, documents";
        };
        return Problem.error(problem.code(), problem.place(), "", message, "put values in quotes; see " + FORM);
    }
}
