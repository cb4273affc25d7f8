package dev.kept.server.request;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a person hears of what counts only when she was told: an extension (GDPR Art. 12(3)), the end of a restriction (Art. 18(3)). */
public enum Hears {
    /** By a letter to her address on file, which goes out now. */
    LETTER,
    /** Staff have told her: by post, by telephone. */
    OTHERWISE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Hears> parse(String word) {
        return List.of(values()).stream()
                .filter(hears -> hears.word().equals(word))
                .findFirst();
    }
}
