package dev.kept.server.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.Value;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Wordings;
import dev.kept.server.http.Visitor;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words are text, whatever stands in them: in elements, in attributes, in letters. */
class HostileWordsTest {

    private static final String ATTACK = "\\\"><script>alert(1)</script><b onload=x $(7*7)";

    private static final String TEXT = """
            ---
            words: {account.opened: Sie es eröffnet haben}
            ---
            # Erklärung

            Das haben wir. {#collects.name collects.email collects.address collects.testimonial}

            - Konten. {#uses.account} Briefe. {#uses.newsletter} Stimmen. {#uses.voices} Sicherheit. {#uses.safety}

            {{keeps.longest}}. {#keeps.longest keeps.then} Schreiben. {#contact} {{rights.answered-within}}. {#rights.answered-within}

            Rechte. {#rights.access rights.correct rights.erase rights.portability rights.restrict rights.object rights.withdraw rights.complain}
            """;

    @TempDir
    private Path folder;

    private static String attacked(String english) {
        String places = Pattern.compile("\\{[a-z-]+}")
                .matcher(english)
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.joining(" "));
        return ATTACK + " " + places;
    }

    @Test
    void markup_in_words_is_shown_and_does_nothing() throws Exception {
        StringBuilder words = new StringBuilder();
        for (Area area : Area.values()) {
            words.append(area.word()).append(":\n");
            for (String key : Wordings.keys(area)) {
                String english = Wordings.NONE_OF_ITS_OWN.in("en", area).say(key);
                words.append("  ")
                        .append(key)
                        .append(": \"")
                        .append(attacked(english))
                        .append("\"\n");
            }
        }
        Files.createDirectories(folder.resolve("words"));
        Files.writeString(folder.resolve("words/de.yaml"), words);

        try (Harbour harbour = new Harbour(folder, "", Map.of("de", TEXT))) {
            Visitor reader = harbour.visitor();
            List<String> open = new ArrayList<>(List.of("/privacy/de", "/notice/de", "/privacy/de/nothing"));
            for (int i = 0; i < open.size(); i++) {
                HttpResponse<String> page = reader.get(open.get(i), "Accept-Language", "de");
                assertThat(page.body())
                        .as(open.get(i))
                        .contains("&lt;script&gt;alert(1)")
                        .doesNotContainIgnoringCase("<script")
                        .doesNotContain("<b onload");
                Visitor.ways(page, "/privacy/de").stream()
                        .filter(path -> !open.contains(path))
                        .forEach(open::add);
            }
            assertThat(open).hasSizeGreaterThan(12);
            Map<String, Value> values = Map.of(
                    "company", new Value.Words("The Harbour"),
                    "contact", new Value.Words("privacy@harbour.example"),
                    "asked", new Value.Term("asked.access"),
                    "number", new Value.Words("7777-7777"),
                    "by", new Value.Day(Instant.EPOCH.atZone(ZoneOffset.UTC).toLocalDate()),
                    "link", new Value.Link(URI.create("https://privacy.harbour.example/privacy/requests/7777-7777")));
            String letter = harbour.home()
                    .letters()
                    .write(LetterKind.RECEIVED, "de", values, URI.create("https://privacy.harbour.example/"))
                    .html();
            assertThat(letter).contains("&lt;script&gt;").doesNotContain("<script", "<b onload");
            assertThat(harbour.complaints()).isEmpty();
        }
    }
}
