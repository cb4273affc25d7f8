package dev.kept.core.notice.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.Sentence;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceIdsTest {

    private static List<String> ids(String body) {
        Prose prose = Pages.prose(body);
        SentenceIds ids = SentenceIds.of(prose);
        return prose.sentences().map(ids::of).toList();
    }

    @Test
    void a_sentence_has_the_path_of_the_rule_it_states() {
        assertThat(ids("We run your account. {#uses.account}\n\nWe say hello.")).containsExactly("uses.account", "");
    }

    @Test
    void a_heading_keeps_the_chapter_s_name_and_the_sentences_below_are_numbered() {
        assertThat(ids("## What we collect {#collects}\n\nSome. {#collects}\n\nMore. {#collects}"))
                .containsExactly("collects", "collects-2", "collects-3");
    }

    @Test
    void a_sentence_that_spells_a_rule_out_has_its_name_before_one_that_only_mentions_it() {
        assertThat(ids("""
                We need it. {#uses.account uses.letters}

                We use {{uses.account.data}}. {#uses.account}

                We write. {#uses.letters}
                """)).containsExactly("uses.account-2", "uses.account", "uses.letters");
    }

    @Test
    void a_rule_s_name_is_no_duty_s_where_something_else_states_it() {
        assertThat(ids("Please ask. {#uses.account duty}\n\nWe run it. {#uses.account}"))
                .containsExactly("uses.account-2", "uses.account");
    }

    @Test
    void no_two_sentences_of_a_page_have_one_name() {
        for (String language : List.of("en", "de", "zh")) {
            Prose prose = Pages.larkfield(language);
            SentenceIds ids = SentenceIds.of(prose);
            List<String> names = prose.sentences()
                    .filter(sentence -> !sentence.anchors().isEmpty())
                    .flatMap(sentence -> java.util.stream.Stream.concat(
                            java.util.stream.Stream.of(ids.of(sentence)), ids.further(sentence).stream()))
                    .toList();
            assertThat(names).doesNotHaveDuplicates().doesNotContain("");
        }
    }

    @Test
    void a_sentence_has_the_same_name_in_every_language() {
        assertThat(named("de")).isEqualTo(named("en"));
        assertThat(named("zh")).isEqualTo(named("en"));
    }

    private static List<String> named(String language) {
        Prose prose = Pages.larkfield(language);
        SentenceIds ids = SentenceIds.of(prose);
        return prose.sentences()
                .filter(sentence -> sentence.kind() != Sentence.Kind.STATEMENT)
                .map(ids::of)
                .toList();
    }
}
