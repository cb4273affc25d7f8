package dev.kept.server.run;

import dev.kept.server.state.LeaseLost;
import dev.kept.server.state.Run;
import dev.kept.server.state.Runs;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;

/** Renews a run's lease while its process lives, also through a batch or a look that takes longer than the lease. */
final class Heartbeat implements AutoCloseable {

    /** Several signs of life may be missed before the lease is over. */
    private static final Duration BEAT = Runs.LEASE_LASTS.dividedBy(5);

    private final CountDownLatch over = new CountDownLatch(1);

    private Heartbeat() {}

    static Heartbeat of(Runs runs, Run run) {
        Heartbeat heartbeat = new Heartbeat();
        Thread.ofVirtual().name("kept-lease").start(() -> heartbeat.beat(runs, run));
        return heartbeat;
    }

    private void beat(Runs runs, Run run) {
        try {
            while (!over.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                renew(runs, run);
            }
        } catch (LeaseLost e) {
            // The run's own next note fails the same way, before anything more is committed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void renew(Runs runs, Run run) {
        try {
            runs.alive(run);
        } catch (JdbiException e) {
            // Kept's database does not answer for the moment: the run's own next note says so if that lasts.
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
