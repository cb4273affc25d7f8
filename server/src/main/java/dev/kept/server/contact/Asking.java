package dev.kept.server.contact;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.MailAddress;
import dev.kept.core.letter.Value;
import dev.kept.core.proof.rights.ContactChecks;
import dev.kept.core.proof.rights.ContactTries.Hindrance;
import dev.kept.core.source.Sha256;
import dev.kept.server.configuration.Home;
import dev.kept.server.contact.ContactCheck.Standing;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.mail.Mail;
import dev.kept.server.mail.Mails;
import dev.kept.server.run.Operator;
import dev.kept.server.state.State;
import dev.kept.server.state.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Writes to the mail address of the notice, now and then, and notes what comes of it: an answer by the letter's link, its coming back, silence. Any number
 * of processes may do so at once; one letter is under way at a time.
 */
public final class Asking {

    /** Where a letter is answered; the token follows. */
    public static final String ANSWER = "/privacy/contact/";

    /** How long a letter can be answered. */
    static final Duration PATIENCE = Duration.ofDays(14);

    /** A letter that left later than this has left too little time to answer. */
    static final Duration LEAVES_WITHIN = Duration.ofDays(4);

    /** After an answer the next letter follows. */
    static final Duration ANSWERED_EVERY = Duration.ofDays(60);

    private static final Duration CAME_BACK_AFTER = Duration.ofDays(7);
    private static final Duration NOT_SENT_AFTER = Duration.ofDays(1);

    /**
     * Reasons that speak of the mailbox (RFC 3463): a report of whoever was to deliver it, or a recipient refused at once for the address (5.1) or the mailbox
     * (5.2). Not what speaks of the sender (5.1.7, 5.1.8), the content (5.6) or a policy (5.7), nor a refusal without such a code or of the message: these may be
     * our own server's.
     */
    private static final String OF_THE_MAILBOX = "^(dsn 5\\.(?!1\\.[78]$|[67]\\.)|smtp 55\\d 5\\.(1\\.(?![78]$)|2\\.))";

    /** After so long what came of a letter is forgotten; the ledger knows it. */
    private static final Duration KEPT_FOR = Duration.ofDays(2 * 365);

    private final Contacts contacts;
    private final State state;
    private final Mails mails;
    private final Home home;

    public Asking(Home home) {
        this.home = home;
        this.contacts = new Contacts(home);
        this.state = home.state();
        this.mails = new Mails(state, home.letters(), contacts.notice(), home.address());
    }

    /** Notes what came of letters, and writes one where it is time. */
    public void step() {
        ask(Optional.empty());
    }

    /**
     * Writes a letter at once.
     *
     * @param by who wants it
     * @return whether one was written; one that is under way is enough
     * @throws CannotRun where none can be sent
     */
    public boolean now(By by) {
        Optional<Hindrance> hindrance = contacts.hindrance();
        if (hindrance.isPresent()) {
            throw new CannotRun(hindrance.get().why(), hindrance.get().remedy());
        }
        return ask(Optional.of(by));
    }

    /**
     * Somebody of the company who wants it written at once.
     *
     * @param role for the ledger
     * @param name for the private log; empty for whoever is at the command line and does not say
     */
    public record By(String role, Optional<Operator> name) {}

    private boolean ask(Optional<By> atOnce) {
        return state.database().inTransaction(handle -> {
            // one process at a time; who answers waits for a moment
            handle.execute("lock table kept.contact_check in share row exclusive mode");
            Instant now = state.clock().instant();
            ended(handle, now).forEach(ended -> settle(handle, ended, now));
            boolean writes = contacts.hindrance().isEmpty() && due(handle, now, atOnce.isPresent());
            if (writes) {
                write(handle, contacts.to().orElseThrow(), now, atOnce);
            }
            return writes;
        });
    }

    // ------------------------------------------------------------------------------------------ what came of it

    /** A letter whose end is known. */
    private record Ended(UUID id, String rule, Standing standing) {}

    private void settle(Handle handle, Ended ended, Instant now) {
        handle.execute(
                "update kept.contact_check set state = ?, done_at = ?, token = null where id = ?",
                ended.standing().word(),
                Contacts.at(now),
                ended.id());
        contacts.entry(ended.id(), ended.rule(), ended.standing()).within(handle);
    }

    private List<Ended> ended(Handle handle, Instant now) {
        return handle.createQuery("select letter.id, letter.rule, case"
                        + " when mail.state = 'undeliverable' and mail.reason ~ :mailbox then 'came-back'"
                        + " when letter.address <> :address then 'moved'"
                        + " when mail.state in ('undeliverable', 'given-up') then 'not-sent'"
                        + " when mail.state = 'sent' and mail.done_at <= letter.made_at + :leaves * interval '1 second' then 'unanswered'"
                        + " else 'not-sent' end as becomes"
                        + " from kept.contact_check letter left join kept.mail on mail.id = letter.mail"
                        + " where (letter.state = 'waiting' and (letter.ends_at <= :now or letter.address <> :address"
                        + " or mail.state in ('undeliverable', 'given-up')))"
                        + " or (letter.state = 'unanswered' and mail.state = 'undeliverable')")
                .bind("address", Contacts.hash(contacts.notice().contact().email()))
                .bind("mailbox", OF_THE_MAILBOX)
                .bind("leaves", LEAVES_WITHIN.toSeconds())
                .bind("now", Contacts.at(now))
                .map((row, context) -> new Ended(
                        row.getObject("id", UUID.class), row.getString("rule"), Standing.of(row.getString("becomes"))))
                .list();
    }

    // --------------------------------------------------------------------------------------------- the next one

    private boolean due(Handle handle, Instant now, boolean atOnce) {
        Optional<ContactCheck> last = handle.createQuery(ContactCheck.ALL
                        + " where rule = :rule and address = :address order by made_at desc, id limit 1")
                .bind("rule", ContactChecks.EMAIL)
                .bind("address", Contacts.hash(contacts.notice().contact().email()))
                .map((row, context) -> ContactCheck.read(row))
                .findOne();
        if (last.isEmpty()) {
            return true;
        }
        ContactCheck letter = last.get();
        boolean over = letter.standing() != Standing.WAITING;
        return over
                && (atOnce
                        || !letter.doneAt()
                                .orElse(letter.madeAt())
                                .plus(pause(letter.standing()))
                                .isAfter(now));
    }

    private static Duration pause(Standing standing) {
        return switch (standing) {
            case ANSWERED -> ANSWERED_EVERY;
            case CAME_BACK -> CAME_BACK_AFTER;
            case NOT_SENT -> NOT_SENT_AFTER;
            case UNANSWERED, MOVED, ARRIVED -> Duration.ZERO;
            case WAITING -> PATIENCE;
        };
    }

    private void write(Handle handle, MailAddress to, Instant now, Optional<By> by) {
        UUID id = UUID.randomUUID();
        String token = Token.fresh();
        Instant end = now.plus(PATIENCE);
        Map<String, Value> values = Map.of(
                "by", new Value.Day(contacts.day(end)),
                "link", new Value.Link(home.address().resolve(ANSWER + token)));
        Mail mail = Mail.of(
                        LetterKind.CONTACT_CHECK, contacts.notice().languages().getFirst(), to, values)
                .notAfter(end);
        mails.send(mail).within(handle);
        handle.execute(
                "insert into kept.contact_check (id, rule, address, state, made_at, ends_at, mail, token)"
                        + " values (?, ?, ?, 'waiting', ?, ?, ?, ?)",
                id,
                ContactChecks.EMAIL,
                Contacts.hash(contacts.notice().contact().email()),
                Contacts.at(now),
                Contacts.at(end),
                mail.id(),
                Sha256.bytes(token));
        handle.execute(
                "delete from kept.contact_check where made_at < ? and state <> 'waiting'",
                Contacts.at(now.minus(KEPT_FOR)));
        Map<String, Object> entry = new TreeMap<>(Map.of("event", "asked", "rule", ContactChecks.EMAIL));
        by.ifPresent(known -> entry.put("actor", actor(handle, known)));
        state.journal().entry(id, "contact", entry).within(handle);
    }

    private Map<String, Object> actor(Handle handle, By by) {
        Map<String, Object> actor = new TreeMap<>(Map.of("role", by.role()));
        by.name().map(name -> name.act(state.privateLog())).ifPresent(act -> {
            act.write().within(handle);
            actor.put("commitment", act.commitment());
        });
        return actor;
    }
}
