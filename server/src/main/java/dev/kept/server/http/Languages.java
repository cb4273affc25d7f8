package dev.kept.server.http;

import java.util.List;
import java.util.Locale;

/** Which of several languages a reader gets. */
public final class Languages {

    /** Nobody reads more languages than fit here. */
    private static final int LONGEST = 500;

    private Languages() {}

    /**
     * By RFC 4647, lookup.
     *
     * @param accepted the header {@code Accept-Language}
     * @param known at least one, the first is taken where none fits
     */
    public static String choose(String accepted, List<String> known) {
        if (accepted.length() > LONGEST) {
            return known.getFirst();
        }
        try {
            String found = Locale.lookupTag(Locale.LanguageRange.parse(accepted), known);
            return known.stream()
                    .filter(language -> language.equalsIgnoreCase(found))
                    .findFirst()
                    .orElse(known.getFirst());
        } catch (IllegalArgumentException e) {
            return known.getFirst();
        }
    }
}
