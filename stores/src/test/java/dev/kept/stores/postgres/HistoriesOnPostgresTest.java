package dev.kept.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.model.random.HistoryChecks;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.run.Pace;
import dev.kept.stores.postgres.run.RunOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Random histories on a real server: after each sweep, what is left is compared with the model.
 *
 * <p>{@code -Dkept.histories.postgres=N} asks for another number of them, {@code -Dkept.histories.minutes=M} for another time box, {@code
 * -Dkept.seed=S} for another first seed.
 */
class HistoriesOnPostgresTest {

    private static final int HISTORIES = Integer.getInteger("kept.histories.postgres", 200);
    private static final Duration BOX = Duration.ofMinutes(Long.getLong("kept.histories.minutes", 8));
    private static final long FIRST_SEED = Long.getLong("kept.seed", 50_000);

    /** How many failures are shown before it is given up. */
    private static final int MOST_FAILURES = 3;

    private static final int WORKERS = 2;

    /** So few rows a batch that even few rows take several. */
    private static final RunOptions TINY = new RunOptions(Duration.ofMillis(250), Pace.FULL, 2, 1, 0);

    private final AtomicLong next = new AtomicLong(FIRST_SEED);
    private final AtomicInteger lived = new AtomicInteger();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final long deadline = System.nanoTime() + BOX.toNanos();

    @Test
    void what_is_left_after_every_sweep_is_what_the_model_says() throws InterruptedException, ExecutionException {
        try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                all.add(workers.submit(this::live));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertThat(failures).isEmpty();
        assertThat(lived.get())
                .as(
                        "histories lived within %d minutes, from seed %d; -Dkept.histories.minutes gives them more time, "
                                + "-Dkept.histories.postgres asks for fewer",
                        BOX.toMinutes(), FIRST_SEED)
                .isGreaterThanOrEqualTo(HISTORIES);
    }

    private void live() {
        try (TestDatabase database = TestCluster.shared().freshDatabase()) {
            HistoryChecks whole = new HistoryChecks(new PostgresSweep(database, RunOptions.defaults()));
            HistoryChecks tiny = new HistoryChecks(new PostgresSweep(database, TINY));
            while (lived.get() < HISTORIES && failures.size() < MOST_FAILURES && System.nanoTime() < deadline) {
                long seed = next.getAndIncrement();
                HistoryChecks checks = seed % 3 == 0 ? tiny : whole;
                int refused = checks.refusals();
                Optional<String> wrong = checks.live(seed);
                wrong.ifPresent(failures::add);
                if (wrong.isEmpty() && checks.refusals() == refused) {
                    lived.incrementAndGet();
                }
            }
        }
    }
}
