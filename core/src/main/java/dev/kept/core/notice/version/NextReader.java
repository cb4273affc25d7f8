package dev.kept.core.notice.version;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.Written;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import dev.kept.core.source.Problems;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.Spelling;
import dev.kept.core.source.YamlReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code next.yaml}: what the next version will say of itself beside its rules.
 *
 * <pre>{@code
 * version: 2
 * effective: 2027-01-01                # else the day on which it is published
 * asks-within: 30 days                 # how long people have to give a suspended consent again
 * reaches-back: {uses.orders: "…"}     # on which ground new rules bind older data, once the people were told
 * renamed: {purchases: orders}         # uses that are what they were under another id
 * }</pre>
 */
public final class NextReader {

    public static final String FILE = "next.yaml";

    /** The most versions. */
    private static final int MOST_VERSIONS = 999_999;

    private NextReader() {}

    /** What it says. */
    public record Next(
            long version,
            Optional<LocalDate> effective,
            Optional<Span> asksWithin,
            Map<String, Version.ReachBack> reachesBack,
            Map<String, String> renamed) {}

    /** Empty where the file speaks of a version that is published already. */
    public static Reading<Next> read(SourceText source, Notice notice, List<Published> versions) {
        Problems problems = new Problems(source.name());
        Optional<Next> next = YamlReader.read(source, problems).flatMap(root -> next(root, notice, versions));
        return problems.reading(next);
    }

    private static Optional<Next> next(Element root, Notice notice, List<Published> versions) {
        Fields fields = root.fields("version", "effective", "asks-within", "reaches-back", "renamed");
        Optional<Element> number =
                fields.required("version", "say of which version: `version: " + (versions.size() + 1) + "`");
        Optional<Long> version = number.flatMap(e -> e.whole(1, MOST_VERSIONS));
        if (version.isEmpty()) {
            return Optional.empty();
        }
        if (version.get() <= versions.size()) {
            number.get()
                    .advice(
                            "next-published",
                            "`next.yaml` speaks of version " + version.get() + ", which is published",
                            "take the file away, or let it speak of version " + (versions.size() + 1));
            return Optional.empty();
        }
        if (version.get() > versions.size() + 1) {
            number.get()
                    .error(
                            "next-skips",
                            "`next.yaml` speaks of version " + version.get() + ", but the next one is "
                                    + (versions.size() + 1),
                            "write `version: " + (versions.size() + 1) + "`");
        }
        Optional<LocalDate> effective = fields.get("effective").flatMap(Written::date);
        if (effective.isPresent()
                && !versions.isEmpty()
                && effective.get().isBefore(versions.getLast().version().effective())) {
            fields.get("effective")
                    .get()
                    .error(
                            "next-too-early",
                            "version " + version.get() + " cannot take effect before version " + versions.size()
                                    + " does, on "
                                    + versions.getLast().version().effective(),
                            "name that day or a later one");
        }
        fields.get("reaches-back").ifPresent(paths -> known(paths, notice));
        fields.get("renamed").ifPresent(names -> renamed(names, notice, versions));
        return Optional.of(new Next(
                version.get(),
                effective,
                fields.get("asks-within").flatMap(Written::span),
                fields.get("reaches-back").map(VersionReader::grounds).orElse(Map.of()),
                fields.get("renamed").map(VersionReader::names).orElse(Map.of())));
    }

    private static void renamed(Element names, Notice notice, List<Published> versions) {
        Set<String> before = versions.isEmpty()
                ? Set.of()
                : versions.getLast().notice().uses().keySet();
        names.entries().forEach((is, was) -> {
            String former = was.text().orElse("");
            if (!notice.uses().containsKey(is)) {
                was.problemAtKey(
                        "next-no-use",
                        "`" + is + "` is no use of the notice",
                        Spelling.suggest(is, notice.uses().keySet()));
            } else if (!before.contains(former)
                    || before.contains(is)
                    || notice.uses().containsKey(former)) {
                was.error(
                        "next-not-renamed",
                        "`" + former + "` is not what `" + is + "` was called in version " + versions.size(),
                        "name a use that was there and is gone: " + Spelling.suggest(former, before));
            }
        });
    }

    private static void known(Element paths, Notice notice) {
        List<String> uses = notice.uses().values().stream().map(Use::path).toList();
        paths.entries().forEach((path, ground) -> {
            if (!uses.contains(path)) {
                ground.problemAtKey(
                        "next-no-use", "`" + path + "` is no use of the notice", Spelling.suggest(path, uses));
            } else if (ground.text().filter(text -> !text.isBlank()).isEmpty()) {
                ground.error(
                        "next-no-ground",
                        "`" + path + "` reaches back on no ground",
                        "say in a sentence why new rules may bind what was dated before them");
            }
        });
    }
}
