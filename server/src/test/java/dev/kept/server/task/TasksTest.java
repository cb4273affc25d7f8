package dev.kept.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.state.State;
import dev.kept.server.task.Tasks.Kind;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What takes long is under way as long as whoever is at it says so, and no longer. */
class TasksTest {

    private final TestDatabase database = TestCluster.shared().freshDatabase();
    private volatile Instant now = Instant.parse("2027-03-01T10:00:00Z");
    private final State state = State.open(database.jdbcUrl(), database.user(), database.password(), () -> now);
    private final Tasks tasks = new Tasks(state);
    private final CountDownLatch goesOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        goesOn.countDown();
        state.close();
        database.close();
    }

    private Callable<String> untilItMay(String result) {
        return () -> {
            goesOn.await();
            return result;
        };
    }

    private Tasks.Standing sweep() {
        return tasks.standing(Kind.SWEEP, "shop").orElseThrow();
    }

    private void awaitEnd() {
        long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (sweep().ended().isEmpty() && System.nanoTime() < until) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void one_that_takes_hours_is_not_begun_again_as_long_as_it_lives() {
        OffsetDateTime asked = now.atOffset(ZoneOffset.UTC);
        assertThat(tasks.begin(Kind.SWEEP, "shop", List.of(), untilItMay("{}"))).isTrue();

        for (int minutes = 0; minutes < 300; minutes += 4) {
            now = now.plus(Duration.ofMinutes(4));
            assertThat(sweep().underWay(now)).isTrue();
            assertThat(tasks.begin(Kind.SWEEP, "shop", List.of(), () -> "other"))
                    .isFalse();
            tasks.renew(Kind.SWEEP, "shop", asked);
        }
        goesOn.countDown();
        awaitEnd();

        assertThat(sweep().underWay(now)).isFalse();
        assertThat(sweep().result()).contains("{}");
    }

    @Test
    void one_whose_process_died_is_asked_for_again_after_minutes_and_nothing_of_it_counts() {
        OffsetDateTime asked = now.atOffset(ZoneOffset.UTC);
        tasks.begin(Kind.SWEEP, "shop", List.of(), untilItMay("of the dead"));
        now = now.plus(Tasks.ALIVE);
        assertThat(sweep().underWay(now)).isFalse();

        assertThat(tasks.begin(Kind.SWEEP, "shop", List.of(), () -> "of the other"))
                .isTrue();
        awaitEnd();
        tasks.renew(Kind.SWEEP, "shop", asked);
        goesOn.countDown();

        assertThat(sweep().result()).contains("of the other");
        assertThat(sweep().underWay(now)).isFalse();
    }
}
