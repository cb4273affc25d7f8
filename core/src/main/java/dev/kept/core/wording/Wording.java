package dev.kept.core.wording;

import java.util.Map;
import java.util.Optional;

/**
 * The words of one area in one language. A place for a value is its name in braces: {@code {company}}.
 *
 * @param language BCP 47, as it was asked for
 * @param words by key
 */
public record Wording(Area area, String language, Map<String, String> words) {

    public Wording {
        words = Map.copyOf(words);
    }

    /** What the language itself says. */
    public Optional<String> word(String key) {
        return Optional.ofNullable(words.get(key));
    }

    /**
     * What the language says, else English: a check lets no notice pass in a language that lacks words.
     *
     * @throws IllegalArgumentException where no words are called so: a mistake of ours, seen by the tests of pages
     */
    public String say(String key) {
        return word(key)
                .or(() -> Optional.ofNullable(BuiltIn.english(area).get(key)))
                .orElseThrow(() ->
                        new IllegalArgumentException("there are no words `" + key + "` of `" + area.word() + "`"));
    }

    /** With values in the places of their names. A value is not looked at for places. */
    public String say(String key, Map<String, String> values) {
        return Placeholders.fill(say(key), values);
    }

    public boolean has(String key) {
        return words.containsKey(key) || BuiltIn.english(area).containsKey(key);
    }
}
