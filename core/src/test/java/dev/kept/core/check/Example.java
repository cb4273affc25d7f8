package dev.kept.core.check;

import dev.kept.core.source.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of the example company's notice, to be changed. */
final class Example {

    private static final Path FOLDER = Path.of("..", "examples", "larkfield", "privacy");

    private final Map<String, String> files = new LinkedHashMap<>();

    static Example whole() {
        Example example = new Example();
        try (Stream<Path> found = Files.walk(FOLDER)) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                String name = FOLDER.relativize(file).toString().replace('\\', '/');
                if (name.endsWith(".yaml") || name.endsWith(".md")) {
                    example.files.put(name, Files.readString(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return example;
    }

    Map<String, String> files() {
        return files;
    }

    Example without(String file) {
        files.remove(file);
        return this;
    }

    /** Cases cost time, and most changes are not about them. */
    Example withoutCases() {
        files.keySet().removeIf(name -> name.startsWith("cases/"));
        return this;
    }

    Example with(String file, String text) {
        files.put(file, text);
        return this;
    }

    /** Changes the first place where {@code before} stands. */
    Example with(String file, String before, String after) {
        String text = files.getOrDefault(file, "");
        int at = text.indexOf(before);
        if (at < 0) {
            throw new IllegalArgumentException("`" + file + "` says nowhere: " + before);
        }
        return with(file, text.substring(0, at) + after + text.substring(at + before.length()));
    }

    Checked check() {
        List<SourceText> sources = new ArrayList<>();
        files.forEach((name, text) -> sources.add(new SourceText(name, text)));
        return FolderCheck.check(sources);
    }
}
