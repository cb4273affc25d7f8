package dev.kept.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.configuration.AddressRange;
import dev.kept.server.configuration.ServeSettings;
import dev.kept.server.http.Wire.Answer;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that act, and those who would have them act for others. */
class RoomsTest {

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private Instant now = Instant.parse("2027-03-01T12:00:00Z");
    private TestDatabase database;
    private State state;
    private Site site;

    @BeforeEach
    void start() {
        database = TestCluster.shared().freshDatabase();
        state = State.open(database.jdbcUrl(), database.user(), database.password(), () -> now);
        site = open(ServeSettings.NONE);
    }

    private Site open(ServeSettings settings) {
        return new Site(
                "127.0.0.1",
                0,
                Rooming.with(List.of(new EchoRoom()), settings, state.database(), () -> now, complaints::add),
                new Traffic());
    }

    private void reopen(ServeSettings settings) {
        site.close();
        site = open(settings);
    }

    @AfterEach
    void stop() {
        site.close();
        state.close();
        database.close();
    }

    /** A browser that was given a form: its cookie and the form's token. */
    private record Browser(String cookie, String token) {
        String field() {
            return "token=" + token;
        }
    }

    private Browser browser() throws IOException {
        Answer form = get("/echo/form");
        String cookie = form.header("set-cookie").orElseThrow().split(";")[0];
        return new Browser("Cookie: " + cookie, form.body().replaceAll("[\\[\\]]", ""));
    }

    private Answer get(String path, String... headers) throws IOException {
        return Wire.get(site.port(), path, headers);
    }

    private Answer post(String path, String form, String... headers) throws IOException {
        return Wire.post(site.port(), path, form, headers);
    }

    @Test
    void a_form_reaches_its_room_and_nothing_of_it_is_kept() throws Exception {
        Browser anna = browser();

        Answer answer = post("/echo/form", anna.field() + "&said=gr%C3%BC%C3%9Fe+%26%0D%0Amehr", anna.cookie());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[grüße &\nmehr]");
        assertThat(answer.header("cache-control")).contains("no-store");
        assertThat(answer.header("content-security-policy"))
                .contains(
                        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        assertThat(answer.header("x-frame-options")).contains("DENY");
        assertThat(answer.header("x-content-type-options")).contains("nosniff");
        assertThat(answer.headers("referrer-policy")).containsExactly("same-origin");
        assertThat(answer.header("access-control-allow-origin")).isEmpty();
        assertThat(answer.header("set-cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /echo/on            | 303",
                "GET  | /echo/file          | 200",
                "GET  | /echo/often         | 429",
                "GET  | /echo/breaks        | 500",
                "GET  | /echo/any/%2e%2e    | 404",
                "GET  | /api/v1/%7Brun%7D   | 404",
                "GET  | /nothing            | 404",
                "HEAD | /nothing            | 404",
                "POST | /nothing            | 405",
                "PUT  | /echo/form          | 405",
                "TRACE| /echo/form          | 405",
                "POST | /echo/form          | 415"
            })
    void no_answer_goes_out_without_a_strict_policy(String method, String path, int status) throws Exception {
        for (String accepted : List.of("text/html", "application/json", "*/*")) {
            Answer answer = Wire.send(site.port(), Wire.request(method, path) + "\nAccept: " + accepted, "");

            assertThat(answer.status()).as(accepted).isEqualTo(status);
            assertThat(answer.headers("content-security-policy"))
                    .as(accepted)
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .startsWith("default-src 'none'; ")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void what_is_no_request_is_answered_with_a_strict_policy() throws Exception {
        for (String nonsense : List.of("nonsense", "GET /echo/who HTTP/9.9", "GET /echo/<who> HTTP/1.1")) {
            Answer answer = Wire.send(site.port(), nonsense + "\nHost: mill.example", "");

            assertThat(answer.status()).as(nonsense).isBetween(400, 505);
            assertThat(answer.headers("content-security-policy"))
                    .as(nonsense)
                    .containsExactly("default-src 'none'; frame-ancestors 'none'; sandbox");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: same-origin, cross-site",
                "Sec-Fetch-Site: same-origin\nSec-Fetch-Site: cross-site",
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: http://mill.example.evil.example",
                "Origin: http://mill.example:81",
                "Origin: http://mill.example\nOrigin: https://evil.example",
                "Sec-Fetch-Site: cross-site\nOrigin: http://mill.example"
            })
    void what_another_site_posts_is_refused(String headers) throws Exception {
        Browser anna = browser();

        Answer answer = post("/echo/form", anna.field() + "&said=hello", anna.cookie(), headers);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("did not come from this site").doesNotContain("hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: same-origin\nOrigin: http://mill.example",
                "Sec-Fetch-Site: same-origin\nOrigin: null",
                "Origin: http://mill.example",
                "Origin: HTTP://MILL.example"
            })
    void what_its_own_pages_post_is_taken(String headers) throws Exception {
        Browser anna = browser();

        assertThat(post("/echo/form", anna.field() + "&said=hello", anna.cookie(), headers)
                        .body())
                .isEqualTo("[hello]");
    }

    @Test
    void where_the_address_is_configured_the_host_a_request_names_is_not_believed() throws Exception {
        reopen(new ServeSettings(Optional.of("https://privacy.mill.example"), List.of()));
        Answer form = get("/echo/form");
        String cookie = form.header("set-cookie").orElseThrow();
        String field = "said=hello&token=" + form.body().replaceAll("[\\[\\]]", "");

        assertThat(cookie)
                .startsWith("__Host-kept-visitor=")
                .contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/");
        String own = "Cookie: " + cookie.split(";")[0];
        assertThat(post("/echo/form", field, own, "Origin: http://mill.example").status())
                .isEqualTo(403);
        assertThat(post("/echo/form", field, own, "Origin: https://privacy.mill.example")
                        .status())
                .isEqualTo(200);
        assertThat(post("/echo/form", field, own.replace("__Host-", ""), "Origin: https://privacy.mill.example")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_form_without_the_token_of_this_browser_is_refused() throws Exception {
        Browser anna = browser();
        Browser eve = browser();

        assertThat(post("/echo/form", "said=x", anna.cookie()).status()).isEqualTo(403);
        assertThat(post("/echo/form", "said=x&token=", anna.cookie()).status()).isEqualTo(403);
        assertThat(post("/echo/form", "said=x&" + eve.field(), anna.cookie()).status())
                .isEqualTo(403);
        assertThat(post("/echo/form", "said=x&" + anna.field()).status()).isEqualTo(403);
        assertThat(post("/echo/form", "said=x&" + anna.field(), anna.cookie(), eve.cookie())
                        .status())
                .isEqualTo(403);
        assertThat(post("/echo/form", "said=x&" + anna.field(), anna.cookie()).status())
                .isEqualTo(200);
    }

    @Test
    void a_form_is_good_today_and_tomorrow_in_every_process_and_its_secret_is_destroyed_then() throws Exception {
        Browser anna = browser();
        reopen(ServeSettings.NONE);
        now = now.plus(Duration.ofDays(1));
        assertThat(post("/echo/form", "said=x&" + anna.field(), anna.cookie()).status())
                .isEqualTo(200);

        now = now.plus(Duration.ofDays(1));
        assertThat(post("/echo/form", "said=x&" + anna.field(), anna.cookie()).status())
                .isEqualTo(403);
        List<String> days = state.database()
                .withHandle(handle -> handle.createQuery("select day::text from kept.daily_key order by 1")
                        .mapTo(String.class)
                        .list());
        assertThat(days).containsExactly("2027-03-02", "2027-03-03");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//echo/any/x",
                "/echo//any/x",
                "/echo/any//x",
                "/echo/any/../any/x",
                "/echo/./any/x",
                "/echo/any/..",
                "/echo/any/%2e%2e/x",
                "/echo/any/%2E./x",
                "/echo/any/a%2fb",
                "/echo/any%5cx",
                "/echo/any\\x",
                "/echo/any/x;id=1",
                "/echo;v=1/any/x",
                "/%65cho/any/x",
                "/echo/any/x%00",
                "/echo/any/ü",
                "http://mill.example/echo/any/x",
                "*"
            })
    void a_path_that_is_not_written_plainly_reaches_no_room(String path) throws Exception {
        assertThat(get("/echo/any/x").body()).isEqualTo("[reached]");

        Answer answer = get(path);

        assertThat(answer.status()).isIn(0, 400, 404);
        assertThat(answer.body()).doesNotContain("reached", "Exception", "dev.kept");
    }

    @Test
    void too_much_is_refused_before_it_is_held() throws Exception {
        Browser anna = browser();
        String large = anna.field() + "&said=" + "x".repeat(Visit.FORM_BYTES);

        Answer answer = post("/echo/form", large, anna.cookie());
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("more than we can take");

        String endless = "ffff\r\n" + "x".repeat(0xffff) + "\r\n";
        assertThat(Wire.send(
                                site.port(),
                                Wire.request("POST", "/echo/form", anna.cookie())
                                        + "\nContent-Type: application/x-www-form-urlencoded\nTransfer-Encoding: chunked",
                                endless.repeat(40))
                        .status())
                .isIn(0, 413);
        assertThat(Wire.send(
                                site.port(),
                                Wire.request("POST", "/echo/form", anna.cookie())
                                        + "\nContent-Type: application/x-www-form-urlencoded\nContent-Length: 99999999999",
                                "said=x")
                        .status())
                .isEqualTo(413);
        assertThat(post("/echo/form", anna.field() + "&a=1".repeat(Entries.MOST), anna.cookie())
                        .status())
                .isEqualTo(413);
        assertThat(post("/echo/form", anna.field() + "&" + "n".repeat(200) + "=1", anna.cookie())
                        .status())
                .isEqualTo(413);
        assertThat(get("/echo/any/" + "a".repeat(600)).status()).isEqualTo(404);
        assertThat(get("/echo/who").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "said=%",
                "said=%2",
                "said=%zz",
                "said=%ff",
                "said=%c0%af",
                "said=%00",
                "said=a%0bb",
                "said=%ed%a0%80"
            })
    void what_is_no_text_is_refused(String form) throws Exception {
        Browser anna = browser();

        assertThat(post("/echo/form", anna.field() + "&" + form, anna.cookie()).status())
                .isEqualTo(400);
        assertThat(get("/echo/query?" + form).status()).isEqualTo(400);
    }

    @Test
    void a_body_of_another_kind_is_not_read() throws Exception {
        Browser anna = browser();
        String lines = Wire.request("POST", "/echo/form", anna.cookie()) + "\nContent-Length: 6\n";

        for (String type :
                List.of("Content-Type: text/plain", "Content-Type: multipart/form-data; boundary=x", "X-None: 1")) {
            assertThat(Wire.send(site.port(), lines + type, "said=x").status()).isEqualTo(415);
        }
        assertThat(Wire.send(
                                site.port(),
                                lines + "Content-Type: application/x-www-form-urlencoded\nContent-Encoding: gzip",
                                "said=x")
                        .status())
                .isIn(400, 415);
        assertThat(Wire.send(
                                site.port(),
                                Wire.request("POST", "/echo/data")
                                        + "\nContent-Length: 2\nContent-Type: application/json; charset=utf-8",
                                "{}")
                        .body())
                .isEqualTo("[2]");
        assertThat(post("/echo/data", "{}").status()).isEqualTo(415);
    }

    @Test
    void a_flood_of_headers_is_refused_and_the_server_goes_on() throws Exception {
        String many = "X-Many: " + "a".repeat(500) + "\n";

        Answer answer = get("/echo/who", (many.repeat(100) + "X-Last: 1").split("\n"));

        assertThat(answer.status()).isIn(0, 400, 431);
        assertThat(answer.body()).doesNotContain("Exception", "dev.kept");
        assertThat(get("/echo/cookie", "Cookie: " + "a=b; ".repeat(2_000) + "given=abc")
                        .body())
                .doesNotContain("abc");
        assertThat(get("/echo/cookie", "Cookie: given=abc").body()).isEqualTo("[abc]");
    }

    @Test
    void two_requests_in_one_are_not_read_as_two() throws Exception {
        Answer answer = Wire.send(
                site.port(),
                Wire.request("POST", "/echo/form") + "\nContent-Type: application/x-www-form-urlencoded"
                        + "\nContent-Length: 4\nTransfer-Encoding: chunked",
                "0\r\n\r\nGET /echo/who HTTP/1.1\r\nHost: mill.example\r\n\r\n");

        assertThat(answer.status()).isIn(0, 400, 403);
        assertThat(answer.body()).doesNotContain("[7f000001]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // nobody stands in front: nothing is believed
                "             | 198.51.100.7                          | 7f000001",
                // the proxy is this machine
                "127.0.0.1    | 198.51.100.7                          | c6336407",
                "127.0.0.1    | 203.0.113.9, 198.51.100.7             | c6336407",
                "127.0.0.1    | 127.0.0.1, 198.51.100.7               | c6336407",
                "127.0.0.1    | 198.51.100.7:4711                     | c6336407",
                "127.0.0.1    | [2001:db8:1:2:3::4]:80                | 20010db80001000200000000000000000000",
                "127.0.0.1    | ::ffff:198.51.100.7                   | c6336407",
                "127.0.0.1    | nonsense                              | 7f000001",
                "127.0.0.1    | 203.0.113.9, <script>                 | 7f000001",
                "127.0.0.1    | localhost                             | 7f000001",
                "127.0.0.1    |                                       | 7f000001",
                // two proxies in a row
                "127.0.0.1 10.0.0.0/8 | 203.0.113.9, 198.51.100.7, 10.1.2.3 | c6336407",
                "127.0.0.1 10.0.0.0/8 | 10.9.9.9, 10.1.2.3            | 0a090909"
            })
    void whom_a_proxy_stands_for_is_believed_of_ours_only_and_from_the_right(
            String proxies, String forwarded, String client) throws Exception {
        List<AddressRange> ranges = proxies == null
                ? List.of()
                : List.of(proxies.split(" ")).stream()
                        .map(range -> AddressRange.parse(range).orElseThrow())
                        .toList();
        reopen(new ServeSettings(Optional.empty(), ranges));

        String expected = client.length() > 8 ? client.substring(0, 32) : client;
        assertThat(get(
                                "/echo/who",
                                "X-Forwarded-For: " + (forwarded == null ? "" : forwarded),
                                "X-Real-IP: 192.0.2.1",
                                "Forwarded: for=192.0.2.1")
                        .body())
                .isEqualTo("[" + expected + "]");
    }

    @Test
    void several_headers_of_proxies_are_one_list() throws Exception {
        reopen(new ServeSettings(
                Optional.empty(), List.of(AddressRange.parse("127.0.0.1").orElseThrow())));

        assertThat(get("/echo/who", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 198.51.100.7")
                        .body())
                .isEqualTo("[c6336407]");
        assertThat(get("/echo/who", "X-Forwarded-For: " + "127.0.0.1,".repeat(1_000) + "127.0.0.1")
                        .body())
                .isEqualTo("[7f000001]");
    }

    @Test
    void a_mistake_says_nothing_to_the_visitor_and_its_place_to_us() throws Exception {
        Answer answer = get("/echo/breaks", "Accept-Language: de");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body())
                .contains("Bei uns ist etwas schiefgegangen")
                .doesNotContain(EchoRoom.SECRET, "IllegalState", "dev.kept.server");
        assertThat(complaints).hasSize(1);
        assertThat(complaints.getFirst())
                .contains("IllegalStateException", "EchoRoom")
                .doesNotContain(EchoRoom.SECRET);
    }

    @Test
    void where_the_database_does_not_answer_that_is_said() throws Exception {
        state.close();

        Answer answer = get("/echo/form", "Accept-Language: zh");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("目前无法使用");
        assertThat(get("/echo/who").status()).isEqualTo(200);
    }

    @Test
    void machines_get_problems_as_documents() throws Exception {
        Answer answer = get("/echo/often", "Accept: application/json");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("retry-after")).contains("90");
        assertThat(answer.header("content-type")).contains("application/problem+json");
        assertThat(answer.body()).isEqualTo("{\"title\":\"too-many\",\"status\":429}");
        assertThat(get("/echo/often").body()).contains("in 2 min");
    }

    @Test
    void a_download_is_saved_under_its_name_and_nothing_of_it_runs() throws Exception {
        Answer answer = get("/echo/file");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-disposition"))
                .contains(
                        "attachment; filename=\"Auskunft_f_r__Anna___.zip\"; filename*=UTF-8''Auskunft%20f%C3%BCr%20%22Anna%22%0D%0A.zip");
        assertThat(answer.header("content-security-policy").orElseThrow()).contains("sandbox");
        assertThat(answer.body()).contains("0123456789");
        Answer head = Wire.send(site.port(), Wire.request("HEAD", "/echo/file"), "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void cookies_are_for_this_host_and_not_for_scripts() throws Exception {
        assertThat(get("/echo/give").headers("set-cookie"))
                .containsExactly("given=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=300");
        assertThat(get("/echo/on").header("location")).contains("/echo/form");
    }

    @Test
    void style_sheets_are_kept_by_browsers_under_the_hash_of_what_is_in_them() throws Exception {
        String address = Rooming.LOOK.style().address();

        Answer sheet = get(address);

        assertThat(address).matches("/assets/kept\\.[0-9a-f]{20}\\.css");
        assertThat(sheet.header("content-type")).contains("text/css; charset=utf-8");
        assertThat(sheet.header("cache-control")).contains("public, max-age=31536000, immutable");
        assertThat(sheet.body()).contains("--accent:#1f6b4a").doesNotContain("ACCENT", "PAPER");
    }
}
