package dev.kept.core.notice.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.value.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Everything is looked at as a reader of JSON-LD sees it: names and terms written out as whole addresses. */
class NoticeDataTest {

    private static final String DPV = "https://w3id.org/dpv";

    /** Terms of vocabularies older than most notices. */
    private static final Set<String> COMMON = Set.of(
            "http://purl.org/dc/terms/title",
            "http://purl.org/dc/terms/identifier",
            "http://purl.org/dc/terms/valid",
            "http://purl.org/dc/terms/language",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
            "http://www.w3.org/2000/01/rdf-schema#label",
            "http://www.w3.org/2000/01/rdf-schema#comment",
            "http://www.w3.org/2001/XMLSchema#date",
            "http://www.w3.org/2001/XMLSchema#duration");

    private static final String TEXT = NoticeData.of(
            Pages.larkfield(),
            List.of(Pages.larkfield("en"), Pages.larkfield("de"), Pages.larkfield("zh")),
            Pages.published());

    private static final Map<?, ?> DOCUMENT =
            (Map<?, ?>) Objects.requireNonNull(Json.parse(TEXT).tree());

    private static final Map<?, ?> CONTEXT = (Map<?, ?>) in(DOCUMENT, "@context");

    private static Object in(Map<?, ?> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static Set<String> vocabulary() throws IOException {
        try (InputStream file = Objects.requireNonNull(NoticeDataTest.class.getResourceAsStream("/dpv/terms.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toSet());
        }
    }

    /** A compact name written out; itself where it has no prefix of the context. */
    private static String whole(String name) {
        int colon = name.indexOf(':');
        Object namespace = colon < 0 ? null : CONTEXT.get(name.substring(0, colon));
        return namespace instanceof String begin ? begin + name.substring(colon + 1) : name;
    }

    private static void addresses(Object value, Set<String> found) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, below) -> {
                    if (!key.equals("@context")) {
                        addresses(Objects.requireNonNull(below), found);
                    }
                });
            case List<?> list -> list.forEach(below -> addresses(Objects.requireNonNull(below), found));
            case String text -> {
                String whole = whole(text);
                if (!whole.equals(text)) {
                    found.add(whole);
                }
            }
            default -> {}
        }
    }

    @Test
    void every_term_is_one_of_the_vocabulary() throws IOException {
        Set<String> used = new TreeSet<>();
        addresses(DOCUMENT, used);
        for (Object term : CONTEXT.values()) {
            if (term instanceof Map<?, ?> definition) {
                used.add(whole((String) in(definition, "@id")));
                Object type = definition.get("@type");
                if (type instanceof String name && !name.equals("@id")) {
                    used.add(whole(name));
                }
            }
        }
        Set<String> ours = used.stream()
                .filter(address -> address.startsWith(DPV))
                .filter(address -> !address.startsWith(DPV + "/loc#"))
                .collect(Collectors.toSet());
        assertThat(ours).hasSizeGreaterThan(80);
        assertThat(vocabulary()).containsAll(ours);
        assertThat(used.stream().filter(address -> address.startsWith(DPV + "/loc#")))
                .containsExactly(DPV + "/loc#US");
        used.removeIf(address -> address.startsWith(DPV));
        assertThat(used).isEqualTo(new TreeSet<>(COMMON));
    }

    @Test
    void every_name_has_a_meaning() {
        Set<String> names = new HashSet<>();
        names(DOCUMENT, names);
        Set<String> known = new HashSet<>();
        CONTEXT.keySet().forEach(key -> known.add((String) key));
        assertThat(known).containsAll(names);
    }

    /** The names of members, but for the languages within texts. */
    private static void names(Object value, Set<String> names) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, below) -> {
                if (!key.equals("@context")) {
                    names.add((String) key);
                    boolean perLanguage = CONTEXT.get(key) instanceof Map<?, ?> definition
                            && "@language".equals(definition.get("@container"));
                    if (!perLanguage) {
                        names(Objects.requireNonNull(below), names);
                    }
                }
            });
        } else if (value instanceof List<?> list) {
            list.forEach(below -> names(Objects.requireNonNull(below), names));
        }
    }

    @Test
    void every_reference_within_the_document_arrives() {
        List<String> nodes = new ArrayList<>();
        Set<String> references = new HashSet<>();
        references(DOCUMENT, nodes, references);
        assertThat(nodes).doesNotHaveDuplicates();
        assertThat(nodes).containsAll(references).contains("#uses.newsletter", "#shares.mailer", "#collects.email");
    }

    private static void references(Object value, List<String> nodes, Set<String> references) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, below) -> {
                    if (key.equals("id")) {
                        nodes.add((String) Objects.requireNonNull(below));
                    } else {
                        references(Objects.requireNonNull(below), nodes, references);
                    }
                });
            case List<?> list -> list.forEach(below -> references(Objects.requireNonNull(below), nodes, references));
            case String text when text.startsWith("#") -> references.add(text);
            default -> {}
        }
    }

    @Test
    void a_use_says_what_for_with_which_data_on_which_ground_how_long_and_to_whom() {
        Map<?, ?> newsletter = node("processes", "#uses.newsletter");
        assertThat(newsletter.get("type")).isEqualTo("dpv:Process");
        assertThat(newsletter.get("label"))
                .isEqualTo(Map.of("en", "the newsletter", "de", "der Newsletter", "zh", "新闻邮件"));
        assertThat(newsletter.get("purposes")).isEqualTo(List.of("dpv:DirectMarketing"));
        assertThat(newsletter.get("collects"))
                .isEqualTo(List.of("#collects.name", "#collects.email", "#collects.settings"));
        assertThat(newsletter.get("basis")).isEqualTo(List.of("dpv:Consent", "gdpr:A6-1-a"));
        assertThat(newsletter.get("recipients")).isEqualTo(List.of("#shares.mailer"));
        assertThat(newsletter.get("controller")).isEqualTo("#controller");
        Map<?, ?> storage = (Map<?, ?>) in(newsletter, "storage");
        assertThat(storage.get("type")).isEqualTo("dpv:StorageDuration");
        Map<?, ?> duration = (Map<?, ?>) ((List<?>) in(storage, "duration")).getFirst();
        assertThat(duration.get("value")).isEqualTo("P2Y");
        assertThat((Map<?, ?>) in(duration, "label"))
                .isEqualTo(Map.of(
                        "en", "2 years after you last opened it",
                        "de", "2 Jahre, nachdem Sie ihn zuletzt geöffnet haben",
                        "zh", "您最后一次打开新闻邮件后2年"));
    }

    @Test
    void rights_recipients_laws_and_what_never_happens_are_told() {
        assertThat(node("rights", "#rights.erase").get("type")).isEqualTo("gdpr:A17");
        assertThat(node("rights", "#rights.erase").get("exercisedAt"))
                .isEqualTo("https://www.larkfield.example/privacy/request");
        assertThat(node("recipients", "#shares.mailer"))
                .containsEntry("type", "dpv:DataProcessor")
                .containsEntry("thirdCountry", "loc:US");
        assertThat(node("prohibitions", "#shares.sale").get("type")).isEqualTo("dpv:Prohibition");
        Map<?, ?> law = (Map<?, ?>) in(node("processes", "#keeps.beyond.accounting"), "law");
        assertThat(((Map<?, ?>) in(law, "label")).get("de")).isEqualTo("§\u00a0257 HGB und §\u00a0147 AO");
        assertThat(node("processes", "#uses.statistics").get("measure")).isEqualTo(List.of("dpv:Anonymisation"));
        assertThat(DOCUMENT.get("version")).isEqualTo("3");
        assertThat(DOCUMENT.get("inForce")).isEqualTo("2026-03-01");
    }

    private static Map<String, Object> node(String list, String id) {
        for (Object item : (List<?>) in(DOCUMENT, list)) {
            Map<String, Object> node = new java.util.HashMap<>();
            ((Map<?, ?>) Objects.requireNonNull(item)).forEach((key, value) -> node.put((String) key, value));
            if (id.equals(node.get("id"))) {
                return node;
            }
        }
        throw new AssertionError(id);
    }
}
