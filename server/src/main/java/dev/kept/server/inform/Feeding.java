package dev.kept.server.inform;

import dev.kept.core.proof.Verdict;
import dev.kept.server.configuration.SubscriptionSettings;
import dev.kept.server.configuration.SubscriptionSettings.Subscription;
import dev.kept.server.configuration.Topic;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.inform.Notices.Notice;
import dev.kept.server.state.Journal;
import dev.kept.server.state.State;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Writes messages to the company's own endpoints from the ledger: what was committed there is told, each entry once, in its order, by whichever process comes
 * first. How far an endpoint has been told is noted in the transaction that writes its messages.
 */
public final class Feeding {

    /** Entries that an endpoint is told of in one go. */
    static final int MOST_ENTRIES = 500;

    /** While so many messages wait for an endpoint, no more are written for it. */
    static final int MOST_WAITING = 10_000;

    /** An endpoint that no process knew for so long begins anew, with what happens from then on. */
    static final Duration LONGEST_GAP = Duration.ofDays(7);

    /** A message that nobody took for so long is given up. */
    static final Duration LONGEST_WAIT = Duration.ofDays(7);

    /** What came of messages is kept for so long. */
    static final Duration KEPT_FOR = Duration.ofDays(30);

    /** Messages that are written together are due one after the other, all of them at once. */
    private static final Duration WITHIN = Duration.ofSeconds(1);

    private static final int MOST_FORGOTTEN = 1_000;

    private final State state;
    private final SubscriptionSettings settings;
    private final Hooks hooks;
    private final URI own;

    /** What endpoints have missed, a sentence each: said once. */
    private final List<String> said = new ArrayList<>();

    /** @param own our own address: messages come from there */
    public Feeding(State state, SubscriptionSettings settings, URI own) {
        this.state = state;
        this.settings = settings;
        this.hooks = new Hooks(state);
        this.own = own;
    }

    /** How far an endpoint has been told. */
    private record Told(long next, Instant fedAt, SortedSet<String> broken) {}

    /**
     * Writes what has happened since, and forgets what is over.
     *
     * @return how many messages were written
     * @throws CannotRun once all is done, where an endpoint has missed something
     */
    public int step() {
        int written = 0;
        said.clear();
        for (Map.Entry<String, Subscription> subscription :
                settings.subscriptions().entrySet()) {
            written += state.database()
                    .inTransaction(handle -> feed(handle, subscription.getKey(), subscription.getValue()));
        }
        forget();
        if (!said.isEmpty()) {
            throw missed(said);
        }
        return written;
    }

    private int feed(Handle handle, String name, Subscription subscription) {
        Instant now = state.clock().instant();
        Optional<Told> told = told(handle, name, now);
        if (told.isEmpty() || full(handle, name)) {
            told.ifPresent(known -> note(handle, name, known.next(), known.broken(), now));
            return 0;
        }
        if (told.get().fedAt().isBefore(now.minus(LONGEST_GAP))) {
            return anew(handle, name, subscription, told.get(), now);
        }
        long next = told.get().next();
        SortedSet<String> broken = new TreeSet<>(told.get().broken());
        Instant first = now.minus(WITHIN);
        int written = 0;
        for (Journal.Entry entry : state.journal().from(handle, next, MOST_ENTRIES)) {
            for (Notice notice : notices(entry, broken)) {
                if (subscription.topics().contains(notice.topic())) {
                    hooks.subscribed(name, event(name, entry, notice), first.plus(written++, ChronoUnit.MICROS))
                            .within(handle);
                }
            }
            next = entry.seq() + 1;
        }
        note(handle, name, next, broken, now);
        return written;
    }

    /** It begins with what happens from now on, and is told which entries it has missed: they are in the ledger. */
    private int anew(Handle handle, String name, Subscription subscription, Told told, Instant now) {
        long size = handle.createQuery("select size from kept.ledger_head")
                .mapTo(Long.class)
                .one();
        note(handle, name, size, new TreeSet<>(), now);
        if (size == told.next()) {
            return 0;
        }
        said.add("`" + name + "` was told of nothing for more than " + LONGEST_GAP.toDays()
                + " days and begins anew: entries " + told.next() + " to " + (size - 1)
                + " of the ledger are not told any more");
        if (!subscription.topics().contains(Topic.SUBSCRIPTION_GAP)) {
            return 0;
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("first", told.next());
        data.put("last", size - 1);
        String unique = name + "\n" + told.next() + "\n" + Topic.SUBSCRIPTION_GAP.word() + "\n" + size;
        hooks.subscribed(name, event(unique, Topic.SUBSCRIPTION_GAP, now, data), now.minus(WITHIN))
                .within(handle);
        return 1;
    }

    /** Empty where another process is at it just now. */
    private static Optional<Told> told(Handle handle, String name, Instant now) {
        handle.execute(
                "insert into kept.subscription (name, next_seq, fed_at) select ?, size, ? from kept.ledger_head on conflict do nothing",
                name,
                Hooks.at(now));
        return handle.createQuery(
                        "select next_seq, fed_at, broken from kept.subscription where name = :name for update skip locked")
                .bind("name", name)
                .map((row, context) -> new Told(
                        row.getLong("next_seq"),
                        row.getObject("fed_at", OffsetDateTime.class).toInstant(),
                        texts(row.getArray("broken"))))
                .findOne();
    }

    private static SortedSet<String> texts(java.sql.Array array) throws SQLException {
        return new TreeSet<>(Arrays.asList((String[]) array.getArray()));
    }

    private static boolean full(Handle handle, String name) {
        return handle.createQuery("select count(*) from (select from kept.hook where subscription and recipient = :name"
                                + " and state in ('waiting', 'sending') limit :most) waiting")
                        .bind("name", name)
                        .bind("most", MOST_WAITING)
                        .mapTo(Long.class)
                        .one()
                >= MOST_WAITING;
    }

    private static void note(Handle handle, String name, long next, SortedSet<String> broken, Instant now) {
        handle.createUpdate(
                        "update kept.subscription set next_seq = :next, fed_at = :now, broken = :broken where name = :name")
                .bind("next", next)
                .bind("now", Hooks.at(now))
                .bindArray("broken", String.class, broken)
                .bind("name", name)
                .execute();
    }

    /**
     * What an entry says.
     *
     * @param broken by the proofs before; by the one that the entry ends too, afterwards: a rule that it did not look at (one of some stores alone) is as
     *     broken as it was
     */
    private List<Notice> notices(Journal.Entry entry, SortedSet<String> broken) {
        if (!entry.kind().equals("prove")) {
            return Notices.of(entry).stream().toList();
        }
        if (!Notices.last(entry) || entry.run().isEmpty()) {
            return List.of();
        }
        List<Journal.Entry> proof = state.journal().of(entry.run().get());
        SortedSet<String> found = Notices.rules(proof, Verdict.Kind.BROKEN);
        SortedSet<String> fresh = new TreeSet<>(found);
        fresh.removeAll(broken);
        broken.retainAll(Notices.rules(proof, Verdict.Kind.NOT_SHOWN));
        broken.addAll(found);
        List<Notice> notices = new ArrayList<>();
        for (String rule : fresh) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("rule", rule);
            data.put("proof", entry.run().get().toString());
            notices.add(new Notice(Topic.PROMISE_BROKEN, data));
        }
        return notices;
    }

    /** Its id is made of what it tells and to whom: written twice, it would be one. */
    private Event event(String name, Journal.Entry entry, Notice notice) {
        Map<String, Object> data = new LinkedHashMap<>(notice.data());
        data.put("entry", entry.seq());
        String unique = name + "\n" + entry.seq() + "\n" + notice.topic().word() + "\n" + data.get("rule");
        return event(unique, notice.topic(), entry.at(), data);
    }

    private Event event(String unique, Topic topic, Instant at, Map<String, Object> data) {
        return new Event(
                UUID.nameUUIDFromBytes(unique.getBytes(StandardCharsets.UTF_8)),
                "dev.kept." + topic.word(),
                own.toString(),
                at,
                data);
    }

    private void forget() {
        Instant now = state.clock().instant();
        state.database().useHandle(handle -> {
            handle.createQuery(
                            "with late as (update kept.hook set state = 'given-up', sealed = null, taken = null, done_at = :now where subscription"
                                    + " and state = 'waiting' and made_at < :late returning id, recipient),"
                                    + " gone as (delete from kept.hook_key where hook in (select id from late))"
                                    + " select recipient, count(*) as messages from late group by recipient order by recipient")
                    .bind("now", Hooks.at(now))
                    .bind("late", Hooks.at(now.minus(LONGEST_WAIT)))
                    .map((row, context) -> lost(row.getString("recipient"), row.getLong("messages")))
                    .forEach(said::add);
            handle.execute(
                    "delete from kept.hook where id in (select id from kept.hook where subscription and state in ('taken', 'given-up')"
                            + " and made_at < ? limit " + MOST_FORGOTTEN + ")",
                    Hooks.at(now.minus(KEPT_FOR)));
        });
    }

    static CannotRun missed(List<String> said) {
        return new CannotRun(
                "subscriptions: " + String.join("; ", said),
                "see that the endpoint answers; what happened is in the ledger, and the last messages under Settings in the console");
    }

    /** What is said where messages to an endpoint are given up. */
    static String lost(String name, long messages) {
        return messages == 1
                ? "a message to `" + name + "` was given up: nobody took it in time"
                : messages + " messages to `" + name + "` were given up: nobody took them in time";
    }
}
