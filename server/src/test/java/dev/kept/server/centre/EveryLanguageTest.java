package dev.kept.server.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.letter.LetterText;
import dev.kept.core.letter.Letters;
import dev.kept.core.letter.Value;
import dev.kept.core.rights.request.RefusalGround;
import dev.kept.core.source.SourceText;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Wordings;
import dev.kept.server.access.PackagePage;
import dev.kept.server.access.Unpacked;
import dev.kept.server.http.Visitor;
import dev.kept.server.request.Actor;
import dev.kept.server.request.StoredRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A notice in French, which Kept brings along, and in a language that it does not and that is written from right to left: no page and no letter that a person meets on the way
 * from the notice to an answer says anything in English. The words of the other language are the English ones in letters of the Arabic script, so that any that comes from elsewhere shows.
 */
class EveryLanguageTest {

    private static final String FRENCH = """
            # Vos données

            Nous gardons ceci. {#collects.name collects.email collects.address collects.testimonial}

            - **Comptes.** Pour vos commandes. {#uses.account}
            - **Lettre.** Des nouvelles. {#uses.newsletter}
            - **Voix.** Des mots aimables. {#uses.voices}
            - **Une boutique sûre.** Contre les voleurs. {#uses.safety}

            {{keeps.longest}}. {#keeps.longest keeps.then} Ecrivez. {#contact} {{rights.answered-within}}. {#rights.answered-within}

            Vous pouvez. {#rights.access rights.correct rights.erase rights.portability rights.restrict rights.object rights.withdraw rights.complain}
            """;

    /** What stands in English in no page: words of the frame that French has none like. */
    private static final Pattern ENGLISH = Pattern.compile(
            "\\b(the|and|of|your|you|with|what|this|is|are|it|we|to|by|for|if|skip|languages?|overview|received|download|request|requests|answer)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LATIN = Pattern.compile("\\p{IsLatin}{2,}");

    /** Names, addresses, the other language's own name, and what is said the same everywhere. */
    private static final Pattern NOBODYS = Pattern.compile(
            "The Harbour|The harbour|harbour|Français|1 Quay|Anna@example\\.org|privacy@harbour\\.example|https://privacy\\.harbour\\.example\\S*|R-[A-Z0-9-]+|[0-9A-Z]{4}-[0-9A-Z]{4}|sha256:[0-9a-f]*");

    @TempDir
    private Path folder;

    private Harbour harbour;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("words"));
        Files.createDirectories(folder.resolve("mail"));
        StringBuilder words = new StringBuilder();
        for (Area area : Area.values()) {
            words.append(area.word()).append(":\n");
            Wordings.keys(area)
                    .forEach(key -> words.append("  ")
                            .append(key)
                            .append(": \"")
                            .append(other(
                                    Wordings.NONE_OF_ITS_OWN.in("en", area).say(key)))
                            .append("\"\n"));
        }
        Files.writeString(folder.resolve("words/ar.yaml"), words);
        for (SourceText letter : Letters.drafts(List.of(), "ar")) {
            String text = letter.text().replaceFirst("^To translate:", "");
            Files.writeString(folder.resolve(letter.name()), "Subject:" + other(text));
        }
        harbour = new Harbour(
                folder,
                "",
                Map.of(
                        "fr",
                        opening("l’ouverture du compte") + FRENCH,
                        "ar",
                        opening(other("opening")) + other(FRENCH)));
    }

    @AfterEach
    void close() {
        harbour.close();
    }

    private static String opening(String words) {
        String uses = Stream.of("account", "newsletter", "voices", "safety", "safety.interest")
                .map(use -> use + ": " + words)
                .collect(Collectors.joining(", "));
        String data = Stream.of("name", "email", "address", "testimonial")
                .map(one -> one + ": " + words)
                .collect(Collectors.joining(", "));
        return "---\nwords: {account.opened: " + words + ", uses: {" + uses + "}, collects: {" + data + "}}\n---\n";
    }

    /** In letters of another script; places, anchors and addresses stay. */
    private static String other(String text) {
        return Pattern.compile("\\{[^}]*}+|\\]\\([^)]*\\)|[a-z]+|[A-Z]+", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .replaceAll(found -> {
                    String part = found.group();
                    return part.matches("(?i)[a-z]+")
                            ? part.codePoints()
                                    .mapToObj(letter -> Character.toString(
                                            "ابتثجحخدذرزسشصضطظعغفقكلمنه".charAt(Character.toLowerCase(letter) - 'a')))
                                    .collect(Collectors.joining())
                            : java.util.regex.Matcher.quoteReplacement(part);
                });
    }

    /** What a reader sees or hears of a page. */
    private static String visible(String html) {
        StringBuilder text = new StringBuilder();
        Pattern.compile("(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"")
                .matcher(html)
                .results()
                .forEach(found -> text.append(found.group(1)).append('\n'));
        return text + html.replaceAll("(?s)<style>.*?</style>", "").replaceAll("<[^>]*>", "\n");
    }

    private static void speaks(String language, String where, String text) {
        String left = NOBODYS.matcher(text).replaceAll("");
        assertThat(left).as(where).isNotBlank();
        assertThat((language.equals("fr") ? ENGLISH : LATIN)
                        .matcher(left)
                        .results()
                        .map(found -> found.group()))
                .as(where + ": " + left.replaceAll("\\s+", " "))
                .isEmpty();
    }

    private static void page(String language, String where, String html) {
        assertThat(html)
                .as(where)
                .contains("<html lang=\"" + language + "\"" + (language.equals("ar") ? " dir=\"rtl\"" : ""));
        speaks(language, where, visible(html));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "ar"})
    void every_page_speaks_the_language_of_the_notice(String language) throws Exception {
        Visitor anna = harbour.visitor();
        List<String> open = new ArrayList<>(List.of("/privacy/" + language, "/notice/" + language));
        for (int i = 0; i < open.size(); i++) {
            var page = anna.get(open.get(i));
            assertThat(page.statusCode()).as(open.get(i)).isEqualTo(200);
            page(language, open.get(i), page.body());
            Visitor.ways(page, "/privacy/" + language).stream()
                    .filter(path -> !open.contains(path))
                    .forEach(open::add);
        }
        assertThat(open).hasSizeGreaterThan(12);
        page(
                language,
                "trouble",
                anna.get("/privacy/" + language + "/nothing", "Accept-Language", language)
                        .body());
        anna.get("/privacy/" + language + "/ask/access");
        page(
                language,
                "errors",
                anna.send("/privacy/" + language + "/ask/rectification", "address", "x")
                        .body());
    }

    @Test
    void who_reads_none_of_them_is_told_of_troubles_in_the_first() throws Exception {
        page("fr", "trouble", harbour.visitor().get("/privacy/fr/nothing").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "ar"})
    void a_request_is_asked_proven_and_refused_in_it(String language) throws Exception {
        Visitor anna = harbour.visitor();
        anna.get("/privacy/" + language + "/ask/access");
        page(
                language,
                "asked",
                anna.send("/privacy/" + language + "/ask/access", "address", Harbour.ANNA)
                        .body());
        harbour.step();
        letters(language);

        page(language, "link", anna.get(harbour.lastLetter().link()).body());
        page(language, "proven", anna.send(anna.path()).body());
        harbour.step();
        StoredRequest asked = harbour.at(anna);
        page(
                language,
                "request",
                anna.get("/privacy/" + language + "/requests/" + asked.number()).body());
        letters(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "ar"})
    void the_page_of_her_package_speaks_it(String language) throws Exception {
        Visitor anna = harbour.visitor();
        anna.get("/privacy/" + language + "/ask/access");
        anna.send("/privacy/" + language + "/ask/access", "address", Harbour.ANNA);
        harbour.step();
        anna.get(harbour.lastLetter().link());
        anna.send(anna.path());
        harbour.step();

        Path file = folder.resolve("her.zip");
        Files.write(
                file,
                anna.file(
                        "/privacy/" + language + "/requests/" + harbour.at(anna).number() + "/answer"));
        Unpacked hers = Unpacked.of(file);
        assertThat(hers.data().get("stores")).hasSize(2);
        page(language, "package", PackagePage.withoutNames(hers));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "ar"})
    void a_refusal_cites_the_law_as_the_language_does(String language) throws Exception {
        Visitor anna = harbour.visitor();
        anna.get("/privacy/" + language + "/ask/restriction");
        anna.send("/privacy/" + language + "/ask/restriction", "address", Harbour.ANNA);
        harbour.step();
        anna.get(harbour.lastLetter().link());
        anna.send(anna.path());
        harbour.staff.refuse(
                harbour.at(anna),
                RefusalGround.LEGAL_CLAIMS,
                "…",
                Actor.staff("officer", "Olga Officer", "looked at it"));
        String page = anna.get(
                        "/privacy/" + language + "/requests/" + harbour.at(anna).number())
                .body();

        page(language, "refused", page);
        if (language.equals("fr")) {
            assertThat(page)
                    .contains(
                            "art.\u00a017, par.\u00a03, point\u00a0e), art.\u00a018, par.\u00a02 et art.\u00a021, par.\u00a01, du RGPD");
        }
        letters(language);
    }

    private void letters(String language) {
        assertThat(harbour.letters()).isNotEmpty();
        for (Harbour.Sent sent : harbour.letters()) {
            assertThat(sent.language()).isEqualTo(language);
            Map<String, Value> values = new HashMap<>(sent.values());
            values.put("company", new Value.Words("The Harbour"));
            values.put("contact", new Value.Words("privacy@harbour.example"));
            LetterText letter = harbour.home()
                    .letters()
                    .write(sent.kind(), language, values, URI.create("https://privacy.harbour.example/"));
            speaks(language, sent.kind().word(), letter.subject() + "\n" + letter.text());
            page(language, sent.kind().word(), letter.html());
        }
        assertThat(harbour.complaints()).isEmpty();
    }
}
