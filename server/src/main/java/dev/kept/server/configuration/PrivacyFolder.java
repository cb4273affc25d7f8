package dev.kept.server.configuration;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.ProseReader;
import dev.kept.core.notice.version.Version;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.SourceText;
import dev.kept.core.wording.FrozenWords;
import dev.kept.core.wording.Wordings;
import dev.kept.server.failure.CannotRun;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of a notice as code, read once. */
public final class PrivacyFolder {

    /** The most files read; more means that the wrong folder was named. */
    public static final int MOST_FILES = 2_000;

    /** What is read; `.yml` only to say that it is not. */
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".md");

    private static final List<String> PUBLISHED_ENDINGS = List.of(".yaml", ".md", ".json", ".txt");

    private static final List<String> FOLDERS = List.of("", "stores", "cases", "mail", "words");

    private final Path path;
    private final List<SourceText> files;

    private final List<Problem> unread;
    private final Wordings wordings;

    private PrivacyFolder(Path path, List<SourceText> files, List<Problem> unread) {
        this.path = path;
        this.files = List.copyOf(files);
        this.unread = List.copyOf(unread);
        this.wordings = Wordings.of(files);
    }

    /**
     * Reads {@code notice.yaml}, the prose, maps, catalogues and cases.
     *
     * @throws CannotRun where the folder has no notice or cannot be read
     */
    public static PrivacyFolder read(Path path) {
        if (!Files.isRegularFile(path.resolve("notice.yaml"))) {
            if (Files.isSymbolicLink(path.resolve("notice.yaml"))) {
                throw new CannotRun(
                        "`notice.yaml` in `" + path + "` is a link that leads to no file", "see where it should lead");
            }
            throw new CannotRun(
                    "`" + path + "` has no `notice.yaml`", "name the folder of the notice: kept check path/to/privacy");
        }
        List<SourceText> files = new ArrayList<>();
        List<Problem> unread = new ArrayList<>();
        for (String folder : FOLDERS) {
            Path place = folder.isEmpty() ? path : path.resolve(folder);
            for (Path file : listed(place, ENDINGS)) {
                read(path, file, files, unread);
                if (files.size() + unread.size() > MOST_FILES) {
                    throw new CannotRun(
                            "`" + path + "` holds more than " + MOST_FILES + " files",
                            "name the folder of the notice itself");
                }
            }
        }
        for (Path folder : versions(path.resolve("published"))) {
            for (Path file : listed(folder, PUBLISHED_ENDINGS)) {
                read(path, file, files, unread);
            }
        }
        return new PrivacyFolder(path, files, unread);
    }

    /** The folders of published versions. */
    private static List<Path> versions(Path published) {
        if (!Files.isDirectory(published)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(published)) {
            return found.filter(Files::isDirectory)
                    .filter(folder -> folder.getFileName().toString().matches("[1-9][0-9]{0,5}"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CannotRun("`" + published + "` cannot be listed", "see that you may read it", e);
        }
    }

    private static void read(Path folder, Path file, List<SourceText> files, List<Problem> unread) {
        try {
            files.add(text(folder, file));
        } catch (CannotRun e) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            unread.add(Problem.error("file-unread", Place.of(name), "", e.problem(), e.advice()));
        }
    }

    private static List<Path> listed(Path folder, List<String> endings) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> !Files.isDirectory(file))
                    .filter(file -> endings.stream().anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CannotRun("`" + folder + "` cannot be listed", "see that you may read it", e);
        }
    }

    /** One file by itself. */
    public static SourceText text(Path file) {
        Path path = file.toAbsolutePath();
        return text(Objects.requireNonNullElse(path.getParent(), path), path);
    }

    private static SourceText text(Path folder, Path file) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (!Files.isRegularFile(file)) {
            throw new CannotRun("`" + name + "` is no file, or a link that leads to none", "put the file itself there");
        }
        try {
            if (Files.size(file) > SourceText.MAX_CHARACTERS) {
                throw new CannotRun(
                        "`" + name + "` is larger than " + SourceText.MAX_CHARACTERS + " characters",
                        "split it: a map per store, cases in several files");
            }
            return new SourceText(name, Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            throw new CannotRun("`" + name + "` is not UTF-8", "save it as UTF-8", e);
        } catch (IOException e) {
            throw new CannotRun("`" + name + "` cannot be read", "see that you may read it", e);
        }
    }

    public Path path() {
        return path;
    }

    public List<SourceText> files() {
        return files;
    }

    /** What pages say: as Kept brings it along, or as the folder says. */
    public Wordings wordings() {
        return wordings;
    }

    /** Why files could not be read. */
    public List<Problem> unread() {
        return unread;
    }

    /** The texts of a published version, with the values of its rules, and the words that were frozen with it. */
    public List<Prose> prose(Version version, Notice rules) {
        String folder = version.folder() + "/";
        List<SourceText> frozen = files.stream()
                .filter(file -> file.name().startsWith(folder))
                .map(file -> new SourceText(file.name().substring(folder.length()), file.text()))
                .toList();
        return frozen.stream()
                .flatMap(file -> prose(file, rules, around(file, frozen)).stream())
                .sorted(Comparator.comparingInt(prose -> rank(prose, rules)))
                .toList();
    }

    /** Around a text of a version; those of now where it was published when they were not frozen. */
    private Wordings around(SourceText text, List<SourceText> frozen) {
        return ProseReader.languageOf(text.name())
                .map(FrozenWords::file)
                .flatMap(words -> frozen.stream()
                        .filter(file -> file.name().equals(words))
                        .findFirst())
                .map(wordings::around)
                .orElse(wordings);
    }

    private static Optional<Prose> prose(SourceText file, Notice notice, Wordings wordings) {
        return ProseReader.languageOf(file.name())
                .flatMap(language ->
                        ProseReader.read(file, language, notice, wordings).value());
    }

    /** The texts of the notice, as far as they can be read. */
    public List<Prose> prose(Notice notice) {
        return files.stream()
                .filter(file -> !file.name().contains("/"))
                .flatMap(file -> prose(file, notice, wordings).stream())
                .sorted(Comparator.comparingInt(prose -> rank(prose, notice)))
                .toList();
    }

    /** Languages stand in the order of the notice: the first is the original. */
    private static int rank(Prose prose, Notice notice) {
        int rank = notice.languages().indexOf(prose.language());
        return rank < 0 ? notice.languages().size() : rank;
    }
}
