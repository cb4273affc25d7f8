package dev.kept.server.mail;

import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.MailSettings;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The work of sending: a round now and then, by any number of processes at once. */
public final class Mailing {

    /** What one round sends at most; the next follows soon. */
    public static final int MOST_A_ROUND = 200;

    private static final int MOST_ENTRIES = 20;
    private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final Outbox outbox;
    private final Optional<MailSettings> settings;
    private final String sender;
    private final Environment environment;
    private final InstantSource clock;
    private Instant notBefore = Instant.MIN;
    private Duration pause = SHORTEST_PAUSE;
    private boolean saidThatNoneIsSent;

    /** @param sender the controller's name */
    public Mailing(State state, Optional<MailSettings> settings, String sender, Environment environment) {
        this.outbox = new Outbox(state);
        this.clock = state.clock();
        this.settings = settings;
        this.sender = sender;
        this.environment = environment;
    }

    /**
     * Sends what is due, and forgets what comes too late.
     *
     * @return how many mails a mail server took
     * @throws CannotRun where mails wait and the mail server takes none, or none is named (said once)
     */
    public synchronized int send() {
        outbox.giveUpLate();
        enter();
        if (settings.isEmpty()) {
            sayThatNoneIsSent();
            return 0;
        }
        if (clock.instant().isBefore(notBefore)) {
            return 0;
        }
        int sent = 0;
        try (Postman postman = new Postman(settings.get(), sender, environment)) {
            for (int i = 0; i < MOST_A_ROUND; i++) {
                Optional<Outbox.Taken> next = outbox.take();
                if (next.isEmpty()) {
                    break;
                }
                sent += deliver(postman, next.get()) ? 1 : 0;
            }
        } finally {
            enter();
        }
        return sent;
    }

    /** What a round does not get to, the next one does. */
    private void enter() {
        for (int i = 0; i < MOST_ENTRIES && outbox.enter() == Outbox.MOST_AN_ENTRY; i++) {
            // there may be more
        }
    }

    private void sayThatNoneIsSent() {
        long waiting = saidThatNoneIsSent ? 0 : outbox.waiting();
        if (waiting > 0) {
            saidThatNoneIsSent = true;
            throw new CannotRun(
                    waiting + (waiting == 1 ? " mail waits" : " mails wait")
                            + " and none is sent: `kept.yaml` names no mail server",
                    "write mail: {smtp: …, from: …} there");
        }
    }

    private boolean deliver(Postman postman, Outbox.Taken mail) {
        if (mail.content().isEmpty()) {
            outbox.giveUp(mail, "key-gone");
            return false;
        }
        if (mail.tries() > Outbox.MOST_TRIES) { // whoever tried it ended each time
            outbox.giveUp(mail, "too-often");
            return false;
        }
        return switch (outcome(postman, mail, mail.content().get())) {
            case Outcome.Taken taken -> {
                outbox.sent(mail);
                pause = SHORTEST_PAUSE;
                yield true;
            }
            case Outcome.Refused(String reason) -> {
                outbox.undeliverable(mail, reason);
                yield false;
            }
            case Outcome.NotNow(String reason) -> {
                outbox.later(mail, reason);
                yield false;
            }
            case Outcome.Down(String reason) -> {
                outbox.later(mail, reason);
                throw down(reason);
            }
        };
    }

    private static Outcome outcome(Postman postman, Outbox.Taken mail, Content content) {
        try {
            return postman.deliver(mail.id(), mail.madeAt(), content);
        } catch (CannotRun e) {
            return new Outcome.Down(e.problem());
        }
    }

    /** The other mails are not tried now, and have lost no try. */
    private CannotRun down(String reason) {
        notBefore = clock.instant().plus(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        return new CannotRun(
                "the mail server takes no mail (" + reason + "); " + outbox.waiting() + " wait",
                "see that it answers, and that `mail` in `kept.yaml` is right");
    }

    /**
     * Looks for mails that came back.
     *
     * @return how many did
     * @throws CannotRun where the mailbox cannot be read
     */
    public synchronized int fetchBounces() {
        int found = settings.flatMap(MailSettings::bounces)
                .map(bounces ->
                        new Bounces(bounces, settings.orElseThrow().from().domain(), environment, outbox).fetch())
                .orElse(0);
        enter();
        return found;
    }
}
