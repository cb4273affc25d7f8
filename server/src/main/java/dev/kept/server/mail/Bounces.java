package dev.kept.server.mail;

import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.MailSettings;
import dev.kept.server.failure.CannotRun;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Flags.Flag;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.FlagTerm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Looks into the mailbox of what came back (IMAP). Reports of our mails are noted and deleted; everything else stays there, marked as read. */
final class Bounces {

    static final int MOST_A_ROUND = 200;
    private static final int LARGEST_BYTES = 1 << 20;

    private final MailSettings.Bounces settings;
    private final String greeting;
    private final Environment environment;
    private final Outbox outbox;

    Bounces(MailSettings.Bounces settings, String greeting, Environment environment, Outbox outbox) {
        this.settings = settings;
        this.greeting = greeting;
        this.environment = environment;
        this.outbox = outbox;
    }

    /**
     * Reads what has come.
     *
     * @return how many mails came back
     * @throws CannotRun where the mailbox cannot be read
     */
    int fetch() {
        try (Store store = Sessions.of(settings.imap(), "imap", greeting, true).getStore("imap")) {
            store.connect(
                    settings.imap().host(),
                    settings.imap().port(),
                    settings.login().user(),
                    environment.resolve(settings.login().password()));
            try (Folder folder = store.getFolder(settings.folder())) {
                folder.open(Folder.READ_WRITE);
                return read(folder);
            }
        } catch (MessagingException e) {
            throw new CannotRun(
                    "the mailbox `mail.bounces` cannot be read, so mails that come back are not seen",
                    "see that `" + settings.imap().host() + "` answers, and that user, password and folder are right",
                    e);
        }
    }

    private int read(Folder folder) throws MessagingException {
        Message[] fresh = folder.search(new FlagTerm(new Flags(Flag.SEEN), false));
        Message[] some = Arrays.copyOf(fresh, Math.min(fresh.length, MOST_A_ROUND));
        FetchProfile sizes = new FetchProfile();
        sizes.add(FetchProfile.Item.SIZE);
        folder.fetch(some, sizes);
        int found = 0;
        for (Message message : some) {
            Optional<DeliveryReport> report = report(folder, message);
            boolean ours = report.isPresent()
                    && outbox.cameBack(report.get().tag(), "dsn " + report.get().status());
            message.setFlag(ours ? Flag.DELETED : Flag.SEEN, true);
            found += ours ? 1 : 0;
        }
        return found;
    }

    /** What cannot be understood is nothing of ours: anybody can send something here, and must not keep us from reading on. */
    private static Optional<DeliveryReport> report(Folder folder, Message message) throws MessagingException {
        if (message.getSize() < 0 || message.getSize() > LARGEST_BYTES) {
            return Optional.empty();
        }
        try {
            // parsed here: some servers choke on structures that strangers make up
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            message.writeTo(whole);
            return DeliveryReport.of(new MimeMessage(null, new ByteArrayInputStream(whole.toByteArray())));
        } catch (IOException | MessagingException e) {
            if (!folder.isOpen()) {
                throw new MessagingException("the connection is gone", e);
            }
            return Optional.empty();
        }
    }
}
