package dev.kept.server.task;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.State;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;

/** What takes longer than a page or a call may: done beside it, by the process that was asked, and seen by all. One of a kind and subject at a time. */
public final class Tasks {

    /** After so long, who began it is taken for dead, and somebody can ask again. */
    public static final Duration LONGEST = Duration.ofHours(2);

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
     * @param ended empty while it is under way
     * @param result what was found, as JSON
     * @param problem why nothing was, in a sentence
     */
    public record Standing(Instant asked, Optional<Instant> ended, Optional<String> result, Optional<String> problem) {

        /** Whether somebody is at it still. */
        public boolean underWay(Instant now) {
            return ended.isEmpty() && asked.plus(LONGEST).isAfter(now);
        }
    }

    public Optional<Standing> standing(Kind kind, String subject) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select asked_at, ended_at, result, problem from kept.console_task where kind = :kind and subject = :subject")
                        .bind("kind", kind.word)
                        .bind("subject", subject)
                        .map((row, context) -> new Standing(
                                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant),
                                Optional.ofNullable(row.getString("result")),
                                Optional.ofNullable(row.getString("problem"))))
                        .findOne());
    }

    /** Begins a task; false where one of the kind is under way. */
    public boolean begin(Kind kind, String subject, Callable<String> work) {
        OffsetDateTime now = state.clock().instant().atOffset(ZoneOffset.UTC);
        state.database()
                .useHandle(handle -> handle.createUpdate(
                                "delete from kept.console_task where kind = :kind and asked_at < :old")
                        .bind("kind", Kind.PLAN.word)
                        .bind("old", now.minus(KEPT))
                        .execute());
        boolean first = state.database()
                .withHandle(handle -> handle.createUpdate(
                                        "insert into kept.console_task as t (kind, subject, asked_at) values (:kind, :subject, :now)"
                                                + " on conflict (kind, subject) do update set asked_at = :now, ended_at = null, result = null,"
                                                + " problem = null where t.ended_at is not null or t.asked_at < :dead")
                                .bind("kind", kind.word)
                                .bind("subject", subject)
                                .bind("now", now)
                                .bind("dead", now.minus(LONGEST))
                                .execute()
                        == 1);
        if (first) {
            Thread.ofVirtual().name("kept-console-task").start(() -> work(kind, subject, now, work));
        }
        return first;
    }

    private void work(Kind kind, String subject, OffsetDateTime asked, Callable<String> work) {
        Optional<String> result = Optional.empty();
        Optional<String> problem = Optional.empty();
        try {
            result = Optional.of(work.call());
        } catch (CannotRun e) {
            problem = Optional.of(e.problem() + "; try: " + e.advice());
        } catch (JdbiException e) {
            problem = Optional.of("kept's own database did not answer");
        } catch (Exception e) {
            problem = Optional.of("it broke off: " + e.getClass().getSimpleName());
        }
        try {
            end(kind, subject, asked, result, problem);
        } catch (JdbiException e) {
            // it then counts as under way until somebody may ask again
        }
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
