package dev.kept.server.inform;

import dev.kept.core.rights.request.Kind;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.RecipientSettings;
import dev.kept.server.configuration.RecipientSettings.Way.ByMail;
import dev.kept.server.configuration.SubscriptionSettings;
import dev.kept.server.failure.Apart;
import dev.kept.server.inform.Told.Standing;
import dev.kept.server.mail.Mail;
import dev.kept.server.mail.Mails;
import dev.kept.server.state.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/**
 * The work of telling recipients: messages are posted, what became of mails is noted, who has not confirmed is reminded so often, and what does not get
 * through becomes a task. A round now and then, by any number of processes at once.
 */
public final class Reminding {

    /** How long after a mail was sent its reader is reminded. */
    static final Duration PATIENCE = Duration.ofDays(7);

    /** After so many reminders somebody has to see to it. */
    static final int MOST_REMINDERS = 3;

    private static final Duration LOOKED_AT_EVERY = Duration.ofHours(1);
    private static final int MOST_A_ROUND = 100;

    private static final String DUE =
            " where (state = 'told' and due_at <= :now) or (state = 'told' and exists (select from kept.mail"
                    + " where mail.id = informing.mail and mail.state in ('undeliverable', 'given-up')))"
                    + " or (state = 'waiting' and (due_at <= :now or exists (select from kept.mail where mail.id = informing.mail"
                    + " and mail.state in ('sent', 'undeliverable', 'given-up')) or exists (select from kept.hook"
                    + " where hook.id = informing.hook and hook.state in ('taken', 'given-up'))))";

    private final State state;
    private final RecipientSettings settings;
    private final Mails mails;
    private final Informed informed;
    private final Feeding feeding;
    private final Hooking hooking;
    private final Letter letter;

    /**
     * @param subscriptions the company's own endpoints, whose messages go the same way
     * @param words as in {@link Informing}
     * @param environment where secrets are
     */
    public Reminding(
            State state,
            RecipientSettings settings,
            SubscriptionSettings subscriptions,
            Mails mails,
            BiFunction<String, String, String> words,
            URI own,
            Environment environment) {
        this(state, settings, subscriptions, mails, words, own, environment, Names.SYSTEM);
    }

    Reminding(
            State state,
            RecipientSettings settings,
            SubscriptionSettings subscriptions,
            Mails mails,
            BiFunction<String, String, String> words,
            URI own,
            Environment environment,
            Names names) {
        this.state = state;
        this.settings = settings;
        this.mails = mails;
        this.informed = new Informed(state);
        this.feeding = new Feeding(state, subscriptions, own);
        this.hooking = new Hooking(state, settings, subscriptions, environment, new HookClient(names));
        this.letter = new Letter(words, own);
    }

    /** Does what is due; where a part of it fails the others are done all the same, and the first failure is thrown after them. */
    public void step() {
        Apart apart = new Apart();
        List.<Runnable>of(feeding::step, hooking::post, this::remind).forEach(apart::run);
        apart.end();
    }

    private void remind() {
        state.database().useTransaction(handle -> {
            Instant now = state.clock().instant();
            for (Told told : Informed.list(handle, DUE, now, MOST_A_ROUND)) {
                look(handle, told, now);
            }
        });
    }

    private void look(Handle handle, Told told, Instant now) {
        Optional<String> message = message(handle, told);
        if (told.way().equals("webhook")) {
            byHook(handle, told, message.orElse("given-up"), now);
        } else {
            byMail(handle, told, message.orElse("given-up"), now);
        }
    }

    /** What became of the message that was sent last. */
    private static Optional<String> message(Handle handle, Told told) {
        String table = told.way().equals("webhook") ? "hook" : "mail";
        return handle.createQuery("select message.state from kept.informing join kept." + table
                        + " message on message.id = informing." + table + " where informing.id = :id")
                .bind("id", told.id())
                .mapTo(String.class)
                .findOne();
    }

    private void byHook(Handle handle, Told told, String message, Instant now) {
        switch (message) {
            case "taken" -> informed.end(handle, told, Standing.CONFIRMED, Optional.empty(), "webhook");
            case "given-up" -> task(handle, told, "not-taken", now);
            default -> lookAgain(handle, told, now.plus(LOOKED_AT_EVERY));
        }
    }

    private void byMail(Handle handle, Told told, String message, Instant now) {
        switch (message) {
            case "sent" -> {
                if (told.standing() == Standing.WAITING) {
                    sent(handle, told, now);
                } else {
                    remind(handle, told, now);
                }
            }
            case "undeliverable", "given-up" -> task(handle, told, "undeliverable", now);
            default -> lookAgain(handle, told, now.plus(LOOKED_AT_EVERY));
        }
    }

    private void sent(Handle handle, Told told, Instant now) {
        handle.createUpdate(
                        "update kept.informing set state = 'told', told_at = coalesce(told_at, :now), due_at = :due where id = :id")
                .bind("now", Hooks.at(now))
                .bind("due", Hooks.at(now.plus(PATIENCE)))
                .bind("id", told.id())
                .execute();
        informed.entry(handle, told, told.reminders() == 0 ? "told" : "reminded", told.way());
    }

    private void remind(Handle handle, Told told, Instant now) {
        Optional<Knowing> knowing = Informed.knowing(handle, told.id());
        if (told.reminders() >= MOST_REMINDERS || knowing.isEmpty()) {
            task(handle, told, "not-confirmed", now);
            return;
        }
        if (!(settings.ways().get(told.recipient()) instanceof ByMail to)) {
            task(handle, told, "no-way", now);
            return;
        }
        Kind done = Kind.parse(told.done()).orElseThrow();
        Mail mail = letter.reminder(told.recipient(), done, to, knowing.get(), told.request());
        mails.send(mail).within(handle);
        handle.createUpdate(
                        "update kept.informing set state = 'waiting', mail = :mail, reminders = reminders + 1, due_at = :due where id = :id")
                .bind("mail", mail.id())
                .bind("due", Hooks.at(now))
                .bind("id", told.id())
                .execute();
    }

    private void task(Handle handle, Told told, String reason, Instant now) {
        handle.createUpdate("update kept.informing set state = 'task', reason = :reason, due_at = :due where id = :id")
                .bind("reason", reason)
                .bind("due", Hooks.at(now.plus(Informing.TASK)))
                .bind("id", told.id())
                .execute();
        informed.entry(handle, told, "task", reason);
    }

    private static void lookAgain(Handle handle, Told told, Instant due) {
        handle.createUpdate("update kept.informing set due_at = :due where id = :id")
                .bind("due", Hooks.at(due))
                .bind("id", told.id())
                .execute();
    }
}
