package dev.kept.core.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.model.Comparison;
import dev.kept.core.model.Database;
import dev.kept.core.model.RefusedPlan;
import dev.kept.core.model.random.HistoryChecks;
import dev.kept.core.rules.RuleExample;
import dev.kept.core.rules.RuleExamples;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes planted in the planner are found by the rule examples, or by a few hundred random histories. */
class MutationsTest {

    private static final List<RuleExample> EXAMPLES = RuleExamples.all();

    /** Histories that are lived with a mistake before it counts as not found. */
    private static final int HISTORIES = 400;

    /** Mistakes that no example shows are fewer than this: an example says more than a seed does. */
    private static final int MOST_BY_HISTORIES = 5;

    private static final int FEWEST = 89;

    private static int byExamples;
    private static int byHistories;

    static Stream<Mutation> mutations() {
        return Stream.of(ReadingMutations.all(), MapMutations.all(), ConditionMutations.all(), PlanMutations.all())
                .flatMap(List::stream);
    }

    @AfterAll
    static void says_what_found_how_many() {
        System.out.printf(
                "mistakes planted in the planner: %d found by the %d rule examples, %d more by random histories%n",
                byExamples, EXAMPLES.size(), byHistories);
        assertThat(byHistories).isLessThan(MOST_BY_HISTORIES);
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void a_mistake_of_the_planner_is_found(Mutation mutation) {
        Planted planted = new Planted(mutation);

        Optional<String> found = byExamples(planted);
        boolean shown = found.isPresent();
        Optional<String> any = found.or(() -> byHistories(planted, HISTORIES));

        assertThat(planted.applied()).as("changes a plan: %s", mutation).isTrue();
        assertThat(any).as(mutation.name()).isPresent();
        byExamples += shown ? 1 : 0;
        byHistories += shown ? 0 : 1;
    }

    @Test
    void without_a_mistake_nothing_is_found() {
        Planted none = new Planted(new Mutation("none", UnaryOperator.identity(), UnaryOperator.identity()));

        assertThat(byExamples(none)).isEmpty();
        assertThat(byHistories(none, HISTORIES / 4)).isEmpty();
        assertThat(none.applied()).isFalse();
    }

    @Test
    void mistakes_of_many_kinds_are_planted() {
        assertThat(mutations().map(Mutation::name).distinct().count())
                .isGreaterThanOrEqualTo(FEWEST)
                .isEqualTo(mutations().count());
    }

    private static Optional<String> byExamples(Planted planted) {
        return EXAMPLES.stream()
                .filter(example -> differs(planted, example))
                .map(RuleExample::name)
                .findFirst();
    }

    private static boolean differs(Planted planted, RuleExample example) {
        try {
            Database after = planted.sweep(example.question(), example.scope());
            return !Comparison.differences(example.before(), example.expectedAfter(), after)
                    .isEmpty();
        } catch (RefusedPlan refused) {
            return false;
        } catch (IllegalStateException broken) {
            return true;
        }
    }

    private static Optional<String> byHistories(Planted planted, int histories) {
        HistoryChecks checks = new HistoryChecks(planted);
        return LongStream.range(0, histories)
                .filter(seed -> !checks.holds(seed))
                .mapToObj(seed -> "history " + seed)
                .findFirst();
    }
}
