package dev.kept.core.notice.prose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProseReaderTest {

    private static final int WORDS_LINES =
            (int) SmallNotice.WORDS_EN.chars().filter(c -> c == '\n').count();

    private static Reading<Prose> read(String body) {
        return ProseReader.read(SmallNotice.english(body), "en", SmallNotice.in("en"));
    }

    private static List<Sentence> sentences(String body) {
        Reading<Prose> reading = read(body);
        assertThat(reading.problems()).isEmpty();
        return reading.value().orElseThrow().sentences().toList();
    }

    private static Problem onlyProblem(String body) {
        Reading<Prose> reading = read(body);
        assertThat(reading.problems()).hasSize(1);
        return reading.problems().getFirst();
    }

    @Test
    void a_file_is_named_after_its_language() {
        assertThat(ProseReader.languageOf("notice.de.md")).contains("de");
        assertThat(ProseReader.languageOf("privacy/notice.pt-BR.md")).contains("pt-BR");
        assertThat(ProseReader.languageOf("notice.yaml")).isEmpty();
        assertThat(ProseReader.languageOf("README.md")).isEmpty();
    }

    @Test
    void values_of_the_rules_are_filled_in() {
        List<Sentence> sentences = sentences("""
                We keep {{collects from you}} for at most *{{keeps.longest}}*. {#keeps.longest}

                It ends {{uses.account.ends}}. {#uses.account}
                """);
        assertThat(sentences.get(0).plain())
                .isEqualTo("We keep your name and your e-mail address for at most 2 years.");
        assertThat(sentences.get(1).plain())
                .isEqualTo("It ends 30 days after you close your account or 2 years after you were last active,"
                        + " whichever comes first.");
    }

    @Test
    void a_value_that_begins_a_sentence_begins_with_a_capital() {
        assertThat(sentences("{{collects.name}} and {{collects.email}}. {{uses.newsletter}} ends.")
                        .getFirst()
                        .plain())
                .isEqualTo("Your name and your e-mail address. The newsletter ends.");
        assertThat(sentences("{{collects.name | as-is}}, {{contact.email}}.")
                        .getFirst()
                        .plain())
                .isEqualTo("your name, privacy@small.example.");
    }

    @Test
    void a_sentence_knows_its_kind_its_rules_and_its_place() {
        List<Sentence> sentences = sentences("""
                ## Uses {#uses}

                - We run it. {#uses.account uses.account.ends}
                - We may write. {#uses.newsletter may}
                - Be truthful. {#collects duty}

                Thank you.
                """);
        assertThat(sentences)
                .extracting(Sentence::kind)
                .containsExactly(
                        Sentence.Kind.PROMISE,
                        Sentence.Kind.PROMISE,
                        Sentence.Kind.PERMISSION,
                        Sentence.Kind.DUTY,
                        Sentence.Kind.STATEMENT);
        assertThat(sentences.get(1).anchors())
                .containsExactly(
                        new Sentence.Anchor("uses.account", new Place("notice.en.md", WORDS_LINES + 3, 14)),
                        new Sentence.Anchor("uses.account.ends", new Place("notice.en.md", WORDS_LINES + 3, 14)));
        assertThat(sentences.get(2).place()).isEqualTo(new Place("notice.en.md", WORDS_LINES + 4, 3));
        assertThat(sentences.get(3).states()).isEmpty();
        assertThat(sentences.get(4).plain()).isEqualTo("Thank you.");
    }

    @Test
    void a_paragraph_can_state_several_rules_one_after_the_other() {
        List<Sentence> sentences =
                sentences("We run it. {#uses.account} We may write. {#uses.newsletter may} Thank you.");
        assertThat(sentences).extracting(Sentence::plain).containsExactly("We run it.", "We may write.", "Thank you.");
        assertThat(sentences.get(1).kind()).isEqualTo(Sentence.Kind.PERMISSION);
    }

    @Test
    void a_list_of_values_states_what_lies_below_the_anchor() {
        assertThat(sentences("We collect {{collects from you}}. {#collects}")
                        .getFirst()
                        .states())
                .isEqualTo(Set.of("collects", "collects.name", "collects.email"));
        assertThat(sentences("We use {{uses.account.data}} and {{collects.log}}. {#uses.account}")
                        .getFirst()
                        .states())
                .isEqualTo(Set.of("uses.account", "uses.account.data"));
    }

    @Test
    void an_anchor_may_run_over_two_lines() {
        assertThat(sentences("We run it.\n{#uses.account\nuses.newsletter}")
                        .getFirst()
                        .anchors())
                .extracting(Sentence.Anchor::path)
                .containsExactly("uses.account", "uses.newsletter");
    }

    @Test
    void an_anchor_to_nothing_is_found_and_a_better_one_suggested() {
        Problem problem = onlyProblem("We send it. {#uses.newsleter}");
        assertThat(problem.code()).isEqualTo("anchor-unknown");
        assertThat(problem.attempt()).isEqualTo("did you mean `uses.newsletter`?");
        assertThat(problem.place()).isEqualTo(new Place("notice.en.md", WORDS_LINES + 1, 13));
    }

    @Test
    void a_value_that_no_rule_has_is_found_and_left_as_written() {
        Problem problem = onlyProblem("For {{keeps.longst}}.");
        assertThat(problem.code()).isEqualTo("value-unknown");
        assertThat(problem.attempt()).isEqualTo("did you mean `{{keeps.longest}}`?");
        assertThat(problem.place()).isEqualTo(new Place("notice.en.md", WORDS_LINES + 1, 5));
        assertThat(read("For {{keeps.longst}}.").value().orElseThrow().plain()).isEqualTo("For {{keeps.longst}}.");
    }

    @Test
    void missing_words_are_asked_for_where_they_are_needed() {
        Reading<Prose> reading = ProseReader.read(
                new SourceText(
                        "notice.de.md",
                        "---\nwords: {account.closed: Sie gehen}\n---\n\nEnde: {{uses.account.ends}}.\n"),
                "de",
                SmallNotice.in("en", "de"));
        assertThat(reading.problems())
                .extracting(
                        Problem::code, Problem::path, problem -> problem.place().line())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("word-missing", "account.last-seen", 5));
    }

    @Test
    void the_texts_within_the_rules_are_in_the_original_language_only() {
        String body = "{{uses.statistics.interest}}";
        assertThat(sentences(body).getFirst().plain()).isEqualTo("Knowing what sells");
        Reading<Prose> german =
                ProseReader.read(new SourceText("notice.de.md", body), "de", SmallNotice.in("en", "de"));
        assertThat(german.problems()).extracting(Problem::path).containsExactly("uses.statistics.interest");
    }

    @Test
    void a_language_without_patterns_is_told_which_it_needs() {
        Reading<Prose> reading = ProseReader.read(
                new SourceText(
                        "notice.fi.md",
                        "---\nwords: {newsletter.last-opened: avasit sen}\n---\n{{uses.newsletter.ends}}"),
                "fi",
                SmallNotice.in("en", "fi"));
        assertThat(reading.problems()).extracting(Problem::path).containsExactly("patterns.after");
    }

    @Test
    void numbers_take_their_noun_along() {
        String body = "---\nwords: {uses.statistics.at-least: '{n, plural, one {# person} other {# people}}'}\n---\n"
                + "At least {{uses.statistics.at-least}}.";
        Reading<Prose> reading = ProseReader.read(new SourceText("notice.en.md", body), "en", SmallNotice.in("en"));
        assertThat(reading.value().orElseThrow().plain()).isEqualTo("At least 1 person.");
    }

    @Test
    void unclosed_braces_are_found() {
        assertThat(onlyProblem("For {{keeps.longest years.").code()).isEqualTo("value-malformed");
        assertThat(onlyProblem("For ever. {#keeps.longest").code()).isEqualTo("anchor-malformed");
        assertThat(onlyProblem("*For ever. {#keeps.longest}*").code()).isEqualTo("anchor-malformed");
        assertThat(onlyProblem("{#keeps.longest}").code()).isEqualTo("anchor-without-text");
        assertThat(sentences("A set {a, b} and \\{{c}}.").getFirst().plain()).isEqualTo("A set {a, b} and {{c}}.");
    }

    @Test
    void links_that_lead_nowhere_are_found() {
        assertThat(sentences(
                        "## Uses {#uses}\n\nSee [uses](#uses), [form](/privacy/form), [site](https://small.example/a),"
                                + " [mail](mailto:{{contact.email}})."))
                .hasSize(2);
        assertThat(onlyProblem("## Uses {#uses}\n\n[there](#use)").attempt()).isEqualTo("did you mean `#uses`?");
        assertThat(onlyProblem("[there](htp:/small.example)").code()).isEqualTo("link-malformed");
        assertThat(onlyProblem("[there](https:///path)").code()).isEqualTo("link-malformed");
        assertThat(onlyProblem("[there](javascript:alert)").code()).isEqualTo("link-malformed");
        assertThat(onlyProblem("[there](page.html)").code()).isEqualTo("link-malformed");
        assertThat(onlyProblem("[write](mailto:nobody)").code()).isEqualTo("link-malformed");
    }

    @Test
    void a_quotation_right_after_a_heading_says_its_section_in_short() {
        Reading<Prose> reading = read(
                "## Rights {#rights}\n\n> Ask, and within {{rights.answered-within}}\n> we answer. {#rights} Always.\n\nMore.");
        assertThat(reading.problems()).isEmpty();
        List<Block> blocks = reading.value().orElseThrow().blocks();
        assertThat(blocks).hasSize(3);
        assertThat(blocks.get(1)).isInstanceOf(Block.InShort.class);
        assertThat(blocks.get(1).sentencesWithin().map(Sentence::plain))
                .containsExactly("Ask, and within 30 days we answer.", "Always.");
        assertThat(onlyProblem("## Rights {#rights}\n\n> - a list").code()).isEqualTo("markup-unsupported");
        assertThat(onlyProblem("## Rights {#rights}\n\nText.\n\n> too late").code())
                .isEqualTo("markup-unsupported");
    }

    @Test
    void what_no_page_shows_is_refused() {
        assertThat(onlyProblem("<div>hello</div>").code()).isEqualTo("markup-unsupported");
        assertThat(onlyProblem("![pixel](https://small.example/p.gif)").code()).isEqualTo("markup-unsupported");
        assertThat(onlyProblem("> quoted").code()).isEqualTo("markup-unsupported");
        assertThat(read("<!-- a remark -->\n\nText.").problems()).isEmpty();
    }

    @Test
    void words_for_nothing_are_advised_against() {
        Reading<Prose> reading = ProseReader.read(
                new SourceText("notice.en.md", "---\nwords:\n  acount.closed: you go\n---\nHello.\n"),
                "en",
                SmallNotice.in("en"));
        assertThat(reading.failed()).isFalse();
        assertThat(reading.problems().getFirst().attempt()).isEqualTo("did you mean `account.closed`?");
        assertThat(reading.problems().getFirst().place().line()).isEqualTo(3);
    }

    @Test
    void a_broken_front_matter_does_not_hide_the_other_problems() {
        Reading<Prose> reading = ProseReader.read(
                new SourceText("notice.en.md", "---\nwords: {a: [\nlocale: fr\n---\nSee [x](#nowhere).\n"),
                "en",
                SmallNotice.in("en"));
        assertThat(reading.problems()).extracting(Problem::code).contains("link-dead", "yaml-syntax");
    }

    @Test
    void a_locale_of_another_language_is_refused() {
        Reading<Prose> reading = ProseReader.read(
                new SourceText("notice.en.md", "---\nlocale: de-AT\n---\nHello.\n"), "en", SmallNotice.in("en"));
        assertThat(reading.problems()).extracting(Problem::code).containsExactly("locale-mismatch");
    }

    @Test
    void lines_of_chinese_join_without_a_space() {
        Reading<Prose> reading = ProseReader.read(
                new SourceText("notice.zh.md", "我们最多保留\n{{keeps.longest}}。\n"), "zh", SmallNotice.in("zh"));
        assertThat(reading.value().orElseThrow().plain()).isEqualTo("我们最多保留2年。");
    }
}
