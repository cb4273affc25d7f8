package dev.kept.core.wording;

import dev.kept.core.source.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All words: those that Kept brings along, and a company's own in their place ({@code words/fi.yaml}). */
public final class Wordings {

    /** Where a company's own words lie, below the notice's folder. */
    public static final String FOLDER = "words/";

    /** The languages that Kept brings along, in all areas and with every letter; the first for whoever reads none of them. */
    public static final List<String> BUILT_IN = BuiltIn.LANGUAGES;

    /** Those that Kept brings along, and no others. */
    public static final Wordings NONE_OF_ITS_OWN = new Wordings(Map.of(), Map.of());

    private final Map<String, OwnWords> own;
    private final Map<String, String> frozen;
    private final Map<Asked, Wording> known = new ConcurrentHashMap<>();

    private record Asked(Area area, String language) {}

    private Wordings(Map<String, OwnWords> own, Map<String, String> frozen) {
        this.own = Map.copyOf(own);
        this.frozen = Map.copyOf(frozen);
    }

    /** The words of a notice's folder above those that Kept brings along. What is wrong with them {@link WordingCheck} says. */
    public static Wordings of(List<SourceText> files) {
        Map<String, OwnWords> own = new LinkedHashMap<>();
        for (OwnWords words : OwnWords.all(files)) {
            own.put(words.language(), words);
        }
        return own.isEmpty() ? NONE_OF_ITS_OWN : new Wordings(own, Map.of());
    }

    /** The same around a text of a published version: what {@linkplain FrozenWords was frozen with it} is said as it was then. */
    public Wordings around(SourceText words) {
        return new Wordings(own, FrozenWords.read(words));
    }

    /** A company's own words, by language. */
    Map<String, OwnWords> own() {
        return own;
    }

    /** The words of an area: a company's own for the very language, then for what it is a part of, then those built in. */
    public Wording in(String language, Area area) {
        return known.computeIfAbsent(new Asked(area, language), this::merged);
    }

    private Wording merged(Asked asked) {
        Map<String, String> words = new HashMap<>();
        for (String candidate : fallbacks(asked.language()).reversed()) {
            if (BUILT_IN.contains(candidate)) {
                words.putAll(BuiltIn.of(asked.area(), candidate));
            }
            OwnWords theirs = own.get(candidate);
            if (theirs != null) {
                words.putAll(theirs.of(asked.area()));
            }
        }
        if (asked.area() == Area.NOTICE && !frozen.isEmpty()) {
            words.keySet().removeAll(Area.NOTICE.optional());
            words.putAll(frozen);
        }
        return new Wording(asked.area(), asked.language(), words);
    }

    /** The keys of an area, in the order in which English says them. */
    public static Set<String> keys(Area area) {
        return BuiltIn.english(area).keySet();
    }

    /** Whether there are any words in a language. */
    public boolean speaks(String language) {
        return fallbacks(language).stream()
                .anyMatch(candidate -> BUILT_IN.contains(candidate) || own.containsKey(candidate));
    }

    /** Whether Kept itself brings a language along. */
    public static boolean builtIn(String language) {
        return fallbacks(language).stream().anyMatch(BUILT_IN::contains);
    }

    /** Every language there are words in, those of a notice first. */
    public List<String> languages(List<String> first) {
        List<String> all = new ArrayList<>(first.stream().filter(this::speaks).toList());
        BUILT_IN.stream().filter(language -> !all.contains(language)).forEach(all::add);
        return List.copyOf(all);
    }

    /** A language in the case of its parts that is usual (RFC 5646, section 2.1.1): {@code de-AT} for {@code DE-at}. What is no tag stays as it is. */
    public static String canonical(String language) {
        String usual = Locale.forLanguageTag(language).toLanguageTag();
        return usual.equalsIgnoreCase(language) ? usual : language;
    }

    /**
     * A language and what it is a part of, as long as that is written with the same script (RFC 4647, section 3.4, lookup): {@code de-AT}, {@code de};
     * of {@code zh-Hant} nothing but itself. Each as it is {@link #canonical}.
     */
    public static List<String> fallbacks(String language) {
        String whole = canonical(language);
        List<String> all = new ArrayList<>(List.of(whole));
        String shorter = whole;
        while (shorter.contains("-")) {
            shorter = shorter.substring(0, shorter.lastIndexOf('-'));
            if (BuiltIn.sameScript(whole, shorter)) {
                all.add(shorter);
            }
        }
        return all;
    }
}
