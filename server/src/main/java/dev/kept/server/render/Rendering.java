package dev.kept.server.render;

import dev.kept.core.check.Checked;
import dev.kept.core.check.FolderCheck;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.page.Edition;
import dev.kept.core.notice.page.NoticeData;
import dev.kept.core.notice.page.NoticeMarkdown;
import dev.kept.core.notice.page.NoticePage;
import dev.kept.core.notice.page.NoticeText;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.version.Published;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Sha256;
import dev.kept.core.source.SourceText;
import dev.kept.core.wording.FrozenWords;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.failure.CannotRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The notice in every language and format, as files that link to each other by their names.
 *
 * @param version which version they show; empty for a draft
 * @param files their text by name
 */
public record Rendering(Optional<Integer> version, Map<String, String> files) {

    private static final String DATA = "notice.jsonld";

    public Rendering {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /**
     * The notice as it is written now: a draft, unless it is the newest version to the letter.
     *
     * @throws CannotRun where its rules or its prose have errors
     */
    public static Rendering ofWorking(PrivacyFolder folder) {
        Checked checked = checked(folder);
        long errors = checked.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .filter(problem -> isText(problem.place().file()))
                .count();
        if (errors > 0) {
            throw new CannotRun(
                    "the notice in `" + folder.path() + "` has " + errors + (errors == 1 ? " error" : " errors")
                            + " in its rules or prose, and no page is made of it until they are mended",
                    "kept check " + folder.path());
        }
        Notice notice = notice(folder, checked);
        List<Prose> prose = folder.prose(notice);
        Optional<Published> newest = checked.editions().versions().reversed().stream()
                .findFirst()
                .filter(published -> isToTheLetter(folder, prose, published));
        return of(notice, prose, newest);
    }

    /**
     * A version as it was published.
     *
     * @throws CannotRun where there is none of that number, or it no longer is what was published
     */
    public static Rendering ofVersion(PrivacyFolder folder, int number) {
        Checked checked = checked(folder);
        String place = "published/" + number + "/";
        boolean altered = checked.problems().stream()
                .anyMatch(problem -> problem.severity() == Problem.Severity.ERROR
                        && problem.place().file().startsWith(place));
        if (altered) {
            throw new CannotRun(
                    "version " + number + " is not what was published", "kept check " + folder.path() + " says where");
        }
        Published published = checked.editions().versions().stream()
                .filter(one -> one.version().number() == number)
                .findFirst()
                .orElseThrow(() -> new CannotRun(
                        "there is no version " + number + " in `" + folder.path() + "`",
                        "name one of those in `published/`, or leave `--published` out"));
        Notice notice = published.notice();
        return of(notice, folder.prose(published.version(), notice), Optional.of(published));
    }

    private static Checked checked(PrivacyFolder folder) {
        return FolderCheck.check(folder.files(), folder.unread());
    }

    private static Notice notice(PrivacyFolder folder, Checked checked) {
        return checked.notice()
                .orElseThrow(() -> new CannotRun("`notice.yaml` cannot be read", "kept check " + folder.path()));
    }

    private static boolean isText(String file) {
        return !file.contains("/") && (file.equals("notice.yaml") || file.endsWith(".md") || FrozenWords.is(file));
    }

    private static boolean isToTheLetter(PrivacyFolder folder, List<Prose> prose, Published published) {
        Map<String, String> now = new LinkedHashMap<>();
        for (SourceText file : folder.files()) {
            now.put(file.name(), Sha256.of(file.text()));
        }
        for (Prose text : prose) {
            SourceText words = text.glossary().frozen(text.language());
            now.put(words.name(), Sha256.of(words.text()));
        }
        return published.version().files().entrySet().stream()
                .filter(file -> isText(file.getKey()))
                .allMatch(file -> file.getValue().equals(now.get(file.getKey())));
    }

    private static Rendering of(Notice notice, List<Prose> prose, Optional<Published> version) {
        List<Prose> ordered = ordered(notice, prose);
        Edition edition = new Edition(
                version.map(published -> new Edition.Version(
                        Integer.toString(published.version().number()),
                        published.version().effective(),
                        "sha256:" + published.hash())),
                ordered.stream()
                        .map(Prose::language)
                        .map(language -> new Edition.Translation(
                                language,
                                name(language, "html"),
                                Optional.of(name(language, "md")),
                                Optional.of(name(language, "txt"))))
                        .toList(),
                Optional.of(DATA),
                List.of());
        Map<String, String> files = new LinkedHashMap<>();
        for (Prose text : ordered) {
            files.put(name(text.language(), "html"), NoticePage.of(notice, text, edition));
            files.put(name(text.language(), "md"), NoticeMarkdown.of(text, edition));
            files.put(name(text.language(), "txt"), NoticeText.of(text, edition));
        }
        files.put(DATA, NoticeData.of(notice, ordered, edition));
        return new Rendering(version.map(published -> published.version().number()), files);
    }

    /** In the order of the notice's languages; a file of prose in another language is no part of it. */
    private static List<Prose> ordered(Notice notice, List<Prose> prose) {
        if (notice.languages().isEmpty()) {
            return prose;
        }
        return notice.languages().stream()
                .flatMap(language ->
                        prose.stream().filter(text -> text.language().equals(language)))
                .toList();
    }

    private static String name(String language, String ending) {
        return "notice." + language + "." + ending;
    }

    /**
     * Writes the files; those of the same names are replaced.
     *
     * @throws CannotRun where the folder cannot be written
     */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(
                        folder.resolve(file.getKey()), Objects.requireNonNull(file.getValue()), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new CannotRun(
                    "the pages cannot be written to `" + folder + "`",
                    "see that it is a folder, that you may write there and that the disk has room",
                    e);
        }
    }
}
