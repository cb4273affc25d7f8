package dev.kept.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.CatalogueFile;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Bad documents, each beside the problems it must give: {@code file:line:column code} for an error, with {@code advice} before it
 * for advice.
 */
class BadDocumentsTest {

    @TestFactory
    Stream<DynamicTest> notices_give_the_problems_beside_them() throws IOException, URISyntaxException {
        return documents("notice", NoticeReader::read);
    }

    @TestFactory
    Stream<DynamicTest> maps_give_the_problems_beside_them() throws IOException, URISyntaxException {
        return documents("map", source -> MapReader.read(source, ZoneOffset.UTC));
    }

    @TestFactory
    Stream<DynamicTest> catalogues_give_the_problems_beside_them() throws IOException, URISyntaxException {
        return documents("catalogue", CatalogueFile::read);
    }

    private static Stream<DynamicTest> documents(String folder, Function<SourceText, Reading<?>> reader)
            throws IOException, URISyntaxException {
        Path directory = Path.of(Objects.requireNonNull(BadDocumentsTest.class.getResource("reading/bad/" + folder))
                .toURI());
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> documents = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(documents).isNotEmpty();
            return documents.stream()
                    .map(file -> DynamicTest.dynamicTest(
                            file.getFileName().toString(), file.toUri(), () -> check(file, reader)));
        }
    }

    private static void check(Path file, Function<SourceText, Reading<?>> reader) throws IOException {
        String name = file.getFileName().toString();
        Path expected = file.resolveSibling(name.replace(".yaml", ".expected"));
        Reading<?> reading = reader.apply(new SourceText(name, Files.readString(file)));
        if (reading.failed()) {
            assertThat(reading.value()).isEmpty();
        }
        assertThat(reading.problems()).allSatisfy(BadDocumentsTest::isWellSaid);
        assertThat(reading.problems().stream().map(BadDocumentsTest::line))
                .containsExactlyElementsOf(Files.readAllLines(expected));
    }

    private static String line(Problem problem) {
        String line = problem.place() + " " + problem.code();
        return switch (problem.severity()) {
            case ERROR -> line;
            case ADVICE -> "advice " + line;
        };
    }

    /** Lower case, one line, no full stop. */
    private static void isWellSaid(Problem problem) {
        assertThat(problem.message()).doesNotContain("\n").doesNotEndWith(".").matches("^[^A-Z].*");
        assertThat(problem.attempt()).doesNotContain("\n").doesNotEndWith(".");
        assertThat(problem.code()).matches("[a-z-]+");
    }
}
