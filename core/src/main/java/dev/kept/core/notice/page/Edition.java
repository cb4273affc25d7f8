package dev.kept.core.notice.page;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Which edition of the notice a page shows, and what lies beside it. Addresses are as the page shall link to them: relative ones work
 * in a folder as on a site.
 *
 * @param version empty for a draft that is not published
 * @param translations the pages of all languages, this page's too, in the order of the notice's languages
 * @param data the address of the notice as JSON-LD
 * @param earlier former versions, the latest first
 */
public record Edition(
        Optional<Version> version, List<Translation> translations, Optional<String> data, List<Earlier> earlier) {

    public Edition {
        translations = List.copyOf(translations);
        earlier = List.copyOf(earlier);
    }

    /**
     * A published version.
     *
     * @param label by which people name it: {@code 3}
     * @param inForce the first day on which it binds
     * @param hash of its content, as it was frozen: {@code sha256:…}
     */
    public record Version(String label, LocalDate inForce, String hash) {}

    /**
     * The page in one language.
     *
     * @param language BCP 47
     * @param page the address of the page as HTML
     * @param markdown the address of the same as Markdown
     * @param text the address of the same as plain text
     */
    public record Translation(String language, String page, Optional<String> markdown, Optional<String> text) {}

    /** A former version, and where it can still be read. */
    public record Earlier(String label, LocalDate inForce, String page) {}

    /** A draft of which nothing is known but itself. */
    public static Edition draft() {
        return new Edition(Optional.empty(), List.of(), Optional.empty(), List.of());
    }

    Optional<Translation> in(String language) {
        return translations.stream()
                .filter(translation -> translation.language().equals(language))
                .findFirst();
    }
}
