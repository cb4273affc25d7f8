package dev.kept.core.wording;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The languages that Kept brings along say all that English says, with the same values. */
class BuiltInTest {

    @SuppressWarnings("unused") // the source of parameters
    private static final java.util.List<String> LANGUAGES = BuiltIn.LANGUAGES;

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void every_word_is_there_with_every_place(String language) {
        for (Area area : Area.values()) {
            Map<String, String> english = BuiltIn.english(area);
            Map<String, String> words = BuiltIn.of(area, language);

            Set<String> beyond = new TreeSet<>(words.keySet());
            beyond.removeAll(english.keySet());
            assertThat(words.keySet()).as(area.word()).containsAll(english.keySet());
            assertThat(area.optional()).as(area.word()).containsAll(beyond);
            english.forEach((key, said) -> assertThat(Placeholders.of(words.getOrDefault(key, "")))
                    .as(area.word() + "." + key)
                    .isEqualTo(Placeholders.of(said)));
            assertThat(words).allSatisfy((key, said) -> {
                assertThat(said).isNotBlank().isEqualTo(said.strip()).hasSizeLessThan(OwnWords.MOST_CHARACTERS);
                assertThat(Placeholders.odd(said)).isFalse();
            });
        }
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void what_is_a_pattern_says_all_its_values(String language) {
        BuiltIn.of(Area.NOTICE, language).forEach((key, said) -> {
            if (!Placeholders.of(said).isEmpty()) {
                assertThat(new MessageFormat(said, Locale.forLanguageTag(language)).getArgumentNames())
                        .as(key)
                        .isEqualTo(Placeholders.of(said));
            }
        });
    }

    /** Names, and words that another language writes like English. */
    private static final Set<String> THE_SAME =
            Set.of("page.markdown", "confirm.code", "error.prefix", "cite.article", "from.cookies", "recipient.abroad");

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void nothing_is_left_in_english(String language) {
        if (language.equals(BuiltIn.ENGLISH)) {
            return;
        }
        for (Area area : Area.values()) {
            Map<String, String> english = BuiltIn.english(area);
            BuiltIn.of(area, language).forEach((key, said) -> {
                if (!THE_SAME.contains(key)) {
                    assertThat(said).as(area.word() + "." + key).isNotEqualTo(english.get(key));
                }
            });
        }
    }
}
