package dev.kept.core.model.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.model.Model;
import dev.kept.core.model.Plain;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model keeps what is asked of every executor: constraints, others' rows, twice changes nothing, nothing is immortal. */
class ModelHistoriesTest {

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("kept.histories", 1000) / 25);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_model_keeps_its_own_promises(long seed) {
        HistoryChecks checks = new HistoryChecks(
                (question, persons) -> Plain.of(Model.sweep(question, persons).after(), question.catalogue()));

        assertThat(checks.live(seed)).isEmpty();
    }
}
