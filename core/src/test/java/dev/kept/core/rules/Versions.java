package dev.kept.core.rules;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.version.Draft;
import dev.kept.core.notice.version.Obeyed;
import dev.kept.core.notice.version.Published;
import dev.kept.core.notice.version.Version;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Versions of an example's notice: {@code versions}, a list of earlier ones, each with its {@code notice} and when it was {@code effective};
 * and what the last one, the example's {@code notice}, says of itself under {@code version}: {@code effective}, {@code suspends},
 * {@code asks-within}, {@code renamed}, {@code reaches-back} (paths, each with the day from which people were told, or {@code untold}).
 */
final class Versions {

    private Versions() {}

    static Notice bind(Map<?, ?> root, Notice notice, Function<Map<?, ?>, Notice> read) {
        List<Published> earlier = new ArrayList<>();
        for (Object one : list(root.get("versions"))) {
            Map<?, ?> version = (Map<?, ?>) one;
            Draft said = said(version);
            earlier.add(new Published(
                    new Version(
                            earlier.size() + 1,
                            said.effective(),
                            said.effective(),
                            Optional.empty(),
                            Map.of(),
                            List.of("en"),
                            said.asksWithin(),
                            said.suspends(),
                            said.reachesBack(),
                            said.renamed(),
                            List.of()),
                    "",
                    read.apply(version)));
        }
        return earlier.isEmpty()
                ? notice
                : Obeyed.rules(notice, earlier, Optional.of(said((Map<?, ?>) root.get("version"))));
    }

    private static Draft said(Map<?, ?> version) {
        Map<String, Version.ReachBack> back = new LinkedHashMap<>();
        if (version.get("reaches-back") instanceof Map<?, ?> paths) {
            paths.forEach((path, told) -> back.put(path.toString(), new Version.ReachBack("a ground", told(told))));
        }
        return new Draft(
                LocalDate.parse(version.get("effective").toString()),
                Optional.ofNullable(version.get("asks-within"))
                        .flatMap(text -> Span.parse(text.toString()))
                        .orElse(Version.DEFAULT_ASKS_WITHIN),
                list(version.get("suspends")).stream().map(Object::toString).toList(),
                back,
                renamed(version.get("renamed")));
    }

    private static Map<String, String> renamed(@Nullable Object given) {
        Map<String, String> names = new LinkedHashMap<>();
        if (given instanceof Map<?, ?> renamed) {
            renamed.forEach((is, was) -> names.put(is.toString(), was.toString()));
        }
        return names;
    }

    private static Optional<LocalDate> told(Object told) {
        return told.equals("untold") ? Optional.empty() : Optional.of(LocalDate.parse(told.toString()));
    }

    private static List<?> list(@Nullable Object list) {
        return list instanceof List<?> items ? items : List.of();
    }
}
