package dev.kept.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.lifecycle.Binding;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Prepared;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.StorePlanner;
import dev.kept.core.model.Database;
import dev.kept.core.model.Model;
import dev.kept.core.model.SweepExecutor;
import dev.kept.core.model.random.HistoryChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A plan made from an outline is the plan made for these persons and this T, but for T, cut-offs and keys, which are put in. */
class OutlinesTest {

    private static final int HISTORIES = 400;

    /** What depends on T or on how many persons there are. */
    private static final Pattern PUT_IN = Pattern.compile("(instant|date)=[^,\\]]+|\\(\\d+\\)");

    private int shared;

    @Test
    void rule_examples_have_the_outline_of_their_plans() {
        for (RuleExample example : RuleExamples.all()) {
            if (!example.scope().isEmpty()) {
                compare(example.question(), example.scope());
            }
        }

        assertThat(shared).isGreaterThan(20);
    }

    @Test
    void random_histories_have_the_outlines_of_their_plans() {
        List<String> wrong = new ArrayList<>();
        for (long seed = 0; seed < HISTORIES; seed++) {
            Optional<String> found = new HistoryChecks(new Comparing()).live(seed);
            found.ifPresent(wrong::add);
        }

        assertThat(wrong).isEmpty();
        assertThat(shared).isGreaterThan(HISTORIES);
    }

    @Test
    void keys_stand_where_their_kind_does_in_whatever_order_kinds_are_named() {
        List<RuleExample> several = RuleExamples.all().stream()
                .filter(example -> example.scope().size() > 1)
                .toList();
        assertThat(several).isNotEmpty();
        for (RuleExample example : several) {
            StorePlanner planner = new StorePlanner(MemorySweep.tied(example.question()));
            for (List<Model.Persons> persons :
                    List.of(example.scope(), example.scope().reversed())) {
                Scope.Persons scope = (Scope.Persons) MemorySweep.scope(persons);
                Prepared prepared = planner.prepare(example.asOf(), example.facts(), scope);
                Scope.Persons places = (Scope.Persons) prepared.outline().scope();
                assertThat(places.persons().stream()
                                .map(place -> new Scope.Identified(
                                        place.kind(), prepared.binding().of(place.keys()))))
                        .containsExactlyInAnyOrderElementsOf(scope.persons());
            }
        }
    }

    private final class Comparing implements SweepExecutor {
        private final MemorySweep sweep = new MemorySweep();

        @Override
        public Database sweep(Model.Question question, List<Model.Persons> persons) {
            if (!persons.isEmpty()) {
                compare(question, persons);
            }
            return sweep.sweep(question, persons);
        }
    }

    private void compare(Model.Question question, List<Model.Persons> persons) {
        Plan plan = MemorySweep.plan(question, persons);
        Prepared prepared = MemorySweep.prepared(question, persons);
        if (prepared.binding() != Binding.NONE) {
            shared++;
            assertThat(shape(prepared.outline())).isEqualTo(shape(plan));
        }
        assertThat(prepared.plan()).isEqualTo(plan);
    }

    private static String shape(Plan plan) {
        return PUT_IN.matcher(plan.groups().toString()).replaceAll("");
    }
}
