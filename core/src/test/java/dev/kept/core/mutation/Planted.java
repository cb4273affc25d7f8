package dev.kept.core.mutation;

import dev.kept.core.lifecycle.Plan;
import dev.kept.core.model.Database;
import dev.kept.core.model.Model;
import dev.kept.core.model.SweepExecutor;
import dev.kept.core.rules.MemorySweep;
import java.util.List;

/** A planner with a mistake in it, which also says whether the mistake ever made a difference to a plan. */
final class Planted implements SweepExecutor {

    private final Mutation mutation;
    private boolean applied;

    Planted(Mutation mutation) {
        this.mutation = mutation;
    }

    /** Whether a plan has differed from what it should be. */
    boolean applied() {
        return applied;
    }

    @Override
    public Database sweep(Model.Question question, List<Model.Persons> persons) {
        return new MemorySweep(right -> wrong(right, question, persons)).sweep(question, persons);
    }

    /** What is misread so that it does not hang together any more would be seen at once: then the plan stays right. */
    private Plan wrong(Plan right, Model.Question question, List<Model.Persons> persons) {
        Model.Question read = mutation.reading().apply(question);
        Plan wrong = mutation.writing().apply(MemorySweep.binds(read) ? MemorySweep.plan(read, persons) : right);
        applied |= !wrong.equals(right);
        return wrong;
    }
}
