package dev.kept.core.lifecycle;

import dev.kept.core.datamap.Link;
import dev.kept.core.lifecycle.TablePlan.Assignment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is to be forgotten in a table's rows, by when; of each place what is said of it first. */
final class Due {

    private final Map<Condition, Map<List<String>, Assignment>> byCondition = new LinkedHashMap<>();

    void put(Condition when, Assignment assignment) {
        byCondition.computeIfAbsent(when, w -> new LinkedHashMap<>()).putIfAbsent(place(assignment), assignment);
    }

    /** Cuts a link, as far as it may be NULL. */
    void nulled(Condition when, Link link) {
        for (String column : link.nullable()) {
            put(when, new Assignment(column, List.of(), new Replacement.Null()));
        }
    }

    private static List<String> place(Assignment assignment) {
        List<String> place = new ArrayList<>(List.of(assignment.column()));
        place.addAll(assignment.path());
        return place;
    }

    Set<Condition> conditions() {
        return byCondition.keySet();
    }

    List<Assignment> at(Condition when) {
        return List.copyOf(byCondition.getOrDefault(when, Map.of()).values());
    }

    /** When the column as a whole is forgotten, by one way or another. */
    Condition when(String column) {
        return Condition.any(byCondition.entrySet().stream()
                .filter(due -> due.getValue().containsKey(List.of(column)))
                .map(Map.Entry::getKey)
                .toList());
    }
}
