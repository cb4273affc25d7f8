package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Larkfield's notice as files, without its stores: nothing here asks a database. */
class RenderCommandTest {

    private static final List<String> FILES = List.of(
            "notice.en.html",
            "notice.en.md",
            "notice.en.txt",
            "notice.de.html",
            "notice.de.md",
            "notice.de.txt",
            "notice.zh.html",
            "notice.zh.md",
            "notice.zh.txt",
            "notice.jsonld");

    @TempDir
    private Path place = Path.of("");

    private Path privacy = Path.of("");
    private Path out = Path.of("");
    private final StringWriter said = new StringWriter();
    private final StringWriter wrong = new StringWriter();

    @BeforeEach
    void copy() throws IOException {
        privacy = Files.createDirectory(place.resolve("privacy"));
        out = place.resolve("site/privacy");
        Path larkfield = Path.of("../examples/larkfield/privacy");
        for (String name : List.of("notice.yaml", "notice.en.md", "notice.de.md", "notice.zh.md")) {
            Files.copy(larkfield.resolve(name), privacy.resolve(name));
        }
    }

    private int kept(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(wrong))
                .execute(arguments);
    }

    private int render(String... options) {
        return kept(Stream.concat(Stream.of("render", privacy.toString(), "--out", out.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    private void write(String file, String before, String after) throws IOException {
        Path path = privacy.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(before);
        Files.writeString(path, text.replace(before, after));
    }

    @Test
    void a_draft_is_written_in_every_language_and_format_and_says_that_it_is_one() throws IOException {
        assertThat(render()).isEqualTo(ExitCode.OK);
        try (Stream<Path> written = Files.list(out)) {
            assertThat(written.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(FILES);
        }
        assertThat(said.toString())
                .contains("Wrote 10 files", "a draft, not published")
                .contains(FILES);
        assertThat(out.resolve("notice.en.html")).content().contains("Draft, not published");
        assertThat(out.resolve("notice.de.html")).content().contains("Entwurf, nicht veröffentlicht");
        assertThat(out.resolve("notice.zh.txt")).content().contains("草稿，尚未发布");
        assertThat(out.resolve("notice.en.html"))
                .content()
                .contains("href=\"notice.de.html\"", "href=\"notice.jsonld\"", "href=\"notice.en.txt\"");
    }

    @Test
    void what_is_published_to_the_letter_is_that_version_and_what_was_changed_since_is_a_draft() throws IOException {
        assertThat(kept("publish", privacy.toString())).as(wrong.toString()).isEqualTo(ExitCode.OK);
        assertThat(render()).isEqualTo(ExitCode.OK);
        assertThat(said.toString()).contains("(version 1)");
        assertThat(out.resolve("notice.en.html")).content().contains("Version 1, in force from ", "sha256:");

        write("notice.en.md", "garden chair", "hammock");
        assertThat(render()).isEqualTo(ExitCode.OK);
        assertThat(out.resolve("notice.en.html")).content().contains("Draft, not published", "hammock");

        assertThat(render("--published", "1", "--json")).isEqualTo(ExitCode.OK);
        assertThat(said.toString()).contains("\"version\":1", "\"notice.zh.html\"");
        assertThat(out.resolve("notice.en.html")).content().contains("Version 1, in force from ", "garden chair");
    }

    @Test
    void no_page_is_made_of_a_notice_with_errors_or_of_a_version_that_is_not_there_or_was_altered() throws IOException {
        assertThat(render("--published", "1")).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(wrong.toString()).contains("there is no version 1");

        assertThat(kept("publish", privacy.toString())).isEqualTo(ExitCode.OK);
        write("published/1/notice.en.md", "garden chair", "hammock");
        assertThat(render("--published", "1")).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(wrong.toString()).contains("version 1 is not what was published");

        write("notice.de.md", "{{keeps.longest}}", "{{keeps.langest}}");
        assertThat(render()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(wrong.toString()).contains("1 error in its rules or prose");
        assertThat(out).doesNotExist();
    }
}
