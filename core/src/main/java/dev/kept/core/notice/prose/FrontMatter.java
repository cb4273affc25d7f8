package dev.kept.core.notice.prose;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import dev.kept.core.notice.Notice;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Problems;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.Spelling;
import dev.kept.core.source.YamlReader;
import dev.kept.core.wording.Wordings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The YAML before the prose: its locale, its words, its patterns. */
final class FrontMatter {

    private static final String FENCE = "---";

    private final String language;
    private final Problems problems;
    private final Map<String, String> words = new LinkedHashMap<>();

    private FrontMatter(String language, Problems problems) {
        this.language = language;
        this.problems = problems;
    }

    /**
     * A file in two: what stands between the fences, and what follows them.
     *
     * @param bodyLine the number of lines before the body
     */
    record Parts(Optional<String> head, String body, int bodyLine) {

        static Parts of(String text) {
            String[] lines = text.split("\n", -1);
            if (!lines[0].stripTrailing().equals(FENCE)) {
                return new Parts(Optional.empty(), text, 0);
            }
            int length = lines[0].length() + 1;
            for (int line = 1; line < lines.length; line++) {
                if (lines[line].stripTrailing().equals(FENCE)) {
                    int bodyStart = Math.min(text.length(), length + lines[line].length() + 1);
                    return new Parts(Optional.of(text.substring(0, length)), text.substring(bodyStart), line + 1);
                }
                length += lines[line].length() + 1;
            }
            return new Parts(Optional.of(text), "", lines.length);
        }
    }

    static Glossary read(
            SourceText source, Parts parts, String language, Notice notice, Wordings wordings, Problems problems) {
        FrontMatter matter = new FrontMatter(language, problems);
        Optional<Element> root = parts.head()
                .filter(head -> !head.substring(FENCE.length()).isBlank())
                .flatMap(head -> YamlReader.read(new SourceText(source.name(), head), problems));
        Locale locale = Locale.forLanguageTag(language);
        if (root.isPresent()) {
            Fields fields = root.get().fields("locale", "words", "patterns");
            locale = fields.get("locale").map(matter::locale).orElse(locale);
            Set<String> known = WordKeys.of(notice);
            fields.get("words").ifPresent(element -> matter.words("", element, known));
            fields.get("patterns").ifPresent(element -> matter.words(Glossary.PATTERNS, element, WordKeys.PATTERNS));
        }
        return new Glossary(locale, matter.words, wordings);
    }

    private Locale locale(Element element) {
        Locale named = element.text().map(Locale::forLanguageTag).orElse(Locale.forLanguageTag(language));
        if (!named.getLanguage().equals(Locale.forLanguageTag(language).getLanguage())) {
            element.error(
                    "locale-mismatch",
                    "the locale is not one of the file's language, `" + language + "`",
                    "write `" + language + "`, or one with a region, like `" + language + "-CH`");
        }
        return named;
    }

    /** Nested keys are one: {@code collects: {name: …}} is {@code collects.name}. */
    private void words(String prefix, Element element, Set<String> known) {
        for (Map.Entry<String, Element> entry : element.entries().entrySet()) {
            String key = prefix + entry.getKey();
            Element value = entry.getValue();
            if (value.kind() == Element.Kind.MAPPING) {
                words(key + ".", value, known);
            } else {
                value.scalar().ifPresent(text -> word(key, text, value, known));
            }
        }
    }

    private void word(String key, String text, Element element, Set<String> known) {
        if (!known.contains(key) && !key.startsWith(WordKeys.COUNTRIES)) {
            element.advice(
                    "word-unknown",
                    "`" + key + "` names nothing in the notice",
                    Spelling.nearest(key, known)
                            .map(nearest -> "did you mean `" + nearest + "`?")
                            .orElse("leave it out"));
        }
        if (WordKeys.isPattern(key)) {
            pattern(key, text, element);
        }
        if (words.put(key, text) != null) {
            element.error("word-twice", "`" + key + "` has words already", "keep one of them");
        }
    }

    private void pattern(String key, String text, Element element) {
        try {
            new MessageFormat(text, ULocale.forLanguageTag(language));
        } catch (IllegalArgumentException e) {
            problems.add(Problem.error(
                    "pattern-malformed",
                    element.place(),
                    key,
                    "`" + key + "` is no pattern of ICU's MessageFormat",
                    "close every brace; write a brace meant as such in single quotes"));
            return;
        }
        WordKeys.argumentsOf(key).stream()
                .filter(argument -> !text.contains("{" + argument))
                .forEach(argument -> element.error(
                        "pattern-incomplete",
                        "`" + key + "` leaves out `{" + argument + "}`",
                        "add it where the value belongs"));
    }
}
