package dev.kept.server.run;

import dev.kept.server.state.LeaseLost;
import dev.kept.server.state.RunWrites;
import dev.kept.server.state.Runs;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.JdbiException;

/** Renews a run's lease while its process lives, also through a batch or a look that takes longer than the lease. */
final class Heartbeat implements AutoCloseable {

    /** Several signs of life may be missed before the lease is over. */
    private static final Duration BEAT = Runs.LEASE_LASTS.dividedBy(5);

    /** Only says when: each sign of life is given by a thread of its own, so that a database that does not answer keeps no other waiting. */
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final RunWrites writes;
    private final ReentrantLock beating = new ReentrantLock();
    private final Future<?> next;

    /** A sign of life that is late would record a run which was given up. */
    private volatile boolean over;

    private Heartbeat(RunWrites writes) {
        this.writes = writes;
        this.next = CLOCK.scheduleWithFixedDelay(
                () -> Thread.ofVirtual().name("kept-lease").start(this::beat),
                BEAT.toMillis(),
                BEAT.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("kept-lease-clock").factory());
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    static Heartbeat of(RunWrites writes) {
        return new Heartbeat(writes);
    }

    /** One at a time: where the last is still on its way, this one is left out. */
    private void beat() {
        if (over || !beating.tryLock()) {
            return;
        }
        try {
            writes.alive();
        } catch (LeaseLost e) {
            // The run's own next note fails the same way, before anything more is committed.
            close();
        } catch (JdbiException e) {
            // Kept's database does not answer for the moment: the run's own next note says so if that lasts.
        } finally {
            beating.unlock();
        }
    }

    @Override
    public void close() {
        over = true;
        next.cancel(false);
    }
}
