package dev.kept.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.kept.server.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of {@code kept plan --html}, as those read it who answer for the schedule. */
class ScheduleInBrowserTest {

    private static final String FILE = "schedule.html";

    @TempDir
    static Path folder;

    private static Map<String, String> files = Map.of();

    @BeforeAll
    static void write() throws IOException {
        Path file = folder.resolve(FILE);
        StringWriter out = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out))
                .execute("plan", "--notice", "../examples/larkfield/privacy", "--html", file.toString());
        assertThat(exit).isZero();
        files = Map.of(FILE, Files.readString(file));
        Chromium.browser();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 360", "DARK, 360"})
    void axe_finds_nothing_and_only_boxes_scroll_sideways(ColorScheme scheme, int width) {
        try (Site site = Site.visited(files, width, scheme)) {
            Page page = site.open(FILE);
            assertThat(Accessibility.violations(page)).isEmpty();
            assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .isEqualTo(true);
            page.locator("svg.map a").first().focus();
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.contains("#t-"));
            Pictures.keep(page, "schedule-" + width + "-" + scheme);
        }
    }
}
