package dev.kept.core.wording;

import dev.kept.core.source.Element;
import dev.kept.core.source.Problems;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.YamlReader;
import dev.kept.core.source.YamlWriter;
import dev.kept.core.source.YamlWriter.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The words around a text of the notice that say what is promised: how ends and legal bases are said. They are frozen with a version, be they a
 * company's own or Kept's: else "whichever comes first" could become its opposite in a notice in force. What a page says of itself, whether its version
 * is in force, say, is not.
 */
public final class FrozenWords {

    private static final Pattern NAME = Pattern.compile("words\\.[A-Za-z0-9-]+\\.yaml");

    private static final Set<String> ON_PAGES = Set.of("page.basis", "page.article", "page.ends", "page.anonymous");

    private FrozenWords() {}

    /** The name of a language's file of them, within a version's folder. */
    public static String file(String language) {
        return "words." + language + ".yaml";
    }

    /** Whether a file of a version is one of them. */
    public static boolean is(String file) {
        return NAME.matcher(file).matches();
    }

    /** @param language as the text is called after it */
    public static SourceText of(String language, Wording notice) {
        Mapping words = new Mapping();
        keys().forEach(key -> notice.word(key).ifPresent(said -> words.put(key, YamlWriter.text(said))));
        return new SourceText(file(language), YamlWriter.write(List.of(), words.block()));
    }

    /** By key; none of a file that is not as it was frozen, which whoever compares its hash says. */
    static Map<String, String> read(SourceText file) {
        Problems problems = new Problems(file.name());
        Map<String, String> words = new LinkedHashMap<>();
        Map<String, Element> written =
                YamlReader.read(file, problems).map(Element::entries).orElse(Map.of());
        keys().forEach(key -> Optional.ofNullable(written.get(key))
                .ifPresent(value -> value.scalar().ifPresent(text -> {
                    WordPlaces.check(Area.NOTICE, key, text, value);
                    words.put(key, text);
                })));
        return problems.failed() ? Map.of() : words;
    }

    private static Set<String> keys() {
        Set<String> keys = new TreeSet<>(Wordings.keys(Area.NOTICE));
        keys.removeIf(key -> key.startsWith("page.") && !ON_PAGES.contains(key));
        keys.addAll(Area.NOTICE.optional());
        return keys;
    }
}
