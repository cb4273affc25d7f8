package dev.kept.core.binding;

import dev.kept.core.datamap.TableName;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one map, each at the place of the element it concerns. */
final class Problems {

    private final String store;
    private final Places places;
    private final List<Problem> all = new ArrayList<>();

    Problems(String store, Places places) {
        this.store = store;
        this.places = places;
    }

    void error(String code, TableName table, List<String> element, String message, String attempt) {
        all.add(problem(Problem.Severity.ERROR, code, table, element, message, attempt));
    }

    void advice(String code, TableName table, List<String> element, String message, String attempt) {
        all.add(problem(Problem.Severity.ADVICE, code, table, element, message, attempt));
    }

    private Problem problem(
            Problem.Severity severity,
            String code,
            TableName table,
            List<String> element,
            String message,
            String attempt) {
        List<String> path = new ArrayList<>(List.of("tables", table.toString()));
        path.addAll(element);
        String named = "stores." + store + "." + table + (element.isEmpty() ? "" : "." + String.join(".", element));
        return new Problem(severity, code, places.at(path.toArray(String[]::new)), named, message, attempt);
    }

    List<Problem> all() {
        return all;
    }

    boolean any() {
        return all.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }
}
