package dev.kept.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.model.Comparison;
import dev.kept.core.model.Database;
import dev.kept.core.rules.RuleExample;
import dev.kept.core.rules.RuleExamples;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.run.RunOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule as an example, on a real server. */
class RuleExamplesOnPostgresTest {

    private static final TestDatabase DATABASE = TestCluster.shared().freshDatabase();

    /** So few rows a batch that even small examples take several. */
    private static final RunOptions TINY = new RunOptions(Duration.ofMillis(250), 0, 2, 1, 0);

    static List<RuleExample> examples() {
        return RuleExamples.all();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_plan_carried_out_leaves_what_the_page_says(RuleExample example) {
        Database after = new PostgresSweep(DATABASE, RunOptions.defaults()).sweep(example.question(), example.scope());

        assertThat(Comparison.differences(example.before(), example.expectedAfter(), after))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_row_a_batch_leaves_the_same(RuleExample example) {
        Database after = new PostgresSweep(DATABASE, TINY).sweep(example.question(), example.scope());

        assertThat(Comparison.differences(example.before(), example.expectedAfter(), after))
                .isEmpty();
    }
}
