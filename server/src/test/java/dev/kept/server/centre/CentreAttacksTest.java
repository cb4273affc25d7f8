package dev.kept.server.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.rights.request.Extension;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.RefusalGround;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.http.Visitor;
import dev.kept.server.mail.StubbornSmtp;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Hears;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Those who would learn of others, act for them, or make pages do what they should not. */
class CentreAttacksTest {

    private static final Actor OFFICER = Actor.staff("officer", "Olga Officer", "looked at it");

    @TempDir
    private Path folder;

    private Harbour harbour;
    private Visitor eve;

    @BeforeEach
    void open() throws IOException {
        harbour = new Harbour(folder);
        eve = harbour.visitor();
    }

    @AfterEach
    void close() {
        harbour.close();
    }

    private static HttpResponse<String> ask(Visitor visitor, Kind kind, String address, String... more)
            throws Exception {
        visitor.get("/privacy/en/ask/" + kind.word());
        String[] fields = Arrays.copyOf(new String[] {"address", address}, 2 + more.length);
        System.arraycopy(more, 0, fields, 2, more.length);
        return visitor.send("/privacy/en/ask/" + kind.word(), fields);
    }

    /** What differs between two visits for reasons of its own. */
    private static String plain(String page) {
        return page.replaceAll("[0-9A-Z]{4}-[0-9A-Z]{4}", "NUMBER").replaceAll("value=\"[^\"]{20,}\"", "TOKEN");
    }

    @Test
    void an_answer_tells_nobody_who_is_a_customer_before_or_after_the_work() throws Exception {
        Visitor other = harbour.visitor();
        String known = plain(ask(eve, Kind.ERASURE, Harbour.ANNA).body());
        String unknown = plain(ask(other, Kind.ERASURE, "nobody@example.org").body());
        assertThat(known).isEqualTo(unknown);

        for (int hours : new int[] {0, 1, 24 * 5, 24 * 40}) {
            harbour.turn(Duration.ofHours(hours));
            harbour.step();
            harbour.keepTime();
            assertThat(plain(eve.get(eve.path()).body()))
                    .as(hours + " hours later")
                    .isEqualTo(plain(other.get(other.path()).body()));
        }
        assertThat(plain(eve.get("/privacy/en/requests").body()))
                .isEqualTo(plain(other.get("/privacy/en/requests").body()));
    }

    /** Whoever typed an address finds her request in the ledger, which the public reads: nothing after it may say whether a store has the address. */
    @ParameterizedTest
    @ValueSource(strings = {"250 2.1.5 fine", "550 5.1.1 no such mailbox", "450 4.2.1 later"})
    void the_ledger_tells_nobody_who_is_a_customer(String toRecipient) throws Exception {
        try (StubbornSmtp smtp = new StubbornSmtp()) {
            smtp.toRecipient = toRecipient;
            List<String> unknown = ledger(smtp, "nobody@example.org");
            List<String> known = ledger(smtp, Harbour.ANNA);

            assertThat(harbour.letters()).extracting(Harbour.Sent::address).contains(Harbour.ANNA);
            assertThat(harbour.rows("select kind from kept.mail where tries > 0 and kind = 'proof-link'"))
                    .isNotEmpty();
            assertThat(known).isEqualTo(unknown);
            assertThat(known.getFirst()).contains("\"event\":\"receive\"");
            assertThat(known).hasSizeGreaterThan(1);
        }
    }

    /** What the ledger hears from now on of a request that nobody proves. */
    private List<String> ledger(StubbornSmtp smtp, String address) throws Exception {
        long before =
                Long.parseLong(harbour.rows("select count(*) from kept.journal").getFirst());
        Visitor visitor = harbour.visitor();
        ask(visitor, Kind.ERASURE, address);
        for (int hours : new int[] {0, 1}) {
            harbour.turn(Duration.ofHours(hours));
            harbour.step();
            harbour.post(smtp.port());
            harbour.keepTime();
        }
        visitor.get(visitor.path());
        visitor.send(visitor.path() + "/link");
        harbour.step();
        harbour.post(smtp.port());
        for (int days : new int[] {4, 40, 40}) {
            harbour.turn(Duration.ofDays(days));
            harbour.step();
            harbour.post(smtp.port());
            harbour.keepTime();
        }
        return harbour.rows(
                "select kind || ' ' || regexp_replace(regexp_replace(entry::text, '[0-9a-f-]{36}', 'ID', 'g'),"
                        + " '\\d{4}-\\d{2}-\\d{2}', 'DAY', 'g') from kept.journal order by seq offset " + before);
    }

    @Test
    void that_she_has_asked_already_is_hers_to_know() throws Exception {
        Visitor anna = harbour.visitor();
        ask(anna, Kind.RECTIFICATION, Harbour.ANNA, "words", "wrong");
        harbour.step();
        anna.get(harbour.lastLetter().link());
        anna.send(anna.path());
        harbour.step();

        Visitor other = harbour.visitor();
        ask(eve, Kind.RECTIFICATION, Harbour.ANNA, "words", "wrong");
        ask(other, Kind.RECTIFICATION, "nobody@example.org", "words", "wrong");
        harbour.step();
        assertThat(plain(eve.get(eve.path()).body()))
                .isEqualTo(plain(other.get(other.path()).body()));
    }

    /** What takes no time cannot be told by it: no store is asked before the answer, and Kept's own database does the same for both. */
    @Test
    void asking_for_the_known_does_the_same_work_as_for_the_unknown() throws Exception {
        Visitor first = harbour.visitor();
        Visitor second = harbour.visitor();
        first.get("/privacy/en/ask/access");
        second.get("/privacy/en/ask/access");
        ask(eve, Kind.ACCESS, "eve@example.org"); // what is counted of a network, and keys of a day, are there then
        harbour.shopClosed();
        List<String> before = harbour.changes();

        String known = plain(
                first.send("/privacy/en/ask/access", "address", Harbour.ANNA).body());
        List<String> between = harbour.changes();
        String unknown = plain(second.send("/privacy/en/ask/access", "address", "nobody@example.org")
                .body());
        List<String> after = harbour.changes();

        assertThat(known).isEqualTo(unknown).contains("NUMBER");
        assertThat(difference(before, between))
                .isEqualTo(difference(between, after))
                .anyMatch(row -> row.startsWith("request "));
        assertThat(harbour.letters()).isEmpty();
        assertThat(harbour.complaints()).isEmpty();
    }

    /** Rows more in each table that grew. */
    private static List<String> difference(List<String> before, List<String> after) {
        List<String> grown = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            if (!after.get(i).equals(before.get(i))) {
                String[] then = before.get(i).split(" ");
                String[] now = after.get(i).split(" ");
                grown.add(now[0] + " " + (Long.parseLong(now[1]) - Long.parseLong(then[1])));
            }
        }
        return grown;
    }

    @Test
    void anothers_request_is_as_unknown_by_its_number_as_one_that_never_was() throws Exception {
        Visitor anna = harbour.visitor();
        ask(anna, Kind.RECTIFICATION, Harbour.ANNA, "words", "my words");
        harbour.step();
        String number = harbour.at(anna).number();
        anna.get(harbour.lastLetter().link());
        anna.send(anna.path());
        harbour.step();
        ask(eve, Kind.ACCESS, "eve@example.org");

        for (String act : List.of("", "/withdraw", "/answer", "/message")) {
            HttpResponse<String> hers = eve.get("/privacy/en/requests/" + number + act);
            HttpResponse<String> none = eve.get("/privacy/en/requests/7777-7777" + act);
            assertThat(hers.statusCode()).isEqualTo(404);
            assertThat(plain(hers.body())).isEqualTo(plain(none.body()));
        }
        for (String act : List.of("/withdraw", "/message", "/code", "/link", "/renew")) {
            assertThat(eve.send("/privacy/en/requests/" + number + act, "words", "from eve", "code", "0000-0000")
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(harbour.at(anna).request().stage()).isInstanceOf(Stage.InReview.class);
        assertThat(harbour.letters()).noneMatch(sent -> !sent.address().equals(Harbour.ANNA));
    }

    @Test
    void who_asked_in_anothers_name_sees_nothing_even_when_staff_write() throws Exception {
        ask(eve, Kind.ACCESS, Harbour.ANNA);
        harbour.step();
        String request = eve.path();
        harbour.staff.askBack(
                harbour.at(eve), Stage.Question.IDENTITY, "Which street, " + Harbour.SECRET + "?", OFFICER);

        assertThat(eve.get(request).body()).doesNotContain(Harbour.SECRET);
        eve.send(request + "/message", "words", "I am Anna");
        assertThat(harbour.at(eve).request().stage()).isInstanceOf(Stage.Clarifying.class);
        assertThat(eve.get(request + "/answer").body()).doesNotContain(Harbour.SECRET);
    }

    @Test
    void a_code_is_tried_a_few_times_however_many_browsers_and_links() throws Exception {
        ask(eve, Kind.ACCESS, Harbour.ANNA);
        String request = eve.path();
        harbour.step();
        for (int i = 0; i < 5; i++) {
            eve.send(request + "/code", "code", "0000-000" + i);
        }
        String right = harbour.lastLetter().code();

        assertThat(eve.send(request + "/code", "code", right).body()).contains("This code is not right");
        assertThat(harbour.at(eve).request().stage()).isInstanceOf(Stage.Received.class);
    }

    private static final List<String> PAYLOADS = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' autofocus onfocus='alert(1)",
            "</textarea><script>alert(1)</script>",
            "javascript:alert(1)",
            "{{company}} ${7*7} #{7*7} <%= 7*7 %>",
            "{date} {number} {kind}",
            "=HYPERLINK(\"http://evil.example\")",
            "\u202Eevil\u2066",
            "</title><base href=//evil.example>");

    private static List<String> payloads() {
        return PAYLOADS;
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void what_is_typed_is_shown_as_it_was_typed_and_does_nothing(String payload) throws Exception {
        HttpResponse<String> again =
                ask(eve, Kind.TESTIMONIAL_CHANGE, payload, "name", payload, "place", payload, "words", payload);
        assertThat(again.statusCode()).isEqualTo(422);
        Visitor anna = harbour.visitor();
        ask(anna, Kind.TESTIMONIAL_CHANGE, Harbour.ANNA, "name", payload, "place", payload, "words", payload);
        harbour.step();
        anna.get(harbour.lastLetter().link());
        anna.send(anna.path());
        String request = anna.path();
        anna.send(request + "/message", "words", payload);
        anna.get("/privacy/en/requests/find?number="
                + java.net.URLEncoder.encode(payload, java.nio.charset.StandardCharsets.UTF_8));
        anna.get("/privacy/en/requests");
        anna.send("/privacy/en/requests/find", "number", payload, "address", payload);
        anna.get(request);
        anna.send(request + "/code", "code", payload);

        List<String> pages = new ArrayList<>(eve.seen());
        pages.addAll(anna.seen());
        shownAsWritten(pages, payload);
        assertThat(harbour.complaints()).isEmpty();
    }

    /** The other way: what staff write is shown to her, and in letters. */
    @ParameterizedTest
    @MethodSource("payloads")
    void what_staff_write_is_shown_as_it_was_written_and_does_nothing(String payload) throws Exception {
        Visitor anna = harbour.visitor();
        ask(anna, Kind.RECTIFICATION, Harbour.ANNA, "words", "wrong");
        harbour.step();
        anna.get(harbour.lastLetter().link());
        anna.send(anna.path());
        harbour.step();
        String request = anna.path();
        harbour.staff.extend(harbour.at(anna), Extension.Reason.COMPLEXITY, 1, payload, Hears.LETTER, OFFICER);
        harbour.staff.askBack(harbour.at(anna), Stage.Question.OTHER, payload, OFFICER);
        anna.get(request);
        harbour.staff.clarify(harbour.at(anna), OFFICER);
        harbour.staff.refuse(harbour.at(anna), RefusalGround.ACCURATE, payload, OFFICER);
        anna.get(request);

        shownAsWritten(anna.seen(), payload);
        assertThat(anna.seen().getLast().split(Pattern.quote(dev.kept.core.html.Html.escaped(payload)), -1))
                .as("each of the three")
                .hasSizeGreaterThan(3);
        assertThat(harbour.letters()).extracting(Harbour.Sent::kind).contains(LetterKind.EXTENDED, LetterKind.REFUSED);
        assertThat(harbour.complaints()).isEmpty();
    }

    private static void shownAsWritten(List<String> pages, String payload) {
        String written = dev.kept.core.html.Html.escaped(payload);
        assertThat(pages).anyMatch(page -> page.contains(written));
        // quotation marks stand around attributes only: in texts they are escaped
        assertThat(pages).allMatch(page -> harmless(page.replaceAll("\"[^\"]*\"", "\"\"")));
        assertThat(pages).noneMatch(page -> page.matches("(?s).*(href|action|src)=\"\\s*javascript:.*"));
        if (!written.equals(payload)) {
            assertThat(pages).noneMatch(page -> page.contains(payload));
        }
    }

    private static boolean harmless(String page) {
        return !page.matches("(?s).*<(script|img|base|iframe|svg)[\\s>].*")
                && !page.matches("(?s).*<[^>]*\\son[a-z]+\\s*=.*");
    }

    @Test
    void secrets_and_addresses_are_in_no_answer_and_no_address() throws Exception {
        Visitor anna = harbour.visitor();
        ask(anna, Kind.RECTIFICATION, Harbour.ANNA, "name", "Anna Berg", "words", "my secret words");
        String request = anna.path();
        harbour.step();
        String code = harbour.lastLetter().code();
        anna.send(request + "/code", "code", code);
        for (String path : List.of("", "/ask", "/choices", "/requests")) {
            anna.get("/privacy/en" + path);
            eve.get("/privacy/en" + path);
        }
        eve.get(request);
        eve.get(request + "/answer");

        assertThat(eve.seen()).noneMatch(page -> page.contains("my secret words") || page.contains("Anna"));
        assertThat(anna.seen())
                .noneMatch(page -> page.contains(Harbour.SECRET)
                        || page.contains(code)
                        || page.toLowerCase(java.util.Locale.ROOT).contains("anna@example.org"));
        assertThat(anna.seen()).allMatch(page -> !page.contains("location=[") || !page.contains("@"));
        assertThat(harbour.rows("select entry from kept.journal"))
                .noneMatch(entry -> entry.contains("example.org") || entry.contains("secret words"));
        assertThat(harbour.complaints()).isEmpty();
    }

    @Test
    void nothing_personal_is_kept_by_browsers_and_no_other_site_can_frame_or_read_it() throws Exception {
        ask(eve, Kind.ACCESS, Harbour.ANNA);
        for (String path : List.of("/privacy/en", eve.path(), "/privacy/en/requests", "/privacy/en/open/abc")) {
            HttpResponse<String> page = eve.get(path);
            assertThat(page.headers().allValues("cache-control")).as(path).containsExactly("no-store");
            assertThat(page.headers().allValues("access-control-allow-origin")).isEmpty();
            assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                    .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
                    .doesNotContain("unsafe", "*");
            assertThat(page.body()).doesNotContain("<script", "<style", " style=");
        }
    }
}
