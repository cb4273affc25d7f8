package dev.kept.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.kept.server.Main;
import dev.kept.server.command.ServeCommand;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.http.Serving;
import dev.kept.server.publish.Candidate;
import dev.kept.server.publish.Freezing;
import dev.kept.server.request.Office;
import dev.kept.stores.embedded.EmbeddedOptions;
import dev.kept.stores.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The privacy centre as {@code kept serve} serves it, with its jobs and real mail, in a real browser. */
class CentreInBrowserTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int NARROW = 360;

    private static final String NOTICE = """
            notice: harbour
            languages: [en, de, zh]
            controller: {name: The Harbour, email: privacy@harbour.example, post: "1 Quay, Harbour Town", zone: Europe/Berlin}
            covers: {sites: [harbour.example], services: [shop]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
            uses:
              account: {basis: contract, data: [name, email], ends: [{after: account.opened, for: 2 years}]}
              newsletter: {basis: consent, direct-marketing: true, data: [email], ends: [{after: account.opened, for: 2 years}]}
              safety: {basis: legitimate-interests, interest: keeping the shop safe, data: [name], ends: [{after: account.opened, for: 1 year}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@harbour.example, post: "1 Quay, Harbour Town"}
            rights: {answered-within: 30 days, access: {}, correct: {}, erase: {}, portability: {}, restrict: {}, object: {}, withdraw: {}, complain: {}}
            """;

    private static final String PROSE = """
            # %s

            We hold this. {#collects.name collects.email}

            - **Accounts.** We keep one for your orders. {#uses.account}
            - **The newsletter.** It tells you of new goods, once a month, as long as you want it. {#uses.newsletter}
            - **A safe shop.** We look out for thieves. {#uses.safety}

            {{keeps.longest}}. {#keeps.longest keeps.then} Write. {#contact} {{rights.answered-within}}. {#rights.answered-within}

            You may. {#rights.access rights.correct rights.erase rights.portability rights.restrict rights.object rights.withdraw rights.complain}
            """;

    private static final String MAP = """
            store: shop
            database: embedded:shop
            tables:
              customers:
                person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
                uses: [account]
                events: {account.opened: opened}
                columns: {full_name: name, email: email}
            """;

    @TempDir
    private static Path folder;

    private static PostBox box;
    private static EmbeddedPostgres postgres;
    private static Home home;
    private static Serving serving;
    private static final List<String> complaints = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void serve() throws IOException, SQLException {
        Chromium.browser();
        box = new PostBox();
        Path privacy = folder.resolve("privacy");
        Files.createDirectories(privacy.resolve("stores"));
        Files.writeString(privacy.resolve("notice.yaml"), NOTICE);
        Files.writeString(privacy.resolve("notice.en.md"), PROSE.formatted("The notice"));
        Files.writeString(privacy.resolve("notice.de.md"), PROSE.formatted("Die Erklärung"));
        Files.writeString(privacy.resolve("notice.zh.md"), PROSE.formatted("隐私声明"));
        Files.writeString(privacy.resolve("stores/shop.yaml"), MAP);
        Files.writeString(
                privacy.resolve("kept.yaml"),
                "mail: {smtp: 'smtp://127.0.0.1:" + box.port() + "', from: privacy@harbour.example}\n");
        postgres = EmbeddedPostgres.open(folder.resolve(".kept"), EmbeddedOptions.defaults());
        postgres.createDatabase("shop");
        try (Connection shop = postgres.dataSource("shop").getConnection();
                Statement statement = shop.createStatement()) {
            statement.execute("create table customers (id int primary key, full_name text, email text unique,"
                    + " opened timestamptz not null); insert into customers values"
                    + " (1, 'Anna Berg', 'anna@example.org', now() - interval '30 days'),"
                    + " (2, 'Ben Cole', 'ben@example.org', now() - interval '30 days'),"
                    + " (3, 'Cem Demir', 'cem@example.org', now() - interval '30 days')");
        }
        String shop = postgres.jdbcUrl("shop");
        String from = shop + (shop.contains("?") ? "&" : "?") + "user=" + postgres.user() + "&password="
                + new String(postgres.password().reveal());
        assertThat(Main.commandLine().execute("map", "shop", "--from", from, "--notice", privacy.toString()))
                .isZero();
        Freezing.freeze(
                privacy,
                Candidate.of(PrivacyFolder.read(privacy), InstantSource.system())
                        .publication());
        home = Home.obeyed(privacy, new Environment(Map.of()), InstantSource.system())
                .on(postgres);
        serving = Serving.start(
                home,
                privacy,
                new Serving.Plan("127.0.0.1", 0, Duration.ZERO, Office::new),
                ServeCommand::rooms,
                complaints::add);
    }

    @AfterAll
    static void stop() throws IOException {
        if (serving != null) {
            serving.close();
            home.close();
            postgres.close();
            box.close();
        }
    }

    private static String address(String path) {
        return "http://127.0.0.1:" + serving.port() + path;
    }

    /** A browser that remembers what it complained about and what it asked of others. */
    private static final class Person implements AutoCloseable {
        private final BrowserContext context;
        private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        private final Page page;

        Person(int width, ColorScheme scheme) {
            context = Chromium.browser()
                    .newContext(new Browser.NewContextOptions()
                            .setLocale("en")
                            .setViewportSize(width, 900)
                            .setJavaScriptEnabled(true)
                            .setColorScheme(scheme));
            context.onConsoleMessage(message -> {
                boolean refusedForm =
                        message.text().contains("422") || message.text().contains("404");
                if (!refusedForm
                        && (message.type().equals("error") || message.type().equals("warning"))) {
                    wrong.add(message.text());
                }
            });
            context.onRequest(request -> {
                if (!request.url().startsWith(address("/"))) {
                    wrong.add("asked for " + request.url());
                }
            });
            page = context.newPage();
        }

        Person open(String path) {
            page.navigate(address(path));
            return this;
        }

        /** The page is for everybody, and fits. */
        Person good(String picture) {
            assertThat(Accessibility.violations(page)).as(picture).isEmpty();
            assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as(picture + " fits")
                    .isEqualTo(true);
            Pictures.keep(page, picture);
            return this;
        }

        Person fill(String name, String text) {
            page.locator("[name=" + name + "]").fill(text);
            return this;
        }

        Person press(String button) {
            page.locator("main button:has-text(\"" + button + "\")").first().click();
            return this;
        }

        /** Loads the page until it says something. */
        Person await(String words) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!page.locator("main").innerText().contains(words)) {
                assertThat(System.nanoTime()).as(words + " " + complaints).isLessThan(end);
                page.reload();
            }
            return this;
        }

        @Override
        public void close() {
            context.close();
        }
    }

    @Test
    void access_is_asked_for_confirmed_by_the_link_answered_and_downloaded_on_a_phone() throws Exception {
        try (Person anna = new Person(NARROW, ColorScheme.LIGHT)) {
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
            PostBox.Proof proof = box.proof("anna@example.org", PATIENCE);

            anna.open(proof.link()).good("centre-open-narrow").press("Yes, it is me");
            anna.await("Your answer").good("centre-answered-narrow");
            Download download = anna.page.waitForDownload(
                    () -> anna.page.locator("a[download]").click());
            assertThat(download.suggestedFilename()).endsWith(".zip");
            assertThat(Files.readAllBytes(download.path())).startsWith((byte) 'P', (byte) 'K');
            anna.open("/privacy/en/requests").good("centre-requests-narrow");
            anna.press("Forget this browser").good("centre-left-narrow");
            assertThat(anna.wrong).isEmpty();
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void by_keyboard_alone_a_correction_is_asked_for_confirmed_by_the_code_and_taken_back() throws Exception {
        try (Person ben = new Person(1280, ColorScheme.DARK)) {
            ben.open("/privacy/en/ask/rectification").good("centre-form-dark");
            to(ben, "address");
            ben.page.keyboard().type("ben@example.org");
            to(ben, "words");
            ben.page.keyboard().type("My name is Benjamin.");
            ben.page.keyboard().press("Tab");
            ben.page.keyboard().press("Enter");
            ben.page.locator("#code").waitFor();
            PostBox.Proof proof = box.proof("ben@example.org", PATIENCE);
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
        try (Person cem = new Person(NARROW, ColorScheme.DARK)) {
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
        try (Person person = new Person(1280, ColorScheme.LIGHT)) {
            person.open(path).good("centre-" + name + "-wide");
            assertThat(person.wrong).isEmpty();
        }
    }
}
