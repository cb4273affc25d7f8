package dev.kept.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.kept.server.command.ServeCommand;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.http.Serving;
import dev.kept.server.publish.Candidate;
import dev.kept.server.publish.Freezing;
import dev.kept.server.request.Office;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example's site as {@code kept serve} delivers it: two versions, a report, over real HTTP with its headers. */
class ServedInBrowserTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private static Home home;
    private static Serving serving;
    private static final List<String> complaints = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void serve() throws IOException {
        Chromium.browser();
        Path privacy = folder.resolve("privacy");
        copy(Path.of("../examples/larkfield/privacy"), privacy);
        publish(privacy);
        Path rules = privacy.resolve("notice.yaml");
        Files.writeString(
                rules, Files.readString(rules).replace("answered-within: 30 days", "answered-within: 20 days"));
        publish(privacy);
        home = Home.obeyed(privacy, new Environment(Map.of()), InstantSource.system());
        serving = Serving.start(
                home,
                privacy,
                new Serving.Plan("127.0.0.1", 0, Duration.ofHours(1), Office::new),
                ServeCommand::rooms,
                complaints::add);
    }

    private static void publish(Path privacy) {
        Candidate candidate = Candidate.of(PrivacyFolder.read(privacy), InstantSource.system());
        Freezing.freeze(privacy, candidate.publication());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @AfterAll
    static void stop() {
        if (serving != null) {
            serving.close();
            home.close();
        }
    }

    private static String address(String path) {
        return "http://127.0.0.1:" + serving.port() + path;
    }

    /** A visitor who remembers what her browser complained about and what it asked of others. */
    private static final class Visitor implements AutoCloseable {
        private final BrowserContext context;
        private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

        Visitor(String locale) {
            context = Chromium.browser().newContext(new Browser.NewContextOptions().setLocale(locale));
            context.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    wrong.add(message.text());
                }
            });
            context.onRequest(request -> {
                if (!request.url().startsWith(address("/")) || request.url().endsWith("favicon.ico")) {
                    wrong.add("asked for " + request.url());
                }
            });
        }

        Page open(String path) {
            Page page = context.newPage();
            page.navigate(address(path));
            return page;
        }

        @Override
        public void close() {
            context.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"de-AT, de", "zh-CN, zh", "en-GB, en", "fr-FR, en"})
    void a_visitor_is_led_to_the_notice_in_her_language(String locale, String language) {
        try (Visitor visitor = new Visitor(locale)) {
            Page page = visitor.open("/");

            assertThat(page.url()).isEqualTo(address("/notice/" + language));
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
            assertThat(visitor.context.cookies()).isEmpty();
            assertThat(visitor.wrong).isEmpty();
        }
    }

    @Test
    void every_link_of_the_site_leads_somewhere() {
        try (Visitor visitor = new Visitor("en")) {
            await(visitor, "/report/prove.json");
            Page page = visitor.context.newPage();
            Set<String> seen = new TreeSet<>();
            Deque<String> open = new ArrayDeque<>(List.of("/notice/en", "/report/report.en.html"));
            while (!open.isEmpty()) {
                String path = open.pop();
                if (!seen.add(path)) {
                    continue;
                }
                assertThat(visitor.context.request().get(address(path)).status())
                        .as(path)
                        .isEqualTo(200);
                if (path.endsWith(".html") || path.matches("/notice/(v[0-9]+/)?[a-z]{2}")) {
                    page.navigate(address(path));
                    links(page).forEach(open::push);
                }
            }
            assertThat(seen).contains("/notice/v1/zh", "/notice/de.md", "/notice.jsonld", "/report/report.de.html");
            assertThat(visitor.wrong).isEmpty();
        }
        assertThat(complaints)
                .as("the shop itself is not there")
                .allMatch(line -> line.contains("`SHOP_URL` is not set"));
    }

    /** Paths of this site that a page leads to. */
    private static List<String> links(Page page) {
        List<String> paths = new ArrayList<>();
        for (Locator link : page.locator("a[href], link[href]").all()) {
            Object whole = link.evaluate("element => element.href");
            String url = String.valueOf(whole).replaceFirst("#.*", "");
            if (url.startsWith(address("/"))) {
                paths.add(url.substring(address("").length()));
            }
        }
        return paths;
    }

    private static void await(Visitor visitor, String path) {
        Instant limit = Instant.now().plus(PATIENCE);
        while (visitor.context.request().get(address(path)).status() != 200) {
            assertThat(Instant.now()).as(path + " " + complaints).isBefore(limit);
        }
    }

    @Test
    void the_page_of_a_former_version_says_so_and_leads_to_the_one_in_force() {
        try (Visitor visitor = new Visitor("en")) {
            Page page = visitor.open("/notice/v1/en");

            Locator note = page.locator("[role=note]");
            assertThat(note.innerText()).contains("not in force any more");
            assertThat(Accessibility.violations(page)).isEmpty();
            note.locator("a").click();
            page.waitForURL(address("/notice/en"));
            assertThat(page.locator("main").innerText()).contains("within 20 days");
            assertThat(visitor.wrong).isEmpty();
        }
    }

    @Test
    void the_report_is_served_as_accessible_as_it_was_made() {
        try (Visitor visitor = new Visitor("en")) {
            await(visitor, "/report/report.en.html");
            await(visitor, "/report/prove.json");
            Page page = visitor.open("/report");

            assertThat(page.url()).isEqualTo(address("/report/report.en.html"));
            assertThat(Accessibility.violations(page)).isEmpty();
            assertThat(visitor.wrong).isEmpty();
        }
    }
}
