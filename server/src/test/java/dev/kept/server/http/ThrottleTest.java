package dev.kept.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.http.Throttle.Answer;
import dev.kept.server.http.Throttle.Rule;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final Rule ASKING = new Rule("asking", 5, Duration.ofHours(1));
    private static final String ANNA = "anna@example.org";

    private Instant now = Instant.parse("2027-03-01T12:10:00Z");
    private TestDatabase database;
    private State state;
    private Throttle one;
    private Throttle other;

    @BeforeEach
    void start() {
        database = TestCluster.shared().freshDatabase();
        state = State.open(database.jdbcUrl(), database.user(), database.password(), () -> now);
        one = throttle();
        other = throttle();
    }

    private Throttle throttle() {
        return new Throttle(state.database(), new DailyKeys(state.database()), () -> now);
    }

    @AfterEach
    void stop() {
        state.close();
        database.close();
    }

    @Test
    void two_processes_count_together() {
        for (int i = 0; i < 5; i++) {
            assertThat((i % 2 == 0 ? one : other).count(ASKING, ANNA)).isInstanceOf(Answer.Admitted.class);
        }

        assertThat(one.count(ASKING, ANNA)).isEqualTo(new Answer.TooOften(Duration.ofMinutes(50)));
        assertThat(other.count(ASKING, ANNA)).isInstanceOf(Answer.TooOften.class);
        assertThat(other.count(ASKING, "bert@example.org")).isInstanceOf(Answer.Admitted.class);
        assertThat(one.count(new Rule("code", 5, Duration.ofHours(1)), ANNA)).isInstanceOf(Answer.Admitted.class);
    }

    @Test
    void the_next_span_begins_anew() {
        for (int i = 0; i < 9; i++) {
            one.count(ASKING, ANNA);
        }
        now = Instant.parse("2027-03-01T12:59:59Z");
        assertThat(one.count(ASKING, ANNA)).isEqualTo(new Answer.TooOften(Duration.ofSeconds(1)));

        now = Instant.parse("2027-03-01T13:00:00Z");
        assertThat(one.count(ASKING, ANNA)).isInstanceOf(Answer.Admitted.class);
        assertThat(other.count(ASKING, ANNA)).isInstanceOf(Answer.Admitted.class);
    }

    @Test
    void what_many_do_at_once_is_counted_exactly() throws Exception {
        Rule rule = new Rule("asking", 100, Duration.ofHours(1));
        List<Callable<Answer>> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Throttle process = i % 2 == 0 ? one : other;
            all.add(() -> process.count(rule, ANNA));
        }
        int admitted = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(all)) {
                admitted += answer.get() instanceof Answer.Admitted ? 1 : 0;
            }
        }
        assertThat(admitted).isEqualTo(100);
    }

    @Test
    void nothing_is_kept_by_which_an_address_could_be_told() {
        for (int i = 0; i < 200; i++) {
            one.count(ASKING, "c" + i + "@example.org");
        }

        List<Integer> places = state.database()
                .withHandle(handle -> handle.createQuery("select place from kept.throttle")
                        .mapTo(Integer.class)
                        .list());
        assertThat(places).hasSizeBetween(390, 400).allMatch(place -> place >= 0 && place < 1 << 20);
    }
}
