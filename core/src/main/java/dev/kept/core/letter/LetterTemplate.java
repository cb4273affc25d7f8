package dev.kept.core.letter;

import dev.kept.core.wording.Wording;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a kind of letter is written in one language. Only a template without errors becomes a value of this type. */
public final class LetterTemplate {

    private final LetterKind kind;
    private final String language;
    private final List<Span> subject;
    private final List<Part> parts;

    LetterTemplate(LetterKind kind, String language, List<Span> subject, List<Part> parts) {
        this.kind = kind;
        this.language = language;
        this.subject = List.copyOf(subject);
        this.parts = List.copyOf(parts);
    }

    public LetterKind kind() {
        return kind;
    }

    public String language() {
        return language;
    }

    /**
     * The letter with values in its places.
     *
     * @param own our own address: links lead there and nowhere else
     * @throws IllegalArgumentException where a value that the template uses is missing or of another shape, or a link leads elsewhere
     */
    LetterText write(Map<String, Value> values, Wording terms, URI own) {
        Filled filled = new Filled(kind, values, terms, Locale.forLanguageTag(language), own);
        String line = Plain.line(PlainLetter.line(subject, filled));
        String title = line.length() <= LetterText.MOST_SUBJECT_CHARACTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LetterText.MOST_SUBJECT_CHARACTERS / 2)) + "…";
        return new LetterText(
                language, title, PlainLetter.of(parts, filled), HtmlLetter.of(language, title, parts, filled));
    }
}
