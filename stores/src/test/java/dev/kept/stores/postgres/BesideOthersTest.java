package dev.kept.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.stores.postgres.run.Pace;
import dev.kept.stores.postgres.run.PlanExecutor;
import dev.kept.stores.postgres.run.RunJournal;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunResult;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.StoreSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A run on a server on which others are at work. */
class BesideOthersTest {

    private static final String LOG = """
            CREATE TABLE visits (id bigint PRIMARY KEY, made_at timestamptz NOT NULL);
            INSERT INTO visits SELECT i, now() - CASE WHEN i % 2 = 0 THEN interval '3 years' ELSE interval '1 day' END
                FROM generate_series(1, 200000) AS i;
            ANALYZE visits
            """;

    @Test
    void it_pauses_between_short_batches_and_leaves_nothing_undone() throws Exception {
        try (Shop shop = Shop.with(LOG)) {
            List<Duration> pauses = new ArrayList<>();

            RunResult result = beside(shop, RunOptions.defaults(), pauses);

            assertThat(pauses).hasSizeGreaterThan(3);
            assertThat(result.changed()).isEqualTo(100_000);
            assertThat(shop.rows("SELECT count(*), count(*) FILTER (WHERE id % 2 = 0) FROM visits"))
                    .containsExactly("100000|0");
        }
    }

    @Test
    void at_full_speed_it_does_not_wait_for_anybody() throws Exception {
        try (Shop shop = Shop.with(LOG)) {
            List<Duration> pauses = new ArrayList<>();

            RunResult result = beside(shop, RunOptions.defaults().at(Pace.FULL), pauses);

            assertThat(pauses).isEmpty();
            assertThat(result.changed()).isEqualTo(100_000);
        }
    }

    private static RunResult beside(Shop shop, RunOptions options, List<Duration> pauses) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        Thread other = Thread.ofPlatform().start(() -> work(shop, begun, over));
        begun.await();
        try (StoreSession session = shop.session()) {
            return new PlanExecutor(shop.catalogue(), options, pauses::add)
                    .run(
                            session,
                            Plans.sweep(Plans.tablePlan("visits", Plans.past(Plans.at("made_at"), "2 years"))),
                            RunJournal.forgetful(),
                            RunWatch.NONE);
        } finally {
            over.set(true);
            other.join();
        }
    }

    private static void work(Shop shop, CountDownLatch begun, AtomicBoolean over) {
        try (Connection connection = shop.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET application_name = 'shop'");
            while (!over.get()) {
                statement.execute("SELECT count(*) FROM visits WHERE id < 100");
                begun.countDown();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
