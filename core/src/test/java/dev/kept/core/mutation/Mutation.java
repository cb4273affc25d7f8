package dev.kept.core.mutation;

import dev.kept.core.lifecycle.Plan;
import dev.kept.core.model.Model;
import java.util.function.UnaryOperator;

/**
 * A mistake planted in the planner: it misreads what it is asked, or writes something else than it should.
 *
 * @param name what it does wrong, in words
 */
record Mutation(String name, UnaryOperator<Model.Question> reading, UnaryOperator<Plan> writing) {

    static Mutation reading(String name, UnaryOperator<Model.Question> reading) {
        return new Mutation(name, reading, UnaryOperator.identity());
    }

    static Mutation writing(String name, UnaryOperator<Plan> writing) {
        return new Mutation(name, UnaryOperator.identity(), writing);
    }

    @Override
    public String toString() {
        return name;
    }
}
