package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.server.command.Company.Said;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What `kept check --sarif` writes, held against the standard's own schema. */
class SarifTest {

    private static final String NOTICE = """
            notice: shop
            languages: [en]
            controller: {name: Shop, email: privacy@shop.example, zone: UTC}
            collects: {email: {from: you}}
            uses:
              account: {basis: contract, data: [email], ends: [{after: account.opened, for: 1 year}]}
              letters: {basis: contract, data: [adress], ends: []}
            """;

    private static final Schema SCHEMA = schema();

    @TempDir
    private Path folder;

    private static Schema schema() {
        try (InputStream stream = SarifTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_7,
                            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                                    .formatAssertionsEnabled(true)
                                    .build()))
                    .getSchema(text, InputFormat.JSON);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode valid(String document) {
        assertThat(SCHEMA.validate(document, InputFormat.JSON)).isEmpty();
        return JsonMapper.builder().build().readTree(document);
    }

    private static String written(Path folder, Path root, Problem... problems) {
        return Output.text(new SarifLog(folder, root, "1").document(List.of(problems), 1));
    }

    @Test
    void the_schema_finds_what_does_not_fit() {
        assertThat(SCHEMA.validate("{\"version\": \"2.1.0\", \"runs\": [{\"results\": []}]}", InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void every_problem_is_a_result_at_its_line_and_column() throws IOException {
        Files.createDirectories(folder.resolve("stores"));
        Files.writeString(folder.resolve("notice.yaml"), NOTICE);
        Files.writeString(
                folder.resolve("stores/shop.yaml"), "store: shop\ndatabase: ${X}\ntables:\n  t: {nonsense: 1}\n");
        Path file = folder.resolve("check.sarif");
        Said said = Company.run("check", folder.toString(), "--sarif", file.toString());
        assertThat(said.exit()).isEqualTo(1);
        JsonNode run = valid(Files.readString(file)).path("runs").get(0);
        JsonNode document = JsonMapper.builder()
                .build()
                .readTree(Company.run("check", folder.toString(), "--json").out());
        assertThat(run.path("results").size())
                .isEqualTo(document.path("problems").size())
                .isGreaterThan(3);
        JsonNode unknown = null;
        for (JsonNode result : run.path("results")) {
            String rule = run.path("tool")
                    .path("driver")
                    .path("rules")
                    .get(result.path("ruleIndex").asInt())
                    .path("id")
                    .asString();
            assertThat(rule).isEqualTo(result.path("ruleId").asString());
            if (result.path("message").path("text").asString().contains("`adress`")) {
                unknown = result;
            }
        }
        JsonNode physical =
                Objects.requireNonNull(unknown).path("locations").get(0).path("physicalLocation");
        assertThat(physical.path("artifactLocation").path("uri").asString()).endsWith("/notice.yaml");
        int line = physical.path("region").path("startLine").asInt();
        int column = physical.path("region").path("startColumn").asInt();
        assertThat(NOTICE.lines().toList().get(line - 1).substring(column - 1)).startsWith("adress");
        assertThat(unknown.path("message").path("text").asString()).contains("\ntry: ");
        assertThat(unknown.path("level").asString()).isEqualTo("error");
    }

    @Test
    void a_live_check_writes_what_the_database_says_and_never_its_password() throws IOException {
        try (TestDatabase database = TestCluster.shared().freshDatabase()) {
            database.execute("CREATE TABLE t (id int); CREATE TABLE unheard_of (id int)");
            Files.createDirectories(folder.resolve("stores"));
            Files.writeString(folder.resolve("notice.yaml"), NOTICE);
            Files.writeString(
                    folder.resolve("stores/shop.yaml"),
                    "store: shop\ndatabase: " + Company.address(database) + "\ntables: {t: not-personal}\n");
            Path file = folder.resolve("live.sarif");
            Company.run("check", folder.toString(), "--live", "--sarif", file.toString());
            String text = Files.readString(file);
            valid(text);
            assertThat(text).contains("`unheard_of`").doesNotContain(database.password());
        }
    }

    @Test
    void a_check_that_finds_nothing_is_a_run_without_results() {
        JsonNode run =
                valid(written(Path.of("privacy"), Path.of("/src"))).path("runs").get(0);
        assertThat(run.path("results").isEmpty()).isTrue();
        assertThat(run.path("invocations").get(0).path("executionSuccessful").asBoolean())
                .isTrue();
    }

    @Test
    void places_are_relative_to_the_root_and_whole_elsewhere() {
        Problem whole = Problem.advice("a", Place.of("mail/größe 1.md"), "", "m", "");
        assertThat(written(Path.of("privacy"), Path.of("/src"), whole))
                .contains("\"uri\":\"privacy/mail/gr%C3%B6%C3%9Fe%201.md\"", "%SRCROOT%", "\"level\":\"note\"")
                .doesNotContain("region", "/src");
        assertThat(written(Path.of("a:b"), Path.of("/src"), whole)).contains("\"uri\":\"./a:b/mail/");
        String elsewhere = written(Path.of("/elsewhere"), Path.of("/src"), whole);
        assertThat(elsewhere).contains("\"uri\":\"file:///elsewhere/mail/").doesNotContain("%SRCROOT%");
        valid(elsewhere);
        valid(written(Path.of("a:b"), Path.of("/src"), whole));
    }

    @Test
    void what_files_say_makes_no_link_and_no_placeholder_and_a_difference_is_told() {
        Problem hostile = new Problem(
                Problem.Severity.ERROR,
                "b",
                new Place("notice.yaml", 3, 0),
                "uses.x",
                "the key `[here](https://evil.example) {0} {for: 1 year}`",
                "write `x`",
                Optional.of(new Problem.Difference("1", "2")));
        String text = valid(written(Path.of("privacy"), Path.of("/src"), hostile))
                .path("runs")
                .get(0)
                .path("results")
                .get(0)
                .path("message")
                .path("text")
                .asString();
        assertThat(text)
                .isEqualTo(
                        "the key `\\[here\\](https://evil.example) {{0}} {for: 1 year}`\nexpected: 1\nfound: 2\ntry: write `x`");
    }

    @Test
    void a_line_that_moves_keeps_its_fingerprint() {
        Problem here = Problem.error("b", new Place("notice.yaml", 3, 1), "uses.x", "m", "");
        Problem there = Problem.error("b", new Place("notice.yaml", 9, 1), "uses.x", "m", "");
        String print = "partialFingerprints";
        String one = written(Path.of("p"), Path.of("/src"), here);
        String other = written(Path.of("p"), Path.of("/src"), there);
        assertThat(one.substring(one.indexOf(print))).isEqualTo(other.substring(other.indexOf(print)));
    }

    @Test
    void a_file_that_cannot_be_written_is_said_in_one_sentence() throws IOException {
        Files.writeString(folder.resolve("notice.yaml"), NOTICE);
        Said said = Company.run(
                "check",
                folder.toString(),
                "--sarif",
                folder.resolve("none/x.sarif").toString());
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("cannot be written", "try: ").hasLineCount(2);
    }
}
