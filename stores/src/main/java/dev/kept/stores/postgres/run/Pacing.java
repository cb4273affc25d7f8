package dev.kept.stores.postgres.run;

import dev.kept.stores.postgres.session.Pauses;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Keeps a run's pace, from batch to batch.
 *
 * <p>What others feel of a batch is that their COMMIT waits until its part of the log is written, so that batches beside them are short, and so few
 * that hardly any of theirs meets one. What a run does in its first moments is too little for anybody to feel, and is not paused.
 */
final class Pacing {

    /** How long a batch takes where others are at work … */
    static final Duration SHORT = Duration.ofMillis(4);

    /** … how many rows it changes at most, where it is made of persons' rows … */
    static final int FEW_ROWS = 500;

    /** … how many blocks it looks through at least, since much of a short batch is what any batch takes … */
    static final long FEW_BLOCKS = 64;

    /** … how many times longer the pause is after one that wrote: less than one in a hundred transactions of others meets a batch … */
    static final int LONG_PAUSE = 99;

    /** … but once a run has paused for so long, since what else is to be done in the store waits for it … */
    static final Duration LONG_PAUSED = Duration.ofMinutes(10);

    /** … only so many times longer, and at most so long … */
    static final int LATER_PAUSE = 9;

    static final Duration LATER_USUAL_PAUSE = Duration.ofMillis(20);

    /** … and after one that only read … */
    static final int SHORT_PAUSE = 1;

    /** … and how much is done before the first. */
    static final Duration FREE = Duration.ofMillis(50);

    /** No pause is longer than this and than its batch, since what a batch waits for itself nobody feels … */
    static final Duration USUAL_PAUSE = Duration.ofMillis(500);

    /** … nor than this … */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** … nor where a share was asked for. */
    static final Duration LONGEST_SHARE = Duration.ofMinutes(1);

    /** Whether others are at work is not asked more often. */
    static final Duration ASKED_AGAIN = Duration.ofMillis(500);

    private final RunOptions options;
    private final Pauses pauses;
    private final BooleanSupplier othersAtWork;
    private final LongSupplier nanoTime;
    private long free = FREE.toNanos();
    private boolean asked;
    private long askedAt;
    private boolean beside;
    private long lastTook;
    private long unpaid;
    private long paused;
    private boolean wrote;

    /**
     * @param othersAtWork is asked between transactions only
     * @param nanoTime what {@link System#nanoTime} tells
     */
    Pacing(RunOptions options, Pauses pauses, BooleanSupplier othersAtWork, LongSupplier nanoTime) {
        this.options = options;
        this.pauses = pauses;
        this.othersAtWork = othersAtWork;
        this.nanoTime = nanoTime;
    }

    /** How long the next batch should take. */
    Duration target() {
        return gentle() && SHORT.compareTo(options.batchTarget()) < 0 ? SHORT : options.batchTarget();
    }

    /** How many blocks the next batch looks through at least, however short it should be. */
    long blocks() {
        return gentle() ? FEW_BLOCKS : 1;
    }

    /** How many rows the next batch of persons' rows changes at most. */
    int rows() {
        return gentle() ? Math.min(FEW_ROWS, options.rowsPerBatch()) : options.rowsPerBatch();
    }

    /** Pauses for the batch before, where another one comes: what ends with it keeps nobody waiting, and asks nothing. */
    void next() {
        long pause = switch (options.pace()) {
            case Pace.Share(double share) -> Math.min((long) (unpaid * share), LONGEST_SHARE.toNanos());
            case Pace.Considerate _ -> unpaid > 0 && free < 0 && gentle() ? room() : 0;
        };
        unpaid = 0;
        if (pause > 0) {
            paused += pause;
            pauses.pause(Duration.ofNanos(pause));
        }
    }

    private long room() {
        boolean later = paused >= LONG_PAUSED.toNanos();
        long usual = Math.max((later ? LATER_USUAL_PAUSE : USUAL_PAUSE).toNanos(), unpaid);
        long wanted = unpaid * (!wrote ? SHORT_PAUSE : later ? LATER_PAUSE : LONG_PAUSE);
        return Math.min(wanted, Math.min(usual, LONGEST_PAUSE.toNanos()));
    }

    /**
     * A batch took so many nanoseconds.
     *
     * @param changed whether it wrote anything
     */
    void took(long nanoseconds, boolean changed) {
        lastTook = nanoseconds;
        unpaid = nanoseconds;
        wrote = changed;
        free -= nanoseconds;
    }

    /** Nanoseconds of the last batch that was not put off, without its pause. */
    long lastTook() {
        return lastTook;
    }

    private boolean gentle() {
        return switch (options.pace()) {
            case Pace.Share _ -> false;
            case Pace.Considerate _ -> beside();
        };
    }

    private boolean beside() {
        long now = nanoTime.getAsLong();
        if (!asked || now - askedAt >= ASKED_AGAIN.toNanos()) {
            beside = othersAtWork.getAsBoolean();
            asked = true;
            askedAt = now;
        }
        return beside;
    }
}
