package dev.kept.server.inform;

import dev.kept.server.state.SealKey;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Messages that wait to be posted, taken by one process at a time; what they say lies sealed until they are taken. One whose sender ended before it noted
 * the answer is posted again under the same id, by which its reader knows it.
 */
final class Hooks {

    /** Longer than a try ever is. */
    static final Duration LEASE = Duration.ofMinutes(5);

    /** How long after each try the next follows. */
    static final List<Duration> BACK_OFF = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1),
            Duration.ofDays(1));

    static final int MOST_TRIES = BACK_OFF.size() + 1;

    private static final String TAKE = "with next as (select id from kept.hook where state in ('waiting', 'sending')"
            + " and due_at <= :now and subscription::text || ' ' || recipient <> all(:passed)"
            + " order by subscription, due_at, id limit 1 for update skip locked)"
            + " update kept.hook hook set state = 'sending', tries = tries + 1, due_at = :lease, taken = :taken"
            + " from next where hook.id = next.id returning hook.id, hook.subscription, hook.recipient, hook.tries, hook.sealed,"
            + " (select key from kept.hook_key where hook = next.id) as key";

    private static final String NOTED =
            "with mine as (update kept.hook set state = :state, due_at = :due, taken = null, done_at = :done,"
                    + " sealed = case when :ends then null else sealed end where id = :id and taken = :taken returning id, tries),"
                    + " key as (delete from kept.hook_key where :ends and hook in (select id from mine))"
                    + " insert into kept.hook_attempt (hook, number, at, outcome) select id, tries, :now, :outcome from mine"
                    + " on conflict do nothing";

    private final Jdbi jdbi;
    private final InstantSource clock;

    Hooks(State state) {
        this.jdbi = state.database();
        this.clock = state.clock();
    }

    /** A message to a recipient, to be posted once it is committed. */
    StateChange post(String recipient, UUID request, Event event) {
        SealKey key = SealKey.fresh();
        OffsetDateTime now = at(clock.instant());
        return StateChange.of(
                "with hook as (insert into kept.hook (id, recipient, type, request, state, made_at, due_at, sealed)"
                        + " values (?, ?, ?, ?, 'waiting', ?, ?, ?) returning id)"
                        + " insert into kept.hook_key (hook, key) select id, ? from hook",
                event.id(),
                recipient,
                event.type(),
                request,
                now,
                now,
                key.seal(sealedAs(event.id()), event.json()),
                key.bytes());
    }

    /**
     * A message to one of the company's own endpoints; one that is there already stays as it is.
     *
     * @param due when it may be posted: messages go in this order
     */
    StateChange subscribed(String name, Event event, Instant due) {
        SealKey key = SealKey.fresh();
        OffsetDateTime now = at(clock.instant());
        return StateChange.of(
                "with hook as (insert into kept.hook (id, recipient, subscription, type, state, made_at, due_at, sealed)"
                        + " values (?, ?, true, ?, 'waiting', ?, ?, ?) on conflict (id) do nothing returning id)"
                        + " insert into kept.hook_key (hook, key) select id, ? from hook",
                event.id(),
                name,
                event.type(),
                now,
                at(due),
                key.seal(sealedAs(event.id()), event.json()),
                key.bytes());
    }

    private static String sealedAs(UUID hook) {
        return "hook " + hook;
    }

    /**
     * A message that this process may try now.
     *
     * @param to who is to take it
     * @param body empty where its key is gone
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
    record Taken(UUID id, UUID taken, Destination to, int tries, Optional<byte[]> body) {}

    /**
     * Whose settings say where to.
     *
     * @param subscription whether it is one of the company's own endpoints, and no recipient
     */
    record Destination(boolean subscription, String name) {
        private String written() {
            return subscription + " " + name;
        }
    }

    /**
     * The next one: of a recipient before any to the company's own endpoints (GDPR Art. 19 knows no delay, a pager does).
     *
     * @param passed who gets nothing more this time
     */
    Optional<Taken> take(Set<Destination> passed) {
        Instant now = clock.instant();
        UUID taken = UUID.randomUUID();
        return jdbi.withHandle(handle -> handle.createQuery(TAKE)
                .bind("now", at(now))
                .bind("lease", at(now.plus(LEASE)))
                .bind("taken", taken)
                .bindArray(
                        "passed",
                        String.class,
                        passed.stream().map(Destination::written).toList())
                .map((row, context) -> read(row, taken))
                .findOne());
    }

    private static Taken read(ResultSet row, UUID taken) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        byte[] key = row.getBytes("key");
        byte[] sealed = row.getBytes("sealed");
        Optional<byte[]> body = key == null || sealed == null
                ? Optional.empty()
                : SealKey.of(key).open(sealedAs(id), sealed);
        Destination to = new Destination(row.getBoolean("subscription"), row.getString("recipient"));
        return new Taken(id, taken, to, row.getInt("tries"), body);
    }

    void taken(Taken hook, String outcome) {
        note(hook, "taken", true, clock.instant(), outcome);
    }

    void giveUp(Taken hook, String outcome) {
        note(hook, "given-up", true, clock.instant(), outcome);
    }

    /**
     * Tried again later, or given up where that was often enough.
     *
     * @return whether it was given up
     */
    boolean later(Taken hook, String outcome) {
        boolean enough = hook.tries() >= MOST_TRIES;
        if (enough) {
            giveUp(hook, outcome);
        } else {
            note(hook, "waiting", false, clock.instant().plus(BACK_OFF.get(hook.tries() - 1)), outcome);
        }
        return enough;
    }

    private void note(Taken hook, String state, boolean ends, Instant due, String outcome) {
        OffsetDateTime now = at(clock.instant());
        jdbi.useHandle(handle -> handle.createUpdate(NOTED)
                .bind("state", state)
                .bind("ends", ends)
                .bind("due", at(due))
                .bindBySqlType("done", ends ? now : null, java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .bind("now", now)
                .bind("outcome", outcome)
                .bind("id", hook.id())
                .bind("taken", hook.taken())
                .execute());
    }

    /** The tries of a message, oldest first. */
    List<Attempt> attempts(UUID hook) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select number, at, outcome from kept.hook_attempt where hook = :hook order by number limit 100")
                .bind("hook", hook)
                .map((row, context) -> new Attempt(
                        row.getInt("number"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("outcome")))
                .list());
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
