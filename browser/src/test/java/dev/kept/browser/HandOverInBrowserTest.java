package dev.kept.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who is signed in at the company's own site comes to the privacy centre and need not prove who she is: in a real browser, with its rules for cookies. */
class HandOverInBrowserTest {

    private static final String SITE = "https://harbour.example";
    private static final String EVIL = "https://evil.example";

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

    /** Opens a page of a site with a form, and presses its button. */
    private static Response handOver(Person person, String site, String token) {
        person.context.route(
                site + "/**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html; charset=utf-8")
                        // here it leads from TLS to none: without this a browser would not say where it comes from
                        .setHeaders(Map.of("Referrer-Policy", "origin"))
                        .setBody(harbour.site().page(token))));
        person.page.navigate(site + "/account");
        Response answer = person.page.waitForResponse(
                response -> response.request().isNavigationRequest() && response.status() != 303,
                () -> person.page.locator("button").click());
        person.page.waitForLoadState();
        person.context.unroute(site + "/**");
        return answer;
    }

    @Test
    void who_is_signed_in_at_the_companys_site_is_answered_without_a_link_or_a_code() throws Exception {
        try (Person cem = new Person(harbour, 1280, ColorScheme.LIGHT)) {
            String token = harbour.site().token(3);

            assertThat(handOver(cem, SITE, token).status()).isEqualTo(200);

            assertThat(cem.page.url())
                    .startsWith(harbour.address("/privacy/en/requests/"))
                    .doesNotContain("token");
            assertThat(cem.page.locator("#code").count()).isZero();
            assertThat(cem.context.cookies()).noneMatch(cookie -> cookie.name.contains("handover"));
            cem.await("Your answer").good("centre-handed-over");
            Download download = cem.page.waitForDownload(
                    () -> cem.page.locator("a[download]").click());
            assertThat(Files.readAllBytes(download.path())).startsWith((byte) 'P', (byte) 'K');

            String request = cem.page.url();
            assertThat(handOver(cem, SITE, token).status())
                    .as("the same token again")
                    .isEqualTo(403);
            cem.page.navigate(request);
            assertThat(cem.page.locator("main").innerText()).contains("Your answer");
        }
        assertThat(harbour.complaints()).isEmpty();
    }

    @Test
    void a_page_of_another_site_hands_nobody_over_however_good_its_token() {
        try (Person victim = new Person(harbour, 360, ColorScheme.DARK)) {
            assertThat(handOver(victim, EVIL, harbour.site().token(2)).status()).isEqualTo(403);

            victim.open("/privacy/en/requests");
            assertThat(victim.page.locator("main").innerText()).contains("In this browser nothing has been asked yet");
            assertThat(victim.context.cookies())
                    .noneMatch(cookie -> cookie.name.contains("requests") || cookie.name.contains("handover"));
        }
    }
}
