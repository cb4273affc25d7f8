package dev.kept.server.mail;

import dev.kept.core.source.Sha256;
import dev.kept.server.state.Journal;
import dev.kept.server.state.SealKey;
import dev.kept.server.state.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Mails that are due, taken by one process at a time. Who has taken one may try it for longer than any conversation with a mail server lasts; if that
 * process ends before it notes what became of it, the mail is sent again, under the same Message-ID.
 */
final class Outbox {

    /** Longer than the longest conversation: see {@link Postman}. */
    static final Duration LEASE = Duration.ofMinutes(15);

    /** How long after each try the next follows. */
    static final List<Duration> BACK_OFF = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1),
            Duration.ofDays(1));

    /** Beyond these a mail is given up. */
    static final int MOST_TRIES = BACK_OFF.size() + 1;

    private static final String TAKE = "with next as (select id from kept.mail where state in ('waiting', 'sending')"
            + " and due_at <= :now order by due_at, id limit 1 for update skip locked)"
            + " update kept.mail mail set state = 'sending', tries = tries + 1, due_at = :lease, taken = :taken"
            + " from next where mail.id = next.id returning mail.id, mail.tries, mail.made_at, mail.sealed,"
            + " (select key from kept.mail_key where mail = next.id) as key";

    /** Of so many mails one entry of the ledger speaks. */
    static final int MOST_AN_ENTRY = 200;

    /**
     * What the ledger hears of: the public reads it, and whether a letter goes to an address that anybody typed says whether a store has it. So nothing of a
     * request before it is known who asks, and of links that prove it never.
     */
    private static final String HEARD = "(mail.kind <> 'proof-link' and (mail.request is null or exists"
            + " (select from kept.request where request.id = mail.request and request.proven)))";

    private static final String UNHEARD = "select id from kept.mail where done_at is not null"
            + " and entered is distinct from state and %s order by done_at, id limit :most for update of mail skip locked";

    private static final String ENTER = "with due as (" + UNHEARD.formatted(HEARD) + ")"
            + " update kept.mail mail set entered = state from due where mail.id = due.id"
            + " returning mail.kind, mail.state, mail.reason, mail.request, mail.done_at";

    /** It is looked at once; a state that follows later is looked at anew. */
    private static final String PASS_OVER = "with due as (" + UNHEARD.formatted("not " + HEARD) + ")"
            + " update kept.mail mail set entered = state from due where mail.id = due.id";

    /** What it says goes with its key. */
    private static final String END = "with ended as (update kept.mail set state = :state, reason = :reason,"
            + " done_at = :now, sealed = null, taken = null where ";

    private static final String WITH_KEY =
            " returning id) delete from kept.mail_key where mail in (select id from ended)";

    private final Jdbi jdbi;
    private final Journal journal;
    private final InstantSource clock;

    Outbox(State state) {
        this.jdbi = state.database();
        this.journal = state.journal();
        this.clock = state.clock();
    }

    /**
     * A mail that this process may try now.
     *
     * @param content empty where its key is gone, as after a restored backup
     */
    record Taken(UUID id, UUID taken, int tries, Instant madeAt, Optional<Content> content) {}

    Optional<Taken> take() {
        Instant now = clock.instant();
        UUID taken = UUID.randomUUID();
        return jdbi.withHandle(handle -> handle.createQuery(TAKE)
                .bind("now", Mails.at(now))
                .bind("lease", Mails.at(now.plus(LEASE)))
                .bind("taken", taken)
                .map((row, context) -> read(row, taken))
                .findOne());
    }

    private static Taken read(ResultSet row, UUID taken) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        byte[] key = row.getBytes("key");
        byte[] sealed = row.getBytes("sealed");
        Optional<Content> content = key == null || sealed == null
                ? Optional.empty()
                : SealKey.of(key).open(Mails.sealedAs(id), sealed).map(Content::of);
        Instant made = row.getObject("made_at", OffsetDateTime.class).toInstant();
        return new Taken(id, taken, row.getInt("tries"), made, content);
    }

    void sent(Taken mail) {
        end(mail, MailState.SENT, Optional.empty());
    }

    void undeliverable(Taken mail, String reason) {
        end(mail, MailState.UNDELIVERABLE, Optional.of(reason));
    }

    void giveUp(Taken mail, String reason) {
        end(mail, MailState.GIVEN_UP, Optional.of(reason));
    }

    private void end(Taken mail, MailState state, Optional<String> reason) {
        jdbi.useHandle(handle -> handle.createUpdate(END + "id = :id and taken = :taken" + WITH_KEY)
                .bind("state", state.word())
                .bind("reason", reason.orElse(null))
                .bind("now", Mails.at(clock.instant()))
                .bind("id", mail.id())
                .bind("taken", mail.taken())
                .execute());
    }

    /** It is tried again later, or given up where that was often enough. */
    void later(Taken mail, String reason) {
        if (mail.tries() >= MOST_TRIES) {
            giveUp(mail, reason);
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate("update kept.mail set state = 'waiting', reason = :reason,"
                        + " due_at = :due, taken = null where id = :id and taken = :taken")
                .bind("reason", reason)
                .bind("due", Mails.at(clock.instant().plus(BACK_OFF.get(mail.tries() - 1))))
                .bind("id", mail.id())
                .bind("taken", mail.taken())
                .execute());
    }

    /** Gives up what comes too late now, and forgets what it said. */
    void giveUpLate() {
        Instant now = clock.instant();
        jdbi.useHandle(handle -> handle.createUpdate(END
                        + "ends_at <= :now and (state = 'waiting' or (state = 'sending' and due_at <= :now))"
                        + WITH_KEY)
                .bind("state", MailState.GIVEN_UP.word())
                .bind("reason", "too-late")
                .bind("now", Mails.at(now))
                .execute());
    }

    /**
     * Notes that a mail came back.
     *
     * @return whether there is a mail of this tag
     */
    boolean cameBack(String tag, String reason) {
        return jdbi.withHandle(handle -> handle.createQuery(END
                                + "tag = :tag and state <> 'given-up' returning id), gone as (delete from kept.mail_key"
                                + " where mail in (select id from ended)) select count(*) from ended")
                        .bind("state", MailState.UNDELIVERABLE.word())
                        .bind("reason", reason)
                        .bind("now", Mails.at(clock.instant()))
                        .bind("tag", Sha256.bytes(tag))
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    /**
     * Lets the ledger hear what became of mails since it last did: several in one entry, in the transaction that notes that it knows. To whom they went is in
     * none. Mails of which it does not hear are passed over, each time as many as one entry would speak of.
     *
     * @return how many; where as many as {@link #MOST_AN_ENTRY}, there may be more
     */
    int enter() {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate(PASS_OVER).bind("most", MOST_AN_ENTRY).execute();
            List<Map<String, Object>> mails =
                    handle
                            .createQuery(ENTER)
                            .bind("most", MOST_AN_ENTRY)
                            .map((row, context) -> entered(row))
                            .list()
                            .stream()
                            .sorted(Comparator.comparing(mail -> mail.toString()))
                            .toList();
            if (!mails.isEmpty()) {
                journal.appendWithin(handle, "mail", Map.of("mails", mails));
            }
            return mails.size();
        });
    }

    private static Map<String, Object> entered(ResultSet row) throws SQLException {
        Map<String, Object> mail = new TreeMap<>();
        mail.put(
                "at", row.getObject("done_at", OffsetDateTime.class).toInstant().toString());
        mail.put("event", row.getString("state"));
        mail.put("letter", row.getString("kind"));
        String reason = row.getString("reason");
        if (reason != null) {
            mail.put("reason", reason);
        }
        UUID request = row.getObject("request", UUID.class);
        if (request != null) {
            mail.put("request", request.toString());
        }
        return mail;
    }

    /** How many mails wait. */
    long waiting() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from kept.mail where state in ('waiting', 'sending')")
                        .mapTo(Long.class)
                        .one());
    }
}
