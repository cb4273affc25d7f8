package dev.kept.stores.postgres.step;

import dev.kept.core.lifecycle.TablePlan.Release;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shared rows that rows point to, remembered before they stop doing so. */
final class Pointers {

    private final Map<Release, Set<List<String>>> values = new LinkedHashMap<>();

    /** The columns by which rows point to shared rows. */
    static List<String> columns(List<Release> releases) {
        return releases.stream()
                .flatMap(release -> release.pointer().columns().stream())
                .distinct()
                .toList();
    }

    /** @param offset where the values of {@code columns} begin in each row */
    void remember(List<Release> releases, List<String> columns, List<List<@Nullable String>> rows, int offset) {
        for (Release release : releases) {
            List<Integer> positions = release.pointer().columns().stream()
                    .map(column -> columns.indexOf(column) + offset)
                    .toList();
            for (List<@Nullable String> row : rows) {
                List<String> key = new ArrayList<>();
                positions.stream().map(row::get).filter(Objects::nonNull).forEach(value -> key.add(value));
                if (key.size() == positions.size()) {
                    values.computeIfAbsent(release, r -> new LinkedHashSet<>()).add(key);
                }
            }
        }
    }

    boolean any() {
        return !values.isEmpty();
    }

    Map<Release, Set<List<String>>> values() {
        return values;
    }
}
