package dev.kept.core.model.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rules.MemorySweep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random histories of the planner and the in-memory executor against the model.
 *
 * <p>{@code -Dkept.histories=N} asks for another number of them and {@code -Dkept.seed=S} for another first seed; the default run ends early
 * where the machine is slow, but not before it has lived {@link #FEWEST}. What was lived is printed.
 */
class PlannerHistoriesTest {

    private static final int HISTORIES = Integer.getInteger("kept.histories", 3000);
    private static final long FIRST_SEED = Long.getLong("kept.seed", 0);
    private static final boolean ASKED = System.getProperty("kept.histories") != null;

    /** Histories that are lived however long it takes. */
    private static final int FEWEST = 500;

    /** After this long the default run has lived enough. */
    private static final Duration BOX = Duration.ofSeconds(90);

    /** So many are lived side by side before the clock is looked at. */
    private static final int TOGETHER = 50;

    /** The share of plans that may refuse to run: more would mean that the generators show nothing. */
    private static final double MOST_REFUSED = 0.25;

    @Test
    void what_is_left_after_every_sweep_is_what_the_model_says() {
        long end = System.nanoTime() + BOX.toNanos();
        Lived all = Lived.NOTHING;
        while (all.histories() < HISTORIES
                && (ASKED || all.histories() < FEWEST || System.nanoTime() < end)
                && all.wrong().isEmpty()) {
            long from = FIRST_SEED + all.histories();
            long to = Math.min(from + TOGETHER, FIRST_SEED + HISTORIES);
            all = all.and(LongStream.range(from, to)
                    .parallel()
                    .mapToObj(PlannerHistoriesTest::live)
                    .reduce(Lived.NOTHING, Lived::and));
        }

        System.out.printf(
                "random histories in memory: %d lived (seeds %d to %d), %d sweeps, %d histories ended by a plan that refused to run%n",
                all.histories(), FIRST_SEED, FIRST_SEED + all.histories() - 1, all.sweeps(), all.refusals());
        assertThat(all.wrong()).as("from seed %d", FIRST_SEED).isEmpty();
        assertThat(all.refusals()).isLessThan((int) (all.histories() * MOST_REFUSED) + 1);
    }

    private record Lived(int histories, int sweeps, int refusals, List<String> wrong) {
        static final Lived NOTHING = new Lived(0, 0, 0, List.of());

        Lived and(Lived other) {
            return new Lived(
                    histories + other.histories,
                    sweeps + other.sweeps,
                    refusals + other.refusals,
                    wrong.isEmpty() ? other.wrong : wrong);
        }
    }

    private static Lived live(long seed) {
        HistoryChecks checks = new HistoryChecks(new MemorySweep());
        Optional<String> wrong = checks.live(seed);
        return new Lived(1, checks.sweeps(), checks.refusals(), wrong.stream().toList());
    }
}
