package dev.kept.stores.postgres.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left to others between batches. */
class PacingTest {

    private static final long BATCH = Duration.ofMillis(3).toNanos();

    private final List<Duration> pauses = new ArrayList<>();
    private boolean othersAtWork;
    private int asked;
    private long now;

    private Pacing pacing(Pace pace) {
        return new Pacing(
                RunOptions.defaults().at(pace),
                pauses::add,
                () -> {
                    asked++;
                    return othersAtWork;
                },
                () -> now);
    }

    private void batches(Pacing pacing, int count) {
        for (int i = 0; i < count; i++) {
            pacing.next();
            now += BATCH;
            pacing.took(BATCH);
        }
    }

    @Test
    void alone_a_run_goes_in_long_batches_without_pauses() {
        Pacing pacing = pacing(new Pace.Considerate());

        batches(pacing, 1000);

        assertThat(pauses).isEmpty();
        assertThat(pacing.target()).isEqualTo(RunOptions.defaults().batchTarget());
        assertThat(pacing.rows()).isEqualTo(RunOptions.defaults().rowsPerBatch());
    }

    @Test
    void beside_others_it_goes_in_short_batches_with_pauses_many_times_as_long() {
        othersAtWork = true;
        Pacing pacing = pacing(new Pace.Considerate());

        batches(pacing, 1000);

        assertThat(pauses)
                .hasSizeGreaterThan(950)
                .containsOnly(Duration.ofNanos(BATCH).multipliedBy(Pacing.LONG_PAUSE));
        assertThat(pacing.target()).isEqualTo(Pacing.SHORT);
        assertThat(pacing.rows()).isEqualTo(Pacing.FEW_ROWS);
    }

    @Test
    void what_little_a_run_does_is_not_paused() {
        othersAtWork = true;
        Pacing pacing = pacing(new Pace.Considerate());

        batches(pacing, (int) (Pacing.FREE.toNanos() / BATCH));

        assertThat(pauses).isEmpty();
    }

    @Test
    void it_notices_who_comes_and_who_goes_without_asking_all_the_time() {
        Pacing pacing = pacing(new Pace.Considerate());
        batches(pacing, 1000);
        int before = asked;
        othersAtWork = true;
        batches(pacing, 1000);
        int paused = pauses.size();
        othersAtWork = false;
        batches(pacing, 1000);

        assertThat(before).isBetween(2, 7);
        assertThat(paused).isBetween(800, 1000);
        assertThat(pauses.size() - paused).isLessThan(200);
    }

    @Test
    void a_share_that_was_asked_for_holds_whoever_is_at_work() {
        othersAtWork = true;
        Pacing pacing = pacing(new Pace.Share(0.5));

        batches(pacing, 3);

        assertThat(pauses).containsExactly(Duration.ofNanos(BATCH / 2), Duration.ofNanos(BATCH / 2));
        assertThat(pacing.target()).isEqualTo(RunOptions.defaults().batchTarget());
        assertThat(asked).isZero();
    }

    @Test
    void after_the_last_batch_nobody_waits() {
        batches(pacing(new Pace.Share(2)), 1);

        assertThat(pauses).isEmpty();
    }

    @Test
    void full_speed_is_without_pauses() {
        othersAtWork = true;

        batches(pacing(Pace.FULL), 1000);

        assertThat(pauses).isEmpty();
    }

    @Test
    void batches_whose_own_limit_is_shorter_stay_so() {
        othersAtWork = true;
        RunOptions tiny = new RunOptions(Duration.ofMillis(1), new Pace.Considerate(), 2, 1, 0);

        Pacing pacing = new Pacing(tiny, pauses::add, () -> othersAtWork, () -> now);

        assertThat(pacing.target()).isEqualTo(Duration.ofMillis(1));
        assertThat(pacing.rows()).isEqualTo(2);
    }
}
