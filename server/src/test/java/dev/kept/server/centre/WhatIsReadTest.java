package dev.kept.server.centre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.datamap.TableName;
import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.Value;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.Extension;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.http.Visitor;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Hears;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.state.StateChange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read of what staff and stores did about their requests, and what a browser reads that has proven nothing. */
class WhatIsReadTest {

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
        assertThat(harbour.complaints()).isEmpty();
        harbour.close();
    }

    private StoredRequest asked(Kind kind, String address) throws Exception {
        anna.get("/privacy/en/ask/" + kind.word());
        anna.send("/privacy/en/ask/" + kind.word(), "address", address, "words", "My street is wrong");
        harbour.step();
        return harbour.at(anna);
    }

    private void prove() throws Exception {
        anna.get(harbour.lastLetter().link());
        anna.send(anna.path());
    }

    private StoredRequest again(StoredRequest stored) {
        return harbour.requests.find(stored.id()).orElseThrow();
    }

    private String page(StoredRequest stored, String language) throws Exception {
        return anna.get("/privacy/" + language + "/requests/" + stored.number()).body();
    }

    @Test
    void what_an_erasure_leaves_is_told_with_its_ground_and_its_day() throws Exception {
        LocalDate review = LocalDate.ofInstant(harbour.home().clock().instant(), ZoneOffset.UTC)
                .plusDays(30);
        harbour.home()
                .state()
                .apply(List.of(harbour.home()
                        .state()
                        .holds()
                        .opening(
                                UUID.randomUUID(),
                                "shop",
                                TableName.parse("customers"),
                                List.of("1"),
                                "a dispute",
                                review,
                                "")));
        StoredRequest stored = asked(Kind.ERASURE, Harbour.ANNA);
        assertThat(page(stored, "en")).doesNotContain("What stays");
        prove();
        harbour.step();

        assertThat(harbour.customers()).contains(Harbour.ANNA);
        assertThat(page(stored, "en"))
                .contains("What stays, and why", "A legal hold, or a restriction of your data, keeps it as it is.")
                .doesNotContain("customers");
        assertThat(page(stored, "de")).contains("Was bleibt, und warum");

        harbour.home()
                .state()
                .apply(List.of(StateChange.of(
                        "update kept.request_store set result = ?::jsonb where request = ?",
                        "{\"stays\": [{\"table\": \"a\", \"use\": \"account\", \"rows\": 2, \"ground\": \"contract-open\", \"until\": \"2031-03-01\"},"
                                + "{\"table\": \"b\", \"use\": \"account\", \"rows\": 1, \"ground\": \"contract-open\", \"until\": \"2033-03-01\"},"
                                + "{\"table\": \"b\", \"use\": \"safety\", \"rows\": 1, \"ground\": \"rights-of-others\"}]}",
                        stored.id())));
        assertThat(page(stored, "en"))
                .containsOnlyOnce("<b>Accounts</b>")
                .contains("until March 1, 2033 at the latest", "A contract with you is still being carried out.")
                .contains("<b>A safe shop</b>", "no day is certain yet")
                .doesNotContain("2031");
        harbour.turn(Duration.ofMinutes(31));
        assertThat(page(stored, "en")).as("unproven").doesNotContain("What stays");
    }

    @Test
    void an_extension_of_which_the_letter_came_back_leaves_the_page_readable_in_every_language() throws Exception {
        StoredRequest stored = asked(Kind.RECTIFICATION, Harbour.ANNA);
        prove();
        harbour.step();
        harbour.staff.extend(again(stored), Extension.Reason.COMPLEXITY, 1, "It is much.", Hears.LETTER, OFFICER);
        harbour.requests.happen(again(stored), new Event.Untold(), Actor.KEPT, List.of());

        assertThat(page(stored, "en")).contains("the first date counts again");
        assertThat(page(stored, "de")).contains("Es gilt wieder das erste Datum");
        assertThat(page(stored, "zh")).contains("原定日期重新有效");
    }

    @Test
    void the_answer_to_a_question_is_in_the_letter_even_to_somebody_no_store_knows() throws Exception {
        StoredRequest stored = asked(Kind.QUESTION, "stranger@elsewhere.example");
        assertThat(page(stored, "en")).contains("With us");
        harbour.staff.answer(again(stored), "Quay Street is never sold.", OFFICER);

        Harbour.Sent letter = harbour.lastLetter();
        assertThat(letter.kind()).isEqualTo(LetterKind.ANSWER);
        assertThat(letter.address()).isEqualTo("stranger@elsewhere.example");
        assertThat(letter.values()).containsEntry("answer", new Value.Text("Quay Street is never sold."));
        assertThat(page(stored, "en"))
                .contains("Answered", "Our answer went to the e-mail address that you gave.")
                .doesNotContain("never sold");
    }

    @Test
    void a_question_says_that_the_clock_stands_only_where_it_does() throws Exception {
        StoredRequest stored = asked(Kind.RECTIFICATION, Harbour.ANNA);
        prove();
        harbour.step();
        harbour.staff.askBack(again(stored), Stage.Question.OTHER, "By post, too?", OFFICER);
        assertThat(harbour.lastLetter().values()).containsEntry("clock", new Value.Term("clock.runs"));
        harbour.staff.clarify(again(stored), OFFICER);
        harbour.staff.askBack(again(stored), Stage.Question.SCOPE, "Which street?", OFFICER);
        assertThat(harbour.lastLetter().values()).containsEntry("clock", new Value.Term("clock.stands"));
        harbour.staff.clarify(again(stored), OFFICER);
        harbour.turn(Duration.ofDays(40));
        harbour.staff.askBack(again(stored), Stage.Question.SCOPE, "Which street?", OFFICER);
        assertThat(harbour.lastLetter().values())
                .as("after the last day")
                .containsEntry("clock", new Value.Term("clock.runs"));
    }

    @Test
    void who_is_asked_who_she_is_reads_the_question_and_answers_it_without_a_proof() throws Exception {
        StoredRequest stored = asked(Kind.ACCESS, "stranger@elsewhere.example");
        harbour.staff.note(again(stored), "among staff");
        assertThat(page(stored, "en")).doesNotContain("<textarea");
        harbour.staff.askBack(again(stored), Stage.Question.IDENTITY, "In which shop was it?", OFFICER);

        assertThat(page(stored, "en"))
                .contains("We have a question for you", "In which shop was it?", "<textarea")
                .doesNotContain("among staff");
        anna.send("/privacy/en/requests/" + stored.number() + "/message", "words", "anna at home");
        assertThat(again(stored).request().stage()).isEqualTo(new Stage.Received());
        assertThat(harbour.rows("select text from kept.request_message where author = 'person'"))
                .containsExactly("anna at home");
        assertThat(page(stored, "en")).doesNotContain("which shop", "anna at home", "<textarea");
        Visitor other = harbour.visitor();
        assertThat(other.get("/privacy/en/requests/" + stored.number()).body()).doesNotContain("which shop");
    }

    @Test
    void that_somebody_known_was_asked_something_is_hidden_from_a_browser_that_has_proven_nothing() throws Exception {
        StoredRequest stored = asked(Kind.ACCESS, Harbour.ANNA);
        String before = untold(page(stored, "en"));
        String list = untold(anna.get("/privacy/en/requests").body());
        harbour.staff.askBack(again(stored), Stage.Question.IDENTITY, "In which shop was it?", OFFICER);
        harbour.turn(Duration.ofMinutes(1));

        assertThat(harbour.lastLetter().kind()).isEqualTo(LetterKind.QUESTION);
        assertThat(untold(page(stored, "en"))).isEqualTo(before);
        assertThat(untold(anna.get("/privacy/en/requests").body())).isEqualTo(list);
        anna.send("/privacy/en/requests/" + stored.number() + "/message", "words", "it is me");
        assertThat(again(stored).request().stage()).isInstanceOf(Stage.Clarifying.class);
    }

    private static String untold(String page) {
        return page.replaceAll("name=\"token\" value=\"[^\"]*\"", "");
    }

    @Test
    void a_request_that_nobody_has_proven_is_not_joined_with_hers() throws Exception {
        StoredRequest first = asked(Kind.ACCESS, Harbour.ANNA);
        prove();
        LocalDate later = LocalDate.ofInstant(harbour.home().clock().instant(), ZoneOffset.UTC)
                .plusDays(9);
        harbour.staff.hold(again(first), later, "wait", OFFICER);
        Visitor stranger = harbour.visitor();
        stranger.get("/privacy/en/ask/access");
        stranger.send("/privacy/en/ask/access", "address", Harbour.ANNA);
        StoredRequest second = harbour.at(stranger);
        harbour.step();

        assertThatThrownBy(() -> harbour.staff.join(again(second), again(first), OFFICER))
                .isInstanceOf(NotAllowed.class)
                .hasMessageContaining("both requests have to be proven");
    }
}
