package dev.kept.core.source;

import dev.kept.core.source.Problem.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects every problem of one file, and where its elements stand, while it is read. */
public final class Problems {

    /** More than this nobody reads; the rest is left out, and said to be. */
    public static final int MAX_PROBLEMS = 1_000;

    private final String file;
    private final Set<Problem> found = new LinkedHashSet<>();
    private final List<Places.Standing> standing = new ArrayList<>();
    private boolean failed;

    public Problems(String file) {
        this.file = file;
    }

    public void add(Problem problem) {
        failed |= problem.severity() == Severity.ERROR;
        if (found.size() < MAX_PROBLEMS) {
            found.add(problem);
        } else {
            found.add(Problem.error(
                    "too-many-problems",
                    Place.of(file),
                    "",
                    "there are more than " + MAX_PROBLEMS + " problems; the others are left out",
                    "correct these first"));
        }
    }

    public void addAll(List<Problem> problems) {
        problems.forEach(this::add);
    }

    /** Whether an error was found: then there is no value to hand out. */
    public boolean failed() {
        return failed;
    }

    /** The paths of the errors found so far. */
    public Set<String> errorPaths() {
        return found.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .map(Problem::path)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    public String file() {
        return file;
    }

    public Places places() {
        return new Places(file, standing);
    }

    /** The outcome: the value, unless there are errors. */
    public <T> Reading<T> reading(Optional<T> value) {
        return failed ? draft(Optional.empty()) : draft(value);
    }

    /** The outcome with the value even where there are errors, for checks that can still go on with it. */
    public <T> Reading<T> draft(Optional<T> value) {
        return new Reading<>(value, new ArrayList<>(found), places());
    }

    void stands(List<String> path, Place place) {
        standing.add(new Places.Standing(path, place));
    }
}
