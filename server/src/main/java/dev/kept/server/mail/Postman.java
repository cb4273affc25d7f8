package dev.kept.server.mail;

import dev.kept.core.letter.MailAddress;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.MailSettings;
import dev.kept.server.configuration.MailSettings.Login;
import dev.kept.server.failure.CannotRun;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Hands mails to the mail server (SMTP, RFC 5321), over one connection as long as it lasts. */
final class Postman implements AutoCloseable {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final int MOST_CAUSES = 10;

    /** RFC 3463. */
    private static final Pattern ENHANCED = Pattern.compile("\\b[245]\\.\\d{1,3}\\.\\d{1,3}\\b");

    private final MailSettings settings;
    private final String sender;
    private final Environment environment;
    private final Session session;
    private @Nullable Transport transport;

    /** @param sender the name of who writes, unless the settings have another */
    Postman(MailSettings settings, String sender, Environment environment) {
        this.settings = settings;
        this.sender = settings.name().orElse(sender);
        this.environment = environment;
        this.session = Sessions.of(
                settings.smtp(),
                "smtp",
                settings.from().domain(),
                settings.login().isPresent());
    }

    /** @throws CannotRun where the environment has no password */
    Outcome deliver(UUID id, Instant madeAt, Content content) {
        SMTPMessage message;
        InternetAddress to;
        try {
            to = new InternetAddress(content.to().reveal(), true);
            message = message(id, madeAt, content, to);
        } catch (MessagingException | UnsupportedEncodingException e) {
            return new Outcome.Refused("not-written");
        }
        try {
            connected().sendMessage(message, new InternetAddress[] {to});
            return new Outcome.Taken();
        } catch (MessagingException e) {
            return outcome(e);
        }
    }

    private Transport connected() throws MessagingException {
        Transport open = transport;
        if (open != null && open.isConnected()) {
            return open;
        }
        close();
        Transport fresh = session.getTransport("smtp");
        transport = fresh;
        Optional<Login> login = settings.login();
        fresh.connect(
                settings.smtp().host(),
                settings.smtp().port(),
                login.map(Login::user).orElse(null),
                login.map(with -> environment.resolve(with.password())).orElse(null));
        return fresh;
    }

    private SMTPMessage message(UUID id, Instant madeAt, Content content, InternetAddress to)
            throws MessagingException, UnsupportedEncodingException {
        SMTPMessage message = new SMTPMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + id + "@" + settings.from().domain() + ">");
            }
        };
        message.setEnvelopeFrom(envelope(content).reveal());
        message.setFrom(new InternetAddress(settings.from().reveal(), sender, UTF_8));
        message.setRecipient(RecipientType.TO, to);
        message.setSubject(content.letter().subject(), UTF_8);
        message.setSentDate(Date.from(madeAt));
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no answers by machines
        message.setContentLanguage(new String[] {content.letter().language()});
        message.setHeader("Kept-Salt", content.salt());
        MimeBodyPart text = new MimeBodyPart();
        text.setText(content.letter().text(), UTF_8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(content.letter().html(), UTF_8, "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }

    /** Who gets it back if it cannot be delivered: with the tag, if there is a mailbox for that. */
    private MailAddress envelope(Content content) {
        return settings.bounces()
                .map(bounces -> bounces.address().tagged(content.tag()))
                .orElse(settings.from());
    }

    /** The first cause that says something of the mail, its sender or the connection. */
    private static Outcome outcome(Exception failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof SMTPAddressFailedException e) {
                return refused("smtp", e.getReturnCode(), e.getMessage());
            }
            if (cause instanceof SMTPSenderFailedException e) {
                return new Outcome.Down(reason("sender", e.getReturnCode(), e.getMessage()));
            }
            if (cause instanceof AuthenticationFailedException) {
                return new Outcome.Down("login");
            }
            if (cause instanceof SMTPSendFailedException e && e.getNextException() == null) {
                return refused("data", e.getReturnCode(), e.getMessage());
            }
            cause = cause instanceof MessagingException e ? e.getNextException() : cause.getCause();
        }
        return new Outcome.Down("unreachable");
    }

    private static Outcome refused(String word, int code, @Nullable String message) {
        String reason = reason(word, code, message);
        if (code < 400 || code == 421 || code == 530) { // it hung up, closes, or wants to know us first
            return new Outcome.Down(reason);
        }
        return code >= 500 ? new Outcome.Refused(reason) : new Outcome.NotNow(reason);
    }

    private static String reason(String word, int code, @Nullable String message) {
        Matcher enhanced = ENHANCED.matcher(message == null ? "" : message);
        return word + (code > 0 ? " " + code : "") + (enhanced.find() ? " " + enhanced.group() : "");
    }

    @Override
    public void close() {
        Transport open = transport;
        transport = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (MessagingException e) {
            // the server hung up first; what it took it took
        }
    }
}
