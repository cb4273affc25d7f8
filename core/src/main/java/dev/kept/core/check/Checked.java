package dev.kept.core.check;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.notice.Notice;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param notice present unless the rules cannot be read
 * @param editions what was published, and what the next version will say of itself
 * @param stores those whose map is free of errors, by name, each with the rules that bind: earlier versions' among them
 * @param maps every map that can be read, with or without errors, by store
 * @param problems of all files, in the order of files and lines
 * @param casesNotRun those of stores whose map has errors
 */
public record Checked(
        Optional<Notice> notice,
        Editions editions,
        Map<String, BoundStore> stores,
        Map<String, Places> places,
        Map<String, MapFile> maps,
        List<Problem> problems,
        int casesRun,
        int casesNotRun) {

    public Checked {
        stores = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(stores));
        places = Map.copyOf(places);
        maps = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(maps));
        problems = problems.stream().sorted().distinct().toList();
    }

    /** The same with more problems. */
    public Checked with(List<Problem> more) {
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(more);
        return new Checked(notice, editions, stores, places, maps, all, casesRun, casesNotRun);
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
