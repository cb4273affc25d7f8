package dev.kept.core.letter;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Words that are not anybody's own but the same for all, in one language: what was asked for, grounds of refusal, where to complain. */
final class Terms {

    private final Map<String, String> words;

    Terms(Map<String, String> words) {
        this.words = Map.copyOf(words);
    }

    Optional<String> word(String key) {
        return Optional.ofNullable(words.get(key));
    }

    Set<String> keys() {
        return words.keySet();
    }
}
