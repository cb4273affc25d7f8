package dev.kept.server.centre;

import java.util.List;
import java.util.Map;

/** What the centre says of itself, in English, German and Chinese. */
final class CentreWords {

    /** The languages there are words in, the first for whoever reads none of them. */
    static final List<String> LANGUAGES = List.of("en", "de", "zh");

    private final Map<String, String> words;

    private CentreWords(Map<String, String> words) {
        this.words = words;
    }

    /** @param language BCP 47; what follows the first hyphen does not matter */
    static CentreWords of(String language) {
        return new CentreWords(
                switch (base(language)) {
                    case "de" -> GermanWords.ALL;
                    case "zh" -> ChineseWords.ALL;
                    default -> EnglishWords.ALL;
                });
    }

    /** {@code zh} of {@code zh-Hans}. */
    static String base(String language) {
        return language.split("-", 2)[0];
    }

    /** @throws IllegalArgumentException where no words are called so: a mistake of ours, seen by the tests of pages */
    String say(String key) {
        String said = words.get(key);
        if (said == null) {
            throw new IllegalArgumentException("the privacy centre has no words `" + key + "`");
        }
        return said;
    }

    /** With values in the places of their names in braces. */
    String say(String key, Map<String, String> values) {
        String said = say(key);
        for (Map.Entry<String, String> value : values.entrySet()) {
            said = said.replace("{" + value.getKey() + "}", value.getValue());
        }
        return said;
    }

    boolean has(String key) {
        return words.containsKey(key);
    }
}
