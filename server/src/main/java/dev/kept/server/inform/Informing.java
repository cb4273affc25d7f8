package dev.kept.server.inform;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Share;
import dev.kept.server.configuration.RecipientSettings;
import dev.kept.server.configuration.RecipientSettings.Way;
import dev.kept.server.mail.Mail;
import dev.kept.server.mail.Mails;
import dev.kept.server.state.SealKey;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.server.state.Token;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Tells every recipient to whom data was disclosed of its erasure, rectification or restriction (GDPR Art. 19), with evidence for each. One without a way of
 * its own, or that received nothing by which it could know the person, is a task for somebody.
 */
public final class Informing {

    /** Where a recipient confirms; the token follows. */
    public static final String CONFIRM = "/privacy/told/";

    /** How long a task has until it is due. */
    static final Duration TASK = Duration.ofDays(14);

    private final State state;
    private final Notice notice;
    private final RecipientSettings settings;
    private final Mails mails;
    private final Hooks hooks;
    private final Letter letter;
    private final URI own;

    /**
     * @param words a language's words for a category of the notice ({@code email}); the category itself where it has none
     * @param own our own address: links lead there, and messages come from there
     */
    public Informing(
            State state,
            Notice notice,
            RecipientSettings settings,
            Mails mails,
            BiFunction<String, String, String> words,
            URI own) {
        this.state = state;
        this.notice = notice;
        this.settings = settings;
        this.mails = mails;
        this.hooks = new Hooks(state);
        this.letter = new Letter(words, own);
        this.own = own;
    }

    /**
     * The same where something else may have been carried out, too, and nobody knows what: about every further recipient of anything somebody has to see.
     *
     * @param unclear whether that is so
     */
    public List<StateChange> tell(Carried carried, boolean unclear) {
        List<StateChange> changes = new ArrayList<>(tell(carried));
        if (unclear) {
            Carried perhaps = carried.concerning(
                    List.of(new Carried.Data(notice.collects().keySet(), Set.of())));
            Set<Share> told = Set.copyOf(recipients(carried));
            recipients(perhaps).stream()
                    .filter(share -> !told.contains(share))
                    .forEach(share -> changes.addAll(
                            task(UUID.randomUUID(), share, perhaps, knowing(share, perhaps), "not-known-what")));
        }
        return changes;
    }

    private List<Share> recipients(Carried carried) {
        return notice.shares().values().stream()
                .filter(share -> !carried.receivedBy(share).isEmpty())
                .toList();
    }

    /** Whoever has to be told, to be written with what was carried out. */
    public List<StateChange> tell(Carried carried) {
        List<Share> recipients = recipients(carried);
        List<StateChange> changes = new ArrayList<>();
        if (!recipients.isEmpty()) {
            Map<String, Object> entry = new TreeMap<>();
            entry.put("event", "to-tell");
            entry.put("done", carried.done().word());
            entry.put(
                    "recipients", recipients.stream().map(Share::path).sorted().toList());
            changes.add(state.journal().entry(carried.request(), "recipients", entry));
        }
        recipients.forEach(share -> changes.addAll(tell(share, carried)));
        return changes;
    }

    private List<StateChange> tell(Share share, Carried carried) {
        Knowing knowing = knowing(share, carried);
        Optional<Way> way = Optional.ofNullable(settings.ways().get(share.id()));
        UUID id = UUID.randomUUID();
        if (way.isEmpty()) {
            return task(id, share, carried, knowing, "no-way");
        }
        if (knowing.person().isEmpty()) {
            return task(id, share, carried, knowing, "nothing-known-by");
        }
        return switch (way.get()) {
            case Way.ByMail byMail -> {
                Mail mail = letter.notice(share.id(), carried.done(), byMail, knowing, carried.request());
                yield List.of(
                        begun(id, share, carried, knowing, "mail", Optional.of(mail.id()), Optional.empty()),
                        mails.send(mail));
            }
            case Way.ByHook byHook -> {
                Event event = event(share, carried, knowing);
                yield List.of(
                        begun(id, share, carried, knowing, "webhook", Optional.empty(), Optional.of(event.id())),
                        hooks.post(share.id(), carried.request(), event));
            }
        };
    }

    /** Of the person only what the recipient received, of the data only what it concerns. */
    private static Knowing knowing(Share share, Carried carried) {
        Map<String, String> person = new LinkedHashMap<>();
        carried.person().forEach((category, value) -> {
            if (share.data().contains(category) && !value.isBlank()) {
                person.put(category, value);
            }
        });
        List<String> data = List.copyOf(carried.receivedBy(share));
        return new Knowing(carried.number(), carried.day().toString(), data, person, Token.fresh());
    }

    private Event event(Share share, Carried carried, Knowing knowing) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("number", carried.number());
        data.put("recipient", share.id());
        data.put("done", carried.done().word());
        data.put("on", carried.day().toString());
        data.put("data", knowing.data());
        data.put("person", knowing.person());
        data.put("law", "GDPR Art. 19");
        return new Event(
                UUID.randomUUID(),
                Event.type(carried.done()),
                own.toString(),
                state.clock().instant(),
                data);
    }

    private StateChange begun(
            UUID id,
            Share share,
            Carried carried,
            Knowing knowing,
            String way,
            Optional<UUID> mail,
            Optional<UUID> hook) {
        return insert(
                id, share, carried, knowing, way, Told.Standing.WAITING, Optional.empty(), mail, hook, Duration.ZERO);
    }

    private List<StateChange> task(UUID id, Share share, Carried carried, Knowing knowing, String reason) {
        return List.of(
                insert(
                        id,
                        share,
                        carried,
                        knowing,
                        "by-hand",
                        Told.Standing.TASK,
                        Optional.of(reason),
                        Optional.empty(),
                        Optional.empty(),
                        TASK),
                state.journal()
                        .entry(
                                carried.request(),
                                "recipients",
                                Map.of(
                                        "event",
                                        "task",
                                        "recipient",
                                        share.path(),
                                        "done",
                                        carried.done().word(),
                                        "by",
                                        reason)));
    }

    private StateChange insert(
            UUID id,
            Share share,
            Carried carried,
            Knowing knowing,
            String way,
            Told.Standing standing,
            Optional<String> reason,
            Optional<UUID> mail,
            Optional<UUID> hook,
            Duration due) {
        SealKey key = SealKey.fresh();
        Instant now = state.clock().instant();
        return StateChange.of(
                "with told as (insert into kept.informing (id, request, recipient, done, way, state, reason, made_at, due_at, mail,"
                        + " hook, confirm, sealed) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id)"
                        + " insert into kept.informing_key (informing, key) select id, ? from told",
                id,
                carried.request(),
                share.id(),
                carried.done().word(),
                way,
                standing.word(),
                reason.orElse(null),
                Hooks.at(now),
                Hooks.at(now.plus(due)),
                mail.orElse(null),
                hook.orElse(null),
                sha256(knowing.token()),
                key.seal(sealedAs(id), knowing.bytes()),
                key.bytes());
    }

    static String sealedAs(UUID informing) {
        return "informing " + informing;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
