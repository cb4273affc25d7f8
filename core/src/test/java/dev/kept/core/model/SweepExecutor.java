package dev.kept.core.model;

import java.util.List;

/** Anything that carries a sweep out on plain rows, so that what it leaves can be compared with the model. */
@FunctionalInterface
public interface SweepExecutor {

    /** The rows a sweep leaves; limited to these persons' rows where some are named. */
    Database sweep(Model.Question question, List<Model.Persons> persons);
}
