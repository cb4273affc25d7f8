package dev.kept.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.kept.core.letter.MailAddress;
import dev.kept.server.configuration.MailSettings;
import dev.kept.server.configuration.MailSettings.Login;
import dev.kept.server.configuration.MailSettings.Security;
import dev.kept.server.configuration.MailSettings.Server;
import dev.kept.server.failure.CannotRun;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes back to the mailbox of bounces, read over real IMAP. */
class BouncesTest {

    private Office office;
    private GreenMail server;
    private GreenMailUser box;
    private Mailing mailing;

    @BeforeEach
    void open() {
        office = new Office();
        server = new GreenMail(
                new ServerSetup[] {ServerSetupTest.SMTP.dynamicPort(), ServerSetupTest.IMAP.dynamicPort()});
        server.start();
        box = server.setUser("bounces@mill.example", "bounces", "pass");
        mailing = office.mailing(settings("${MAIL_PASSWORD}"));
    }

    @AfterEach
    void close() {
        server.stop();
        office.close();
    }

    private MailSettings settings(String password) {
        MailSettings.Bounces bounces = new MailSettings.Bounces(
                new Server("127.0.0.1", server.getImap().getPort(), Security.PLAIN),
                MailAddress.parse("bounces@mill.example").orElseThrow(),
                new Login("bounces", password),
                "INBOX");
        return Office.settings(server.getSmtp().getPort(), Security.PLAIN, Optional.of(bounces));
    }

    /** Where what cannot be delivered of the mail sent last comes back to. */
    private String returnPath() throws Exception {
        MimeMessage[] received = server.getReceivedMessages();
        return received[received.length - 1].getHeader("Return-Path")[0].replaceAll("[<>]", "");
    }

    private static String report(String to, String action, String status) {
        return """
                From: MAILER-DAEMON@reader.example
                To: %s
                Subject: Undelivered Mail Returned to Sender
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: text/plain

                I could not deliver it.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.reader.example
                Arrival-Date: Mon, 1 Mar 2027 12:00:00 +0000

                Final-Recipient: rfc822; anna.secret@reader.example
                Action: %s
                Status: %s
                Diagnostic-Code: smtp; 550 5.1.1 anna.secret@reader.example unknown

                --b
                Content-Type: text/rfc822-headers

                Subject: We have received your request (R-17)
                --b--
                """.formatted(to, action, status);
    }

    private void comes(String message) throws Exception {
        byte[] bytes = message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        box.deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes)));
    }

    private int inBox() throws Exception {
        return server.getManagers().getImapHostManager().getInbox(box).getMessageCount();
    }

    @Test
    void a_mail_that_comes_back_is_undeliverable_and_the_report_is_deleted() throws Exception {
        Mail mail = office.post();
        mailing.send();
        assertThat(returnPath()).matches("bounces\\+[0-9a-f]{32}@mill\\.example");
        comes(report(returnPath(), "failed", "5.1.1"));

        assertThat(mailing.fetchBounces()).isEqualTo(1);

        assertThat(office.noted(mail).state()).isEqualTo(MailState.UNDELIVERABLE);
        assertThat(office.noted(mail).reason()).contains("dsn 5.1.1");
        assertThat(inBox()).isZero();
        assertThat(office.holds("anna.secret")).isFalse();
        assertThat(mailing.fetchBounces()).isZero();
    }

    @Test
    void a_forged_report_without_the_tag_is_ignored() throws Exception {
        Mail mail = office.post();
        mailing.send();
        comes(report("bounces@mill.example", "failed", "5.1.1"));
        comes(report("bounces+" + "0".repeat(32) + "@mill.example", "failed", "5.1.1"));
        comes(report("bounces+' or 1=1 --@mill.example", "failed", "5.1.1"));
        comes(report("someone@mill.example", "failed", "5.1.1")
                .replace("--b--", "Message-ID: <" + mail.id() + "@mill.example>\n--b--"));

        assertThat(mailing.fetchBounces()).isZero();

        assertThat(office.noted(mail).state()).isEqualTo(MailState.SENT);
        assertThat(inBox())
                .as("what is not ours stays for whoever reads that mailbox")
                .isEqualTo(4);
    }

    @Test
    void a_mail_that_is_only_late_is_not_undeliverable() throws Exception {
        Mail mail = office.post();
        mailing.send();
        comes(report(returnPath(), "delayed", "4.4.1"));
        comes(report(returnPath(), "delivered", "2.0.0"));

        assertThat(mailing.fetchBounces()).isZero();
        assertThat(office.noted(mail).state()).isEqualTo(MailState.SENT);
    }

    @Test
    void what_pretends_to_be_a_report_is_read_within_limits_and_does_no_harm() throws Exception {
        Mail mail = office.post();
        mailing.send();
        String path = returnPath();
        comes("To: " + path + "\nContent-Type: multipart/report; report-type=delivery-status\n\nno boundary");
        comes("To: " + path + "\nContent-Type: ;;;;\n\nx");
        comes("To: " + path + "\n\nplain text: Action: failed");
        comes(report(path, "failed", "5.1.1").replace("message/delivery-status", "text/html"));
        comes("To: " + path + "\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
                + "--b\nContent-Type: text/plain\n\nx\n".repeat(1_000) + "--b--");
        comes(report(path, "failed", "5.1.1").replace("I could not", "x".repeat(2 << 20)));
        comes("X: " + "y".repeat(100_000) + "\n" + report(path, "relayed", "5.9999.1"));

        assertThat(mailing.fetchBounces()).isZero();
        assertThat(office.noted(mail).state()).isEqualTo(MailState.SENT);
        assertThat(inBox()).isEqualTo(7);
        comes(report(path, "failed", "5.1.1"));
        assertThat(mailing.fetchBounces()).as("what follows is read").isEqualTo(1);
    }

    @Test
    void a_status_that_is_none_does_not_get_into_what_is_noted() throws Exception {
        Mail mail = office.post();
        mailing.send();
        comes(report(returnPath(), "failed (no such user)", "anna.secret@reader.example"));

        assertThat(mailing.fetchBounces()).isEqualTo(1);
        assertThat(office.noted(mail).reason()).contains("dsn 5.0.0");
    }

    @Test
    void a_report_for_a_mail_that_was_never_noted_as_sent_ends_it() throws Exception {
        Mail mail = office.post();
        mailing.send();
        String path = returnPath();
        office.state.database().useHandle(handle -> handle.execute("update kept.mail set state = 'sending'"));
        comes(report(path, "failed", "5.1.1"));

        mailing.fetchBounces();

        assertThat(office.noted(mail).state()).isEqualTo(MailState.UNDELIVERABLE);
    }

    @Test
    void a_mailbox_that_cannot_be_read_is_said() {
        Mailing wrong = office.mailing(settings("${WRONG}"));
        assertThatThrownBy(wrong::fetchBounces).isInstanceOf(CannotRun.class).hasMessageContaining("WRONG");
        server.stop();
        assertThatThrownBy(mailing::fetchBounces)
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("mails that come back are not seen");
    }
}
