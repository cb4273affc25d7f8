package dev.kept.core.notice.version;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.notice.Written;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Problems;
import dev.kept.core.source.Reading;
import dev.kept.core.source.Sha256;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.YamlReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code published/}: every version as it was frozen, and whether each still is what was published. */
public final class VersionReader {

    /** The folder, from the notice's. */
    public static final String FOLDER = "published/";

    /** What a version says of itself. */
    public static final String MANIFEST = "version.json";

    /** Since when people have been told of a version that reaches back; the only file that comes later. */
    public static final String TOLD = "told.yaml";

    static final String RULES = "notice.yaml";

    private static final Pattern FILE = Pattern.compile("published/([1-9][0-9]{0,5})/(.+)");

    private final SortedMap<Integer, Map<String, SourceText>> folders = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private VersionReader(List<SourceText> files) {
        for (SourceText file : files) {
            Matcher name = FILE.matcher(file.name());
            if (name.matches()) {
                folders.computeIfAbsent(Integer.parseInt(name.group(1)), number -> new TreeMap<>())
                        .put(name.group(2), file);
            }
        }
    }

    /**
     * The versions in order; those that are whole, where some are not.
     *
     * @param files named relative to the notice's folder
     * @param notice the rules as they are written now, with their text: a version of the same text is not read again
     */
    public static Reading<List<Published>> read(List<SourceText> files, Optional<Known> notice) {
        VersionReader reader = new VersionReader(files);
        List<Published> versions = reader.versions(notice);
        return new Reading<>(Optional.of(versions), reader.problems, new Problems(FOLDER).places());
    }

    /** Rules that were read already. */
    public record Known(SourceText source, Notice notice) {}

    private List<Published> versions(Optional<Known> known) {
        List<Published> versions = new ArrayList<>();
        int expected = 1;
        for (Map.Entry<Integer, Map<String, SourceText>> folder : folders.entrySet()) {
            if (folder.getKey() != expected) {
                error(
                        "version-missing",
                        Place.of(FOLDER + folder.getKey() + "/" + MANIFEST),
                        "version " + expected + " is missing before version " + folder.getKey(),
                        "take it back from version control: what was published is not taken away");
                return versions;
            }
            Optional<Published> version = version(folder.getKey(), folder.getValue(), versions, known);
            if (version.isEmpty()) {
                return versions;
            }
            versions.add(version.get());
            expected++;
        }
        return versions;
    }

    private Optional<Published> version(
            int number, Map<String, SourceText> files, List<Published> before, Optional<Known> known) {
        SourceText manifest = files.get(MANIFEST);
        String folder = FOLDER + number + "/";
        if (manifest == null) {
            error(
                    "version-incomplete",
                    Place.of(folder + MANIFEST),
                    "`" + folder + "` has no `" + MANIFEST + "`",
                    "take it back from version control, or take the folder away if it was never published");
            return Optional.empty();
        }
        Problems found = new Problems(manifest.name());
        Optional<Version> read = YamlReader.read(manifest, found).flatMap(root -> manifest(root, number));
        problems.addAll(found.reading(Optional.empty()).problems());
        SourceText rules = files.get(RULES);
        if (read.isEmpty() || found.failed() || rules == null) {
            if (rules == null) {
                altered(folder + RULES, "is missing");
            }
            return Optional.empty();
        }
        Version version = read.get();
        files(version, files, folder);
        chain(version, before, manifest);
        Optional<Notice> notice = known.filter(now -> now.source().text().equals(rules.text()))
                .map(Known::notice)
                .or(() -> NoticeReader.draft(rules).value());
        if (notice.isEmpty()) {
            altered(folder + RULES, "can no longer be read");
            return Optional.empty();
        }
        return Optional.of(new Published(told(version, files.get(TOLD)), Sha256.of(manifest.text()), notice.get()));
    }

    private void files(Version version, Map<String, SourceText> files, String folder) {
        version.files().forEach((name, hash) -> {
            SourceText file = files.get(name);
            if (file == null) {
                altered(folder + name, "is missing");
            } else if (!Sha256.of(file.text()).equals(hash)) {
                altered(folder + name, "is not what was published");
            }
        });
        files.keySet().stream()
                .filter(name -> !name.equals(MANIFEST) && !name.equals(TOLD))
                .filter(name -> !version.files().containsKey(name))
                .forEach(name -> altered(folder + name, "does not belong to the version"));
    }

    private void altered(String file, String how) {
        error(
                "version-altered",
                Place.of(file),
                "`" + file + "` " + how,
                "take it back from version control; what shall be new is published as a new version");
    }

    private void chain(Version version, List<Published> before, SourceText manifest) {
        Optional<String> last = before.isEmpty()
                ? Optional.empty()
                : Optional.of(before.getLast().hash());
        if (!version.follows().equals(last)) {
            error(
                    "version-chain",
                    Place.of(manifest.name()),
                    last.isEmpty()
                            ? "version 1 follows another"
                            : "version " + version.number() + " does not follow version " + (version.number() - 1)
                                    + " as it lies there",
                    "take both back from version control");
        }
        boolean earlier = !before.isEmpty()
                && version.effective().isBefore(before.getLast().version().effective());
        if (earlier) {
            error(
                    "version-order",
                    Place.of(manifest.name()),
                    "version " + version.number() + " takes effect before version " + (version.number() - 1),
                    "take both back from version control");
        }
    }

    private Version told(Version version, @Nullable SourceText told) {
        if (told == null) {
            return version;
        }
        Problems found = new Problems(told.name());
        Optional<LocalDate> since = YamlReader.read(told, found)
                .map(root -> root.fields("told", "how"))
                .flatMap(fields -> fields.required("told", "add the day: `told: 2026-12-01`"))
                .flatMap(Written::date);
        problems.addAll(found.reading(Optional.empty()).problems());
        return version.told(since);
    }

    private static Optional<Version> manifest(Element root, int number) {
        Fields fields = root.fields(
                "version",
                "published",
                "effective",
                "follows",
                "languages",
                "asks-within",
                "suspends",
                "reaches-back",
                "renamed",
                "changes",
                "files");
        Optional<LocalDate> published =
                fields.required("published", "take the file back").flatMap(Written::date);
        Optional<LocalDate> effective =
                fields.required("effective", "take the file back").flatMap(Written::date);
        Optional<Long> said = fields.required("version", "take the file back").flatMap(e -> e.whole(number, number));
        if (said.isEmpty() || published.isEmpty() || effective.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> files = new LinkedHashMap<>();
        fields.required("files", "take the file back")
                .ifPresent(all ->
                        all.entries().forEach((name, hash) -> hash.text().ifPresent(h -> files.put(name, h))));
        return Optional.of(new Version(
                number,
                published.get(),
                effective.get(),
                fields.get("follows").flatMap(Element::text),
                files,
                fields.get("languages").map(Element::words).orElse(List.of()),
                fields.get("asks-within").flatMap(Written::span).orElse(Version.DEFAULT_ASKS_WITHIN),
                fields.get("suspends").map(Element::words).orElse(List.of()),
                fields.get("reaches-back").map(VersionReader::grounds).orElse(Map.of()),
                fields.get("renamed").map(VersionReader::names).orElse(Map.of()),
                fields.get("changes").map(VersionReader::changes).orElse(List.of())));
    }

    static Map<String, Version.ReachBack> grounds(Element paths) {
        Map<String, Version.ReachBack> grounds = new LinkedHashMap<>();
        paths.entries()
                .forEach((path, ground) -> ground.text()
                        .ifPresent(said -> grounds.put(path, new Version.ReachBack(said, Optional.empty()))));
        return grounds;
    }

    static Map<String, String> names(Element renamed) {
        Map<String, String> names = new LinkedHashMap<>();
        renamed.entries().forEach((is, was) -> was.text().ifPresent(former -> names.put(is, former)));
        return names;
    }

    private static List<Change> changes(Element list) {
        List<Change> changes = new ArrayList<>();
        Map<String, Change.Reason> reasons = Written.words(Change.Reason::word, List.of(Change.Reason.values()));
        for (Element item : list.items()) {
            Fields fields = item.fields("path", "reason", "weight", "language", "said");
            Optional<Change.Reason> reason =
                    fields.required("reason", "take the file back").flatMap(e -> e.choice(reasons));
            reason.ifPresent(why -> changes.add(new Change(
                    fields.get("path").flatMap(Element::text).orElse(""),
                    why.weight(),
                    why,
                    fields.get("language").flatMap(Element::text),
                    fields.get("said").flatMap(Element::text).orElse(""))));
        }
        return changes;
    }

    private void error(String code, Place place, String message, String attempt) {
        problems.add(Problem.error(code, place, "", message, attempt));
    }
}
