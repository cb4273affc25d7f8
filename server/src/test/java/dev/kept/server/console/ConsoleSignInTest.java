package dev.kept.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.signin.TestProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Staff sign in at a provider over HTTP, through the console's own addresses. */
class ConsoleSignInTest {

    @TempDir
    private Path folder;

    private final TestProvider provider = new TestProvider(Instant::now);
    private Mill mill;

    @BeforeEach
    void start() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        mill = new Mill(folder, """
                serve: {address: "http://127.0.0.1:%d"}
                sign-in:
                  issuer: %s
                  client-id: kept
                  client-secret: ${MILL_CLIENT_SECRET}
                  roles: {claim: groups, officer: [privacy], auditor: [audit]}
                """.formatted(port, provider.issuer()), port, TestProvider.SECRET);
    }

    @AfterEach
    void stop() {
        mill.close();
        provider.close();
    }

    /** Goes to the provider, and answers the query with which it sends the browser back. */
    private String atTheProvider(Browser browser) {
        browser.get("/console/sign-in");
        HttpResponse<String> away = browser.get("/console/sign-in/start");
        assertThat(away.statusCode()).isEqualTo(303);
        Map<String, List<String>> answer =
                provider.signIn(URI.create(away.headers().firstValue("Location").orElseThrow()));
        List<String> fields = new ArrayList<>();
        answer.forEach((name, values) -> values.forEach(value -> fields.addAll(List.of(name, value))));
        return "/console/sign-in/back?" + Browser.encoded(fields);
    }

    @Test
    void somebody_signs_in_and_is_who_the_provider_says() {
        Browser ann = mill.stranger();
        String back = atTheProvider(ann);
        HttpResponse<String> in = ann.get(back, "Sec-Fetch-Site", "cross-site", "Referer", provider.issuer());

        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(ann.cookies).containsKey("kept-session").doesNotContainKey("kept-sign-in");
        assertThat(ann.get("/console").body()).contains("Ann Lee", "officer");
        assertThat(ann.get(back).statusCode()).isEqualTo(403);
    }

    @Test
    void an_attackers_answer_signs_nobody_in_who_did_not_begin_it() {
        Browser attacker = mill.stranger();
        String back = atTheProvider(attacker);
        Browser victim = mill.stranger();
        atTheProvider(victim);

        assertThat(victim.get(back).statusCode()).isEqualTo(403);
        assertThat(victim.cookies).doesNotContainKey("kept-session");
        assertThat(victim.get("/console").statusCode()).isEqualTo(303);
    }

    @Test
    void the_providers_logout_token_ends_the_session_and_nobody_elses_does() {
        Browser ann = mill.stranger();
        ann.get(atTheProvider(ann));
        assertThat(ann.get("/console").statusCode()).isEqualTo(200);
        Browser machine = mill.stranger();
        String forged = provider.logoutToken(token -> token.subject("f1").audience("another"));
        assertThat(machine.send("POST", "/console/sign-in/ended", Browser.encoded(List.of("logout_token", forged)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(machine.send("POST", "/console/sign-in/ended", Browser.encoded(List.of("logout_token", "x.y.z")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(ann.get("/console").statusCode()).isEqualTo(200);

        String token = provider.logoutToken(built -> built.subject("f1"));
        HttpResponse<String> ended =
                machine.send("POST", "/console/sign-in/ended", Browser.encoded(List.of("logout_token", token)));
        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(ended.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(ann.get("/console").statusCode()).isEqualTo(303);
    }

    @Test
    void who_signs_out_is_led_to_the_provider_and_told_when_she_is_back() {
        provider.endSession = provider.issuer() + "/logout";
        Browser ann = mill.stranger();
        ann.get(atTheProvider(ann));
        ann.get("/console");

        HttpResponse<String> page = ann.post("/console/sign-out");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(ann.cookies).doesNotContainKey("kept-session").containsKey("kept-sign-out");
        Matcher link = Pattern.compile("<meta http-equiv=\"refresh\" content=\"0; url=([^\"]+)\">")
                .matcher(page.body());
        assertThat(link.find()).isTrue();
        String away = link.group(1).replace("&amp;", "&");
        assertThat(page.body()).contains("href=\"" + link.group(1) + "\"");
        String back = provider.signOut(URI.create(away), mill.site() + "/console/sign-in/out")
                .substring(mill.site().length());
        Browser another = mill.stranger();
        assertThat(another.get(back).statusCode()).isEqualTo(303);
        assertThat(ann.get(back + "x").statusCode()).isEqualTo(303);
        assertThat(ann.get(back).body()).contains("You are signed out", "at your company account");
        assertThat(ann.get(back).statusCode()).isEqualTo(303);
        assertThat(ann.get("/console").statusCode()).isEqualTo(303);
    }

    @Test
    void no_page_shows_a_secret() {
        Browser ann = mill.stranger();
        ann.get(atTheProvider(ann));
        String session = ann.cookies.get("kept-session");
        for (Route route : mill.console().routes()) {
            if (!route.path().contains("*")) {
                HttpResponse<String> page = ann.get(Console.ROOT + route.path());
                assertThat(page.body() + page.headers().map())
                        .as(route.path())
                        .doesNotContain(
                                TestProvider.SECRET,
                                session,
                                mill.company.state().password());
            }
        }
        assertThat(ann.get("/console/settings").body()).contains("MILL_CLIENT_SECRET", provider.issuer());
        assertThat(mill.complaints).isEmpty();
    }
}
