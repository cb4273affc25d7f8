package dev.kept.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.model.Comparison;
import dev.kept.core.model.Database;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The planner and the in-memory executor, against the rules by hand and against the model. */
class PlannerAgainstModelTest {

    static List<RuleExample> examples() {
        return RuleExamples.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_plan_carried_out_leaves_what_the_page_says(RuleExample example) {
        Database after = new MemorySweep().sweep(example.question(), example.scope());

        assertThat(Comparison.differences(example.before(), example.expectedAfter(), after))
                .isEmpty();
    }
}
