package dev.kept.server.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.proof.Verdict.Kind;
import dev.kept.server.command.Company;
import dev.kept.server.command.Company.Said;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Serving;
import dev.kept.server.mail.StubbornSmtp;
import dev.kept.server.proof.LookWatch;
import dev.kept.server.proof.Proving;
import dev.kept.server.request.Office;
import dev.kept.server.run.Operator;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Letters to the notice's own address by a real mail server, answered, returned, or left lying. */
class ContactTest {

    private static final String EMAIL = "contact.email";
    private static final String POST = "contact.post";

    @TempDir
    private Path folder;

    private Letterbox box;

    @BeforeEach
    void open() throws IOException {
        box = new Letterbox(folder);
    }

    @AfterEach
    void close() {
        box.close();
    }

    @Test
    void nothing_is_shown_before_a_letter_is_answered() {
        assertThat(box.verdict(EMAIL)).isEqualTo(Kind.NOT_SHOWN);

        box.step();

        assertThat(box.letters()).isEqualTo(1);
        assertThat(box.known(EMAIL).verdict()).isEqualTo(Kind.NOT_SHOWN);
        assertThat(box.known(EMAIL).says()).contains("under way since 2027-03-01");
    }

    @Test
    void an_answer_keeps_the_promise_for_ninety_days_and_the_ledger_knows_no_address() {
        box.step();

        assertThat(box.contacts().answer(box.token())).isTrue();

        assertThat(box.verdict(EMAIL)).isEqualTo(Kind.KEPT);
        box.later(Duration.ofDays(90));
        assertThat(box.verdict(EMAIL)).isEqualTo(Kind.KEPT);
        box.later(Duration.ofDays(1));
        assertThat(box.verdict(EMAIL)).isEqualTo(Kind.NOT_SHOWN);
        assertThat(box.known(EMAIL).says()).contains("last answered on 2027-03-01");
        assertThat(box.entries())
                .containsExactly(
                        "{\"event\":\"asked\",\"rule\":\"contact.email\"}",
                        "{\"event\":\"answered\",\"rule\":\"contact.email\"}");
    }

    @Test
    void the_verdict_of_a_proof_is_that_of_the_letters() {
        box.step();
        box.contacts().answer(box.token());

        var report = new Proving(box.home, Duration.ofMinutes(1), LookWatch.NOBODY).prove(Optional.empty());

        assertThat(report.verdicts().of(EMAIL).kind()).isEqualTo(Kind.KEPT);
        assertThat(report.verdicts().of(POST).kind()).isEqualTo(Kind.NOT_SHOWN);
        assertThat(report.verdicts().of("contact").kind()).isEqualTo(Kind.NOT_SHOWN);
    }

    @Test
    void a_link_is_good_once_and_in_time_and_guessed_by_nobody() {
        box.step();
        String token = box.token();

        assertThat(box.contacts().answer("")).isFalse();
        assertThat(box.contacts().answer(token + "x")).isFalse();
        assertThat(box.contacts().answer("x".repeat(100_000))).isFalse();
        box.later(Asking.PATIENCE);
        assertThat(box.contacts().answer(token)).isFalse();
        box.step();
        String second = box.token();
        assertThat(second).isNotEqualTo(token);
        assertThat(box.contacts().answer(second)).isTrue();
        assertThat(box.contacts().answer(second)).isFalse();
        assertThat(box.verdict(EMAIL)).isEqualTo(Kind.KEPT);
        assertThat(Company.rows(box.company.state(), "select contact_check::text from kept.contact_check"))
                .noneMatch(row -> row.contains(second) || row.contains("hello@"));
    }

    @Test
    void an_address_that_refuses_breaks_the_promise_and_is_tried_again_after_a_week() throws IOException {
        try (StubbornSmtp smtp = new StubbornSmtp()) {
            smtp.toRecipient = "550 5.1.1 no such mailbox";
            box.settings(smtp.port());
            box.again();

            box.step();

            assertThat(box.verdict(EMAIL)).isEqualTo(Kind.BROKEN);
            assertThat(box.known(EMAIL).says()).contains("came back on 2027-03-01");
            assertThat(box.company.kept("contact").exit()).isEqualTo(1);
            box.days(6);
            assertThat(Company.rows(box.company.state(), "select id::text from kept.contact_check"))
                    .hasSize(1);
            box.days(1);
            assertThat(Company.rows(box.company.state(), "select state from kept.contact_check"))
                    .containsExactly("came-back", "came-back");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT,550 5.7.1 relaying denied,smtp 550 5.7.1",
        "RCPT,550 no,smtp 550",
        "RCPT,554 5.4.6 a loop,smtp 554 5.4.6",
        "RCPT,553 5.1.8 your domain is none,smtp 553 5.1.8",
        "DATA,554 5.7.1 looks like spam,data 554 5.7.1",
        "DATA,550 5.1.1 says a filter of ours,data 550 5.1.1"
    })
    void a_refusal_that_may_be_our_own_servers_says_nothing_of_the_address(String at, String answer, String reason)
            throws IOException {
        try (StubbornSmtp smtp = new StubbornSmtp()) {
            if (at.equals("RCPT")) {
                smtp.toRecipient = answer;
            } else {
                smtp.toMessage = answer;
            }
            box.settings(smtp.port());
            box.again();

            box.step();

            assertThat(Company.rows(box.company.state(), "select state || ', ' || reason from kept.mail"))
                    .containsExactly("undeliverable, " + reason);
            assertThat(box.verdict(EMAIL)).isEqualTo(Kind.NOT_SHOWN);
            assertThat(Company.rows(box.company.state(), "select state from kept.contact_check"))
                    .containsExactly("not-sent");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dsn 5.1.1,came-back",
        "dsn 5.1.10,came-back",
        "dsn 5.2.2,came-back",
        "dsn 5.4.4,came-back",
        "dsn 5.0.0,came-back",
        "smtp 552 5.2.2,came-back",
        "smtp 550 5.1.10,came-back",
        "dsn 5.7.1,not-sent",
        "dsn 5.7.26,not-sent",
        "dsn 5.6.0,not-sent",
        "dsn 5.1.7,not-sent",
        "not-written,not-sent"
    })
    void what_came_of_a_letter_is_by_what_the_reason_speaks_of(String reason, String becomes) {
        box.step();
        box.company.state().execute("update kept.mail set state = 'undeliverable', reason = '" + reason + "'");

        new Asking(box.home).step();

        assertThat(Company.rows(box.company.state(), "select state from kept.contact_check order by made_at limit 1"))
                .containsExactly(becomes);
    }

    @Test
    void who_answers_while_letters_are_looked_after_waits_and_neither_breaks_off() throws Exception {
        box.step();
        String token = box.token();
        Jdbi database = box.home.state().database();
        try (ExecutorService browser = Executors.newSingleThreadExecutor();
                Handle jobs = database.open()) {
            jobs.begin();
            jobs.execute("lock table kept.contact_check in share row exclusive mode");
            Future<Boolean> answered = browser.submit(() -> box.contacts().answer(token));
            while (!answered.isDone() && !waits(database)) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }

            jobs.execute("update kept.contact_check set state = 'unanswered', token = null");
            jobs.commit();

            assertThat(answered.get()).isFalse();
        }
        assertThat(box.entries()).hasSize(1);
    }

    private static boolean waits(Jdbi database) {
        return database.withHandle(handle -> handle.createQuery(
                        "select exists (select from pg_locks where relation = 'kept.contact_check'::regclass and not granted)")
                .mapTo(Boolean.class)
                .one());
    }

    @Test
    void a_mail_server_of_ours_that_takes_nothing_says_nothing_of_the_address() throws IOException {
        try (StubbornSmtp smtp = new StubbornSmtp()) {
            smtp.toRecipient = "450 4.2.1 later";
            box.settings(smtp.port());
            box.again();

            box.step();
            box.days(20);

            assertThat(box.verdict(EMAIL)).isEqualTo(Kind.NOT_SHOWN);
            assertThat(Company.rows(
                            box.company.state(),
                            "select distinct state from kept.contact_check where done_at is not null"))
                    .containsExactly("not-sent");
        }
    }

    @Test
    void one_letter_without_an_answer_shows_nothing_and_three_break_the_promise() {
        box.step();
        box.days(14);
        assertThat(box.verdict(EMAIL)).isEqualTo(Kind.NOT_SHOWN);
        assertThat(box.letters()).isEqualTo(2);

        box.days(27);
        assertThat(box.verdict(EMAIL)).isEqualTo(Kind.NOT_SHOWN);
        box.days(1);

        assertThat(box.verdict(EMAIL)).isEqualTo(Kind.BROKEN);
        assertThat(box.known(EMAIL).says()).contains("nobody answered");
        box.contacts().answer(box.token());
        assertThat(box.verdict(EMAIL)).isEqualTo(Kind.KEPT);
    }

    @Test
    void an_answered_address_is_asked_again_before_the_answer_is_too_old() {
        box.step();
        box.contacts().answer(box.token());

        box.days(59);
        assertThat(box.letters()).isEqualTo(1);
        box.days(1);
        assertThat(box.letters()).isEqualTo(2);
    }

    @Test
    void an_answer_of_one_address_says_nothing_of_another() throws IOException {
        box.step();
        box.contacts().answer(box.token());

        box.write("notice.yaml", Letterbox.NOTICE.replace("hello@mill.example", "other@mill.example"));
        box.again();

        assertThat(box.verdict(EMAIL)).isEqualTo(Kind.NOT_SHOWN);
        box.step();
        assertThat(box.letters()).isEqualTo(2);
        String token = box.token();
        box.write("notice.yaml", Letterbox.NOTICE);
        box.again();
        box.step();
        assertThat(box.contacts().answer(token)).isFalse();
        assertThat(box.verdict(EMAIL)).isEqualTo(Kind.KEPT);
    }

    @Test
    void any_number_of_processes_write_one_letter() throws Exception {
        try (ExecutorService processes = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> all = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(
                            i -> () -> new Asking(box.home).now(new Asking.By("engineer", Optional.empty())))
                    .toList();
            long wrote = 0;
            for (var done : processes.invokeAll(all)) {
                wrote += done.get() ? 1 : 0;
            }
            assertThat(wrote).isEqualTo(1);
        }
        box.step();
        assertThat(box.letters()).isEqualTo(1);
    }

    @Test
    void what_breaks_off_before_its_end_leaves_neither_letter_nor_link() {
        box.home.state();
        box.company.state().execute("""
                create function kept.fails() returns trigger language plpgsql as $$ begin raise exception 'broken off'; end $$;
                create trigger fails before insert on kept.journal for each row when (new.kind = 'contact') execute function kept.fails();
                """);

        assertThatThrownBy(() -> new Asking(box.home).step()).isInstanceOf(JdbiException.class);

        assertThat(Company.rows(
                        box.company.state(),
                        "select id::text from kept.mail union all select id::text from kept.contact_check"))
                .isEmpty();
        box.company.state().execute("drop trigger fails on kept.journal");
        box.step();
        assertThat(box.letters()).isEqualTo(1);
    }

    @Test
    void without_a_mail_server_or_an_address_of_ours_it_says_what_is_missing() throws IOException {
        box.write("kept.yaml", "state: " + Company.address(box.company.state()) + "\n");
        box.again();

        new Asking(box.home).step();

        assertThat(box.known(EMAIL).says()).contains("names no mail server");
        assertThat(box.entries()).isEmpty();
        assertThatThrownBy(() -> new Asking(box.home).now(new Asking.By("engineer", Optional.empty())))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("no mail server");
    }

    @Test
    void a_letter_by_post_counts_by_somebody_s_word_for_a_year() {
        LocalDate day = LocalDate.parse("2027-02-20");
        assertThat(box.verdict(POST)).isEqualTo(Kind.NOT_SHOWN);

        assertThat(box.contacts().arrived(day, "officer", new Operator("Mara Secret", "the letter lies here")))
                .isTrue();
        assertThat(box.contacts().arrived(day, "officer", new Operator("Mara Secret", "")))
                .isFalse();

        assertThat(box.verdict(POST)).isEqualTo(Kind.KEPT);
        assertThat(box.entries())
                .hasSize(1)
                .first()
                .asString()
                .contains("\"on\":\"2027-02-20\"", "\"role\":\"officer\"")
                .doesNotContain("Mara", "lies here");
        box.later(Duration.ofDays(357));
        assertThat(box.verdict(POST)).isEqualTo(Kind.NOT_SHOWN);
    }

    @Test
    void nothing_arrives_tomorrow_or_too_long_ago() {
        for (String day : List.of("2027-03-02", "2026-02-01", "+999999999-12-31")) {
            assertThatThrownBy(() -> box.contacts().arrived(LocalDate.parse(day), "officer", new Operator("Mara", "")))
                    .as(day)
                    .isInstanceOf(CannotRun.class);
        }
        assertThat(box.entries()).isEmpty();
    }

    @Test
    void the_command_writes_tells_and_notes() {
        Said asked = box.company.kept("contact", "--ask");
        assertThat(asked.out()).contains("A letter is written", "contact.email  not shown", "contact.post  not shown");
        assertThat(box.company.kept("contact", "--ask").out()).contains("under way already");
        String day = LocalDate.now(java.time.ZoneId.of("Europe/Berlin")).toString();
        assertThat(box.company.kept("contact", "--arrived", day).exit()).isEqualTo(2);
        Said said = box.company.kept("contact", "--arrived", day, "--operator", "Mara", "--json");
        assertThat(said.out()).contains("\"contact.post\"", "\"kept\"");
    }

    @Test
    void following_the_link_answers_nothing_and_the_button_does() throws Exception {
        box.step();
        String token = box.token();
        box.published("state: " + Company.address(box.company.state()) + "\n");
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        try (Serving serving = Serving.start(
                box.home,
                folder,
                new Serving.Plan("127.0.0.1", 0, Duration.ZERO, Office::new),
                premises -> List.of(new dev.kept.server.confirm.ContactRoom(premises)),
                complaint -> {})) {
            URI address = URI.create("http://127.0.0.1:" + serving.port() + Asking.ANSWER + token);
            HttpResponse<String> page =
                    browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
            assertThat(page.body())
                    .contains("The Mill", "Yes, somebody reads it")
                    .doesNotContain("<script", "style=");
            assertThat(box.verdict(EMAIL)).isEqualTo(Kind.NOT_SHOWN);
            assertThat(posted(browser, address, "guessed").statusCode()).isEqualTo(403);
            Matcher field = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(page.body());
            assertThat(field.find()).isTrue();

            assertThat(posted(browser, address, field.group(1)).statusCode()).isEqualTo(303);

            assertThat(box.verdict(EMAIL)).isEqualTo(Kind.KEPT);
            assertThat(browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                            .body())
                    .contains("Thank you")
                    .doesNotContain("<form");
            assertThat(browser.send(
                                    HttpRequest.newBuilder(address.resolve(Asking.ANSWER + "other"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    private static HttpResponse<String> posted(HttpClient browser, URI address, String field)
            throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", "http://" + address.getAuthority())
                        .POST(HttpRequest.BodyPublishers.ofString("token=" + field))
                        .build(),
                BodyHandlers.ofString());
    }
}
