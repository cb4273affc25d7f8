package dev.kept.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.kept.core.letter.Letters;
import dev.kept.core.source.SourceText;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Wordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Words of every length fit a phone: every language that Kept brings along, and one that is written from right to left. */
class EveryLanguageInBrowserTest {

    private static final String FROM_RIGHT = "ar";

    private static final List<String> PAGES = List.of(
            "/privacy/L",
            "/privacy/L/ask",
            "/privacy/L/ask/objection",
            "/privacy/L/choices",
            "/privacy/L/requests",
            "/privacy/L/open/none",
            "/notice/L");

    @TempDir
    private static Path folder;

    private static Harbour harbour;

    static Stream<String> languages() {
        return Stream.concat(Wordings.BUILT_IN.stream(), Stream.of(FROM_RIGHT));
    }

    @BeforeAll
    static void serve() throws IOException, SQLException {
        Chromium.browser();
        writeWords(folder.resolve("privacy"));
        harbour = new Harbour(folder, languages().toList());
    }

    /** The English words: here it matters where they stand, not what they say. */
    private static void writeWords(Path privacy) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Area area : Area.values()) {
            lines.add(area.word() + ":");
            for (String key : Wordings.keys(area)) {
                lines.add("  " + key + ": \""
                        + Wordings.NONE_OF_ITS_OWN.in("en", area).say(key) + "\"");
            }
        }
        Files.createDirectories(privacy.resolve("words"));
        Files.createDirectories(privacy.resolve("mail"));
        Files.write(privacy.resolve("words/" + FROM_RIGHT + ".yaml"), lines);
        for (SourceText letter : Letters.drafts(List.of(), FROM_RIGHT)) {
            Files.writeString(privacy.resolve(letter.name()), letter.text().replaceFirst("^To translate:", "Subject:"));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (harbour != null) {
            harbour.close();
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void every_page_fits_and_is_for_everybody(String language) {
        try (Person reader = new Person(harbour, 360, ColorScheme.LIGHT)) {
            for (String path : PAGES) {
                reader.open(path.replace("L", language))
                        .good(path.substring(1).replace("/", "-").replace("L", language));
            }
            assertThat(reader.wrong).isEmpty();
        }
    }

    @Test
    void from_right_to_left_a_page_begins_on_the_right() {
        try (Person reader = new Person(harbour, 1280, ColorScheme.DARK)) {
            for (String path : PAGES) {
                reader.open(path.replace("L", FROM_RIGHT))
                        .good("wide" + path.replace("/", "-").replace("L", FROM_RIGHT));
                assertThat(reader.page.locator("h1").first().evaluate("e => getComputedStyle(e).direction"))
                        .isEqualTo("rtl");
            }
            Object right = reader.open("/privacy/" + FROM_RIGHT)
                    .page
                    .evaluate("document.querySelector('a.company').getBoundingClientRect().left > innerWidth / 2");
            assertThat(right).isEqualTo(true);
            assertThat(reader.wrong).isEmpty();
        }
    }
}
