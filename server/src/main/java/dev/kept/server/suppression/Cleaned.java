package dev.kept.server.suppression;

import dev.kept.server.run.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * What came of looking through a store and erasing again.
 *
 * @param looked persons whose row was read
 * @param again persons who were back and were erased again
 * @param doubtful persons of whom somebody has to decide
 * @param alone persons who came back by themselves and were left alone
 * @param clean whether the store is clean
 * @param finishedFirst runs that had broken off and were finished before
 * @param sweep the sweep that applied everything else again; empty where none was needed
 */
public record Cleaned(
        long looked,
        long again,
        long doubtful,
        long alone,
        boolean clean,
        List<Outcome> finishedFirst,
        Optional<Outcome> sweep) {

    public Cleaned {
        finishedFirst = List.copyOf(finishedFirst);
    }
}
