package dev.kept.core.notice.prose;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The words of one language for what the rules name: categories and uses by path, events, bases, answers.
 *
 * @param locale for numbers, dates and lists; at least the language
 * @param words by key, as the front matter of the prose gives them
 */
public record Glossary(Locale locale, Map<String, String> words) {

    /** The key of the words for a legal basis, without the basis. */
    static final String BASES = "bases.";

    /** The key of the patterns that sentences about ends are made of. */
    static final String PATTERNS = "patterns.";

    private static final Map<String, Map<String, String>> BUILT_IN = Map.of(
            "en",
            Map.ofEntries(
                    Map.entry("patterns.after", "{period} after {event}"),
                    Map.entry("patterns.at-once", "as soon as {event}"),
                    Map.entry("patterns.end-of-year", "{end}, rounded up to the end of that year"),
                    Map.entry("patterns.earliest", "{ends}, whichever comes first"),
                    Map.entry("patterns.latest", "{ends}, whichever comes last"),
                    Map.entry("bases.consent", "your consent"),
                    Map.entry("bases.contract", "our contract with you"),
                    Map.entry("bases.legal-obligation", "a legal obligation"),
                    Map.entry("bases.vital-interests", "somebody’s vital interests"),
                    Map.entry("bases.public-task", "a task in the public interest"),
                    Map.entry("bases.legitimate-interests", "our legitimate interests")),
            "de",
            Map.ofEntries(
                    Map.entry("patterns.after", "{period}, nachdem {event}"),
                    Map.entry("patterns.at-once", "sobald {event}"),
                    Map.entry("patterns.end-of-year", "{end}, aufgerundet auf das Ende jenes Jahres"),
                    Map.entry("patterns.earliest", "{ends}, je nachdem, was zuerst eintritt"),
                    Map.entry("patterns.latest", "{ends}, je nachdem, was zuletzt eintritt"),
                    Map.entry("patterns.either", "{first}, oder {second}"),
                    Map.entry("bases.consent", "Ihre Einwilligung"),
                    Map.entry("bases.contract", "unser Vertrag mit Ihnen"),
                    Map.entry("bases.legal-obligation", "eine rechtliche Verpflichtung"),
                    Map.entry("bases.vital-interests", "lebenswichtige Interessen"),
                    Map.entry("bases.public-task", "eine Aufgabe im öffentlichen Interesse"),
                    Map.entry("bases.legitimate-interests", "unsere berechtigten Interessen")),
            "zh",
            Map.ofEntries(
                    Map.entry("patterns.after", "{event}后{period}"),
                    Map.entry("patterns.at-once", "{event}后立即"),
                    Map.entry("patterns.end-of-year", "{end}（至该年年底）"),
                    Map.entry("patterns.earliest", "{ends}，以先到者为准"),
                    Map.entry("patterns.latest", "{ends}，以后到者为准"),
                    Map.entry("bases.consent", "您的同意"),
                    Map.entry("bases.contract", "我们与您的合同"),
                    Map.entry("bases.legal-obligation", "法律义务"),
                    Map.entry("bases.vital-interests", "切身利益"),
                    Map.entry("bases.public-task", "公共利益任务"),
                    Map.entry("bases.legitimate-interests", "我们的正当利益")));

    public Glossary {
        words = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(words));
    }

    /** The words for a key: the prose's own, else those built in for the language. */
    public Optional<String> word(String key) {
        return Optional.ofNullable(words.get(key))
                .or(() -> Optional.ofNullable(
                        BUILT_IN.getOrDefault(locale.getLanguage(), Map.of()).get(key)));
    }
}
