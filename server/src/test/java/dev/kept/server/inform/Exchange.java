package dev.kept.server.inform;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.kept.core.letter.Letters;
import dev.kept.core.letter.MailAddress;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.source.SourceText;
import dev.kept.server.configuration.AddressRange;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.MailSettings;
import dev.kept.server.configuration.MailSettings.Security;
import dev.kept.server.configuration.MailSettings.Server;
import dev.kept.server.configuration.RecipientSettings;
import dev.kept.server.configuration.RecipientSettings.Way;
import dev.kept.server.configuration.SubscriptionSettings;
import dev.kept.server.mail.Mailing;
import dev.kept.server.mail.Mails;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mill with recipients: one by mail, one by messages, one without a way, and one that received nothing by which it could know a person. */
final class Exchange implements AutoCloseable {

    static final UUID REQUEST = UUID.fromString("5a2c9c1e-2d3b-4e8a-9a60-000000000017");
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String NEW_SECRET = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static final URI OWN = URI.create("https://privacy.mill.example/");
    private static final String NOTICE = """
            notice: mill
            languages: [en]
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: UTC}
            covers: {sites: [mill.example]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
              address: {from: you, is: pd:PhysicalAddress}
              log: {from: device, is: pd:BrowsingBehaviour}
            uses:
              account: {basis: contract, data: [name, email, address, log], ends: [{after: account.opened, for: 2 years}]}
              newsletter: {basis: consent, data: [email], ends: [{after: account.opened, for: 2 years}]}
            shares:
              mailer: {kind: processor, uses: [newsletter], data: [email], contract: {signed: 2026-03-01, keeps: {after: contract.ended, for: 30 days}}}
              carrier: {kind: processor, uses: [account], data: [email, address], contract: {signed: 2026-03-01, keeps: {after: contract.ended, for: 30 days}}}
              counter: {kind: processor, uses: [account], data: [log], contract: {signed: 2026-03-01, keeps: {after: contract.ended, for: 30 days}}}
              printer: {kind: processor, uses: [account], data: [name], contract: {signed: 2026-03-01, keeps: {after: contract.ended, for: 30 days}}}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, erase: {}}
            """;

    final TestDatabase database = TestCluster.shared().freshDatabase();
    final GreenMail post = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    final Listener carrier = new Listener("127.0.0.1");
    private volatile Instant now = Instant.parse("2027-03-01T12:00:00Z");
    final State state = State.open(database.jdbcUrl(), database.user(), database.password(), () -> now);
    final Informed informed = new Informed(state);
    private final Mails mails = new Mails(state, Letters.of(List.of()), notice(), OWN);
    final Informing informing;
    final Reminding reminding;
    private final Mailing mailing;

    Exchange() {
        post.start();
        RecipientSettings settings = new RecipientSettings(Map.of(
                "mailer",
                        new Way.ByMail(
                                MailAddress.parse("privacy@mailer.example").orElseThrow(), "de"),
                "carrier",
                        new Way.ByHook(
                                URI.create("http://hooks.carrier.example:" + carrier.port() + "/kept"),
                                List.of("${NEW}", "${OLD}"),
                                List.of(AddressRange.parse("127.0.0.1").orElseThrow())),
                "counter",
                        new Way.ByMail(
                                MailAddress.parse("privacy@counter.example").orElseThrow(), "en")));
        Environment environment = new Environment(Map.of("OLD", SECRET, "NEW", NEW_SECRET));
        informing = new Informing(state, notice(), settings, mails, (language, word) -> word, OWN);
        reminding = new Reminding(
                state,
                settings,
                SubscriptionSettings.NONE,
                mails,
                (language, word) -> word,
                OWN,
                environment,
                host -> List.of(InetAddress.ofLiteral("127.0.0.1")));
        mailing = new Mailing(
                state,
                Optional.of(new MailSettings(
                        new Server("127.0.0.1", post.getSmtp().getPort(), Security.PLAIN),
                        Optional.empty(),
                        MailAddress.parse("privacy@mill.example").orElseThrow(),
                        Optional.empty(),
                        Optional.empty())),
                "The Mill",
                environment);
    }

    static Notice notice() {
        return NoticeReader.draft(new SourceText("notice.yaml", NOTICE)).value().orElseThrow();
    }

    /** An erasure of all that is held of Anna. */
    static Carried erasure() {
        return new Carried(
                REQUEST,
                "R-17",
                Kind.ERASURE,
                LocalDate.parse("2027-03-01"),
                List.of(new Carried.Data(Set.of("name", "email", "address", "log"), Set.of())),
                Map.of("email", "anna.secret@reader.example", "address", "2 River Street"));
    }

    void carriedOut() {
        state.apply(informing.tell(erasure()));
    }

    /** What the jobs do, once. */
    void step() {
        reminding.step();
        mailing.send();
        reminding.step();
    }

    void later(Duration by) {
        now = now.plus(by);
    }

    Instant now() {
        return now;
    }

    Told told(String recipient) {
        return informed.of(REQUEST).stream()
                .filter(told -> told.recipient().equals(recipient))
                .findFirst()
                .orElseThrow();
    }

    String lastMail() {
        try {
            MimeMessage[] received = post.getReceivedMessages();
            MimeMultipart parts = (MimeMultipart) received[received.length - 1].getContent();
            return parts.getBodyPart(0).getContent().toString();
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Of the confirmation that the last mail asks for. */
    String token() {
        Matcher link = Pattern.compile("https://privacy\\.mill\\.example/privacy/told/([A-Za-z0-9_-]+)")
                .matcher(lastMail());
        if (!link.find()) {
            throw new AssertionError("the mail has no link");
        }
        return link.group(1);
    }

    long number(String sql) {
        return state.database()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    /** All that stands readable in the tables of messages and in the ledger. */
    String readable() {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select concat((select string_agg(informing::text || encode(coalesce(sealed, ''), 'escape'), ' ') from kept.informing),"
                                        + " (select string_agg(hook::text || encode(coalesce(sealed, ''), 'escape'), ' ') from kept.hook),"
                                        + " (select string_agg(a::text, ' ') from kept.hook_attempt a), (select string_agg(entry, ' ') from kept.journal))")
                        .mapTo(String.class)
                        .one());
    }

    @Override
    public void close() {
        carrier.close();
        post.stop();
        state.close();
        database.close();
    }
}
