package dev.kept.core.notice.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.html.Html;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.Sentence;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NoticePageTest {

    private static final String BODY = """
            # What {{controller.name}} does

            Hello.

            ## What we collect {#collects}

            > Only {{collects}}. {#collects}

            We take
            *what* you [give](#uses.account). {#collects} Nothing else.

            ### More

            - **Account.** We use {{uses.account.data}} because of {{uses.account.basis}} until {{uses.account.ends}}. {#uses.account}
              - Please ask. {#uses.account duty}
            - Numbers of {{uses.counting.data}}. {#uses.counting may}
            """;

    private static String page(String body) {
        return NoticePage.of(Pages.small(), Pages.prose(body), Edition.draft());
    }

    @Test
    void text_of_whatever_origin_is_escaped() {
        assertThat(page(BODY))
                .contains("<title>What Small &amp; Sons &lt;b&gt; does</title>")
                .contains("<h1>What Small &amp; Sons &lt;b&gt; does</h1>")
                .doesNotContain("<b> does");
        assertThat(page("It is 5 \\< 6 \"quoted\" & `<script>`. {#collects}"))
                .contains("It is 5 &lt; 6 &quot;quoted&quot; &amp; <code>&lt;script&gt;</code>.");
    }

    @Test
    void a_section_is_said_in_short_under_its_heading() {
        assertThat(page(BODY))
                .contains(
                        "<p class=\"short\"><b class=\"label\">In short</b> <span class=\"sentence\" id=\"collects-2\">")
                .contains("Only your name and your e-mail address.</span></p>");
    }

    @Test
    void the_legal_basis_and_the_end_stand_beside_a_use() {
        String page = page(BODY);
        assertThat(page)
                .contains("<dl class=\"facts\"><div><dt>Legal basis</dt><dd>Our contract with you"
                        + " <span class=\"source\">Art. 6(1)(b) GDPR</span></dd></div>"
                        + "<div><dt>Ends</dt><dd>30 days after you close it</dd></div></dl>")
                .contains("<dt>Ends</dt><dd>No end: only numbers in which nobody can be told</dd>");
        assertThat(Pattern.compile("class=\"facts\"").matcher(page).results()).hasSize(2);
    }

    @Test
    void the_contents_lead_to_every_heading() {
        assertThat(page(BODY))
                .contains("<ol><li><a href=\"#collects\">What we collect</a>"
                        + "<ol><li><a href=\"#section-1.1\">More</a></li></ol>\n</li></ol>")
                .contains("<h3 id=\"section-1.1\">More</h3>")
                .contains("<section aria-labelledby=\"collects\">");
    }

    @Test
    void parts_without_a_chapter_are_in_the_contents_and_a_page_without_headings_has_none() {
        assertThat(page("# Title\n\n### Early\n\nText.\n\n## Chapter\n\nMore."))
                .contains(
                        "<ol><li><a href=\"#section-0.1\">Early</a></li><li><a href=\"#section-1\">Chapter</a></li></ol>");
        assertThat(page("# Title\n\nText.")).doesNotContain("class=\"contents\"");
    }

    @Test
    void every_link_within_the_page_arrives() {
        for (String language : List.of("en", "de", "zh")) {
            String page = NoticePage.of(Pages.larkfield(), Pages.larkfield(language), Pages.published());
            List<String> ids = all(page, " id=\"([^\"]+)\"");
            assertThat(ids).as(language).doesNotHaveDuplicates();
            assertThat(ids).as(language).containsAll(all(page, "href=\"#([^\"]+)\""));
            assertThat(ids).as(language).contains("shares.mailer", "collects.email", "rights.object", "keeps.longest");
        }
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    @Test
    void a_draft_says_that_it_is_one_and_a_version_which_it_is() {
        assertThat(page(BODY)).contains("<p class=\"edition\">Draft, not published</p>");
        assertThat(NoticePage.of(Pages.small(), Pages.prose(BODY), Pages.published()))
                .contains("<p class=\"edition\">Version 3, in force from March 1, 2026</p>")
                .contains("Fingerprint of its content: sha256:abc")
                .contains("<a href=\"2/notice.en.html\">Version 2, in force from January 2, 2025</a>");
    }

    @Test
    void it_names_its_translations_and_formats_and_itself_as_the_privacy_policy() {
        assertThat(NoticePage.of(Pages.small(), Pages.prose(BODY), Pages.published()))
                .contains("<html lang=\"en\">")
                .contains("<link rel=\"privacy-policy\" href=\"notice.en.html\">")
                .contains("<link rel=\"alternate\" hreflang=\"de\" href=\"notice.de.html\">")
                .contains("<link rel=\"alternate\" type=\"application/ld+json\" href=\"notice.jsonld\">")
                .contains("<li><a href=\"notice.de.html\" hreflang=\"de\" lang=\"de\">Deutsch</a></li>")
                .contains("lang=\"en\" aria-current=\"page\">English</a>");
    }

    @Test
    void it_loads_and_runs_nothing() {
        for (String language : List.of("en", "de", "zh")) {
            String page = NoticePage.of(Pages.larkfield(), Pages.larkfield(language), Pages.published());
            assertThat(page)
                    .doesNotContainPattern(
                            "(?i)<script|<img|<iframe|<object|@import|url\\(|javascript:|\\son[a-z]+=|\\ssrc=")
                    .contains("content=\"default-src &#39;none&#39;; style-src &#39;sha256-");
            assertThat(all(page, "<link[^>]* href=\"([^\"]+)\"")).noneMatch(href -> href.contains(":"));
        }
    }

    @Test
    void every_element_that_is_opened_is_closed_where_it_belongs() {
        Margin everywhere = new Margin() {
            @Override
            public Html beside(Sentence sentence, String id) {
                return new Html().element("p", "note");
            }
        };
        for (String body : List.of(
                BODY,
                "# One\n\n# Two\n\n#### Deep\n\n> Short.\n\nText.",
                "1. a\n   - b\n\n     c {#collects} d\n\n     ### In an item {#uses}\n2. *e **f** [g](#collects)*\\\nh `i`\n\n-\n- \n",
                "<!-- nothing -->\n\n---\n\n[**x**](https://small.example/?a=1&b=2 \"t\") {#contact}")) {
            assertBalanced(NoticePage.of(Pages.small(), Pages.prose(body), Pages.published(), everywhere));
            assertBalanced(page(body));
        }
        for (String language : List.of("en", "de", "zh")) {
            assertBalanced(NoticePage.of(Pages.larkfield(), Pages.larkfield(language), Pages.published(), everywhere));
        }
    }

    private static void assertBalanced(String page) {
        Deque<String> open = new ArrayDeque<>();
        Matcher tag = Pattern.compile("<(/?)([a-z0-9]+)(?: [a-z-]+(?:=\"[^\"<>]*\")?)*>")
                .matcher(page);
        StringBuilder rest = new StringBuilder();
        while (tag.find()) {
            tag.appendReplacement(rest, "");
            if (!tag.group(1).isEmpty()) {
                assertThat(open.pop()).isEqualTo(tag.group(2));
            } else if (!List.of("meta", "link", "br").contains(tag.group(2))) {
                open.push(tag.group(2));
            }
        }
        tag.appendTail(rest);
        assertThat(open).isEmpty();
        assertThat(rest.toString().replaceFirst("<!doctype html>", "").replaceAll("(?s):root\\{.*\\}\\}?\n", ""))
                .doesNotContain("<");
    }

    @Test
    void lines_of_the_file_are_closed_up_as_the_script_wants() {
        String page = page("One\ntwo. {#collects}\nThree.");
        assertThat(page).contains("One two.</span> Three.");
        assertThat(page("One<!-- a\nremark -->\n*two* three")).contains("One <em>two</em> three");
        Prose chinese = Pages.prose("zh", Pages.WORDS + "我们收集\n您的数据。{#collects}\n此外\n**没有**\n别的。");
        assertThat(NoticePage.of(Pages.small(), chinese, Edition.draft()))
                .contains("我们收集您的数据。</span>此外<strong>没有</strong>别的。");
    }

    @Test
    void a_language_written_from_right_to_left_says_so() {
        Prose arabic = Pages.prose("ar", Pages.WORDS + "# مرحبا");
        assertThat(NoticePage.of(Pages.small(), arabic, Edition.draft())).contains("<html lang=\"ar\" dir=\"rtl\">");
    }

    @Test
    void a_caller_sets_something_beside_each_sentence_and_around_the_text() {
        Margin verdicts = new Margin() {
            @Override
            public Html top() {
                return new Html().element("p", "1 broken");
            }

            @Override
            public Html beside(Sentence sentence, String id) {
                return id.isEmpty()
                        ? new Html()
                        : new Html().raw("<p>").text("verdict on " + id).raw("</p>");
            }

            @Override
            public String classes(Sentence sentence) {
                return sentence.kind() == Sentence.Kind.PROMISE ? "kept" : "";
            }

            @Override
            public String style() {
                return ".kept{color:green}";
            }
        };
        String page = NoticePage.of(Pages.small(), Pages.prose(BODY), Edition.draft(), verdicts);
        assertThat(page)
                .contains("<main id=\"text\" tabindex=\"-1\">\n<p>1 broken</p>")
                .contains("<p>verdict on uses.account</p>")
                .contains("<span class=\"sentence kept\" id=\"uses.account\">")
                .contains(".kept{color:green}</style>");
        Matcher policy = Pattern.compile("sha256-[^&]+").matcher(page);
        assertThat(policy.find()).isTrue();
        assertThat(NoticePage.policy(verdicts)).contains(policy.group()).isNotEqualTo(NoticePage.policy(Margin.NONE));
    }
}
