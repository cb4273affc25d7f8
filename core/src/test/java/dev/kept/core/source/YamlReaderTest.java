package dev.kept.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.Documents;
import dev.kept.core.datamap.CatalogueFile;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.notice.NoticeReader;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    private final Problems problems = new Problems("a.yaml");

    private Optional<Element> read(String text) {
        return YamlReader.read(new SourceText("a.yaml", text), problems);
    }

    private List<Problem> found() {
        return problems.draft(Optional.empty()).problems();
    }

    private List<String> codes() {
        return found().stream().map(Problem::code).toList();
    }

    private String firstPlace() {
        return found().getFirst().place().toString();
    }

    @Test
    void json_is_read_as_the_yaml_it_is() {
        Fields fields = read("{\"a\": [\"x\", 1, true, null],\n \"b\": {\"c\": 1.5}}")
                .orElseThrow()
                .fields("a", "b");
        assertThat(fields.get("a").orElseThrow().items())
                .extracting(Element::kind)
                .containsExactly(Element.Kind.TEXT, Element.Kind.WHOLE, Element.Kind.FLAG, Element.Kind.NOTHING);
        assertThat(found()).isEmpty();
    }

    @Test
    void words_of_older_yaml_and_dates_are_texts() {
        Element list = read("[yes, no, on, off, 2026-03-01, 12:30, 0777x, .5.]").orElseThrow();
        assertThat(list.items()).extracting(Element::kind).containsOnly(Element.Kind.TEXT);
    }

    @Test
    void keys_are_texts_whatever_they_look_like() {
        assertThat(read("1: a\ntrue: b\nnull: c\n").orElseThrow().entries().keySet())
                .containsExactly("1", "true", "null");
    }

    @Test
    void places_count_characters_and_lines_from_one_under_any_line_break() {
        Element root = read("\uFEFFa: 1\r\n\"ä𝄞\": {b: 2}\r\n").orElseThrow();
        assertThat(Objects.requireNonNull(root.entries().get("a")).keyPlace()).hasToString("a.yaml:1:1");
        assertThat(problems.places().at("ä𝄞", "b")).hasToString("a.yaml:2:8");
        assertThat(found()).isEmpty();
    }

    @Test
    void a_place_is_the_nearest_that_stands_in_the_file() {
        read("a: {b: [x, y]}");
        assertThat(problems.places().at("a", "b", "1")).hasToString("a.yaml:1:12");
        assertThat(problems.places().at("a", "b", "9")).hasToString("a.yaml:1:5");
        assertThat(problems.places().at("z")).hasToString("a.yaml");
    }

    @Test
    void of_two_equal_keys_the_first_counts() {
        Element root = read("a: 1\nb: 2\na: 3\n").orElseThrow();
        assertThat(Objects.requireNonNull(root.entries().get("a")).scalar()).contains("1");
        assertThat(codes()).containsExactly("duplicate-key");
        assertThat(firstPlace()).isEqualTo("a.yaml:3:1");
    }

    @Test
    void a_file_too_large_is_not_read() {
        assertThat(read("a: " + "x".repeat(SourceText.MAX_CHARACTERS))).isEmpty();
        assertThat(codes()).containsExactly("yaml-too-large");
    }

    @Test
    void too_many_elements_are_not_read() {
        assertThat(read("- x\n".repeat(YamlReader.MAX_ELEMENTS))).isEmpty();
        assertThat(codes()).containsExactly("yaml-too-large");
    }

    @Test
    void nesting_ends_at_a_limit_however_deep_it_goes() {
        assertThat(read("[".repeat(500_000))).isEmpty();
        assertThat(codes()).containsExactly("yaml-too-deep");
    }

    @Test
    void aliases_never_unfold() {
        String bomb = """
                a: &a [x, x, x]
                b: &b [*a, *a, *a]
                c: [*b, *b, *b]
                """;
        assertThat(read(bomb)).isPresent();
        assertThat(codes()).containsOnly("yaml-alias").hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!java.net.URL 'http://x'", "!!str 1", "!local x", "!!map {a: b}", "!<tag:x> y"})
    void tags_are_refused(String value) {
        read("a: " + value);
        assertThat(codes()).containsExactly("yaml-tag");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [",
                "a: }",
                "a: 'x",
                "a: \"\\q\"",
                "a: b: c",
                "\ta: b",
                "%YAML 3.0\n---\na: b",
                "a: \"\\UFFFFFFFF\"",
                "a: \u0001",
                "- a\nb: c",
                "a: |\n  x\n y: z",
                "@a",
                "`a`"
            })
    void what_is_no_yaml_is_one_problem(String text) {
        assertThat(read(text)).isEmpty();
        assertThat(codes()).containsExactly("yaml-syntax");
    }

    @Test
    void a_forbidden_character_is_shown_where_it_stands() {
        read("a: b\nc: d\u0007\n");
        assertThat(firstPlace()).isEqualTo("a.yaml:2:5");
    }

    @Test
    void problems_beyond_the_limit_are_counted_as_one() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2 * Problems.MAX_PROBLEMS; i++) {
            text.append("k").append(i).append(": x\n");
        }
        read(text.toString()).orElseThrow().fields("none");
        assertThat(found()).hasSize(Problems.MAX_PROBLEMS + 1);
        assertThat(codes()).contains("too-many-problems");
    }

    @Test
    void mangled_documents_never_throw() {
        List<String> documents = List.of("notice.yaml", "shop.yaml", "shop.catalogue.yaml");
        Random random = new Random(20260301);
        String noise = "{}[]:,-#&*!|>'\"%@` \n\t\\0aä\u0000\uFFFF\uD800?~";
        for (int round = 0; round < 900; round++) {
            String name = documents.get(round % documents.size());
            StringBuilder text = new StringBuilder(Documents.good(name).text());
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, noise.charAt(random.nextInt(noise.length())));
                    default -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
                }
            }
            SourceText source = new SourceText(name, text.toString());
            assertThat(NoticeReader.draft(source).problems()).isNotNull();
            assertThat(MapReader.draft(source, ZoneOffset.UTC).problems()).isNotNull();
            assertThat(CatalogueFile.read(source).problems()).isNotNull();
        }
    }
}
