package dev.kept.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The privacy centre as {@code kept serve} serves it, with its jobs and real mail, in a real browser. */
class CentreInBrowserTest {

    private static final int NARROW = 360;

    @TempDir
    private static Path folder;

    private static Harbour harbour;

    @BeforeAll
    static void serve() throws IOException, SQLException {
        Chromium.browser();
        harbour = new Harbour(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        if (harbour != null) {
            harbour.close();
        }
    }

    @Test
    void access_is_asked_for_confirmed_by_the_link_answered_and_downloaded_on_a_phone() throws Exception {
        try (Person anna = new Person(harbour, NARROW, ColorScheme.LIGHT)) {
            anna.open("/privacy").good("centre-start-narrow");
            anna.page.locator("a.tile").first().click();
            anna.good("centre-ask-narrow");
            anna.page.locator("a.row").first().click();
            anna.press("Send the request").good("centre-errors-narrow");
            assertThat(anna.page.title()).startsWith("Error:");
            anna.page.locator(".errors a").click();
            assertThat(anna.page.locator("#address").evaluate("e => e === document.activeElement"))
                    .isEqualTo(true);
            anna.fill("address", "anna@example.org").fill("name", "Anna").press("Send the request");
            anna.good("centre-confirm-narrow");
            PostBox.Proof proof = harbour.box().proof("anna@example.org", Person.PATIENCE);

            anna.open(proof.link()).good("centre-open-narrow").press("Yes, it is me");
            anna.await("Your answer").good("centre-narrow");
            Download download = anna.page.waitForDownload(
                    () -> anna.page.locator("a[download]").click());
            assertThat(download.suggestedFilename()).endsWith(".zip");
            assertThat(Files.readAllBytes(download.path())).startsWith((byte) 'P', (byte) 'K');
            anna.open("/privacy/en/requests").good("centre-requests-narrow");
            anna.press("Forget this browser").good("centre-left-narrow");
            assertThat(anna.wrong).isEmpty();
        }
        assertThat(harbour.complaints()).isEmpty();
    }

    @Test
    void by_keyboard_alone_a_correction_is_asked_for_confirmed_by_the_code_and_taken_back() throws Exception {
        try (Person ben = new Person(harbour, 1280, ColorScheme.DARK)) {
            ben.open("/privacy/en/choices").good("centre-choices-dark");
            ben.open("/privacy/en/ask/rectification").good("centre-form-dark");
            to(ben, "address");
            ben.page.keyboard().type("ben@example.org");
            to(ben, "words");
            ben.page.keyboard().type("My name is Benjamin.");
            ben.page.keyboard().press("Tab");
            ben.page.keyboard().press("Enter");
            ben.page.locator("#code").waitFor();
            PostBox.Proof proof = harbour.box().proof("ben@example.org", Person.PATIENCE);
            to(ben, "code");
            ben.page.keyboard().type(proof.code().toLowerCase(java.util.Locale.ROOT));
            ben.page.keyboard().press("Enter");
            ben.page.locator("#code").waitFor(gone());
            ben.await("A person looks at it").good("centre-review-dark");
            toText(ben, "Take the request back");
            ben.page.keyboard().press("Enter");
            ben.page.locator("button.danger").waitFor();
            ben.good("centre-withdraw-dark");
            toText(ben, "Yes, take it back");
            ben.page.keyboard().press("Enter");
            ben.page.locator(".state:has-text('Taken back')").waitFor();
            ben.good("centre-withdrawn-dark");
            assertThat(ben.wrong).isEmpty();
        }
    }

    @Test
    void the_start_page_says_what_can_be_asked() {
        try (Person reader = new Person(harbour, 1280, ColorScheme.LIGHT)) {
            reader.open("/privacy/en").good("centre");
            assertThat(reader.page.locator("a.tile").count()).isGreaterThan(2);
            assertThat(reader.wrong).isEmpty();
        }
    }

    private static Locator.WaitForOptions gone() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);
    }

    private static void to(Person person, String id) {
        tab(person, "e => e.id === '" + id + "'");
    }

    private static void toText(Person person, String text) {
        tab(person, "e => e.textContent.trim() === '" + text + "'");
    }

    /** Goes on by the tabulator, and what has the focus is seen to have it. */
    private static void tab(Person person, String found) {
        for (int i = 0; i < 60; i++) {
            person.page.keyboard().press("Tab");
            Locator focused = person.page.locator(":focus");
            assertThat(focused.evaluate("e => getComputedStyle(e).outlineStyle"))
                    .isNotEqualTo("none");
            if (Boolean.TRUE.equals(focused.evaluate(found))) {
                return;
            }
        }
        throw new AssertionError("the tabulator does not lead there: " + found);
    }

    @ParameterizedTest
    @CsvSource({
        "de, Ihre Daten bei, Welche Einwilligung?, Bestätigen Sie jetzt",
        "zh, 您在The Harbour的数据, 哪一项同意？, 请确认是您本人"
    })
    void in_german_and_chinese_a_consent_is_taken_back(String language, String title, String which, String confirm) {
        try (Person cem = new Person(harbour, NARROW, ColorScheme.DARK)) {
            cem.open("/privacy/" + language).good("centre-start-" + language);
            assertThat(cem.page.locator("h1").innerText()).contains(title);
            cem.open("/privacy/" + language + "/choices").good("centre-choices-" + language);
            cem.page.locator(".uses a.button").first().click();
            assertThat(cem.page.locator("legend").innerText()).isEqualTo(which);
            assertThat(cem.page.locator("input[type=radio]:checked").count()).isEqualTo(1);
            cem.good("centre-withdrawal-" + language);
            cem.fill("address", "cem@example.org");
            cem.page.locator("main form button").click();
            assertThat(cem.page.locator("main").innerText()).contains(confirm);
            cem.good("centre-confirm-" + language);
            assertThat(cem.wrong).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/privacy/en, start",
        "/privacy/en/ask, ask",
        "/privacy/en/ask/objection, objection",
        "/privacy/de/choices, choices",
        "/privacy/en/requests, requests",
        "/privacy/en/requests/7777-7777, unknown",
        "/privacy/en/open/none, link",
        "/privacy/en/nothing, trouble"
    })
    void wide_pages_are_for_everybody(String path, String name) {
        try (Person person = new Person(harbour, 1280, ColorScheme.LIGHT)) {
            person.open(path).good("centre-" + name + "-wide");
            assertThat(person.wrong).isEmpty();
        }
    }
}
