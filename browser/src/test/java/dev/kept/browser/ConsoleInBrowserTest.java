package dev.kept.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.command.ServeCommand;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.http.Serving;
import dev.kept.server.publish.Candidate;
import dev.kept.server.publish.Freezing;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Office;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Typed;
import dev.kept.server.signin.Role;
import dev.kept.server.signin.SignInLinks;
import dev.kept.server.state.StateChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console of the example company in a real browser: accessible on every page, and usable with the keyboard alone. */
class ConsoleInBrowserTest {

    private static final List<String> PAGES = List.of(
            "",
            "/requests",
            "/requests/new",
            "/recipients",
            "/holds",
            "/doubts",
            "/sweeps",
            "/map",
            "/retention",
            "/promises",
            "/ledger",
            "/keys",
            "/settings");

    private static final int HEIGHT = 900;
    private static final int MOST_TABS = 120;

    @TempDir
    private static Path folder;

    private static Home home;
    private static Serving serving;
    private static boolean filled;
    private static final List<String> complaints = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void serve() throws IOException {
        Chromium.browser();
        Path privacy = folder.resolve("privacy");
        try (Stream<Path> walk = Files.walk(Path.of("../examples/larkfield/privacy"))) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                Path copy = privacy.resolve(Path.of("../examples/larkfield/privacy")
                        .relativize(file)
                        .toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Freezing.freeze(
                privacy,
                Candidate.of(PrivacyFolder.read(privacy), InstantSource.system())
                        .publication());
        home = Home.obeyed(privacy, new Environment(Map.of()), InstantSource.system());
        serving = Serving.start(
                home,
                privacy,
                new Serving.Plan("127.0.0.1", 0, Duration.ZERO, Office::new),
                ServeCommand::rooms,
                complaints::add);
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

    /** Somebody of the staff at her browser, which remembers what it complained about and what it asked of others. */
    private static final class Staff implements AutoCloseable {
        private final BrowserContext context;
        private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        private final Page page;

        Staff(int width, ColorScheme scheme, Role role) {
            context = Chromium.browser()
                    .newContext(new Browser.NewContextOptions()
                            .setViewportSize(width, HEIGHT)
                            .setColorScheme(scheme));
            context.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    wrong.add(message.text());
                }
            });
            context.onRequest(request -> {
                if (!request.url().startsWith(address("/"))) {
                    wrong.add("asked for " + request.url());
                }
            });
            page = context.newPage();
            page.navigate(
                    address("/console/sign-in/link/" + new SignInLinks(home.state()).issue("Olga Berg", Set.of(role))));
            assertThat(Accessibility.violations(page)).isEmpty();
            page.locator("button").click();
            // Until the page is whole: a Tab pressed before has nothing to go to.
            page.waitForURL(address("/console"));
        }

        /** Goes on by Tab until something has the focus. */
        void tabTo(Locator wanted) {
            for (int i = 0; i < MOST_TABS; i++) {
                page.keyboard().press("Tab");
                if (Boolean.TRUE.equals(wanted.evaluate("element => element === document.activeElement"))) {
                    return;
                }
            }
            throw new AssertionError("no way leads by Tab to " + wanted);
        }

        void type(String field, String text) {
            tabTo(page.locator("main [name=" + field + "]"));
            page.keyboard().type(text);
        }

        @Override
        public void close() {
            context.close();
        }
    }

    /** Somebody of whom it has to be decided whether she was erased. */
    private static String doubtful() {
        home.state()
                .apply(List.of(home.state()
                        .doubts()
                        .add(
                                "shop",
                                "customer",
                                List.of("4711"),
                                "mixed",
                                home.clock().instant().plus(Duration.ofDays(30)))));
        return home.state().doubts().open(Optional.empty(), 1).getFirst().id().toString();
    }

    /** A recipient of somebody's data whom a person has to tell of what a request changed. */
    private static String recipient(String number) {
        UUID id = UUID.randomUUID();
        UUID request =
                new Office(home).requests().byNumber(number).orElseThrow().id();
        home.state()
                .apply(List.of(StateChange.of(
                        "insert into kept.informing (id, request, recipient, done, way, state, reason, made_at, due_at, confirm)"
                                + " values (?, ?, 'payments', 'erasure', 'by-hand', 'task', 'no-way', now(), now() + interval '14 days', ?)",
                        id,
                        request,
                        id.toString().getBytes(StandardCharsets.UTF_8))));
        return id.toString();
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "1280, DARK", "360, LIGHT", "360, DARK"})
    void every_page_is_accessible_and_fits_the_window(int width, ColorScheme scheme) {
        try (Staff staff = new Staff(width, scheme, Role.OFFICER)) {
            List<String> pages = new ArrayList<>(PAGES);
            staff.page.navigate(address("/console/requests/new"));
            staff.page.locator("[name=words]").fill("What do you hold about me?");
            staff.page.locator("main form button").click();
            staff.page.waitForURL(url -> url.contains("done=entered"));
            pages.add(staff.page.url().substring(address("/console").length()).replaceFirst("\\?.*", ""));
            String number = pages.getLast().replaceFirst(".*/", "");
            String recipient = recipient(number);
            pages.add("/recipients/" + recipient);
            String doubt = doubtful();
            pages.add("/doubts/" + doubt);
            for (String path : pages) {
                staff.page.navigate(address("/console" + path));
                assertThat(Accessibility.violations(staff.page)).as(path).isEmpty();
                assertThat(staff.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                        .as("what sticks out of %s", path)
                        .isEqualTo(0);
                Pictures.keep(
                        staff.page,
                        "console"
                                + path.replace(doubt, "one")
                                        .replace(recipient, "one")
                                        .replace(number, "one")
                                        .replace('/', '-')
                                + "-" + width + "-"
                                + scheme.name().toLowerCase(java.util.Locale.ROOT));
            }
            assertThat(staff.wrong).isEmpty();
        }
        assertThat(complaints).isEmpty();
    }

    private static StoredRequest entered(Office office, Kind kind, int daysAgo, Actor staff) {
        Instant received = home.clock().instant().minus(Duration.ofDays(daysAgo));
        return office.staffDesk()
                .enter(Ask.of(kind), new Typed("Mara Lindqvist", "", "Please.", Map.of()), "en", received, staff);
    }

    /** Requests at several distances from their last day. */
    private static void fill() {
        if (filled) {
            return;
        }
        filled = true;
        Office office = new Office(home);
        Actor staff = Actor.staff("officer", "Olga Berg", "looked at it");
        entered(office, Kind.ACCESS, 33, staff);
        entered(office, Kind.ERASURE, 29, staff);
        entered(office, Kind.RECTIFICATION, 25, staff);
        StoredRequest asked = entered(office, Kind.ERASURE, 14, staff);
        office.staffDesk().askBack(asked, Stage.Question.IDENTITY, "By which address do we know you?", staff);
        StoredRequest held = entered(office, Kind.ACCESS, 10, staff);
        LocalDate review = LocalDate.ofInstant(home.clock().instant().plus(Duration.ofDays(9)), ZoneOffset.UTC);
        office.staffDesk().hold(held, review, "A court asks.", staff);
        entered(office, Kind.PORTABILITY, 6, staff);
        entered(office, Kind.QUESTION, 2, staff);
        entered(office, Kind.RESTRICTION, 0, staff);
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, console", "DARK, console-dark"})
    void what_waits_stands_in_the_order_of_its_last_day(ColorScheme scheme, String picture) {
        fill();
        try (Staff staff = new Staff(1280, scheme, Role.OFFICER)) {
            staff.page.navigate(address("/console/requests"));

            List<String> rows = staff.page.locator("main tbody tr").allInnerTexts();
            assertThat(rows.getFirst()).contains("days late");
            assertThat(rows).hasSizeGreaterThan(7).noneMatch(row -> row.contains("Lindqvist"));
            assertThat(Accessibility.violations(staff.page)).isEmpty();
            Pictures.keep(staff.page, picture);
            assertThat(staff.wrong).isEmpty();
        }
    }

    @Test
    void a_request_is_entered_and_noted_with_the_keyboard_alone() {
        try (Staff staff = new Staff(1280, ColorScheme.LIGHT, Role.SUPPORT)) {
            Page page = staff.page;
            page.keyboard().press("Tab");
            assertThat(page.locator(":focus").innerText()).isEqualTo("Skip to the page");
            staff.tabTo(page.locator(".wide-nav a[href='/console/requests']"));
            page.keyboard().press("Enter");
            page.waitForURL(address("/console/requests"));
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(page.locator(":focus").getAttribute("id")).isEqualTo("main");
            staff.tabTo(page.getByText("Enter a request"));
            page.keyboard().press("Enter");
            page.waitForURL(address("/console/requests/new"));
            staff.type("name", "Mara Lindqvist");
            staff.type("words", "Please delete my account.");
            staff.tabTo(page.locator("main form button"));
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.contains("done=entered"));

            assertThat(page.locator("[role=status]").innerText()).contains("The time to answer counts");
            assertThat(page.locator("main").innerText()).contains("Mara Lindqvist");
            staff.tabTo(page.locator("summary", new Page.LocatorOptions().setHasText("Note")));
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            page.keyboard().type("Called at noon.");
            staff.tabTo(page.getByText("Keep the note"));
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.contains("done=noted"));

            assertThat(page.locator("main").innerText()).contains("Called at noon.");
            staff.tabTo(page.locator(".who-box button"));
            page.keyboard().press("Enter");
            page.waitForURL(address("/console/sign-in"));
            page.goBack();
            assertThat(page.locator("main").innerText()).doesNotContain("Mara Lindqvist");
            assertThat(staff.wrong).isEmpty();
        }
    }

    @Test
    void a_table_of_the_picture_leads_to_the_same_in_words() {
        try (Staff staff = new Staff(1280, ColorScheme.LIGHT, Role.AUDITOR)) {
            staff.page.navigate(address("/console/map"));
            staff.page.locator("svg.map a[href='#shop.orders']").click();

            assertThat(staff.page.locator("tr:target").innerText()).contains("shop.orders", "accounting");
            assertThat(staff.page.locator(".wide-nav").first().innerText()).contains("Data map");
        }
    }
}
