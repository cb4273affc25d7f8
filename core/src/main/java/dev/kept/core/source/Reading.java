package dev.kept.core.source;

import java.util.List;
import java.util.Optional;

/**
 * What came of reading something people wrote: a value, unless there are errors, and every problem at once.
 *
 * @param places where each element stands, for problems found later
 */
public record Reading<T>(Optional<T> value, List<Problem> problems, Places places) {
    public Reading {
        problems = problems.stream().sorted().toList();
    }

    public boolean failed() {
        return problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }
}
