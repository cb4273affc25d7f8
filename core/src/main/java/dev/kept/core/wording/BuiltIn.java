package dev.kept.core.wording;

import com.ibm.icu.util.ULocale;
import dev.kept.core.source.Element;
import dev.kept.core.source.Problems;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The words that Kept brings along. Each area has a file of its own, read when it is first asked for: a check needs the smallest only. */
final class BuiltIn {

    static final String ENGLISH = "en";

    /** The others by their codes. Each has every word and every letter. */
    static final List<String> LANGUAGES = List.of(ENGLISH, "de", "es", "fr", "it", "nl", "pl", "zh");

    private static final String FOLDER = "/dev/kept/words/";
    private static final Map<String, Map<String, String>> READ = new ConcurrentHashMap<>();

    private BuiltIn() {}

    static Map<String, String> english(Area area) {
        return of(area, ENGLISH);
    }

    /** By key, in the order of the file. */
    static Map<String, String> of(Area area, String language) {
        return READ.computeIfAbsent(area.word() + "." + language + ".yaml", BuiltIn::read);
    }

    private static Map<String, String> read(String name) {
        Problems problems = new Problems(name);
        Map<String, String> words = new LinkedHashMap<>();
        YamlReader.read(new SourceText(name, resource(name)), problems)
                .map(Element::entries)
                .orElse(Map.of())
                .forEach((key, value) -> value.scalar().ifPresent(text -> words.put(key, text)));
        if (problems.failed()) {
            throw new IllegalStateException("words `" + name + "` have errors: "
                    + problems.reading(java.util.Optional.empty()).problems());
        }
        return Collections.unmodifiableMap(words);
    }

    private static String resource(String name) {
        try (InputStream in = BuiltIn.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("`" + name + "` is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether two languages of one main language are written with the same script; Chinese is built in with simplified characters. */
    static boolean sameScript(String one, String other) {
        return one.equals(other) || script(one).equals(script(other));
    }

    private static String script(String language) {
        return ULocale.addLikelySubtags(ULocale.forLanguageTag(language)).getScript();
    }
}
