package dev.kept.core.proof.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.Documents;
import dev.kept.core.html.Html;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.notice.page.Edition;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.ProseReader;
import dev.kept.core.proof.Badge;
import dev.kept.core.proof.Check;
import dev.kept.core.proof.Evidence;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Report;
import dev.kept.core.proof.Seen;
import dev.kept.core.proof.Spot;
import dev.kept.core.proof.StoreLook;
import dev.kept.core.proof.Verdict;
import dev.kept.core.proof.Verdicts;
import dev.kept.core.source.SourceText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportPageTest {

    private static final Notice NOTICE =
            NoticeReader.read(Documents.good("notice.yaml")).value().orElseThrow();

    private static final Verdict BROKEN = Verdict.broken(List.of(new Finding(
            Finding.Kind.ROWS_OVERDUE,
            Spot.of("shop"),
            2,
            "2 rows of `orders` are <b>still</b> there",
            "kept sweep --store shop")));

    private static final String TEXT = """
            # The notice

            ## Uses {#uses}

            We write. {#uses.newsletter} We may keep accounts. {#uses.account may} Be true. {#uses.account duty}

            - We sell nothing. {#shares.sale}
            """;

    private static Report report() {
        return new Report(
                new UUID(0, 1),
                "shop",
                "ab",
                Instant.parse("2026-03-01T12:00:00Z"),
                List.of(new StoreLook(
                        "shop",
                        Optional.of(Instant.parse("2026-03-01T12:00:01Z")),
                        true,
                        Duration.ofMinutes(10),
                        Optional.empty())),
                new Verdicts(
                        NOTICE,
                        List.of(
                                new Check("uses.newsletter.ends", BROKEN),
                                new Check("uses.account.ends", Verdict.kept(new Seen("shop", 3, "nothing is left"))))),
                List.of(prose("en"), prose("de"), prose("zh")));
    }

    private static Prose prose(String language) {
        return ProseReader.read(new SourceText("notice." + language + ".md", TEXT), language, NOTICE)
                .value()
                .orElseThrow();
    }

    private static String page(String language) {
        return ReportPage.of(report(), NOTICE, prose(language), Edition.draft(), Optional.empty());
    }

    private static List<String> all(String pattern, String page) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource({"en", "de", "zh"})
    void every_verdict_stands_beside_its_sentence_and_leads_to_what_was_found(String language) {
        String page = page(language);

        assertThat(all("class=\"verdict (v-[a-z]+)\"", page))
                .containsExactly("v-broken", "v-broken", "v-within", "v-open");
        assertThat(all("class=\"sentence v (v-[a-z]+ n\\d)\"", page))
                .containsExactly("v-broken n1", "v-broken n2", "v-within n3", "v-open n4");
        List<String> ids = all(" id=\"([^\"]+)\"", page);
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids).containsAll(all("href=\"#([^\"]+)\"", page));
    }

    @Test
    void what_is_found_is_text_and_never_markup() {
        assertThat(page("en"))
                .doesNotContain("<b>still</b>")
                .contains("&lt;b&gt;still&lt;/b&gt;", "<code>orders</code>");
    }

    @Test
    void findings_are_in_english_and_marked_so_on_pages_of_other_languages() {
        assertThat(page("en")).doesNotContain("lang=\"en\"><span class=\"sign\"");
        assertThat(page("de")).contains("<p lang=\"en\">", "gebrochen", "Was zu tun ist:", "1. März 2026");
        assertThat(page("zh")).contains("<p lang=\"en\">", "未兑现", "2026年3月1日");
    }

    @Test
    void the_page_needs_no_script_and_nothing_from_elsewhere_and_carries_its_policy() {
        String page = page("en");

        assertThat(page).doesNotContain("<script", "http:", "https:", " style=", " onclick");
        assertThat(page).contains(Html.escaped(ReportPage.policy(report(), NOTICE, prose("en"))));
    }

    @Test
    void a_report_in_no_ledger_says_so_and_one_in_a_ledger_leads_to_its_proof() {
        assertThat(page("en")).contains("This report is in no ledger.");

        String proven = ReportPage.of(
                report(),
                NOTICE,
                prose("en"),
                Edition.draft(),
                Optional.of(new Evidence(17, "entry.json", "report.tlog-proof", "shop.example/log", "shop+ab+AQ==")));

        assertThat(proven)
                .contains("entry 17 of the ledger shop.example/log", "href=\"report.tlog-proof\"", "shop+ab+AQ==");
    }

    @Test
    void the_badge_says_in_words_what_it_shows() {
        String badge = Badge.svg(report(), ZoneOffset.UTC);

        assertThat(badge)
                .contains(
                        "role=\"img\"",
                        "<title id=\"t\">privacy notice 2026-03-01: 2 broken · 1 kept · 1 not shown</title>")
                .contains("fill=\"#a3271d\"");
    }
}
