package dev.kept.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.util.ULocale;
import dev.kept.core.notice.prose.Glossary;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.source.SourceText;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Wordings;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page says what it says in the language that was asked for: the bazaar's, with all kinds of records, in several. */
class PackagePageTest {

    private static final Pattern ENGLISH = Pattern.compile(
            "\\b(the|and|of|your|you|with|what|this|is|are|it|we|to|by|for|if|held|until|why|basis|record|records|whose|nobody|package|empty|under)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LATIN = Pattern.compile("\\p{IsLatin}{2,}");
    private static final String ATTACK = "=1+1\\\"><script>alert(1)</script><b onload=x $(7*7)";

    @TempDir
    private Path folder;

    private static Bazaar bazaar;

    @BeforeAll
    static void open() {
        bazaar = new Bazaar();
    }

    @AfterAll
    static void close() {
        bazaar.close();
    }

    /** A text with a word for all that the notice names. */
    private static Prose prose(String language, Wordings wordings, String word) {
        Map<String, String> words = new HashMap<>();
        Bazaar.notice().collects().values().forEach(category -> words.put(category.path(), word));
        Bazaar.notice().shares().values().forEach(share -> {
            words.put(share.path(), word);
            words.put(share.path() + ".safeguard", word);
        });
        Bazaar.notice().uses().values().forEach(use -> {
            words.put(use.path(), word);
            words.put(use.path() + ".interest", word);
            words.put(use.path() + ".law", word);
            use.clauses().forEach(clause -> clause.events().forEach(event -> words.put(event, word)));
        });
        return new Prose(
                "notice." + language + ".md",
                language,
                new Glossary(Locale.forLanguageTag(language), words, wordings),
                List.of());
    }

    private static Wordings own(String language, UnaryOperator<String> said) {
        StringBuilder words = new StringBuilder();
        for (Area area : List.of(Area.PACKAGE, Area.NOTICE)) {
            words.append(area.word()).append(":\n");
            Wordings.keys(area)
                    .forEach(key -> words.append("  ")
                            .append(key)
                            .append(": \"")
                            .append(said.apply(
                                    Wordings.NONE_OF_ITS_OWN.in("en", area).say(key)))
                            .append("\"\n"));
        }
        return Wordings.of(List.of(new SourceText("words/" + language + ".yaml", words.toString())));
    }

    /** Letters of the Arabic script in place of each word; places stay. */
    private static String arabic(String english) {
        return Pattern.compile("\\{[a-z-]+}|\\p{IsLatin}+|\"")
                .matcher(english)
                .replaceAll(found -> found.group().startsWith("{") ? found.group() : "كلمة")
                .replace("كلمة.كلمة", "كلمة");
    }

    private static String places(String english) {
        return Pattern.compile("\\{[a-z-]+}")
                .matcher(english)
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static Stream<String> found(Pattern pattern, Unpacked unpacked) {
        String text = PackagePage.withoutNames(unpacked)
                .replaceAll("(?s)<style>.*?</style>", "")
                .replaceAll("<[^>]*>", "\n")
                .replaceAll("&[a-z]+;|Bazaar|Sons|privacy@bazaar\\.example", "");
        assertThat(text).isNotBlank();
        return pattern.matcher(text).results().map(MatchResult::group);
    }

    @Test
    void a_page_in_french_has_no_word_of_english() {
        Unpacked french = bazaar.unpacked(folder.resolve("fr.zip"), prose("fr", Wordings.NONE_OF_ITS_OWN, "mot"));
        assertThat(french.part("index.html"))
                .startsWith("<!doctype html>\n<html lang=\"fr\">")
                .contains(
                        "arrêtée au 1 mars 2026",
                        "Base juridique\u00a0: notre contrat avec vous.",
                        "(pays\u00a0: États-Unis\u00a0; garantie\u00a0: mot)",
                        "les 1\u202f000 premiers caractères sur 1\u202f000\u202f000",
                        "détenu, non remis",
                        "tant qu’un de vos enregistrements y renvoie");
        assertThat(found(ENGLISH, french)).isEmpty();
    }

    @Test
    void a_page_from_right_to_left_with_a_companys_own_words_has_no_other_word() {
        Unpacked arabic =
                bazaar.unpacked(folder.resolve("ar.zip"), prose("ar", own("ar", PackagePageTest::arabic), "كلمة"));
        assertThat(arabic.part("index.html"))
                .startsWith("<!doctype html>\n<html lang=\"ar\" dir=\"rtl\">")
                .contains("<span class=\"soft\" dir=\"rtl\">", "\u2068csv/customers.csv\u2069");
        assertThat(found(LATIN, arabic)).isEmpty();
    }

    @Test
    void the_english_page_would_fail_where_the_others_pass() {
        Unpacked english = bazaar.unpacked(folder.resolve("en.zip"), prose("en", Wordings.NONE_OF_ITS_OWN, "x"));
        assertThat(found(ENGLISH, english)).hasSizeGreaterThan(100);
        assertThat(found(LATIN, english)).hasSizeGreaterThan(100);
    }

    @Test
    void names_in_data_and_sheets_are_the_same_in_all_languages() {
        Unpacked french = bazaar.unpacked(folder.resolve("fr.zip"), prose("fr", Wordings.NONE_OF_ITS_OWN, "mot"));
        Unpacked english = bazaar.unpacked(folder.resolve("en.zip"), prose("en", Wordings.NONE_OF_ITS_OWN, "mot"));
        assertThat(french.parts().keySet()).isEqualTo(english.parts().keySet());
        assertThat(french.data().get("stores")).isEqualTo(english.data().get("stores"));
        assertThat(french.part("csv/orders.csv")).isEqualTo(english.part("csv/orders.csv"));
        assertThat(french.part("csv/addresses.csv"))
                .startsWith(
                        english.part("csv/addresses.csv").lines().findFirst().orElseThrow());
    }

    @Test
    void days_and_times_are_those_of_the_database_however_long_ago_and_written_as_the_language_does() {
        Moments british = new Moments(ULocale.UK);
        assertThat(british.date(LocalDate.of(1500, 3, 1))).isEqualTo("1 March 1500");
        assertThat(british.second(LocalDateTime.of(2026, 2, 3, 4, 5, 6))).isEqualTo("3 Feb 2026, 04:05:06");
        assertThat(new Moments(ULocale.CHINA).date(LocalDate.of(9999, 12, 31))).isEqualTo("9999年12月31日");
        assertThat(new Moments(new ULocale("pl")).minute(LocalDateTime.of(2026, 2, 3, 4, 5)))
                .startsWith("3 lutego 2026")
                .endsWith("04:05");
    }

    @Test
    void markup_and_formulas_in_a_companys_own_words_do_nothing() {
        Unpacked hostile = bazaar.unpacked(
                folder.resolve("de.zip"),
                prose("de", own("de", english -> ATTACK + " " + places(english)), "<script>alert(2)</script>"));
        assertThat(hostile.part("index.html"))
                .contains("&lt;script&gt;alert(1)", "&lt;script&gt;alert(2)")
                .doesNotContainIgnoringCase("<script")
                .doesNotContain("<b onload");
        assertThat(hostile.part("csv/addresses.csv")).contains("'=1+1").doesNotContainPattern("[,\n\"]=1");
    }

    @Test
    void a_language_that_the_notice_does_not_have_gets_the_first_and_a_region_what_it_is_a_part_of() {
        List<Prose> texts =
                List.of(prose("en", Wordings.NONE_OF_ITS_OWN, "x"), prose("de", Wordings.NONE_OF_ITS_OWN, "x"));
        assertThat(Words.of(Bazaar.notice(), texts, "pl").language()).isEqualTo("en");
        assertThat(Words.of(Bazaar.notice(), texts, "de-AT").language()).isEqualTo("de");
        assertThat(Words.of(Bazaar.notice(), List.of(), "it").say("nothing", Map.of("records", "x")))
                .isEqualTo("Abbiamo cercato anche qui e non conserviamo nulla: x.");
    }
}
