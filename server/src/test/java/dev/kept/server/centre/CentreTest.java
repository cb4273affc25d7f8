package dev.kept.server.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Extension;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.RefusalGround;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.http.Visitor;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Hears;
import dev.kept.server.request.StoredRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The privacy centre over HTTP, as people use it. */
class CentreTest {

    private static final Actor OFFICER = Actor.staff("officer", "Olga Officer", "looked at it");

    @TempDir
    private Path folder;

    private Harbour harbour;
    private Visitor anna;

    @BeforeEach
    void open() throws IOException {
        harbour = new Harbour(folder);
        anna = harbour.visitor();
    }

    @AfterEach
    void close() {
        harbour.close();
    }

    private HttpResponse<String> ask(Visitor visitor, Kind kind, String address, String... more) throws Exception {
        visitor.get("/privacy/en/ask/" + kind.word());
        String[] fields = Arrays.copyOf(new String[] {"address", address}, 2 + more.length);
        System.arraycopy(more, 0, fields, 2, more.length);
        return visitor.send("/privacy/en/ask/" + kind.word(), fields);
    }

    /** Anna asks and proves that it is she. */
    private StoredRequest proven(Kind kind, String... more) throws Exception {
        ask(anna, kind, Harbour.ANNA, more);
        harbour.step();
        anna.get(harbour.lastLetter().link());
        anna.send(anna.path());
        return harbour.at(anna);
    }

    @ParameterizedTest
    @CsvSource({"de-AT, de, Ihre Daten bei", "zh-CN, zh, 您在", "sv, en, Your data at"})
    void people_are_led_to_their_language_and_it_stays_in_the_path(String accepted, String language, String words)
            throws Exception {
        HttpResponse<String> page = anna.get("/privacy", "Accept-Language", accepted);

        assertThat(anna.path()).isEqualTo("/privacy/" + language);
        assertThat(page.body())
                .contains(
                        "<html lang=\"" + language + "\"",
                        words,
                        "/privacy/" + language + "/ask",
                        "/notice/" + language);
        assertThat(anna.get("/privacy/" + language + "/choices").body())
                .contains("href=\"/privacy/de/choices\"", "href=\"/privacy/zh/choices\"");
        assertThat(anna.cookies()).isEmpty();
    }

    @Test
    void a_link_of_a_letter_leads_into_its_language_and_outlives_it() throws Exception {
        anna.get("/privacy/de/ask/access");
        anna.send("/privacy/de/ask/access", "address", Harbour.ANNA);
        harbour.step();
        String link = harbour.lastLetter().link();

        assertThat(link).startsWith("/privacy/de/open/");
        String gone = link.replace("/de/", "/sv/");
        assertThat(anna.get(gone, "Accept-Language", "zh").body()).contains("<html lang=\"zh\"");
        assertThat(anna.path()).isEqualTo(link.replace("/de/", "/zh/"));
        assertThat(anna.get("/privacy/sv").statusCode()).isEqualTo(404);
        assertThat(anna.get("/privacy/sv/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void every_page_has_its_words_in_every_language_and_every_link_leads_somewhere() throws Exception {
        for (String language : List.of("en", "de", "zh")) {
            List<String> open = new java.util.ArrayList<>(List.of("/privacy/" + language));
            for (int i = 0; i < open.size(); i++) {
                HttpResponse<String> page = anna.get(open.get(i));
                assertThat(page.statusCode()).as(open.get(i)).isEqualTo(200);
                Visitor.ways(page, "/privacy/" + language).stream()
                        .filter(path -> !open.contains(path))
                        .forEach(open::add);
            }
            assertThat(open).hasSizeGreaterThan(12);
        }
        assertThat(harbour.complaints()).isEmpty();
    }

    @Test
    void an_erasure_is_asked_for_confirmed_by_the_link_done_and_seen() throws Exception {
        HttpResponse<String> sent = ask(anna, Kind.ERASURE, "anna@EXAMPLE.org", "words", "All of it, please");

        assertThat(anna.path()).matches("/privacy/en/requests/[0-9A-Z]{4}-[0-9A-Z]{4}");
        assertThat(sent.body()).contains("Waiting for your confirmation", "Now confirm that it is you", "Answer by");
        String request = anna.path();
        harbour.step();
        Harbour.Sent letter = harbour.lastLetter();
        assertThat(letter.address()).isEqualTo(Harbour.ANNA);

        HttpResponse<String> button = anna.get(letter.link());
        assertThat(button.body()).contains("Is this you?", "Yes, it is me");
        assertThat(harbour.customers()).contains(Harbour.ANNA);
        HttpResponse<String> confirmed = anna.send(anna.path());
        assertThat(anna.path()).isEqualTo(request);
        assertThat(confirmed.body()).contains("Confirmed").doesNotContain("Now confirm");

        harbour.step();
        assertThat(harbour.customers()).containsExactly("ben@example.org");
        assertThat(anna.get(request).body()).contains("Answered", "What happened", "You asked", "It was confirmed");
        assertThat(harbour.complaints()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void every_kind_that_is_offered_can_be_asked(Kind kind) throws Exception {
        HttpResponse<String> form = anna.get("/privacy/en/ask/" + kind.word());
        if (kind == Kind.HUMAN_REVIEW) { // this notice does not grant it
            assertThat(form.statusCode()).isEqualTo(404);
            return;
        }
        assertThat(form.statusCode()).isEqualTo(200);
        HttpResponse<String> sent = ask(
                anna,
                kind,
                Harbour.ANNA,
                "name",
                "Anna Berg",
                "place",
                "The first page",
                "words",
                "As I said",
                "use",
                kind == Kind.OBJECTION ? "safety" : kind == Kind.WITHDRAWAL ? "newsletter" : "");

        assertThat(sent.statusCode()).isEqualTo(200);
        assertThat(anna.path()).matches("/privacy/en/requests/[0-9A-Z]{4}-[0-9A-Z]{4}");
        assertThat(harbour.at(anna).request().ask())
                .isEqualTo(new Ask(
                        kind,
                        switch (kind) {
                            case MARKETING_OBJECTION, WITHDRAWAL -> List.of("newsletter");
                            case OBJECTION -> List.of("safety");
                            case TESTIMONIAL_REMOVAL -> List.of("voices");
                            default -> List.of();
                        }));
        assertThat(harbour.complaints()).isEmpty();
    }

    @Test
    void the_code_confirms_where_the_mail_is_read_elsewhere() throws Exception {
        ask(anna, Kind.ACCESS, Harbour.ANNA);
        harbour.step();
        String request = anna.path();

        Visitor telephone = harbour.visitor();
        HttpResponse<String> elsewhere = telephone.get(harbour.lastLetter().link());
        assertThat(elsewhere.statusCode()).isEqualTo(404);
        assertThat(elsewhere.body()).contains("This link does not work here", "enter the code");

        assertThat(anna.send(request + "/code", "code", "0000-0000").body()).contains("This code is not right");
        String typed =
                harbour.lastLetter().code().toLowerCase(java.util.Locale.ROOT).replace("-", " ");
        assertThat(anna.send(request + "/code", "code", typed).body()).contains("Confirmed");
        assertThat(harbour.at(anna).request().stage()).isInstanceOf(Stage.Proven.class);
    }

    @Test
    void looking_at_a_link_does_not_use_it_up() throws Exception {
        ask(anna, Kind.ACCESS, Harbour.ANNA);
        harbour.step();
        for (int i = 0; i < 5; i++) {
            anna.get(harbour.lastLetter().link());
            harbour.visitor().get(harbour.lastLetter().link());
        }

        assertThat(anna.send(anna.path()).body()).contains("Confirmed");
        assertThat(anna.get(harbour.lastLetter().link()).statusCode()).isEqualTo(404);
    }

    @Test
    void what_is_missing_is_said_at_the_top_and_what_was_typed_stays() throws Exception {
        HttpResponse<String> page = ask(
                anna, Kind.TESTIMONIAL_CHANGE, "not an address", "name", "Anna \"B\"", "words", "<b>Good</b>\nbread");

        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body())
                .contains(
                        "<title>Error: Change my testimonial",
                        "href=\"#address\"",
                        "href=\"#place\"",
                        "aria-invalid=\"true\"",
                        "value=\"not an address\"",
                        "value=\"Anna &quot;B&quot;\"",
                        "&lt;b&gt;Good&lt;/b&gt;\nbread</textarea>")
                .doesNotContain("href=\"#name\"");
        assertThat(harbour.rows("select id::text from kept.request")).isEmpty();
        assertThat(ask(anna, Kind.WITHDRAWAL, Harbour.ANNA).body()).contains("href=\"#use\"", "Choose one");
        assertThat(ask(anna, Kind.QUESTION, Harbour.ANNA, "words", "x".repeat(10_001))
                        .body())
                .contains("no more than 10,000 characters");
    }

    @Test
    void one_consent_is_taken_back_chosen_in_the_notices_words() throws Exception {
        assertThat(anna.get("/privacy/en/choices").body())
                .contains("The newsletter", "News &amp; &quot;more&quot;.", "/privacy/en/ask/withdrawal?use=voices");
        anna.get("/privacy/en/ask/withdrawal?use=voices");
        assertThat(anna.get("/privacy/en/ask/withdrawal?use=voices").body())
                .contains("value=\"voices\" checked")
                .doesNotContain("value=\"safety\"", "value=\"account\"");
        assertThat(ask(anna, Kind.WITHDRAWAL, Harbour.ANNA, "use", "account").statusCode())
                .isEqualTo(422);

        ask(anna, Kind.WITHDRAWAL, Harbour.ANNA, "use", "voices");
        assertThat(harbour.at(anna).request().ask().uses()).containsExactly("voices");
        assertThat(anna.get("/privacy/en/requests").body()).contains("Take a consent back");
    }

    @Test
    void a_question_is_answered_and_a_request_taken_back_by_who_proved_to_be_her() throws Exception {
        StoredRequest stored = proven(Kind.RECTIFICATION, "words", "My street is wrong");
        String request = anna.path();
        harbour.step();
        assertThat(anna.get(request).body()).contains("A person looks at it");
        stored = harbour.at(anna);
        harbour.staff.askBack(stored, Stage.Question.SCOPE, "Which <street> is right?", OFFICER);

        HttpResponse<String> page = anna.get(request);
        assertThat(page.body())
                .contains("We have a question for you", "Which &lt;street&gt; is right?", "The clock stands");
        assertThat(anna.send(request + "/message", "words", "").statusCode()).isEqualTo(422);
        assertThat(anna.send(request + "/message", "words", "Number 9").body())
                .contains("A person looks at it", "Number 9", "The question was answered");

        assertThat(anna.get(request + "/withdraw").body()).contains("Take this request back?");
        assertThat(anna.send(request + "/withdraw").body())
                .contains("Taken back")
                .doesNotContain("Write to us about it");
        assertThat(anna.send(request + "/withdraw").body()).contains("not possible any more");
    }

    @Test
    void an_extension_and_a_refusal_are_told_with_their_reasons() throws Exception {
        proven(Kind.RECTIFICATION, "words", "My street is wrong");
        String request = anna.path();
        harbour.step();
        harbour.staff.extend(harbour.at(anna), Extension.Reason.COMPLEXITY, 1, "It is much.", Hears.LETTER, OFFICER);
        assertThat(anna.get(request).body()).contains("It takes longer, as we told you: the request is complex");
        harbour.staff.refuse(harbour.at(anna), RefusalGround.ACCURATE, "It is right.", OFFICER);

        assertThat(anna.get(request).body())
                .contains(
                        "Refused", "the data is accurate (Art. 16 GDPR)", "data protection authority", "It is right.");
        assertThat(anna.get(request.replace("/en/", "/de/")).body())
                .contains("Abgelehnt", "die Daten sind richtig", "Datenschutzaufsichtsbehörde");
    }

    @Test
    void an_answer_is_downloaded_by_who_proved_to_be_her_and_made_again_when_it_has_expired() throws Exception {
        proven(Kind.ACCESS);
        String request = anna.path();
        harbour.step();

        assertThat(anna.get(request).body()).contains("Your answer", "It can be fetched until", request + "/answer");
        HttpResponse<String> file = anna.get(request + "/answer");
        assertThat(file.headers().firstValue("content-type")).contains("application/zip");
        assertThat(file.headers().firstValue("content-disposition").orElseThrow())
                .startsWith("attachment; filename=");
        assertThat(file.headers().allValues("cache-control")).containsExactly("no-store");
        assertThat(file.body()).startsWith("PK");

        harbour.turn(Duration.ofMinutes(31));
        assertThat(anna.get(request + "/answer").body())
                .contains("Prove again that it is you")
                .doesNotContain("PK\u0003");
        harbour.turn(Duration.ofDays(80));
        anna.get(request);
        anna.send(request + "/link");
        harbour.step();
        anna.get(harbour.lastLetter().link());
        assertThat(anna.send(anna.path()).body()).contains("The file is not kept any more", "Make it again");
        assertThat(anna.send(request + "/renew").body()).contains("It is being made");
        harbour.step();
        assertThat(anna.get(request).body()).contains("It can be fetched until");
        assertThat(harbour.complaints()).isEmpty();
    }

    @Test
    void after_half_an_hour_what_is_hers_is_shown_only_when_she_proves_it_again() throws Exception {
        proven(Kind.RECTIFICATION, "words", "My street is wrong");
        String request = anna.path();
        harbour.step();
        harbour.staff.askBack(harbour.at(anna), Stage.Question.OTHER, "A private word", OFFICER);
        assertThat(anna.get(request).body()).contains("A private word");

        harbour.turn(Duration.ofMinutes(31));
        assertThat(anna.get(request).body())
                .contains("Prove again that it is you")
                .doesNotContain("A private word", "Take the request back");
        anna.send(request + "/message", "words", "from a stranger");
        anna.send(request + "/withdraw");
        assertThat(harbour.at(anna).request().stage()).isInstanceOf(Stage.Clarifying.class);

        assertThat(anna.send(request + "/link").body()).contains("another e-mail is on its way");
        harbour.step();
        assertThat(harbour.lastLetter().kind()).isEqualTo(LetterKind.PROOF_LINK);
        anna.get(harbour.lastLetter().link());
        assertThat(anna.send(anna.path()).body()).contains("A private word").doesNotContain("from a stranger");
    }

    @Test
    void a_request_is_found_again_from_another_browser_by_a_link_to_the_address_on_file() throws Exception {
        ask(anna, Kind.ACCESS, Harbour.ANNA);
        String number = harbour.at(anna).number();
        harbour.step();
        Visitor telephone = harbour.visitor();
        assertThat(telephone.get("/privacy/en/requests/" + number).statusCode()).isEqualTo(404);
        telephone.get("/privacy/en/requests");
        HttpResponse<String> right =
                telephone.send("/privacy/en/requests/find", "number", number, "address", Harbour.ANNA);
        telephone.get("/privacy/en/requests");
        HttpResponse<String> wrong =
                telephone.send("/privacy/en/requests/find", "number", number, "address", "eve@example.org");
        assertThat(right.body()).isEqualTo(wrong.body()).contains("an e-mail is on its way");
        harbour.step();

        assertThat(harbour.letters()).hasSize(2).allMatch(sent -> sent.address().equals(Harbour.ANNA));
        telephone.get(harbour.lastLetter().link());
        assertThat(telephone.send(telephone.path()).body()).contains("Confirmed", number);
    }

    @Test
    void a_browser_is_forgotten_when_it_asks_for_it() throws Exception {
        proven(Kind.RECTIFICATION, "words", "My street is wrong");
        String request = anna.path();
        var kept = java.util.Map.copyOf(anna.cookies());
        assertThat(anna.get("/privacy/en/requests").body()).contains("Have something corrected");

        assertThat(anna.send("/privacy/en/requests/leave").body()).contains("This browser is forgotten");
        assertThat(anna.cookies()).doesNotContainKey(Guest.COOKIE);
        anna.cookies().putAll(kept);
        assertThat(anna.get(request).statusCode()).isEqualTo(404);
    }

    @Test
    void from_one_network_one_address_is_asked_for_so_often_and_others_are_not_meant() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(ask(harbour.visitor(), Kind.ACCESS, Harbour.ANNA).statusCode())
                    .isEqualTo(200);
        }
        HttpResponse<String> often = ask(harbour.visitor(), Kind.ACCESS, "anna@EXAMPLE.ORG");

        assertThat(often.statusCode()).isEqualTo(429);
        assertThat(often.body()).contains("Too often in a short time");
        assertThat(ask(harbour.visitor(), Kind.ACCESS, "ben@example.org").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/privacy/fr",
                "/privacy/en/ask/human-review",
                "/privacy/en/ask/nothing",
                "/privacy/en/requests/1",
                "/privacy/en/requests/AAAA-AAAA/else",
                "/privacy/en/open",
                "/privacy/en/open/a/b",
                "/privacy/xx/ask",
                "/privacyx"
            })
    void what_is_not_there_has_no_page(String path) throws Exception {
        assertThat(anna.get(path).statusCode()).isEqualTo(404);
    }
}
