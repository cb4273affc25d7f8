package dev.kept.core.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.source.Problem;
import dev.kept.core.source.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is added to files that people wrote, however they wrote them. */
class WordingDraftTest {

    private static SourceText finnish(String text) {
        return new SourceText("words/fi.yaml", text);
    }

    private static List<String> unwritten(SourceText file, Area area) {
        return OwnLanguage.of("fi", OwnWords.all(List.of(file))).unwritten(area);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "centre:\ntrouble:\n  home: Etusivulle\n",
                "centre: # later\ntrouble: {home: Etusivulle}",
                "centre:\n  # later\n\ntrouble:\n  home: Etusivulle\n",
                "centre: null\ntrouble:\n  home: Etusivulle",
                "trouble:\n  home: Etusivulle\ncentre: ~ # later",
                "trouble:\n  home: Etusivulle\ncentre:",
                "trouble:\n  home: Etusivulle\n\"centre\": {}\n",
                "{centre: , trouble: {home: Etusivulle}}",
                "{trouble: {home: Etusivulle}, centre: null}",
                "  centre:\n  trouble:\n    home: Etusivulle\n"
            })
    void an_empty_section_is_filled_where_it_stands(String text) {
        SourceText filled = WordingDraft.of("fi", List.of(finnish(text))).orElseThrow();

        OwnWords read = OwnWords.read(filled).orElseThrow();
        assertThat(read.problems()).isEmpty();
        assertThat(read.of(Area.TROUBLE)).containsEntry("home", "Etusivulle");
        assertThat(filled.text().split("\\bcentre\"?:", -1)).hasSize(2);
        for (Area area : Area.values()) {
            assertThat(unwritten(filled, area)).isEmpty();
        }
        assertThat(WordingDraft.of("fi", List.of(filled))).contains(filled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{centre, trouble: {home: Etusivulle}}", "? centre\n", "centre: []\n", "centre: {}\ncentre: {}\n"
            })
    void what_would_not_be_read_as_it_was_meant_is_not_written(String text) {
        WordingDraft.of("fi", List.of(finnish(text))).ifPresent(filled -> {
            assertThat(OwnWords.read(filled).orElseThrow().problems()).isEmpty();
            assertThat(unwritten(filled, Area.CENTRE)).isEmpty();
        });
        assertThat(WordingDraft.of("fi", List.of(finnish("centre: []\n")))).isEmpty();
    }

    @Test
    void a_region_is_written_only_what_its_language_lacks() {
        SourceText general = new SourceText("words/pt.yaml", WordingDraft.builtIn("en"));
        SourceText lacking =
                new SourceText("words/pt.yaml", general.text().replaceFirst("(?m)^  nav\\.ask: .*\\n", ""));

        assertThat(WordingDraft.of("pt-br", List.of(general)).orElseThrow().text())
                .isEmpty();
        SourceText draft = WordingDraft.of("pt-br", List.of(lacking)).orElseThrow();
        assertThat(draft.name()).isEqualTo("words/pt-BR.yaml");
        assertThat(draft.text()).endsWith("centre:\n  # Ask about your data\n  nav.ask:\n");
        assertThat(OwnLanguage.of("pt-BR", OwnWords.all(List.of(lacking, draft)))
                        .lacking(Area.CENTRE, Set.of()))
                .containsExactly("nav.ask");
        assertThat(WordingCheck.check(List.of(general), Map.of(), Map.of()))
                .extracting(Problem::severity)
                .containsOnly(Problem.Severity.ADVICE);
    }
}
