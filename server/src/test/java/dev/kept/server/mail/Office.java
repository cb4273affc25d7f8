package dev.kept.server.mail;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.Letters;
import dev.kept.core.letter.MailAddress;
import dev.kept.core.letter.Value;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.source.SourceText;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.MailSettings;
import dev.kept.server.configuration.MailSettings.Security;
import dev.kept.server.configuration.MailSettings.Server;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kept's own database with mails in it, and a clock that a test sets. */
final class Office implements AutoCloseable {

    static final URI OWN = URI.create("https://privacy.mill.example/");
    static final MailAddress FROM = MailAddress.parse("privacy@mill.example").orElseThrow();
    static final MailAddress ANNA =
            MailAddress.parse("anna.secret@reader.example").orElseThrow();
    static final Environment ENVIRONMENT = new Environment(Map.of("MAIL_PASSWORD", "pass"));

    private static final String NOTICE = """
            notice: mill
            languages: [en]
            controller: {name: "Mühle & <b>Söhne</b>", email: privacy@mill.example, post: "1 Mill Lane", zone: UTC}
            covers: {sites: [mill.example]}
            collects: {name: {from: you, is: pd:Name}}
            uses:
              account: {basis: contract, data: [name], ends: [{after: account.opened, for: 2 years}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, erase: {}}
            """;

    final TestDatabase database = TestCluster.shared().freshDatabase();
    private volatile Instant now = Instant.parse("2027-03-01T12:00:00Z");
    final State state = State.open(database.jdbcUrl(), database.user(), database.password(), () -> now);
    final Mails mails = new Mails(state, Letters.of(List.of()), notice(), OWN);

    static Notice notice() {
        return NoticeReader.draft(new SourceText("notice.yaml", NOTICE)).value().orElseThrow();
    }

    void later(Duration by) {
        now = now.plus(by);
    }

    Instant now() {
        return now;
    }

    static Mail received() {
        return Mail.of(
                LetterKind.RECEIVED,
                "en",
                ANNA,
                Map.of(
                        "asked", Value.Term.asked(Kind.ACCESS),
                        "number", new Value.Words("R-17"),
                        "by", new Value.Day(LocalDate.parse("2027-03-31")),
                        "link", new Value.Link(OWN.resolve("/requests/17"))));
    }

    /** Commits a mail by itself. */
    Mail post() {
        Mail mail = received();
        state.apply(List.of(mails.send(mail)));
        return mail;
    }

    static MailSettings settings(int port) {
        return settings(port, Security.PLAIN, Optional.empty());
    }

    static MailSettings settings(int port, Security security, Optional<MailSettings.Bounces> bounces) {
        return new MailSettings(
                new Server("127.0.0.1", port, security), Optional.empty(), FROM, Optional.empty(), bounces);
    }

    Mailing mailing(MailSettings settings) {
        return new Mailing(state, Optional.of(settings), notice().controller().name(), ENVIRONMENT);
    }

    NotedMail noted(Mail mail) {
        return mails.find(mail.id()).orElseThrow();
    }

    /** Whether anything of a text stands readable in the mails' tables. */
    boolean holds(String text) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select exists (select 1 from kept.mail where position(:text in mail::text) > 0"
                                        + " or position(convert_to(:text, 'UTF8') in coalesce(sealed, '')) > 0)")
                        .bind("text", text)
                        .mapTo(Boolean.class)
                        .one());
    }

    long keys() {
        return number("select count(*) from kept.mail_key");
    }

    /** The answer of a query. */
    long number(String sql) {
        return state.database()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    @Override
    public void close() {
        state.close();
        database.close();
    }
}
