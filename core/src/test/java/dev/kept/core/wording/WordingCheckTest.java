package dev.kept.core.wording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.SourceText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordingCheckTest {

    private static final Place NAMED = new Place("notice.yaml", 3, 1);

    private static List<Problem> check(String language, SourceText... files) {
        return WordingCheck.check(List.of(files), Map.of(language, NAMED), Map.of());
    }

    private static SourceText finnish(String text) {
        return new SourceText("words/fi.yaml", text);
    }

    @Test
    void languages_that_kept_brings_along_need_nothing() {
        for (String language : List.of("en", "de-AT", "zh", "zh-CN")) {
            assertThat(check(language)).isEmpty();
        }
    }

    @Test
    void a_language_that_nobody_has_words_for_does_not_pass() {
        for (String language : List.of("fi", "zh-Hant", "zh-TW")) {
            assertThat(check(language))
                    .extracting(Problem::severity, Problem::code, Problem::place)
                    .containsExactly(tuple(Problem.Severity.ERROR, "words-missing", NAMED));
        }
    }

    @Test
    void every_word_that_is_missing_is_named_at_once_and_one_without_a_text_is_missing() {
        List<Problem> problems =
                check("fi", finnish("contact:\n  skip: Siirry tekstiin\n  title:\n  lead: '{company}'\n"));

        assertThat(problems)
                .extracting(Problem::path)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Area.values()).map(Area::word).toList());
        assertThat(problems)
                .filteredOn(problem -> problem.path().equals("contact"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.place()).isEqualTo(new Place("words/fi.yaml", 3, 3));
                    assertThat(problem.message()).contains("5 of 7", "title, promise, button, thanks, noted");
                });
    }

    @Test
    void words_of_the_prose_count() {
        Set<String> all = Wordings.keys(Area.NOTICE);
        List<Problem> problems = WordingCheck.check(
                List.of(finnish("centre:\n  skip: Siirry\n")), Map.of("fi", NAMED), Map.of("fi", all));

        assertThat(problems).extracting(Problem::path).doesNotContain("notice").contains("centre");
    }

    @Test
    void what_is_written_wrongly_is_said_where_it_stands() {
        List<Problem> problems = check("de", new SourceText("words/de.yaml", """
                centre:
                  nav: {strat: Übersicht}
                  start.title: Ihre Daten
                  start.lead: "Hier {wo}"
                  ask.title: "Was { nun"
                  ask.month: ""
                trouble:
                  home: [a]
                center:
                  skip: x
                notice:
                  patterns.after: "'{period} nach {event}"
                """));

        assertThat(problems)
                .extracting(Problem::code, problem -> problem.place().line())
                .containsExactlyInAnyOrder(
                        tuple("words-unknown", 2),
                        tuple("words-place-missing", 3),
                        tuple("words-place-unknown", 4),
                        tuple("words-place-unknown", 5),
                        tuple("words-length", 6),
                        tuple("wrong-type", 8),
                        tuple("unknown-key", 9),
                        tuple("words-pattern", 12));
        assertThat(problems)
                .extracting(Problem::attempt)
                .contains("did you mean `nav.start`?", "did you mean `centre`?");
    }

    @Test
    void a_file_that_is_not_called_after_a_language_is_not_passed_over() {
        assertThat(check("en", new SourceText("words/finnish words.yaml", "centre: {}")))
                .extracting(Problem::code)
                .containsExactly("words-file");
    }

    @Test
    void a_companys_own_words_stand_above_those_of_kept_and_the_rest_stays() {
        Wordings wordings = Wordings.of(List.of(
                new SourceText("words/de.yaml", "centre:\n  nav.start: Anfang\n  nav.ask: Fragen\n"),
                new SourceText("words/de-CH.yaml", "centre: {nav: {ask: Frage stellen}}\n")));

        Wording swiss = wordings.in("de-CH", Area.CENTRE);
        assertThat(swiss.say("nav.ask")).isEqualTo("Frage stellen");
        assertThat(swiss.say("nav.start")).isEqualTo("Anfang");
        assertThat(swiss.say("nav.notice"))
                .isEqualTo(BuiltIn.of(Area.CENTRE, "de").get("nav.notice"));
        assertThat(wordings.in("de", Area.CENTRE).say("nav.ask")).isEqualTo("Fragen");
        assertThat(wordings.in("en", Area.CENTRE).say("nav.ask")).isEqualTo("Ask about your data");
    }

    @Test
    void words_of_another_script_are_nobodys() {
        assertThat(Wordings.NONE_OF_ITS_OWN.in("zh-Hant", Area.CENTRE).words()).isEmpty();
        assertThat(Wordings.NONE_OF_ITS_OWN.speaks("zh-Hant")).isFalse();
        assertThat(Wordings.fallbacks("zh-Hant-HK")).containsExactly("zh-Hant-HK", "zh-Hant");
    }

    @Test
    void a_value_is_no_template() {
        Wording english = Wordings.NONE_OF_ITS_OWN.in("en", Area.CENTRE);

        assertThat(english.say("open.about", Map.of("number", "{kind}", "kind", "$1{number}")))
                .isEqualTo("You are about to confirm the request {kind}: $1{number}.");
    }

    @Test
    void the_notices_languages_come_first() {
        Wordings wordings = Wordings.of(List.of(finnish("centre: {skip: Siirry}")));

        assertThat(wordings.languages(List.of("fi", "sv", "de")).subList(0, 3)).containsExactly("fi", "de", "en");
    }

    @Test
    void what_the_words_of_the_language_say_those_of_a_region_do_not_lack() {
        SourceText general = new SourceText("words/pt.yaml", WordingDraft.builtIn("en"));
        SourceText ofBrazil = new SourceText("words/pt-BR.yaml", "trouble: {home: Início}");

        assertThat(check("pt-BR", general, ofBrazil)).isEmpty();
        assertThat(check("pt-BR", general)).isEmpty();

        SourceText lacking =
                new SourceText("words/pt.yaml", general.text().replaceFirst("(?m)^  nav\\.ask: .*$", "  nav.ask:"));
        assertThat(check("pt-BR", ofBrazil, lacking)).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("lacks 1 of", "in `pt`: nav.ask");
            assertThat(problem.place().file()).isEqualTo("words/pt.yaml");
            assertThat(problem.place().line()).isGreaterThan(1);
        });
    }

    @Test
    void a_language_is_the_same_in_any_case_and_has_one_file() {
        SourceText small = new SourceText("words/de-at.yaml", "centre: {nav.start: Anfang}");

        assertThat(check("de-AT", small)).isEmpty();
        for (String asked : List.of("de-AT", "DE-at")) {
            assertThat(Wordings.of(List.of(small)).in(asked, Area.CENTRE).say("nav.start"))
                    .isEqualTo("Anfang");
        }
        assertThat(check("de-AT", small, new SourceText("words/de-AT.yaml", small.text())))
                .extracting(
                        Problem::severity,
                        Problem::code,
                        problem -> problem.place().file())
                .containsExactly(tuple(Problem.Severity.ERROR, "words-file-twice", "words/de-AT.yaml"));
    }

    @Test
    void words_that_nobody_reads_are_pointed_at() {
        assertThat(check("en", finnish("centre: {nav.start: Alku}"), new SourceText("words/de.yaml", "centre: {}")))
                .extracting(
                        Problem::severity,
                        Problem::code,
                        problem -> problem.place().file())
                .containsExactly(tuple(Problem.Severity.ADVICE, "words-unused", "words/fi.yaml"));
    }

    @Test
    void characters_that_nobody_sees_are_no_words() {
        for (String unseen :
                List.of("\\u202E", "\\u202A", "\\u2066", "\\u2069", "\\u2028", "\\a", "\\e", "\\x7f", "\\t", "\\r")) {
            assertThat(check("de", new SourceText("words/de.yaml", "trouble:\n  home: \"Da" + unseen + "heim\"\n")))
                    .as(unseen)
                    .extracting(Problem::code, Problem::place)
                    .containsExactly(tuple("words-unseen", new Place("words/de.yaml", 2, 9)));
        }
        assertThat(check(
                        "de", new SourceText("words/de.yaml", "trouble: {home: \"Da\\u200e\\u200d\\u00a0\\nheim\"}\n")))
                .isEmpty();
    }
}
