package dev.kept.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.render.Rendering;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The example's notice as its visitors meet it. */
class NoticeInBrowserTest {

    private static final int WIDE = 1280;
    private static final int NARROW = 360;

    /** WCAG 2.2, 1.4.10: 320 pixels are what 1280 are at four times the size. */
    private static final int NARROWEST = 320;

    /** A4 less the margins, at 96 pixels an inch. */
    private static final int PAPER = 665;

    private static Map<String, String> files = Map.of();

    @BeforeAll
    static void render() {
        files = Rendering.ofWorking(PrivacyFolder.read(Path.of("../examples/larkfield/privacy")))
                .files();
        Chromium.browser();
    }

    private static String name(String language) {
        return "notice." + language + ".html";
    }

    @Test
    void the_language_is_changed_by_a_link_that_says_its_own_name() {
        try (Site site = Site.visited(files, WIDE, ColorScheme.LIGHT)) {
            Page page = site.open(name("en"));
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
            for (String[] next : new String[][] {
                {"Deutsch", "de", "Wie Larkfield Goods mit Ihren Daten umgeht", "innerhalb von 30 Tagen"},
                {"中文", "zh", "Larkfield Goods如何处理您的数据", "30天内"},
                {"English", "en", "How Larkfield Goods treats your data", "within 30 days"}
            }) {
                page.locator("nav.languages a", new Page.LocatorOptions().setHasText(next[0]))
                        .click();
                assertThat(page.locator("html").getAttribute("lang")).isEqualTo(next[1]);
                assertThat(page.locator("h1").innerText()).isEqualTo(next[2]);
                assertThat(page.locator("main").innerText()).contains(next[3]);
                assertThat(page.locator("nav.languages a[aria-current]").innerText())
                        .isEqualTo(next[0]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "zh"})
    void nothing_is_asked_of_anybody_else_and_the_browser_has_nothing_to_complain_about(String language) {
        try (Site site = Site.visited(files, WIDE, ColorScheme.LIGHT)) {
            Page page = site.open(name(language));
            page.locator("nav.contents a").last().click();
            page.reload();
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            page.pdf();
            assertThat(page.locator("script").count()).isZero();
            assertThat(page.context().cookies()).isEmpty();
            assertThat(site.refused()).isEmpty();
            assertThat(site.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "en, LIGHT, 1280",
        "en, DARK, 360",
        "de, DARK, 1280",
        "de, LIGHT, 360",
        "zh, LIGHT, 1280",
        "zh, DARK, 360"
    })
    void axe_finds_nothing_in_light_and_dark_small_and_wide(String language, ColorScheme scheme, int width) {
        try (Site site = Site.visited(files, width, scheme)) {
            assertThat(Accessibility.violations(site.open(name(language)))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"en, 360", "de, 360", "zh, 360", "en, 320", "de, 320", "zh, 320", "de, 768", "de, 1000"})
    void a_narrow_window_scrolls_down_only(String language, int width) {
        try (Site site = Site.visited(files, width, ColorScheme.LIGHT)) {
            assertThat(scrollWidth(site.open(name(language)))).isEqualTo(width);
        }
    }

    private static int scrollWidth(Page page) {
        return ((Number) page.evaluate("document.scrollingElement.scrollWidth")).intValue();
    }

    @Test
    void dark_is_dark_and_light_is_light() {
        try (Site site = Site.visited(files, WIDE, ColorScheme.LIGHT)) {
            Page page = site.open(name("en"));
            assertThat(brightness(page, "backgroundColor")).isGreaterThan(230);
            assertThat(brightness(page, "color")).isLessThan(60);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat(brightness(page, "backgroundColor")).isLessThan(40);
            assertThat(brightness(page, "color")).isGreaterThan(200);
        }
    }

    /** The mean of the body's red, green and blue. */
    private static double brightness(Page page, String property) {
        return ((Number) page.evaluate(
                        "property => getComputedStyle(document.body)[property].match(/\\d+/g).slice(0, 3)"
                                + ".map(Number).reduce((a, b) => a + b) / 3",
                        property))
                .doubleValue();
    }

    @Test
    void the_legal_basis_and_the_end_stand_beside_a_use_and_below_it_where_there_is_no_room() {
        try (Site site = Site.visited(files, WIDE, ColorScheme.LIGHT)) {
            Page page = site.open(name("en"));
            Locator entry = page.locator("main .entry", new Page.LocatorOptions().setHasText("The newsletter."));
            Locator beside = entry.locator(".beside");
            assertThat(beside.innerText())
                    .contains(
                            "Legal basis",
                            "Your consent",
                            "Art. 6(1)(a) GDPR",
                            "Ends",
                            "2 years after you last opened it");
            var text = entry.locator("p").boundingBox();
            var margin = beside.boundingBox();
            assertThat(margin.x).isGreaterThan(text.x + text.width);
            assertThat(Math.abs(margin.y - text.y)).isLessThan(12);
            page.setViewportSize(NARROW, 700);
            text = entry.locator("p").boundingBox();
            margin = beside.boundingBox();
            assertThat(margin.y).isGreaterThanOrEqualTo(text.y + text.height);
        }
    }

    @Test
    void the_keyboard_skips_to_the_text_and_sees_where_it_is() {
        try (Site site = Site.visited(files, WIDE, ColorScheme.LIGHT)) {
            Page page = site.open(name("en"));
            assertThat(page.locator("a.skip").boundingBox().y).isNegative();
            page.keyboard().press("Tab");
            Locator skip = page.locator("a.skip:focus");
            assertThat(skip.innerText()).isEqualTo("Skip to the text");
            assertThat(skip.boundingBox().y).isNotNegative();
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.closest('main') !== null"))
                    .isEqualTo(true);
            assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                    .isEqualTo("solid");
        }
    }

    @Test
    void the_contents_stay_in_sight_and_lead_to_their_chapters() {
        try (Site site = Site.visited(files, WIDE, ColorScheme.LIGHT)) {
            Page page = site.open(name("de"));
            page.locator("nav.contents a", new Page.LocatorOptions().setHasText("Ihre Rechte"))
                    .click();
            page.waitForURL(url -> url.endsWith("#rights"));
            assertThat(inSight(page.locator("#rights"))).isTrue();
            assertThat(inSight(page.locator("#contents"))).isTrue();
        }
    }

    private static boolean inSight(Locator element) {
        return (Boolean) element.evaluate(
                "e => { const box = e.getBoundingClientRect();" + " return box.bottom > 0 && box.top < innerHeight; }");
    }

    @ParameterizedTest
    @CsvSource({"en, LIGHT, 1280, notice", "de, DARK, 1280, notice-dark", "zh, LIGHT, 360, notice-narrow"})
    void a_link_to_a_rule_arrives_at_the_sentence_that_states_it(
            String language, ColorScheme scheme, int width, String picture) {
        try (Site site = Site.visited(files, width, scheme)) {
            Page page = site.open(name(language) + "#uses.account");
            Locator sentence = page.locator("[id='uses.account']");
            assertThat(inSight(sentence)).isTrue();
            assertThat(sentence.evaluate("e => e.matches(':target')")).isEqualTo(true);
            page.evaluate("location.hash = '#uses'");
            Pictures.keep(page, picture);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "zh"})
    void on_paper_it_is_black_on_white_without_what_only_screens_need(String language) {
        try (Site site = Site.visited(files, PAPER, ColorScheme.DARK)) {
            Page page = site.open(name(language));
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.locator("nav.languages").isVisible()).isFalse();
            assertThat(page.locator("a.skip").isVisible()).isFalse();
            assertThat(page.locator(".facts").first().isVisible()).isTrue();
            assertThat(brightness(page, "backgroundColor")).isEqualTo(255);
            assertThat(brightness(page, "color")).isZero();
            assertThat(scrollWidth(page)).isEqualTo(PAPER);
            String pdf = new String(page.pdf(new Page.PdfOptions().setFormat("A4")), StandardCharsets.ISO_8859_1);
            assertThat(pdf).startsWith("%PDF-");
            assertThat(pdf.split("/Type\\s*/Page\\b").length - 1).isBetween(5, 14);
        }
    }

    @Test
    void it_can_be_read_at_four_times_the_size() {
        try (Site site = Site.visited(files, NARROWEST, ColorScheme.LIGHT)) {
            Page page = site.open(name("zh"));
            for (String path : List.of("uses", "shares", "rights")) {
                assertThat(page.locator("section[aria-labelledby='" + path + "'] h2")
                                .boundingBox()
                                .width)
                        .isLessThanOrEqualTo(NARROWEST);
            }
        }
    }
}
