package dev.kept.stores.postgres.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left to others between batches. */
class PacingTest {

    private static final long BATCH = Duration.ofMillis(2).toNanos();

    private final List<Duration> pauses = new ArrayList<>();
    private boolean othersAtWork;
    private boolean wrote = true;
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
            pacing.took(BATCH, wrote);
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
    void what_only_read_is_paused_for_as_long_as_it_took() {
        othersAtWork = true;
        wrote = false;

        batches(pacing(new Pace.Considerate()), 1000);

        assertThat(pauses).hasSizeGreaterThan(950).containsOnly(Duration.ofNanos(BATCH));
    }

    @Test
    void no_pause_is_longer_than_its_limit() {
        othersAtWork = true;
        Pacing considerate = pacing(new Pace.Considerate());
        considerate.took(Duration.ofMinutes(9).toNanos(), true);
        considerate.next();
        Pacing share = pacing(new Pace.Share(100));
        share.took(Duration.ofMinutes(9).toNanos(), true);
        share.next();

        assertThat(pauses).containsExactly(Pacing.LONGEST_PAUSE, Pacing.LONGEST_SHARE);
    }

    /** What every batch takes, whatever its size, must not make batches ever smaller. */
    @Test
    void beside_others_a_table_takes_so_many_times_longer_and_no_more() {
        othersAtWork = true;
        long fixed = Duration.ofMillis(5).toNanos();
        long aBlock = Duration.ofNanos(20_000).toNanos();
        long blocks = 100_000;
        Pacing pacing = pacing(new Pace.Considerate());
        BatchSize size = new BatchSize(256, 16_384, RunOptions.defaults().batchTarget());
        for (long from = 0; from < blocks; from += size.blocks()) {
            size.aim(pacing.target(), pacing.blocks());
            pacing.next();
            long took = fixed + size.blocks() * aBlock;
            now += took;
            pacing.took(took, true);
            size.took(pacing.lastTook());
        }

        long batches = blocks / Pacing.FEW_BLOCKS;
        long longest = batches * (fixed + Pacing.USUAL_PAUSE.toNanos()) + blocks * aBlock;
        assertThat(now + pauses.stream().mapToLong(Duration::toNanos).sum()).isLessThan(longest * 11 / 10);
    }

    @Test
    void a_run_that_has_paused_for_long_makes_less_room_so_that_the_store_is_not_held_for_hours() {
        othersAtWork = true;
        Pacing pacing = pacing(new Pace.Considerate());
        long batch = Duration.ofMillis(4).toNanos();
        long longest = 0;
        for (int i = 0; longest < Pacing.LONG_PAUSED.toNanos() || i < 10; i++) {
            pacing.next();
            longest = pauses.stream().mapToLong(Duration::toNanos).sum();
            now += batch;
            pacing.took(batch, true);
        }
        assertThat(pauses).startsWith(Duration.ofMillis(396));
        pauses.clear();

        pacing.next();

        assertThat(pauses).containsExactly(Duration.ofMillis(20));
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
