package dev.kept.server.task;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;

/** What takes longer than a page or a call may: done beside it, by the process that was asked, and seen by all. One of a kind and subject at a time. */
public final class Tasks {

    /** Whoever is at one gives no sign of life for so long: it is taken for dead, and somebody can ask again. */
    static final Duration ALIVE = Duration.ofMinutes(5);

    /** Several signs of life may be missed before that. */
    private static final Duration BEAT = Duration.ofMinutes(1);

    /** How long what was found of one request is kept. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final State state;

    public Tasks(State state) {
        this.state = state;
    }

    /** What there is to do. */
    public enum Kind {
        /** What the next sweep of a store would do. */
        LOOK_AHEAD("look-ahead"),
        /** A sweep of a store that somebody started. */
        SWEEP("sweep"),
        /** What a request would do. */
        PLAN("plan"),
        /** Whether the ledger is whole. */
        VERIFY("verify");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /**
     * How a task stands.
     *
     * @param alive until when it counts as under way, unless whoever is at it gives another sign of life
     * @param ended empty while it is under way
     * @param result what was found, as JSON
     * @param problem why nothing was, in a sentence
     */
    public record Standing(
            Instant asked, Instant alive, Optional<Instant> ended, Optional<String> result, Optional<String> problem) {

        /** Whether somebody is at it still. */
        public boolean underWay(Instant now) {
            return ended.isEmpty() && alive.isAfter(now);
        }
    }

    public Optional<Standing> standing(Kind kind, String subject) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select asked_at, alive_until, ended_at, result, problem from kept.console_task where kind = :kind and subject = :subject")
                        .bind("kind", kind.word)
                        .bind("subject", subject)
                        .map((row, context) -> new Standing(
                                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                                row.getObject("alive_until", OffsetDateTime.class)
                                        .toInstant(),
                                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant),
                                Optional.ofNullable(row.getString("result")),
                                Optional.ofNullable(row.getString("problem"))))
                        .findOne());
    }

    /**
     * Begins a task; false where one of the kind is under way.
     *
     * @param with written in the transaction in which it begins, as who began it; nothing where it does not
     */
    public boolean begin(Kind kind, String subject, List<StateChange> with, Callable<String> work) {
        OffsetDateTime now = state.clock().instant().atOffset(ZoneOffset.UTC);
        state.database()
                .useHandle(handle -> handle.createUpdate(
                                "delete from kept.console_task where kind = :kind and asked_at < :old")
                        .bind("kind", Kind.PLAN.word)
                        .bind("old", now.minus(KEPT))
                        .execute());
        boolean first = state.database().inTransaction(handle -> {
            boolean begins = handle.createUpdate(
                                    "insert into kept.console_task as t (kind, subject, asked_at, alive_until) values (:kind, :subject, :now, :alive)"
                                            + " on conflict (kind, subject) do update set asked_at = :now, alive_until = :alive,"
                                            + " ended_at = null, result = null, problem = null"
                                            + " where t.ended_at is not null or t.alive_until <= :now")
                            .bind("kind", kind.word)
                            .bind("subject", subject)
                            .bind("now", now)
                            .bind("alive", now.plus(ALIVE))
                            .execute()
                    == 1;
            if (begins) {
                with.forEach(change -> change.within(handle));
            }
            return begins;
        });
        if (first) {
            Thread.ofVirtual().name("kept-console-task").start(() -> work(kind, subject, now, work));
        }
        return first;
    }

    private void work(Kind kind, String subject, OffsetDateTime asked, Callable<String> work) {
        Optional<String> result = Optional.empty();
        Optional<String> problem = Optional.empty();
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofVirtual().name("kept-console-task-alive").start(() -> beat(kind, subject, asked, done));
        try {
            result = Optional.of(work.call());
        } catch (CannotRun e) {
            problem = Optional.of(e.problem() + "; try: " + e.advice());
        } catch (JdbiException e) {
            problem = Optional.of("kept's own database did not answer");
        } catch (Exception e) {
            problem = Optional.of("it broke off: " + e.getClass().getSimpleName());
        } finally {
            done.countDown();
        }
        try {
            end(kind, subject, asked, result, problem);
        } catch (JdbiException e) {
            // it then counts as under way until somebody may ask again
        }
    }

    private void beat(Kind kind, String subject, OffsetDateTime asked, CountDownLatch done) {
        try {
            while (!done.await(BEAT.toSeconds(), TimeUnit.SECONDS)) {
                try {
                    renew(kind, subject, asked);
                } catch (JdbiException e) {
                    // the next sign of life may arrive
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A sign of life of whoever is at a task that was asked for at a time. */
    void renew(Kind kind, String subject, OffsetDateTime asked) {
        state.database()
                .useHandle(handle -> handle.createUpdate(
                                "update kept.console_task set alive_until = :alive where kind = :kind and subject = :subject"
                                        + " and asked_at = :asked and ended_at is null")
                        .bind(
                                "alive",
                                state.clock().instant().atOffset(ZoneOffset.UTC).plus(ALIVE))
                        .bind("kind", kind.word)
                        .bind("subject", subject)
                        .bind("asked", asked)
                        .execute());
    }

    private void end(
            Kind kind, String subject, OffsetDateTime asked, Optional<String> result, Optional<String> problem) {
        state.database()
                .useHandle(handle -> handle.createUpdate(
                                "update kept.console_task set ended_at = :now, result = :result, problem = :problem"
                                        + " where kind = :kind and subject = :subject and asked_at = :asked")
                        .bind("now", state.clock().instant().atOffset(ZoneOffset.UTC))
                        .bind("result", result.orElse(null))
                        .bind("problem", problem.orElse(null))
                        .bind("kind", kind.word)
                        .bind("subject", subject)
                        .bind("asked", asked)
                        .execute());
    }
}
