package dev.kept.server.intake;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.kept.core.source.Element;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Problems;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.Spelling;
import dev.kept.core.source.YamlReader;
import dev.kept.server.failure.CannotRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A file of requests: CSV with a header (RFC 4180; parted by commas, or by semicolons where the header has no comma), or JSON (RFC 8259), a list of
 * objects. What is wrong is said by its place; of what persons wrote nothing is repeated.
 */
final class RequestFile {

    /** The largest file that is read. */
    static final int MOST_BYTES = 20 * 1024 * 1024;

    /** The most requests of a file. */
    static final int MOST_REQUESTS = 20_000;

    static final List<String> FIELDS =
            List.of("reference", "kind", "received", "name", "address", "words", "uses", "language");

    /** Without which there is no request. */
    static final List<String> REQUIRED = List.of("reference", "kind", "received");

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int LONGEST_FIELD = 100_000;

    private static final JsonFactory JSON = JsonFactory.builder().build();

    private RequestFile() {}

    /** @throws CannotRun where it cannot be read at all */
    static List<Written> read(Path file, Problems problems) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".csv") && !name.endsWith(".json")) {
            throw new CannotRun("a file of requests is CSV or JSON by its name", "name one that ends in .csv or .json");
        }
        String text = text(file);
        List<Written> requests = name.endsWith(".csv") ? csv(text, problems) : json(text, problems);
        if (requests.size() > MOST_REQUESTS) {
            problems.add(Problem.error(
                    "too-many-requests",
                    Place.of(problems.file()),
                    "",
                    "the file has more than " + MOST_REQUESTS + " requests",
                    "split it: what was taken over is not taken over again"));
        }
        return requests;
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new CannotRun("the file has more than " + MOST_BYTES + " bytes", "split it");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new CannotRun("the file is not UTF-8", "write it as UTF-8", e);
        } catch (IOException e) {
            throw new CannotRun("`" + file + "` cannot be read", "name a file that is there", e);
        }
    }

    private static List<Written> csv(String text, Problems problems) {
        String first = text.lines().findFirst().orElse("");
        char separator = first.contains(",") || !first.contains(";") ? ',' : ';';
        List<CsvRecord> records = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(false)
                .maxBufferSize(LONGEST_FIELD)
                .ofCsvRecord(text)) {
            for (CsvRecord record : reader) {
                records.add(record);
                if (records.size() > MOST_REQUESTS + 1) {
                    break;
                }
            }
        } catch (CsvParseException | IOException e) {
            // its message may quote what persons wrote
            long line = records.isEmpty() ? 1 : records.getLast().getStartingLineNumber() + 1;
            return broken((int) line, problems);
        }
        if (text.chars().filter(c -> c == '"').count() % 2 == 1) {
            return broken((int) records.getLast().getStartingLineNumber(), problems);
        }
        return records.isEmpty() ? List.of() : records(records, problems);
    }

    /** A quotation mark that is not closed takes all that follows into one field. */
    private static List<Written> broken(int line, Problems problems) {
        problems.add(Problem.error(
                "csv-syntax",
                new Place(problems.file(), line, 1),
                "",
                "here, or before, a quotation mark stands where none can or is not closed",
                "put such a field in quotation marks, and double those within: \"she said \"\"no\"\"\""));
        return List.of();
    }

    private static List<Written> records(List<CsvRecord> records, Problems problems) {
        List<String> header = records.getFirst().getFields().stream()
                .map(field -> field.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (!header(header, problems)) {
            return List.of();
        }
        List<Written> requests = new ArrayList<>();
        for (CsvRecord record : records.subList(1, records.size())) {
            Place place = new Place(problems.file(), (int) record.getStartingLineNumber(), 1);
            if (record.getFieldCount() != header.size()) {
                problems.add(Problem.error(
                        "wrong-number-of-fields",
                        place,
                        "",
                        "the line has " + record.getFieldCount() + " fields, and the header " + header.size(),
                        "put fields with commas or line breaks in quotation marks"));
                continue;
            }
            Map<String, String> fields = new LinkedHashMap<>();
            for (int i = 0; i < header.size(); i++) {
                fields.put(header.get(i), record.getField(i));
            }
            requests.add(new Written(place, fields));
        }
        return requests;
    }

    /** Whether the first line says what the columns are. Where it is none, it is a person's: it is not repeated. */
    private static boolean header(List<String> header, Problems problems) {
        Place place = new Place(problems.file(), 1, 1);
        Set<String> seen = new HashSet<>();
        boolean whole = true;
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (!FIELDS.contains(name) || !seen.add(name)) {
                whole = false;
                problems.add(Problem.error(
                        "unknown-column",
                        place,
                        "",
                        "column " + (i + 1)
                                + (FIELDS.contains(name) ? " is there twice" : " has a name that is not known"),
                        Spelling.nearest(name, FIELDS)
                                .filter(near -> !FIELDS.contains(name))
                                .map(near -> "did you mean `" + near + "`?")
                                .orElse("the columns are " + String.join(", ", FIELDS))));
            }
        }
        for (String name : REQUIRED) {
            if (!header.contains(name)) {
                whole = false;
                problems.add(Problem.error(
                        "missing-column", place, "", "there is no column `" + name + "`", "add it to the first line"));
            }
        }
        return whole;
    }

    /** Places come from a reader of YAML, of which JSON is a part: what is not JSON is refused before. */
    private static boolean isJson(String text, Problems problems) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            while (parser.nextToken() != null) {
                // only whether it is JSON
            }
            return true;
        } catch (JacksonException e) {
            // its message may quote what persons wrote
            Place place = Optional.ofNullable(e.getLocation())
                    .filter(at -> at.getLineNr() > 0 && at.getColumnNr() > 0)
                    .map(at -> new Place(problems.file(), at.getLineNr(), at.getColumnNr()))
                    .orElseGet(() -> Place.of(problems.file()));
            problems.add(Problem.error(
                    "json-syntax",
                    place,
                    "",
                    "this is not JSON (RFC 8259)",
                    "look at the quotation marks, commas and brackets here and before; YAML is not taken"));
            return false;
        }
    }

    private static List<Written> json(String text, Problems problems) {
        if (!isJson(text, problems)) {
            return List.of();
        }
        Optional<Element> root = YamlReader.read(new SourceText(problems.file(), text), problems);
        List<Written> requests = new ArrayList<>();
        for (Element item : root.map(Element::items).orElse(List.of())) {
            if (requests.size() > MOST_REQUESTS) {
                break;
            }
            item.fields(FIELDS.toArray(String[]::new));
            Map<String, String> fields = new LinkedHashMap<>();
            if (item.kind() == Element.Kind.MAPPING) {
                item.entries().forEach((name, value) -> fields.put(name, value(name, value)));
                requests.add(new Written(item.place(), fields));
            }
        }
        return requests;
    }

    private static String value(String name, Element value) {
        if (value.isNothing()) {
            return "";
        }
        return name.equals("uses") && value.kind() == Element.Kind.LIST
                ? String.join(
                        " ",
                        value.items().stream()
                                .flatMap(item -> item.scalar().stream())
                                .toList())
                : value.scalar().orElse("");
    }
}
