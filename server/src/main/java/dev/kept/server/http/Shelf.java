package dev.kept.server.http;

import dev.kept.core.check.Checked;
import dev.kept.core.check.FolderCheck;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.version.Published;
import dev.kept.core.source.Problem;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.failure.CannotRun;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The published versions of a notice with their texts, the first one first.
 *
 * @param inForce the number of the version in force; of the first, where none is yet
 */
public record Shelf(List<Volume> volumes, int inForce) {

    /** A version and its text in every language. */
    public record Volume(Published published, List<Prose> texts) {
        public Volume {
            texts = List.copyOf(texts);
        }

        public int number() {
            return published.version().number();
        }

        public Optional<Prose> in(String language) {
            return texts.stream()
                    .filter(text -> text.language().equals(language))
                    .findFirst();
        }
    }

    public Shelf {
        volumes = List.copyOf(volumes);
    }

    /**
     * What was published, as of a day.
     *
     * @throws CannotRun where nothing was, or what lies there is not what was published
     */
    static Shelf read(Path folder, java.time.InstantSource clock) {
        PrivacyFolder files = PrivacyFolder.read(folder);
        Checked checked = FolderCheck.check(files.files(), files.unread());
        List<Problem> altered = checked.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .filter(problem -> problem.code().startsWith("version-"))
                .toList();
        if (!altered.isEmpty()) {
            throw new CannotRun(
                    "what lies in `" + folder + "/published` is not what was published: "
                            + altered.getFirst().message(),
                    altered.getFirst().attempt());
        }
        List<Published> versions = checked.editions().versions();
        if (versions.isEmpty()) {
            throw new CannotRun("nothing of the notice in `" + folder + "` is published", "kept publish " + folder);
        }
        LocalDate today = LocalDate.ofInstant(
                clock.instant(), versions.getLast().notice().controller().zone());
        List<Volume> volumes = new ArrayList<>();
        versions.forEach(version -> volumes.add(new Volume(version, texts(files, version))));
        int inForce = versions.stream()
                .filter(version -> !version.version().effective().isAfter(today))
                .map(version -> version.version().number())
                .max(Comparator.naturalOrder())
                .orElse(1);
        return new Shelf(volumes, inForce);
    }

    private static List<Prose> texts(PrivacyFolder files, Published version) {
        List<Prose> texts = files.prose(version.version(), version.notice());
        List<String> order = version.version().languages();
        return texts.stream()
                .sorted(Comparator.comparingInt(text -> order.indexOf(text.language())))
                .toList();
    }

    /** The version in force. */
    public Volume current() {
        return volumes.get(inForce - 1);
    }
}
