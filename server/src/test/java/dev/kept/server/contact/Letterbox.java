package dev.kept.server.contact;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.kept.core.proof.Verdict;
import dev.kept.server.command.Company;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.mail.Mailing;
import dev.kept.server.publish.Candidate;
import dev.kept.server.publish.Freezing;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mill whose notice names addresses, a mail server in this process, and a clock that a test sets. */
final class Letterbox implements AutoCloseable {

    static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example]}
            collects: {email: {from: you, is: pd:EmailAddress}}
            uses:
              account: {basis: contract, data: [email], ends: [{after: account.opened, for: 2 years}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: hello@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, erase: {}}
            """;

    private static final String PROSE = """
            Your address. {#collects.email} Accounts. {#uses.account}

            At most {{keeps.longest}}. {#keeps.longest} Then it goes. {#keeps.then} Write to us at {{contact.email}} or {{contact.post}}. {#contact}
            We answer within {{rights.answered-within}}. {#rights.answered-within} You may delete. {#rights.erase}
            """;

    final Company company;
    final GreenMail post = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    private final Path folder;
    private volatile Instant now = Instant.parse("2027-03-01T12:00:00Z");
    Home home;

    Letterbox(Path folder) throws IOException {
        this.folder = folder;
        post.start();
        company = new Company(folder, NOTICE, PROSE);
        company.checked();
        settings(post.getSmtp().getPort());
        home = open();
    }

    /** Names a mail server. */
    void settings(int port) throws IOException {
        Files.writeString(
                folder.resolve("kept.yaml"),
                "state: " + Company.address(company.state())
                        + "\nserve: {address: https://privacy.mill.example}\nmail: {smtp: smtp://127.0.0.1:" + port
                        + ", from: kept@mill.example}\n");
    }

    Home open() {
        return Home.open(folder, new Environment(Map.of()), () -> now);
    }

    /** The folder as it is written now. */
    void again() {
        home.close();
        home = open();
    }

    /** The notice is published, and the settings are others. */
    void published(String settings) throws IOException {
        write("kept.yaml", settings);
        Freezing.freeze(
                folder, Candidate.of(PrivacyFolder.read(folder), () -> now).publication());
        again();
    }

    void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    /** What the jobs do, once. */
    void step() {
        new Asking(home).step();
        new Mailing(home.state(), home.settings().mail(), "The Mill", home.environment()).send();
        new Asking(home).step();
    }

    /** Days go by, and jobs are done on each. */
    void days(int days) {
        for (int i = 0; i < days; i++) {
            now = now.plus(Duration.ofDays(1));
            step();
        }
    }

    void later(Duration by) {
        now = now.plus(by);
    }

    Instant now() {
        return now;
    }

    Contacts contacts() {
        return new Contacts(home);
    }

    Contacts.Known known(String rule) {
        return contacts().known(now).stream()
                .filter(known -> known.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    Verdict.Kind verdict(String rule) {
        return known(rule).verdict();
    }

    int letters() {
        return post.getReceivedMessages().length;
    }

    /** Of the link in the last letter. */
    String token() {
        try {
            MimeMessage[] received = post.getReceivedMessages();
            MimeMultipart parts = (MimeMultipart) received[received.length - 1].getContent();
            Matcher link = Pattern.compile("https://privacy\\.mill\\.example/privacy/contact/([A-Za-z0-9_-]+)")
                    .matcher(parts.getBodyPart(0).getContent().toString());
            if (!link.find()) {
                throw new AssertionError("the letter has no link");
            }
            return link.group(1);
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    List<String> entries() {
        return Company.rows(company.state(), "select entry from kept.journal where kind = 'contact' order by seq");
    }

    @Override
    public void close() {
        home.close();
        post.stop();
        company.close();
    }
}
