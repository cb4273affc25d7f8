package dev.kept.server.publish;

import dev.kept.core.check.Checked;
import dev.kept.core.check.FolderCheck;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.ProseReader;
import dev.kept.core.notice.version.Comparison;
import dev.kept.core.notice.version.Draft;
import dev.kept.core.notice.version.NextReader.Next;
import dev.kept.core.notice.version.Publication;
import dev.kept.core.notice.version.Published;
import dev.kept.core.notice.version.Version;
import dev.kept.core.source.Problem;
import dev.kept.core.source.SourceText;
import dev.kept.core.wording.FrozenWords;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.failure.CannotRun;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The notice as it would be published today: checked as if it were, and compared with the newest version.
 *
 * @param notice its rules
 * @param before the newest version; empty where this is the first
 * @param says what it says of itself
 */
public record Candidate(
        PrivacyFolder folder,
        Checked checked,
        Notice notice,
        Optional<Published> before,
        Draft says,
        Comparison comparison,
        Publication publication) {

    /**
     * @throws CannotRun where the notice does not check, or would take effect in the past
     */
    public static Candidate of(PrivacyFolder folder, InstantSource clock) {
        Notice draft = FolderCheck.check(folder.files(), folder.unread())
                .notice()
                .orElseThrow(() -> new CannotRun("`notice.yaml` cannot be read", "kept check " + folder.path()));
        LocalDate today =
                LocalDate.ofInstant(clock.instant(), draft.controller().zone());
        Checked checked = FolderCheck.publishing(folder.files(), folder.unread(), today);
        if (checked.failed()) {
            throw new CannotRun(
                    "the notice in `" + folder.path() + "` has " + checked.count(Problem.Severity.ERROR)
                            + " errors, and is not published until they are mended",
                    "kept check " + folder.path());
        }
        List<Published> versions = checked.editions().versions();
        Optional<Published> before = versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
        List<Prose> prose = folder.prose(draft);
        Map<String, String> renamed =
                checked.editions().next().map(Next::renamed).orElse(Map.of());
        Comparison comparison = before.map(last -> Comparison.of(
                        last.notice(), draft, folder.prose(last.version(), last.notice()), prose, renamed))
                .orElse(Comparison.none());
        Draft says = says(
                checked.editions().next(),
                comparison,
                today,
                before.map(last -> last.notBefore(today)).orElse(today));
        return new Candidate(
                folder,
                checked,
                draft,
                before,
                says,
                comparison,
                Publication.of(
                        source(folder, "notice.yaml"),
                        sources(folder, draft),
                        texts(prose),
                        words(prose, draft),
                        versions,
                        today,
                        says,
                        comparison));
    }

    /** @param first the day from which it can take effect */
    private static Draft says(Optional<Next> next, Comparison comparison, LocalDate today, LocalDate first) {
        LocalDate effective = next.flatMap(Next::effective).orElse(first);
        if (effective.isBefore(today)) {
            throw new CannotRun(
                    "`next.yaml` has the version take effect on " + effective + ", which is past",
                    "name today or a later day: nobody is bound by what was not published");
        }
        return new Draft(
                effective,
                next.flatMap(Next::asksWithin).orElse(Version.DEFAULT_ASKS_WITHIN),
                comparison.suspends(),
                next.map(Next::reachesBack).orElse(Map.of()),
                next.map(Next::renamed).orElse(Map.of()));
    }

    /** Whether anything differs from the newest version. */
    public boolean differs() {
        return before.isEmpty()
                || !comparison.changes().isEmpty()
                || !before.get().version().files().equals(files());
    }

    /** Without the words, where the version before was published when they were not frozen. */
    private Map<String, String> files() {
        Map<String, String> files = new TreeMap<>(publication.version().files());
        if (before.stream()
                .noneMatch(last -> last.version().files().keySet().stream().anyMatch(FrozenWords::is))) {
            files.keySet().removeIf(FrozenWords::is);
        }
        return files;
    }

    private static List<SourceText> words(List<Prose> prose, Notice notice) {
        return prose.stream()
                .filter(text -> notice.languages().contains(text.language()))
                .map(text -> text.glossary().frozen(text.language()))
                .toList();
    }

    private static SourceText source(PrivacyFolder folder, String name) {
        return folder.files().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CannotRun("there is no `" + name + "`", "kept check " + folder.path()));
    }

    private static Map<String, SourceText> sources(PrivacyFolder folder, Notice notice) {
        Map<String, SourceText> sources = new LinkedHashMap<>();
        notice.languages().forEach(language -> sources.put(language, source(folder, ProseReader.fileOf(language))));
        return sources;
    }

    private static Map<String, String> texts(List<Prose> prose) {
        Map<String, String> texts = new LinkedHashMap<>();
        prose.forEach(one -> texts.put(one.language(), one.plain() + "\n"));
        return texts;
    }
}
