package dev.kept.core.cases;

import dev.kept.core.source.Place;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import dev.kept.core.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong with one case, or differs from what it expects, each at its place in the file. */
final class Findings {

    /** The longest value shown of a row. */
    private static final int MAX_SHOWN = 60;

    private final Case asked;
    private final Places places;
    private final List<Problem> problems = new ArrayList<>();

    Findings(Case asked, Places places) {
        this.asked = asked;
        this.places = places;
    }

    /** The case cannot be run as it is written. */
    void unusable(String message, String attempt, Object... path) {
        add("case-unusable", message, attempt, Optional.empty(), path);
    }

    /** Something is otherwise than expected. */
    void differs(String subject, String expected, String found, Object... path) {
        add("case-failed", subject, "", Optional.of(new Problem.Difference(expected, found)), path);
    }

    private void add(
            String code, String message, String attempt, Optional<Problem.Difference> difference, Object... path) {
        String[] keys = Stream.concat(
                        Stream.of("cases", String.valueOf(asked.index())),
                        Stream.of(path).map(String::valueOf))
                .toArray(String[]::new);
        Place place = places.at(keys);
        problems.add(new Problem(
                Problem.Severity.ERROR,
                code,
                place,
                String.join(".", keys),
                "case `" + asked.name() + "`: " + message,
                attempt,
                difference));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    static String shown(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        String text = ValueType.text(value);
        return "`" + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text) + "`";
    }
}
