package dev.kept.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.MailAddress;
import dev.kept.core.letter.Value;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.source.Sha256;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.MailSettings;
import dev.kept.server.configuration.MailSettings.Login;
import dev.kept.server.configuration.MailSettings.Security;
import dev.kept.server.configuration.MailSettings.Server;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.StateChange;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails from the transaction that writes them to a real mail server in this process. */
class MailingTest {

    private Office office;
    private GreenMail server;

    @BeforeEach
    void open() {
        office = new Office();
        server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        server.start();
    }

    @AfterEach
    void close() {
        server.stop();
        office.close();
    }

    private Mailing mailing() {
        return office.mailing(Office.settings(server.getSmtp().getPort()));
    }

    @Test
    void a_letter_arrives_as_text_and_as_html() throws Exception {
        office.post();

        assertThat(mailing().send()).isEqualTo(1);

        MimeMessage message = server.getReceivedMessages()[0];
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(message.getSubject()).isEqualTo("We have received your request (R-17)");
        assertThat(message.getFrom()[0].toString())
                .contains("<privacy@mill.example>")
                .startsWith("=?UTF-8?");
        assertThat(message.getAllRecipients()).extracting(Object::toString).containsExactly(Office.ANNA.reveal());
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContent().toString())
                .contains("R-17", "https://privacy.mill.example/requests/17");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(parts.getBodyPart(1).getContent().toString())
                .contains("<a href=\"https://privacy.mill.example/requests/17\">", "&lt;b&gt;Söhne&lt;/b&gt;");
    }

    @Test
    void what_a_mail_says_and_to_whom_lies_sealed_and_is_destroyed_once_it_is_sent() throws Exception {
        Mail mail = office.post();
        assertThat(office.holds("anna.secret")).isFalse();
        assertThat(office.holds("R-17")).isFalse();
        assertThat(office.keys()).isEqualTo(1);

        mailing().send();

        NotedMail noted = office.noted(mail);
        assertThat(noted.state()).isEqualTo(MailState.SENT);
        assertThat(noted.tries()).isEqualTo(1);
        assertThat(noted.kind()).isEqualTo("received");
        assertThat(office.keys()).isZero();
        assertThat(office.number("select count(*) from kept.mail where sealed is not null"))
                .isZero();
        MimeMessage message = server.getReceivedMessages()[0];
        String text = ((MimeMultipart) message.getContent())
                .getBodyPart(0)
                .getContent()
                .toString()
                .replace("\r\n", "\n");
        byte[] commitment = Sha256.bytes(message.getHeader("Kept-Salt")[0] + "\n" + text);
        assertThat(noted.commitment())
                .as("who got it can show what it said")
                .isEqualTo(java.util.HexFormat.of().formatHex(commitment));
    }

    @Test
    void a_mail_goes_with_what_it_speaks_of_or_not_at_all() {
        StateChange fails =
                StateChange.of("insert into kept.mail_key (mail, key) values (?, ?)", UUID.randomUUID(), new byte[1]);

        assertThatThrownBy(() -> office.state.apply(List.of(office.mails.send(Office.received()), fails)))
                .isInstanceOf(JdbiException.class);

        assertThat(mailing().send()).isZero();
        assertThat(office.mails.counts().values()).containsOnly(0L);
    }

    @Test
    void mails_of_a_request_are_found_by_it() {
        UUID request = UUID.randomUUID();
        Mail mail = Office.received().about(request);
        office.state.apply(List.of(office.mails.send(mail), office.mails.send(Office.received())));

        assertThat(office.mails.of(request)).extracting(NotedMail::id).containsExactly(mail.id());
        assertThat(office.mails.counts()).containsEntry(MailState.WAITING, 2L);
    }

    @Test
    void an_address_that_is_refused_at_once_makes_the_mail_undeliverable() {
        try (StubbornSmtp stubborn = new StubbornSmtp()) {
            stubborn.toRecipient = "550 5.1.1 <anna.secret@reader.example> is unknown here";
            Mail mail = office.post();
            Mail other = office.post();

            assertThat(office.mailing(Office.settings(stubborn.port())).send()).isZero();

            assertThat(office.noted(mail).state()).isEqualTo(MailState.UNDELIVERABLE);
            assertThat(office.noted(mail).reason()).contains("smtp 550 5.1.1");
            assertThat(office.noted(other).state()).isEqualTo(MailState.UNDELIVERABLE);
            assertThat(office.keys()).isZero();
            assertThat(office.holds("anna.secret")).isFalse();
        }
    }

    @Test
    void a_message_that_is_refused_is_undeliverable_too() {
        try (StubbornSmtp stubborn = new StubbornSmtp()) {
            stubborn.toMessage = "554 5.7.1 looks like spam";
            Mail mail = office.post();

            office.mailing(Office.settings(stubborn.port())).send();

            assertThat(office.noted(mail).reason()).contains("data 554 5.7.1");
            assertThat(office.noted(mail).state()).isEqualTo(MailState.UNDELIVERABLE);
        }
    }

    @Test
    void what_is_put_off_is_tried_again_and_given_up_in_the_end() {
        try (StubbornSmtp stubborn = new StubbornSmtp()) {
            stubborn.toRecipient = "451 4.7.1 try again later";
            Mail mail = office.post();
            Mailing mailing = office.mailing(Office.settings(stubborn.port()));

            for (int tries = 1; tries < Outbox.MOST_TRIES; tries++) {
                mailing.send();
                mailing.send();
                assertThat(office.noted(mail).tries()).isEqualTo(tries);
                assertThat(office.noted(mail).state()).isEqualTo(MailState.WAITING);
                office.later(Outbox.BACK_OFF.get(tries - 1));
            }
            mailing.send();

            assertThat(office.noted(mail).state()).isEqualTo(MailState.GIVEN_UP);
            assertThat(office.noted(mail).reason()).contains("smtp 451 4.7.1");
            assertThat(office.keys()).isZero();
        }
    }

    @Test
    void a_server_that_takes_no_mail_costs_one_mail_a_try_and_is_said() {
        int port = server.getSmtp().getPort();
        server.stop();
        office.post();
        office.post();
        Mailing mailing = office.mailing(Office.settings(port));

        assertThatThrownBy(mailing::send).isInstanceOf(CannotRun.class).hasMessageContaining("2 wait");

        assertThat(mailing.send()).as("it is left in peace for a while").isZero();
        assertThat(office.number("select sum(tries) from kept.mail")).isEqualTo(1);
    }

    @Test
    void a_sender_whom_the_server_does_not_take_is_nobody_s_undeliverable_mail() {
        try (StubbornSmtp stubborn = new StubbornSmtp()) {
            stubborn.toSender = "550 5.7.60 you may not send as this";
            Mail mail = office.post();

            assertThatThrownBy(() ->
                            office.mailing(Office.settings(stubborn.port())).send())
                    .isInstanceOf(CannotRun.class)
                    .hasMessageContaining("sender 550 5.7.60");
            assertThat(office.noted(mail).state()).isEqualTo(MailState.WAITING);
        }
    }

    @Test
    void a_password_that_the_environment_lacks_is_said_and_no_mail_is_lost() {
        Mail mail = office.post();
        MailSettings settings = new MailSettings(
                new Server("127.0.0.1", server.getSmtp().getPort(), Security.PLAIN),
                Optional.of(new Login("kept", "${MAIL_PASSWORD}")),
                Office.FROM,
                Optional.empty(),
                Optional.empty());
        Mailing mailing = new Mailing(office.state, Optional.of(settings), "Mill", new Environment(Map.of()));

        assertThatThrownBy(mailing::send).isInstanceOf(CannotRun.class).hasMessageContaining("MAIL_PASSWORD");
        assertThat(office.noted(mail).state()).isEqualTo(MailState.WAITING);
    }

    @Test
    void a_login_is_used_and_a_wrong_one_said() {
        server.setUser("kept@mill.example", "kept", "pass");
        Server at = new Server("127.0.0.1", server.getSmtp().getPort(), Security.PLAIN);
        Login login = new Login("kept", "${MAIL_PASSWORD}");
        MailSettings settings =
                new MailSettings(at, Optional.of(login), Office.FROM, Optional.of("Privacy team"), Optional.empty());
        office.post();

        assertThatThrownBy(() -> new Mailing(
                                office.state,
                                Optional.of(settings),
                                "Mill",
                                new Environment(Map.of("MAIL_PASSWORD", "wrong")))
                        .send())
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("login");
        office.later(Duration.ofMinutes(1));
        assertThat(office.mailing(settings).send()).isEqualTo(1);
        assertThat(GreenMailUtil.getWholeMessage(server.getReceivedMessages()[0]))
                .contains("From: Privacy team <privacy@mill.example>");
    }

    @Test
    void a_mail_whose_acceptance_was_never_heard_is_sent_again_under_the_same_name() {
        try (StubbornSmtp stubborn = new StubbornSmtp()) {
            stubborn.toMessage = "";
            Mail mail = office.post();
            Mailing mailing = office.mailing(Office.settings(stubborn.port()));
            assertThatThrownBy(mailing::send).isInstanceOf(CannotRun.class);
            assertThat(office.noted(mail).state()).isEqualTo(MailState.WAITING);

            stubborn.toMessage = "250 2.0.0 taken";
            office.later(Duration.ofMinutes(1));
            mailing.send();

            assertThat(stubborn.taken())
                    .hasSize(2)
                    .allMatch(message -> message.contains("Message-ID: <" + mail.id() + "@mill.example>"));
            assertThat(office.noted(mail).state()).isEqualTo(MailState.SENT);
        }
    }

    @Test
    void a_mail_that_a_process_took_into_its_grave_is_sent_by_another_once_its_lease_has_ended() {
        Mail mail = office.post();
        Outbox dying = new Outbox(office.state);
        Outbox.Taken taken = dying.take().orElseThrow();

        assertThat(mailing().send()).isZero();
        office.later(Outbox.LEASE);
        assertThat(mailing().send()).isEqualTo(1);
        dying.later(taken, "the one who was dead comes back");

        assertThat(office.noted(mail).state()).isEqualTo(MailState.SENT);
        assertThat(mailing().send()).isZero();
    }

    @Test
    void a_mail_that_kills_whoever_tries_it_is_given_up() {
        Mail mail = office.post();
        Outbox dying = new Outbox(office.state);
        for (int i = 0; i < Outbox.MOST_TRIES; i++) {
            dying.take().orElseThrow();
            office.later(Outbox.LEASE);
        }

        mailing().send();

        assertThat(office.noted(mail).reason()).contains("too-often");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void two_processes_send_every_mail_once() {
        int mails = 60;
        for (int i = 0; i < mails; i++) {
            office.post();
        }

        List<CompletableFuture<Integer>> both = List.of(
                CompletableFuture.supplyAsync(() -> mailing().send()),
                CompletableFuture.supplyAsync(() -> mailing().send()));

        assertThat(both.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(mails);
        assertThat(Arrays.stream(server.getReceivedMessages())
                        .map(MailingTest::id)
                        .distinct())
                .hasSize(mails);
        assertThat(server.getReceivedMessages()).hasSize(mails);
    }

    private static String id(MimeMessage message) {
        try {
            return message.getMessageID();
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void without_a_mail_server_mails_wait_which_is_said_once_and_are_forgotten_in_the_end() {
        Mail mail = office.post();
        Mailing none = new Mailing(office.state, Optional.empty(), "Mill", Office.ENVIRONMENT);

        assertThatThrownBy(none::send)
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("1 mail waits and none is sent");
        assertThat(none.send()).isZero();
        assertThat(office.noted(mail).state()).isEqualTo(MailState.WAITING);
        office.later(Mails.LONGEST_WAIT);
        none.send();

        assertThat(office.noted(mail).state()).isEqualTo(MailState.GIVEN_UP);
        assertThat(office.noted(mail).reason()).contains("too-late");
        assertThat(office.keys()).isZero();
    }

    @Test
    void a_code_that_has_expired_is_not_sent_any_more() {
        Mail code = Mail.of(
                        LetterKind.PROOF_LINK,
                        "de",
                        Office.ANNA,
                        Map.of(
                                "asked", Value.Term.asked(Kind.ACCESS),
                                "link", new Value.Link(Office.OWN.resolve("/open/x")),
                                "code", new Value.Code("4K7-Q2M"),
                                "until",
                                        new Value.Moment(
                                                office.now().plusSeconds(600).atZone(java.time.ZoneOffset.UTC))))
                .notAfter(office.now().plusSeconds(600));
        office.state.apply(List.of(office.mails.send(code)));
        office.later(Duration.ofMinutes(10));

        assertThat(mailing().send()).isZero();
        assertThat(office.noted(code).state()).isEqualTo(MailState.GIVEN_UP);
    }

    @Test
    void a_letter_to_what_is_no_address_is_undeliverable_at_once_and_one_that_expires_is_not_sent_late() {
        UUID request = UUID.randomUUID();
        Map<String, Value> values = Map.of(
                "asked", Value.Term.asked(Kind.ACCESS),
                "link", new Value.Link(Office.OWN.resolve("/open/x")),
                "code", new Value.Code("4K7-Q2M"),
                "until", new Value.Moment(office.now().plusSeconds(600).atZone(java.time.ZoneOffset.UTC)));
        office.state.apply(List.of(
                office.mails.letter(request, "anna (at) reader.example", LetterKind.PROOF_LINK, "en", values),
                office.mails.letter(request, " " + Office.ANNA.reveal() + " ", LetterKind.PROOF_LINK, "en", values)));
        office.later(Duration.ofMinutes(10));

        assertThat(mailing().send()).isZero();
        assertThat(office.mails.of(request))
                .extracting(NotedMail::state, mail -> mail.reason().orElse(""))
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(MailState.UNDELIVERABLE, "no-address"),
                        org.assertj.core.groups.Tuple.tuple(MailState.GIVEN_UP, "too-late"));
    }

    @Test
    void a_mail_whose_key_is_gone_is_given_up() {
        Mail mail = office.post();
        office.state.database().useHandle(handle -> handle.execute("delete from kept.mail_key"));

        mailing().send();

        assertThat(office.noted(mail).reason()).contains("key-gone");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void content_moved_to_another_mail_does_not_open_there() {
        Mail mail = office.post();
        Mail other = office.post();
        office.state
                .database()
                .useHandle(handle -> handle.execute(
                        "update kept.mail set sealed = (select sealed from kept.mail where id = ?) where id = ?",
                        mail.id(),
                        other.id()));
        office.state
                .database()
                .useHandle(handle -> handle.execute(
                        "update kept.mail_key set key = (select key from kept.mail_key where mail = ?) where mail = ?",
                        mail.id(),
                        other.id()));

        mailing().send();

        assertThat(office.noted(mail).state()).isEqualTo(MailState.SENT);
        assertThat(office.noted(other).reason()).contains("key-gone");
    }

    @Test
    void a_server_that_does_not_change_to_tls_gets_no_mail() {
        office.post();

        assertThatThrownBy(() -> office.mailing(
                                Office.settings(server.getSmtp().getPort(), Security.STARTTLS, Optional.empty()))
                        .send())
                .isInstanceOf(CannotRun.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_server_whose_certificate_nobody_vouches_for_gets_no_mail() {
        ServerSetup setup = ServerSetupTest.SMTPS.dynamicPort();
        GreenMail secure = new GreenMail(setup);
        secure.start();
        try {
            office.post();
            assertThatThrownBy(() -> office.mailing(
                                    Office.settings(secure.getSmtps().getPort(), Security.TLS, Optional.empty()))
                            .send())
                    .isInstanceOf(CannotRun.class);
            assertThat(secure.getReceivedMessages()).isEmpty();
        } finally {
            secure.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.example\r\nBcc: c@d.example",
                "a@b.example\nRCPT TO:<c@d.example>",
                "a@b.example, c@d.example",
                "a@b.example c@d.example",
                "<a@b.example>",
                "Anna <a@b.example>",
                "\"a\r\n\"@b.example",
                "a@b.example>",
                "a @b.example",
                "a@b@c.example",
                "a@",
                "@b.example",
                "a@b..example",
                "a@-b.example",
                "a\u0000@b.example",
                "a\u2028@b.example",
                "a@b.example\u202e",
                "a@[127.0.0.1]",
                ".a@b.example",
                ""
            })
    void an_address_that_could_carry_something_else_is_none(String text) {
        assertThat(MailAddress.parse(text)).isEmpty();
    }

    @Test
    void addresses_of_other_scripts_are_written_as_ascii_where_that_exists() {
        assertThat(MailAddress.parse("Anna+tag@MÜHLE.example").map(MailAddress::reveal))
                .contains("Anna+tag@xn--mhle-0ra.example");
        assertThat(MailAddress.parse("änna@mill.example")).isEmpty();
        assertThat(Office.ANNA).hasToString("a mail address");
    }

    @Test
    void hostile_values_end_neither_a_header_nor_an_envelope() throws Exception {
        String attack = "x\r\nBcc: victim@example.org\r\n.\r\nQUIT\r\n{{7*7}}${7*7}<script>";
        Mail mail = Mail.of(
                LetterKind.QUESTION,
                "zh",
                Office.ANNA,
                Map.of(
                        "asked", Value.Term.asked(Kind.ERASURE),
                        "number", new Value.Words(attack),
                        "question", new Value.Text(attack),
                        "clock", new Value.Term("clock.stands"),
                        "link", new Value.Link(Office.OWN.resolve("/requests/17"))));
        office.state.apply(List.of(office.mails.send(mail)));
        office.post();

        assertThat(mailing().send()).isEqualTo(2);

        assertThat(server.getReceivedMessages()).hasSize(2);
        MimeMessage message = server.getReceivedMessages()[0];
        if (!message.getSubject().contains("victim")) { // both were written at the same time
            message = server.getReceivedMessages()[1];
        }
        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getAllRecipients()).hasSize(1);
        assertThat(message.getSubject()).contains("x Bcc: victim@example.org . QUIT {{7*7}}${7*7}<script>");
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n"))
                .contains("> x\n> Bcc: victim@example.org\n> .\n> QUIT\n> {{7*7}}${7*7}<script>\n");
        assertThat(parts.getBodyPart(1).getContent().toString())
                .contains("&lt;script&gt;")
                .doesNotContain("<script");
    }
}
