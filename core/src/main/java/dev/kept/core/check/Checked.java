package dev.kept.core.check;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.notice.Notice;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param notice present unless the rules cannot be read
 * @param stores those whose map is free of errors, by name
 * @param problems of all files, in the order of files and lines
 */
public record Checked(
        Optional<Notice> notice,
        Map<String, BoundStore> stores,
        Map<String, Places> places,
        List<Problem> problems,
        int casesRun) {

    public Checked {
        stores = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(stores));
        places = Map.copyOf(places);
        problems = problems.stream().sorted().distinct().toList();
    }

    public boolean failed() {
        return problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    public long count(Problem.Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .count();
    }
}
