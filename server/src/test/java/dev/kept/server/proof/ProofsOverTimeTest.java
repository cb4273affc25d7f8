package dev.kept.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.proof.Verdict;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Proofs of notices with very many rules take several entries of the ledger, and are one proof each. */
class ProofsOverTimeTest {

    private final TestDatabase database = TestCluster.shared().freshDatabase();
    private final State state = State.open(
            database.jdbcUrl(), database.user(), database.password(), () -> Instant.parse("2027-03-01T10:00:00Z"));
    private final ProofHistory history = new ProofHistory(state);

    @AfterEach
    void close() {
        state.close();
        database.close();
    }

    private void proof(int rules) {
        List<String> many = IntStream.range(0, rules)
                .mapToObj(i -> "uses.a-rule-with-a-rather-long-name-to-fill-entries-" + i)
                .toList();
        state.journal().append(UUID.randomUUID(), "prove", Map.of("verdicts", Map.of("broken", many, "kept", many)));
    }

    @Test
    void one_of_many_entries_is_one_and_one_of_which_the_beginning_is_not_read_is_left_out() {
        assertThat(history.last()).isEmpty();
        proof(3);
        proof(800);
        proof(1_000);
        int entries = state.journal().latest("prove", 100).size();
        assertThat(entries).isGreaterThan(4);

        assertThat(history.last().orElseThrow().count(Verdict.Kind.BROKEN)).isEqualTo(1_000);
        assertThat(history.latest(100))
                .extracting(past -> past.count(Verdict.Kind.KEPT))
                .containsExactly(1_000, 800, 3);
        assertThat(history.latest(entries - 2))
                .extracting(past -> past.count(Verdict.Kind.KEPT))
                .containsExactly(1_000);
    }
}
