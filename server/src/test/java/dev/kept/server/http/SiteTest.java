package dev.kept.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.notice.prose.Prose;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.publish.Candidate;
import dev.kept.server.publish.Freezing;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The notice over HTTP, asked for by a real client. */
class SiteTest {

    private static final String NOTICE = """
            notice: mill
            languages: [en, de]
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: UTC}
            covers: {sites: [mill.example]}
            collects: {name: {from: you, is: pd:Name}}
            uses:
              account: {basis: contract, data: [name], ends: [{after: account.opened, for: 2 years}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, erase: {}}
            """;

    private static final String PROSE = """
            # %s

            A & "B" %s {#collects.name uses.account} %s {{keeps.longest}}. {#keeps.longest keeps.then}
            {{rights.answered-within}}. {#contact rights.answered-within rights.erase}
            """;

    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private Instant now = NOON;
    private final InstantSource clock = () -> now;
    private NoticeSource notice;
    private Site site;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("notice.yaml"), NOTICE);
        Files.writeString(folder.resolve("notice.en.md"), PROSE.formatted("The notice", "Your name.", "At most"));
        Files.writeString(folder.resolve("notice.de.md"), PROSE.formatted("Die Erklärung", "Ihr Name.", "Höchstens"));
        publish();
        notice = new NoticeSource(folder, clock);
        site = new Site("127.0.0.1", 0, Rooming.none(notice), new Traffic());
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void what_was_published_is_read_in_the_order_of_its_languages_the_original_first() {
        PrivacyFolder read = PrivacyFolder.read(folder);
        var version = Shelf.read(folder, clock).volumes().getFirst().published();

        assertThat(read.prose(version.version(), version.notice()))
                .extracting(Prose::language)
                .containsExactly("en", "de");
        assertThat(read.prose(version.notice())).extracting(Prose::language).containsExactly("en", "de");
    }

    @Test
    void a_port_that_is_taken_and_an_address_that_is_none_are_said_and_nothing_runs() {
        assertThatThrownBy(() -> new Site("127.0.0.1", site.port(), Rooming.none(notice), new Traffic()))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("port " + site.port() + " of `127.0.0.1` cannot be listened on");
        assertThatThrownBy(() -> new Site("300.0.0.1", 0, Rooming.none(notice), new Traffic()))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("`300.0.0.1` cannot be listened on");
    }

    private void publish() {
        Freezing.freeze(folder, Candidate.of(PrivacyFolder.read(folder), clock).publication());
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return ask("GET", path, headers);
    }

    private HttpResponse<String> ask(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + site.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void the_notice_is_read_in_every_language_and_format() throws Exception {
        HttpResponse<String> english = get("/notice/en");
        HttpResponse<String> german = get("/notice/de");

        assertThat(english.statusCode()).isEqualTo(200);
        assertThat(header(english, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(english.body()).contains("<html lang=\"en\"", "At most 2 years", "Version 1", "hreflang=\"de\"");
        assertThat(german.body()).contains("<html lang=\"de\"", "Höchstens 2 Jahre", "Fassung 1");
        assertThat(get("/notice/en.md").body()).startsWith("#");
        assertThat(header(get("/notice/en.md"), "content-type")).startsWith("text/markdown");
        assertThat(get("/notice/de.txt").body()).contains("Höchstens 2 Jahre");
        assertThat(header(get("/notice.jsonld"), "content-type")).isEqualTo("application/ld+json");
        assertThat(get("/notice/fr").statusCode()).isEqualTo(404);
    }

    @Test
    void a_reader_is_led_to_her_language() throws Exception {
        assertThat(header(get("/notice", "Accept-Language", "de-AT,en;q=0.5"), "location"))
                .isEqualTo("/notice/de");
        assertThat(header(get("/notice", "Accept-Language", "fr"), "location")).isEqualTo("/notice/en");
        assertThat(header(get("/notice", "Accept-Language", ";;;=\""), "location"))
                .isEqualTo("/notice/en");
        assertThat(header(get("/notice"), "vary")).contains("Accept-Language");
        assertThat(header(get("/"), "location")).isEqualTo("/notice");
    }

    @Test
    void what_a_reader_has_is_not_sent_again() throws Exception {
        HttpResponse<String> first = get("/notice/en");
        String tag = header(first, "etag");

        HttpResponse<String> again = get("/notice/en", "If-None-Match", "\"other\", " + tag);

        assertThat(tag).isNotEmpty();
        assertThat(header(first, "cache-control")).contains("max-age=300");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get("/notice/en", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void long_pages_are_packed_for_those_who_can_unpack_them() throws Exception {
        HttpResponse<String> packed = get("/notice/en", "Accept-Encoding", "br, gzip");

        assertThat(header(packed, "content-encoding")).isEqualTo("gzip");
        assertThat(header(packed, "vary")).contains("Accept-Encoding");
        assertThat(header(packed, "etag")).isNotEqualTo(header(get("/notice/en"), "etag"));
        assertThat(header(get("/notice/en", "Accept-Encoding", "gzip;q=0"), "content-encoding"))
                .isEmpty();
    }

    @Test
    void a_head_request_is_answered_without_the_page() throws Exception {
        HttpResponse<String> head = ask("HEAD", "/notice/en");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "etag")).isEqualTo(header(get("/notice/en"), "etag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void nothing_is_written_here(String method) throws Exception {
        HttpResponse<String> refused = ask(method, "/notice/en");

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(header(refused, "allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/notice/../notice.yaml",
                "/notice/%2e%2e/%2e%2e/etc/passwd",
                "/notice/en%00",
                "/notice/en%2f",
                "/notice/EN",
                "/notice/v0/en",
                "/notice/v1/en.exe",
                "/published/1/version.json",
                "/kept.yaml"
            })
    void only_what_is_meant_to_be_read_has_an_address(String path) throws Exception {
        assertThat(get(path).statusCode()).isIn(400, 404);
    }

    @Test
    void pages_carry_policies_and_load_nothing() throws Exception {
        HttpResponse<String> page = get("/notice/en");

        assertThat(header(page, "content-security-policy"))
                .contains("default-src 'none'", "frame-ancestors 'self'")
                .doesNotContain("unsafe-inline");
        assertThat(header(page, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(page, "referrer-policy")).isEqualTo("no-referrer");
        assertThat(header(page, "set-cookie")).isEmpty();
        assertThat(header(page, "access-control-allow-origin")).isEqualTo("*");
        assertThat(page.body()).contains("A &amp; ").doesNotContain("<script");
    }

    @Test
    void a_page_that_is_not_sent_again_and_one_that_leads_on_have_a_policy_as_well() throws Exception {
        HttpResponse<String> page = get("/notice/en");
        HttpResponse<String> again = get("/notice/en", "If-None-Match", header(page, "etag"));
        HttpResponse<String> leads = get("/notice");

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.headers().allValues("content-security-policy"))
                .as("what a browser keeps goes by it from now on")
                .isEqualTo(page.headers().allValues("content-security-policy"))
                .hasSize(1);
        assertThat(leads.statusCode()).isEqualTo(303);
        assertThat(leads.headers().allValues("content-security-policy"))
                .containsExactly("default-src 'none'; frame-ancestors 'none'; sandbox");
    }

    @Test
    void earlier_and_later_versions_are_kept_and_say_what_they_are() throws Exception {
        Files.writeString(folder.resolve("notice.yaml"), NOTICE.replace("longest: 2 years", "longest: 3 years"));
        Files.writeString(folder.resolve("next.yaml"), "version: 2\neffective: 2027-04-01\n");
        publish();
        notice.refresh();

        assertThat(get("/notice/en").body()).contains("At most 2 years").doesNotContain("role=\"note\"");
        assertThat(get("/notice/v2/en").body())
                .contains("At most 3 years", "This version is not in force yet: it will be on April 1, 2027");

        now = Instant.parse("2027-04-01T00:00:00Z");
        notice.refresh();

        assertThat(get("/notice/en").body()).contains("At most 3 years", "Version 2", "href=\"/notice/v1/en\"");
        assertThat(get("/notice/v1/de").body()).contains("Höchstens 2 Jahre", "Diese Fassung gilt nicht mehr.");
    }

    @Test
    void a_draft_is_not_served() throws Exception {
        Files.writeString(folder.resolve("notice.yaml"), NOTICE.replace("longest: 2 years", "longest: 9 years"));
        notice.refresh();

        assertThat(get("/notice/en").body()).contains("At most 2 years");
    }

    /** A delayed acknowledgement comes 40 ms late, once the first dozen answers of a connection are over. */
    @Test
    void no_answer_waits_for_an_acknowledgement_on_a_connection_that_is_kept() {
        assertThat(site.connections().tcpNoDelay()).isTrue();
    }

    @Test
    void what_is_no_http_is_refused_and_the_server_goes_on() throws Exception {
        for (String nonsense :
                List.of("\u0000\u0001\u0002\r\n\r\n", "GET " + "a".repeat(100_000) + " HTTP/1.1\r\n\r\n")) {
            try (Socket socket = new Socket("127.0.0.1", site.port())) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write(nonsense.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
                assertThat(answer).doesNotContain("200");
            } catch (java.net.SocketException reset) {
                // closed on us: that is an answer, too
            }
        }
        assertThat(get("/notice/en").statusCode()).isEqualTo(200);
    }
}
