package dev.kept.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.model.Comparison;
import dev.kept.core.model.Database;
import dev.kept.core.model.Model;
import dev.kept.core.model.Outcome;
import dev.kept.core.model.Plain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model itself, against results written by hand from the semantics page. */
class RuleExamplesTest {

    static List<RuleExample> examples() {
        return RuleExamples.all();
    }

    @Test
    void every_file_of_examples_is_read() throws Exception {
        Path folder = Path.of(
                Objects.requireNonNull(RuleExamples.class.getResource("/rules")).toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(RuleExamples.FILES)
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                                    .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_model_leaves_what_the_page_says(RuleExample example) {
        Outcome outcome = Model.sweep(example.question(), example.scope());

        assertThat(Comparison.differences(
                        example.before(), example.expectedAfter(), Plain.of(outcome.after(), example.catalogue())))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void sweeping_again_changes_nothing(RuleExample example) {
        Database once =
                Plain.of(Model.sweep(example.question(), example.scope()).after(), example.catalogue());
        Model.Question again = new Model.Question(
                example.notice(), example.store(), example.catalogue(), once, example.asOf(), example.facts());

        assertThat(Comparison.differences(
                        once, Model.sweep(again, example.scope()).after(), once))
                .isEmpty();
    }
}
