package dev.kept.core.notice.prose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.kept.core.notice.Notice;
import dev.kept.core.source.Place;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProseCheckTest {

    private static final Places RULES = new Places(
            "notice.yaml",
            List.of(
                    new Places.Standing(List.of("uses", "newsletter"), new Place("notice.yaml", 9, 3)),
                    new Places.Standing(List.of("languages"), new Place("notice.yaml", 2, 1))));

    private static List<Problem> problems(Notice notice, SourceText... files) {
        Reading<List<Prose>> reading = ProseCheck.read(List.of(files), notice, RULES);
        return reading.problems();
    }

    private static SourceText english(String text) {
        return new SourceText("notice.en.md", text);
    }

    private static SourceText german(String text) {
        return new SourceText("notice.de.md", text);
    }

    @Test
    void prose_that_states_every_rule_has_no_problems() {
        assertThat(problems(SmallNotice.in("en"), english(SmallNotice.COMPLETE_EN)))
                .isEmpty();
    }

    @Test
    void an_event_without_words_is_advised_where_only_the_page_says_it() {
        String unsaid = SmallNotice.COMPLETE_EN
                .replace("newsletter.last-opened: you last opened it\n  ", "")
                .replace("It ends\n  {{uses.newsletter.ends}}.", "It ends.");
        assertThat(problems(SmallNotice.in("en"), english(unsaid)))
                .filteredOn(problem -> problem.code().equals("event-unsaid"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("`newsletter.last-opened`"));
    }

    @Test
    void a_chapter_that_alone_is_not_said_in_short_is_advised() {
        String one = SmallNotice.COMPLETE_EN.replace("## Uses\n", "## Uses\n\n> For these.\n");
        assertThat(problems(SmallNotice.in("en"), english(one)))
                .extracting(Problem::code, Problem::severity)
                .containsExactly(
                        tuple("in-short-missing", Problem.Severity.ADVICE),
                        tuple("in-short-missing", Problem.Severity.ADVICE));
    }

    @Test
    void a_rule_no_sentence_states_is_found_where_it_stands() {
        String silent = SmallNotice.COMPLETE_EN.replace("{#uses.newsletter may}", "");
        assertThat(problems(SmallNotice.in("en"), english(silent)))
                .extracting(Problem::code, Problem::path, Problem::place)
                .containsExactly(tuple("rule-unstated", "uses.newsletter", new Place("notice.yaml", 9, 3)));
    }

    @Test
    void every_unstated_rule_is_found_at_once() {
        assertThat(problems(SmallNotice.in("en"), english(SmallNotice.WORDS_EN + "Hello.\n")))
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "collects.name",
                        "collects.email",
                        "collects.log",
                        "uses.account",
                        "uses.newsletter",
                        "uses.statistics",
                        "shares.mailer",
                        "shares.sale",
                        "shares.rent",
                        "cookies.cart",
                        "keeps.longest",
                        "keeps.then",
                        "signals.dnt",
                        "contact",
                        "rights.answered-within",
                        "rights.access",
                        "rights.erase");
    }

    @Test
    void a_duty_does_not_state_the_rule_it_names() {
        String silent = SmallNotice.COMPLETE_EN.replace("{#uses.newsletter may}", "{#uses.newsletter duty}");
        assertThat(problems(SmallNotice.in("en"), english(silent)))
                .extracting(Problem::path)
                .containsExactly("uses.newsletter");
    }

    @Test
    void a_rule_that_one_language_leaves_out_is_found_in_it() {
        String translated = SmallNotice.COMPLETE_EN
                .replace("locale: en-GB", "locale: de\npatterns: {after: '{period}, {event}'}")
                .replace("words:\n", "words:\n  uses.statistics.interest: zu wissen, was geht\n")
                .replace("At most {{keeps.longest}}. {#keeps.longest}", "");
        assertThat(problems(SmallNotice.in("en", "de"), english(SmallNotice.COMPLETE_EN), german(translated)))
                .extracting(
                        Problem::code, Problem::path, problem -> problem.place().file())
                .containsExactly(tuple("rule-untranslated", "keeps.longest", "notice.de.md"));
    }

    @Test
    void a_language_without_a_file_is_found() {
        assertThat(problems(SmallNotice.in("en", "de"), english(SmallNotice.COMPLETE_EN)))
                .extracting(Problem::code, Problem::path, Problem::place)
                .containsExactly(tuple("prose-missing", "de", new Place("notice.yaml", 2, 1)));
    }

    @Test
    void a_language_nobody_asked_for_is_advised_against() {
        assertThat(problems(SmallNotice.in("de"), german(SmallNotice.WORDS_EN.replace("en-GB", "de"))))
                .extracting(Problem::code)
                .doesNotContain("prose-unasked");
        assertThat(ProseCheck.check(SmallNotice.in(), RULES, List.of())).isEmpty();
    }

    @Test
    void a_sentence_that_leaves_out_part_of_its_rule_is_advised() {
        String shorter = SmallNotice.COMPLETE_EN.replace("{{uses.newsletter.basis}}", "what you said");
        assertThat(problems(SmallNotice.in("en"), english(shorter)))
                .extracting(Problem::severity, Problem::code, Problem::attempt)
                .containsExactly(
                        tuple(Problem.Severity.ADVICE, "rule-part-unstated", "add `{{uses.newsletter.basis}}`"));
    }

    @Test
    void a_period_written_by_hand_is_advised_against_in_digits_and_in_words() {
        for (String written : List.of("2 years", "two years", "24 months")) {
            String byHand = SmallNotice.COMPLETE_EN.replace("{{keeps.longest}}", written);
            assertThat(problems(SmallNotice.in("en"), english(byHand)))
                    .extracting(Problem::code, Problem::attempt)
                    .containsExactly(tuple("value-by-hand", "take it from there: `{{keeps.longest}}`"));
        }
        String mail = SmallNotice.COMPLETE_EN.replace("[{{contact.email}}]", "[privacy@small.example]");
        assertThat(problems(SmallNotice.in("en"), english(mail)))
                .extracting(Problem::code)
                .containsExactly("value-by-hand");
    }

    @Test
    void a_group_of_cookies_can_be_stated_at_once() {
        String grouped = SmallNotice.COMPLETE_EN.replace(
                "{{cookies}} for {{cookies.cart.lasts}}. {#cookies}", "What the basket needs. {#cookies.necessary}");
        assertThat(problems(SmallNotice.in("en"), english(grouped))).isEmpty();
    }
}
