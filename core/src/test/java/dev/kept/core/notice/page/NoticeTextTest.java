package dev.kept.core.notice.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NoticeTextTest {

    private static final String RULE = "-".repeat(76);

    private static String text(String body) {
        return NoticeText.of(Pages.prose(body), Edition.draft());
    }

    @Test
    void headings_texts_and_lists_stand_as_in_a_letter() {
        assertThat(text("""
                # Our *notice*

                Hello **you**.

                ## Data {#collects}

                > Only {{collects}}. {#collects}

                - One [here](https://small.example/a). {#collects}

                  More of it.
                - Two, [{{controller.email}}](mailto:{{controller.email}}), [above](#collects).
                  1. first
                  2. second
                """)).isEqualTo("""
                Our notice
                ==========

                Hello you.


                Data
                ----

                  In short: Only your name and your e-mail address.

                - One here <https://small.example/a>.

                  More of it.

                - Two, privacy@small.example, above.

                  1. first

                  2. second

                %s
                Draft, not published
                """.formatted(RULE));
    }

    @Test
    void lines_fit_their_page_whatever_the_script() {
        for (String language : List.of("en", "de", "zh")) {
            String text = NoticeText.of(Pages.larkfield(language), Pages.published());
            assertThat(text.lines())
                    .as(language)
                    .allSatisfy(line -> assertThat(columns(line)).isLessThanOrEqualTo(76))
                    .noneMatch(line -> line.endsWith(" "));
            assertThat(text).as(language).doesNotContain("{", "}", "**").doesNotContain("\n\n\n\n");
        }
    }

    private static int columns(String line) {
        return line.codePoints().map(c -> c >= 0x2e80 ? 2 : 1).sum();
    }

    @Test
    void addresses_stay_whole_and_a_letter_is_not_parted_from_its_word() {
        for (String language : List.of("en", "de", "zh")) {
            assertThat(NoticeText.of(Pages.larkfield(language), Pages.published()))
                    .contains("<https://www.larkfield.example/privacy/choices>")
                    .doesNotContain("E-\n");
        }
    }

    @Test
    void no_line_begins_with_what_ends_a_chinese_sentence() {
        assertThat(NoticeText.of(Pages.larkfield("zh"), Pages.published()).lines())
                .noneMatch(line -> line.strip().matches("[，。；：、）”！？].*"));
    }

    @Test
    void a_version_says_which_it_is() {
        assertThat(NoticeText.of(Pages.larkfield("de"), Pages.published()))
                .endsWith(RULE + "\nFassung 3, gültig ab 1. März 2026\nFingerabdruck des Inhalts: sha256:abc\n");
        assertThat(NoticeText.of(Pages.larkfield("zh"), Pages.published()))
                .endsWith(RULE + "\n第3版，自2026年3月1日起生效\n内容指纹：sha256:abc\n")
                .contains("简而言之：");
    }
}
