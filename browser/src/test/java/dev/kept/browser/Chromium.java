package dev.kept.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The machine's own Chromium, started once for all tests. Where there is none, tests are skipped and say why. */
final class Chromium {

    /** Names the browser's program where it has another name or place. */
    private static final String NAMED = "KEPT_CHROMIUM";

    private static final List<String> PROGRAMS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    private static final List<Path> APPLICATIONS = List.of(
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));

    private static @Nullable Browser running;
    private static boolean told;

    private Chromium() {}

    static synchronized Browser browser() {
        Optional<Path> program = program();
        if (program.isEmpty() && !told) {
            told = true;
            System.out.println("kept: tests of pages are skipped: no Chromium was found; install one, or set " + NAMED);
        }
        Assumptions.assumeTrue(program.isPresent(), "no Chromium was found");
        Browser browser = running;
        if (browser == null) {
            browser = start(program.orElseThrow());
            running = browser;
        }
        return browser;
    }

    private static Browser start(Path program) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        // root, as in a container, cannot start it within its sandbox; it sees our own pages only
                        .setArgs(List.of("--no-sandbox")));
    }

    private static Optional<Path> program() {
        String named = System.getenv(NAMED);
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        Stream<Path> onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> PROGRAMS.stream().map(name -> Path.of(folder, name)));
        return Stream.concat(onPath, APPLICATIONS.stream())
                .filter(Files::isExecutable)
                .findFirst();
    }
}
