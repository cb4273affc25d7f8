package dev.kept.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.kept.core.cases.CaseReader;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.json.JsonMapper;

/** The published schemas and the readers say the same, as far as a schema can. */
class SchemasTest {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** A change to a good document, and who refuses it. */
    private record Mutation(String verdict, String before, String after) {

        static Mutation parse(String line) {
            int colon = line.indexOf(": ");
            int arrow = line.indexOf(" =>");
            return new Mutation(
                    line.substring(0, colon),
                    line.substring(colon + 2, arrow).replace("\\n", "\n"),
                    line.substring(arrow + 3).replaceFirst("^ ", "").replace("\\n", "\n"));
        }

        String of(String text) {
            assertThat(text).contains(before);
            int at = text.indexOf(before);
            return text.substring(0, at) + after + text.substring(at + before.length());
        }
    }

    private static Schema schema(String name) {
        return REGISTRY.getSchema(text(name), InputFormat.JSON);
    }

    private static String text(String name) {
        return Documents.resource("/dev/kept/schema/" + name + ".schema.json", name)
                .text();
    }

    private static List<?> complaints(Schema schema, String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(true)
                .build();
        Object value = new Load(settings).loadFromString(yaml);
        return schema.validate(JsonMapper.shared().writeValueAsString(value), InputFormat.JSON);
    }

    @ParameterizedTest
    @CsvSource({"notice, notice.yaml", "map, shop.yaml", "cases, cases.yaml", "catalogue, shop.catalogue.yaml"})
    void good_documents_pass_the_schema(String schema, String document) {
        assertThat(complaints(schema(schema), Documents.good(document).text())).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> the_example_companys_files_pass_their_schemas() throws IOException {
        Path folder = Path.of("..", "examples", "larkfield", "privacy");
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> yaml =
                    files.filter(file -> file.toString().endsWith(".yaml")).toList();
            assertThat(yaml).hasSizeGreaterThan(3);
            return yaml.stream().map(file -> {
                String name = folder.relativize(file).toString();
                String schema = name.equals("notice.yaml")
                        ? "notice"
                        : name.startsWith("cases") ? "cases" : name.endsWith(".catalogue.yaml") ? "catalogue" : "map";
                return DynamicTest.dynamicTest(
                        name,
                        () -> assertThat(complaints(schema(schema), Files.readString(file)))
                                .isEmpty());
            });
        }
    }

    @Test
    void the_example_companys_notice_has_no_problem() throws IOException {
        String text = Files.readString(Path.of("..", "examples", "larkfield", "privacy", "notice.yaml"));
        assertThat(NoticeReader.read(new SourceText("notice.yaml", text)).problems())
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> schema_and_reader_agree_about_changed_notices() {
        return agreement("notice", "notice.yaml", NoticeReader::read);
    }

    @TestFactory
    Stream<DynamicTest> schema_and_reader_agree_about_changed_maps() {
        return agreement("map", "shop.yaml", source -> MapReader.read(source, ZoneOffset.UTC));
    }

    @TestFactory
    Stream<DynamicTest> schema_and_reader_agree_about_changed_cases() {
        return agreement("cases", "cases.yaml", source -> CaseReader.read(source, ZoneOffset.UTC));
    }

    private static Stream<DynamicTest> agreement(
            String name, String document, Function<SourceText, Reading<?>> reader) {
        Schema schema = schema(name);
        String good = Documents.good(document).text();
        return Documents.resource("reading/mutations/" + name + ".txt", name)
                .text()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    Mutation mutation = Mutation.parse(line);
                    String changed = mutation.of(good);
                    boolean schemaRefuses = !complaints(schema, changed).isEmpty();
                    Reading<?> reading = reader.apply(new SourceText(document, changed));
                    String verdict = verdict(schemaRefuses, reading.failed());
                    assertThat(verdict).as(reading.problems().toString()).isEqualTo(mutation.verdict());
                }));
    }

    private static String verdict(boolean schemaRefuses, boolean readerRefuses) {
        if (schemaRefuses) {
            return readerRefuses ? "both" : "schema";
        }
        return readerRefuses ? "reader" : "fine";
    }

    @ParameterizedTest
    @ValueSource(strings = {"notice", "map", "cases", "catalogue", "access", "prove"})
    void the_documentation_holds_the_same_schemas(String name) throws IOException {
        assertThat(Path.of("..", "docs", "schema", name + ".schema.json")).hasContent(text(name));
        assertThat(Files.readString(Path.of("..", "docs", "schema", name + ".schema.json")))
                .isEqualTo(text(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"notice", "map", "cases", "catalogue", "access", "prove"})
    void a_schema_is_one_by_the_rules_of_its_dialect(String name) {
        Schema meta = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(text(name), InputFormat.JSON)).isEmpty();
    }
}
