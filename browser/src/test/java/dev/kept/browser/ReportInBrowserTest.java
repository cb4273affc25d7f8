package dev.kept.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.kept.core.check.Checked;
import dev.kept.core.check.FolderCheck;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.proof.Check;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Report;
import dev.kept.core.proof.Seen;
import dev.kept.core.proof.Spot;
import dev.kept.core.proof.StoreLook;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Verdict;
import dev.kept.core.proof.Verdicts;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.proof.ReportFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The report on the example's notice as readers meet it: one use broken, one unknown, the others kept, the rest not looked at. */
class ReportInBrowserTest {

    private static final int WIDE = 1280;

    /** A4 less the margins, at 96 pixels an inch. */
    private static final int PAPER = 665;

    private static Map<String, String> files = Map.of();

    @BeforeAll
    static void write() {
        PrivacyFolder folder = PrivacyFolder.read(Path.of("../examples/larkfield/privacy"));
        Checked checked = FolderCheck.check(folder.files(), folder.unread());
        Notice notice = checked.notice().orElseThrow();
        Instant at = Instant.parse("2026-03-01T09:30:00Z");
        Report report = new Report(
                new UUID(0, 1),
                notice.name(),
                "0".repeat(64),
                at,
                List.of(new StoreLook("shop", Optional.of(at), false, Duration.ofMinutes(10), Optional.empty())),
                new Verdicts(notice, checks(notice)),
                folder.prose(notice));
        Map<String, String> written = new HashMap<>();
        new ReportFiles(report, notice, Optional.empty(), Optional.empty())
                .all()
                .forEach((name, bytes) -> written.put(name, new String(bytes, StandardCharsets.UTF_8)));
        files = written;
        Chromium.browser();
    }

    private static List<Check> checks(Notice notice) {
        List<Check> checks = new ArrayList<>();
        for (Use use : notice.uses().values()) {
            if (!use.ends().isEmpty()) {
                checks.add(new Check(
                        use.path() + ".ends",
                        switch (use.id()) {
                            case "security" ->
                                Verdict.broken(List.of(new Finding(
                                        Finding.Kind.ROWS_OVERDUE,
                                        Spot.of("shop", TableName.parse("audit.access_log")),
                                        17,
                                        "17 rows of `audit.access_log` are still there although `security` and every other use of them has ended; the last sweep ended at 2026-02-01T03:00:00Z",
                                        "kept sweep --store shop")));
                            case "support" ->
                                Verdict.notShown(new Unclear(
                                        Unclear.Reason.UNKNOWN_ENDS,
                                        Optional.of(Spot.of("shop", TableName.parse("crm.tickets"))),
                                        4,
                                        "of 4 rows of `crm.tickets` it is not known whether `support` has ended",
                                        "what the event's column leaves open filled in, or said in the map"));
                            default ->
                                Verdict.kept(new Seen(
                                        "shop",
                                        100,
                                        "nothing in 3 tables is held past the end of `" + use.id()
                                                + "`, and nothing is unknown"));
                        }));
            }
        }
        return checks;
    }

    private static String name(String language) {
        return "report." + language + ".html";
    }

    @ParameterizedTest
    @CsvSource({
        "en, LIGHT, 1280",
        "en, DARK, 1280",
        "de, LIGHT, 360",
        "de, DARK, 360",
        "zh, LIGHT, 1280",
        "zh, DARK, 360"
    })
    void axe_finds_nothing_in_light_and_dark_small_and_wide(String language, ColorScheme scheme, int width) {
        try (Site site = Site.visited(files, width, scheme)) {
            assertThat(Accessibility.violations(site.open(name(language)))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"en, 360", "de, 360", "zh, 360", "de, 320", "de, 768", "en, 1000"})
    void a_narrow_window_scrolls_down_only(String language, int width) {
        try (Site site = Site.visited(files, width, ColorScheme.LIGHT)) {
            assertThat(scrollWidth(site.open(name(language)))).isEqualTo(width);
        }
    }

    private static int scrollWidth(Page page) {
        return ((Number) page.evaluate("document.scrollingElement.scrollWidth")).intValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "zh"})
    void nothing_is_asked_of_anybody_else_and_the_browser_has_nothing_to_complain_about(String language) {
        try (Site site = Site.visited(files, WIDE, ColorScheme.LIGHT)) {
            Page page = site.open(name(language));
            page.locator("nav.languages a").first().click();
            page.locator(".verdict a").first().click();
            page.pdf();
            assertThat(page.locator("script").count()).isZero();
            assertThat(site.refused()).isEmpty();
            assertThat(site.complaints()).isEmpty();
        }
    }

    @Test
    void a_verdict_stands_beside_its_sentence_under_the_same_number() {
        try (Site site = Site.visited(files, WIDE, ColorScheme.LIGHT)) {
            Page page = site.open(name("en"));
            Locator entry = page.locator("main .entry", new Page.LocatorOptions().setHasText("A secure shop."));
            Locator verdict = entry.locator(".verdict");
            assertThat(verdict.innerText()).contains("broken", "17 rows of audit.access_log");
            String number = verdict.locator(".no").innerText();
            assertThat(entry.locator(".sentence").evaluate("e => getComputedStyle(e, '::after').content"))
                    .isEqualTo("\"" + number + "\"");
            verdict.locator("a").click();
            assertThat(page.locator(".found li:target").innerText())
                    .contains("What to do: kept sweep --store shop", "Sentences:", number);
            page.evaluate("location.hash = '#report'");
            Pictures.keep(page, "report");
        }
    }

    @Test
    void the_filter_leaves_what_was_chosen_and_works_without_a_mouse() {
        try (Site site = Site.visited(files, WIDE, ColorScheme.LIGHT)) {
            Page page = site.open(name("en"));
            Locator broken = page.getByText("A secure shop.");
            Locator kept = page.getByText("Opening and running your account.");
            Locator open = page.locator("h2 [id='cookies']");
            assertThat(kept.isVisible() && broken.isVisible() && open.isVisible())
                    .isTrue();

            page.locator("#show-v-broken").check();
            assertThat(broken.isVisible()).isTrue();
            assertThat(kept.isVisible() || open.isVisible()).isFalse();

            page.locator("#show-v-broken").focus();
            page.keyboard().press("ArrowDown");
            assertThat(page.locator("#show-v-open").isChecked()).isTrue();
            assertThat(open.isVisible()).isTrue();
            assertThat(broken.isVisible() || kept.isVisible()).isFalse();

            page.locator("#show-all").check();
            assertThat(kept.isVisible() && broken.isVisible() && open.isVisible())
                    .isTrue();
        }
    }

    @Test
    void counts_are_those_of_the_sentences_shown() {
        try (Site site = Site.visited(files, WIDE, ColorScheme.LIGHT)) {
            Page page = site.open(name("de"));
            for (String kind : List.of("v-broken", "v-open", "v-within", "v-kept")) {
                page.locator("#show-" + kind).check();
                long shown = page.locator(".verdict:visible").count();
                assertThat(page.locator("label." + kind + " .count").innerText())
                        .as(kind)
                        .isEqualTo(Long.toString(shown));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "zh"})
    void on_paper_the_verdicts_stand_in_the_margin(String language) {
        try (Site site = Site.visited(files, PAPER, ColorScheme.DARK)) {
            Page page = site.open(name(language));
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            Locator entry = page.locator(".entry:has(.verdict)").first();
            assertThat(entry.locator(".beside").boundingBox().x)
                    .isGreaterThan(entry.locator("p").first().boundingBox().x + 100);
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(255, 255, 255)");
            assertThat(scrollWidth(page)).isEqualTo(PAPER);
        }
    }
}
