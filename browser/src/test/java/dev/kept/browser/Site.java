package dev.kept.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A visitor at a site of files held in memory. No request leaves the browser: each is answered from the files, or, whatever else it asks
 * for, refused and remembered.
 */
final class Site implements AutoCloseable {

    static final String ADDRESS = "https://notice.example/privacy/";

    private static final int NARROW_HEIGHT = 740;

    private final BrowserContext visitor;
    private final Map<String, String> files;
    private final List<String> refused = Collections.synchronizedList(new ArrayList<>());
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    private Site(BrowserContext visitor, Map<String, String> files) {
        this.visitor = visitor;
        this.files = files;
        visitor.route("**/*", this::answer);
        visitor.onConsoleMessage(this::hear);
        visitor.onWebError(error -> complaints.add(error.error()));
    }

    /**
     * @param files their text by the name under {@link #ADDRESS}
     * @param width of the window in CSS pixels
     */
    static Site visited(Map<String, String> files, int width, ColorScheme scheme) {
        return new Site(
                Chromium.browser()
                        .newContext(new Browser.NewContextOptions()
                                .setViewportSize(width, NARROW_HEIGHT)
                                .setColorScheme(scheme)),
                files);
    }

    private void answer(Route route) {
        String url = route.request().url();
        String name = url.startsWith(ADDRESS) ? url.substring(ADDRESS.length()).replaceFirst("#.*", "") : "";
        String text = files.get(name);
        if (text == null) {
            refused.add(url);
            route.abort();
        } else {
            route.fulfill(new Route.FulfillOptions().setBody(text).setContentType(type(name)));
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "jsonld" -> "application/ld+json";
            default -> "text/plain; charset=utf-8";
        };
    }

    private void hear(ConsoleMessage message) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
        }
    }

    Page open(String name) {
        Page page = visitor.newPage();
        page.navigate(ADDRESS + name);
        return page;
    }

    /** Requests for anything that is not one of the files. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /** What the browser complained about: what a policy forbids, scripts that failed. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        visitor.close();
    }
}
