package dev.kept.core.notice.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.notice.prose.Prose;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

class NoticeMarkdownTest {

    private static String markdown(String body) {
        return NoticeMarkdown.of(Pages.prose(body), Edition.draft());
    }

    @Test
    void values_are_filled_in_and_anchors_are_gone() {
        assertThat(markdown("""
                # Our notice

                ## Data {#collects}

                > Only {{collects}}. {#collects}

                We take *it* [there](https://small.example/a_b). {#collects} See
                [above](#collects).

                - One

                  and more
                - Two
                """)).isEqualTo("""
                # Our notice

                ## Data

                > **In short** Only your name and your e-mail address.

                We take *it* [there](https://small.example/a_b). See above.

                - One

                  and more

                - Two

                ---

                Draft, not published
                """);
    }

    @Test
    void what_could_be_markup_is_read_back_as_it_was_written() {
        for (String text : List.of(
                "1\\. is no list",
                "\\# is no heading",
                "\\- is no item",
                "a \\* b \\_c\\_ \\[d\\](e) \\<f> \\`g\\` h&amp;i",
                "`a``b`",
                "\\> no quote",
                "a\\\nb")) {
            assertThat(plain(markdown(text)).strip())
                    .as(text)
                    .isEqualTo((Pages.prose(text).plain().replace("ab", "a b") + " Draft, not published").strip());
        }
    }

    @Test
    void readers_of_the_example_read_the_same_in_every_language() {
        for (String language : List.of("en", "de", "zh")) {
            Prose prose = Pages.larkfield(language);
            String read = plain(NoticeMarkdown.of(prose, Edition.draft())).replaceAll("\\s+", "");
            prose.sentences()
                    .forEach(sentence -> assertThat(read)
                            .as(language)
                            .contains(sentence.plain().replaceAll("\\s+", "")));
            assertThat(read).doesNotContain("**");
        }
    }

    /** What a reader of CommonMark shows. */
    private static String plain(String markdown) {
        StringBuilder text = new StringBuilder();
        Parser.builder().build().parse(markdown).accept(new AbstractVisitor() {
            @Override
            public void visit(Text node) {
                text.append(node.getLiteral());
            }

            @Override
            public void visit(Code node) {
                text.append(node.getLiteral());
            }

            @Override
            public void visit(HtmlInline node) {
                throw new AssertionError(node.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak node) {
                text.append(" ");
            }

            @Override
            public void visit(HardLineBreak node) {
                text.append(" ");
            }

            @Override
            public void visit(org.commonmark.node.Paragraph node) {
                text.append(text.isEmpty() ? "" : " ");
                visitChildren(node);
            }

            @Override
            public void visit(StrongEmphasis node) {
                visitChildren(node);
            }

            @Override
            public void visit(Link node) {
                visitChildren(node);
            }
        });
        return text.toString();
    }
}
