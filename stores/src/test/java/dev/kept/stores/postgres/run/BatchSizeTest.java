package dev.kept.stores.postgres.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Batches find the size at which a table goes fastest without holding rows for long. */
class BatchSizeTest {

    private static final long MOST = 16_384;

    private static BatchSize fresh() {
        return new BatchSize(256, MOST, Duration.ofMillis(250));
    }

    /** Milliseconds for a whole table of so many blocks, when a batch takes so many by its size. */
    private static double whole(long blocks, LongToDoubleFunction milliseconds) {
        BatchSize size = fresh();
        double all = 0;
        for (long done = 0; done < blocks; ) {
            long batch = Math.min(size.blocks(), blocks - done);
            double took = milliseconds.applyAsDouble(batch);
            all += took;
            done += batch;
            size.took(Math.round(took * 1e6));
        }
        return all;
    }

    @Test
    void where_time_grows_with_size_a_batch_takes_its_time() {
        BatchSize size = fresh();
        for (int i = 0; i < 20; i++) {
            size.took(size.blocks() * 100_000);
        }
        assertThat(size.blocks()).isEqualTo(2_500);
    }

    @Test
    void where_a_larger_batch_goes_another_slower_way_the_smaller_size_is_kept() {
        double all = whole(20_000, blocks -> blocks < 64 ? blocks * 1.6 : 3_000 + blocks * 0.1);
        assertThat(all).isLessThan(20_000 * 1.6 * 1.6);
    }

    @Test
    void where_each_batch_costs_the_same_whatever_its_size_it_is_not_made_smaller_and_smaller() {
        double all = whole(20_000, blocks -> 3_000 + blocks * 0.1);
        assertThat(all).isLessThan(300_000);
    }

    @Test
    void one_that_takes_too_long_is_much_smaller_the_next_time_and_grows_no_more_at_once() {
        BatchSize size = fresh();
        size.tookTooLong();
        assertThat(size.blocks()).isEqualTo(64);
        size.took(1_000_000);
        assertThat(size.blocks()).isEqualTo(64);
        size.tookTooLong();
        size.tookTooLong();
        size.tookTooLong();
        size.tookTooLong();
        assertThat(size.blocks()).isEqualTo(1);
    }
}
