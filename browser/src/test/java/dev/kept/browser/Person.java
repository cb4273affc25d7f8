package dev.kept.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A browser that remembers what it complained about and what it asked of others. */
final class Person implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Harbour harbour;
    final BrowserContext context;
    final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    final Page page;

    Person(Harbour harbour, int width, ColorScheme scheme) {
        this.harbour = harbour;
        context = Chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setLocale("en")
                        .setViewportSize(width, 900)
                        .setJavaScriptEnabled(true)
                        .setColorScheme(scheme));
        context.onConsoleMessage(message -> {
            boolean refusedForm = Stream.of("422", "409", "404").anyMatch(message.text()::contains);
            if (!refusedForm
                    && (message.type().equals("error") || message.type().equals("warning"))) {
                wrong.add(message.text());
            }
        });
        context.onRequest(request -> {
            if (!request.url().startsWith(harbour.address("/"))) {
                wrong.add("asked for " + request.url());
            }
        });
        page = context.newPage();
    }

    Person open(String path) {
        page.navigate(harbour.address(path));
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
            assertThat(System.nanoTime()).as(words + " " + harbour.complaints()).isLessThan(end);
            page.reload();
        }
        return this;
    }

    @Override
    public void close() {
        context.close();
    }
}
