package dev.kept.core.notice.prose;

import dev.kept.core.source.SourceText;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.FrozenWords;
import dev.kept.core.wording.Wordings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The words of one language for what the rules name: categories and uses by path, events, bases, answers.
 *
 * @param locale for numbers, dates and lists; at least the language
 * @param words by key, as the front matter of the prose gives them
 * @param wordings what need not stand there: how ends are said, legal bases, what pages say of themselves
 */
public record Glossary(Locale locale, Map<String, String> words, Wordings wordings) {

    /** The key of the words for a legal basis, without the basis. */
    static final String BASES = "bases.";

    /** The key of the patterns that sentences about ends are made of. */
    static final String PATTERNS = "patterns.";

    /** The key of what a page says of itself ("Contents"), without the word. */
    static final String PAGE = "page.";

    public Glossary {
        words = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(words));
    }

    Glossary(Locale locale, Map<String, String> words) {
        this(locale, words, Wordings.NONE_OF_ITS_OWN);
    }

    /** The words for a key: the prose's own, else those there are for every notice in the language. */
    public Optional<String> word(String key) {
        return Optional.ofNullable(words.get(key))
                .or(() -> wordings.in(locale.toLanguageTag(), Area.NOTICE).word(key));
    }

    /** What is frozen with a version beside the text itself, whose own words are in its front matter. */
    public SourceText frozen(String language) {
        return FrozenWords.of(language, wordings.in(locale.toLanguageTag(), Area.NOTICE));
    }
}
