package dev.kept.core.datamap;

import dev.kept.core.notice.Written;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one column of a data map, or the JSON paths declared inside it. */
final class ColumnReader {

    static final String NOT_PERSONAL = "not-personal";

    /** The deepest JSON path read. */
    static final int MAX_PATH = 16;

    private static final Pattern PATH = Pattern.compile("\\$(?:\\.(?:[^.\\[\\]\"*\\s]+|\"[^\"]+\"))+");
    private static final Pattern STEP = Pattern.compile("\\.(?:\"([^\"]+)\"|([^.\\[\\]\"*\\s]+))");

    private ColumnReader() {}

    static List<Column> read(String name, Element written) {
        if (written.kind() == Element.Kind.MAPPING && written.entries().containsKey("at")) {
            return paths(name, written);
        }
        return column(name, List.of(), written).map(List::of).orElse(List.of());
    }

    private static Optional<Column> column(String name, List<String> path, Element written) {
        if (written.isScalar()) {
            return written.is(NOT_PERSONAL)
                    ? Optional.of(column(name, path, List.of(), true))
                    : Written.id(written).map(category -> column(name, path, List.of(category), false));
        }
        if (written.kind() != Element.Kind.MAPPING) {
            written.wrongType("a category or a mapping", "write `name`, `not-personal` or `{is: [name, address]}`");
            return Optional.empty();
        }
        Fields known = written.fields("is", "for", "of", "cleared", "guess");
        Optional<Element> is = known.has("guess")
                ? known.get("is")
                : known.required("is", "name a category of the notice, or `not-personal`");
        boolean notPersonal = is.filter(e -> e.is(NOT_PERSONAL)).isPresent();
        List<String> categories =
                notPersonal ? List.of() : is.map(e -> e.listOf(Written::id)).orElse(List.of());
        if (categories.contains(NOT_PERSONAL)) {
            written.error(
                    "personal-or-not",
                    "`" + written.dotted() + "` is `not-personal` and something else",
                    "keep one of the two");
        }
        return Optional.of(new Column(
                name,
                path,
                categories,
                notPersonal,
                known.get("for").map(e -> e.listOf(Written::id)).orElse(List.of()),
                known.get("of").map(Element::words).orElse(List.of()),
                known.get("cleared").flatMap(Element::scalar),
                known.get("guess").flatMap(Element::text)));
    }

    private static Column column(String name, List<String> path, List<String> categories, boolean notPersonal) {
        return new Column(
                name, path, categories, notPersonal, List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    /** Each JSON path is a column of its own; what no path names is undeclared. */
    private static List<Column> paths(String name, Element written) {
        List<Column> columns = new ArrayList<>();
        Optional<Element> at = Optional.ofNullable(written.entries().get("at"));
        if (written.entries().size() > 1) {
            written.error(
                    "at-alone",
                    "`" + written.dotted() + "` declares what lies inside it, and itself besides",
                    "keep `at`; what no path names is undeclared");
        }
        Map<String, Element> entries = at.map(Element::entries).orElse(Map.of());
        entries.forEach((path, entry) -> {
            Optional<List<String>> steps = steps(path);
            if (steps.isEmpty()) {
                entry.problemAtKey(
                        "bad-path",
                        "`" + path + "` is not a path to one value",
                        "write keys after a `$`, as in `$.contact.email`");
                return;
            }
            Optional<Column> overlapping = columns.stream()
                    .filter(other -> overlap(other.path(), steps.get()))
                    .findFirst();
            if (overlapping.isPresent()) {
                entry.problemAtKey(
                        "path-overlap",
                        "`" + path + "` and `" + pathOf(overlapping.get().path()) + "` lie within each other",
                        "keep the outer one, or list what lies in it one by one");
                return;
            }
            column(name, steps.get(), entry).ifPresent(columns::add);
        });
        at.filter(e -> e.kind() == Element.Kind.MAPPING && entries.isEmpty())
                .ifPresent(e -> e.error("nothing-listed", "`" + e.dotted() + "` names no path", "add at least one"));
        return columns;
    }

    private static Optional<List<String>> steps(String path) {
        if (!PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        List<String> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            steps.add(Optional.ofNullable(step.group(1)).orElseGet(() -> step.group(2)));
        }
        return steps.size() <= MAX_PATH ? Optional.of(steps) : Optional.empty();
    }

    private static boolean overlap(List<String> one, List<String> other) {
        int common = Math.min(one.size(), other.size());
        return one.subList(0, common).equals(other.subList(0, common));
    }

    /** As maps write it: {@code $.contact.email}. */
    static String pathOf(List<String> steps) {
        StringBuilder path = new StringBuilder("$");
        for (String step : steps) {
            boolean plain = PATH.matcher("$." + step).matches() && !step.contains(".");
            path.append('.').append(plain ? step : "\"" + step + "\"");
        }
        return path.toString();
    }
}
